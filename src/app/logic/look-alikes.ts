/**
 * People of the own organisation who may be the one about to be registered: same kana, or same birth date or phone tail
 * together with a like name. Suggested, never merged by themselves, and never across organisations (design.md §6.9).
 */
import { stateOf } from '../../domain/kind.ts';
import { searchKey } from '../../domain/names.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text, type Values } from '../../domain/value.ts';

export type Likeness = 'kana' | 'name' | 'birth' | 'phone';

export const likenessLabels: Readonly<Record<Likeness, string>> = {
  kana: 'フリガナが同じ',
  name: '氏名が同じ',
  birth: '生年月日が同じ',
  phone: '電話の下4けたが同じ',
};

export interface LookAlike {
  readonly record: Rec;
  readonly why: readonly Likeness[];
}

interface Keys {
  readonly kana: string;
  readonly name: string;
  readonly birth: string;
  readonly phone: string;
}

const limit = 6;

export function lookAlikes(seekers: readonly Rec[], org: string, typed: Values): LookAlike[] {
  const wanted = keysOf(typed);
  return seekers
    .filter((record) => partOf(record, 'facts')['org'] === org && stateOf(record) !== 'voided')
    .map((record) => ({ record, why: likeness(wanted, keysOf(partOf(record, 'card'))) }))
    .filter(({ why }) => why.length > 0)
    .sort((a, b) => b.why.length - a.why.length)
    .slice(0, limit);
}

function keysOf(values: Values): Keys {
  const joined = (...names: string[]) => names.map((name) => text(values[name]) ?? '').join('');
  const digits = joined('phone').replaceAll(/\D/g, '');
  return {
    kana: searchKey(joined('familyKana', 'givenKana')),
    name: searchKey(joined('familyName', 'givenName')),
    birth: joined('birthDate'),
    phone: joined('phoneTail') || digits.slice(-4),
  };
}

function likeness(wanted: Keys, found: Keys): readonly Likeness[] {
  const names: readonly Likeness[] = ['kana', 'name', 'birth', 'phone'];
  return names.filter((key) => wanted[key] !== '' && wanted[key] === found[key]);
}

/** More than a shared phone, as families have. */
export function isLikely({ why }: LookAlike): boolean {
  return why.some((key) => key !== 'phone');
}
