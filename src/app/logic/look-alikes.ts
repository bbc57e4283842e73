/**
 * People of the own organisation who may be the one about to be registered: same kana, or same birth date or phone tail
 * together with a like name. Suggested, never merged by themselves, and never across organisations (design.md §6.9).
 */
import { rootOf } from '../../domain/aliases.ts';
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

export interface Keys {
  readonly kana: string;
  readonly name: string;
  readonly birth: string;
  readonly phone: string;
}

const limit = 6;

/** Each person once; what is like may stand on a registration that was merged into hers. */
export function lookAlikes(seekers: readonly Rec[], org: string, typed: Values): LookAlike[] {
  const wanted = keysOf(typed);
  const byId = new Map(seekers.map((one) => [one.id, one]));
  const found = new Map<string, LookAlike>();
  for (const one of seekers) {
    if (partOf(one, 'facts')['org'] !== org || stateOf(one) === 'voided') continue;
    const why = likeness(wanted, keysOf(partOf(one, 'card')));
    const record = byId.get(rootOf(one.id, (id) => byId.get(id))) ?? one;
    if (why.length > (found.get(record.id)?.why.length ?? 0)) found.set(record.id, { record, why });
  }
  return [...found.values()].sort((a, b) => b.why.length - a.why.length).slice(0, limit);
}

export function keysOf(values: Values): Keys {
  const joined = (...names: string[]) => names.map((name) => text(values[name]) ?? '').join('');
  const digits = joined('phone').replaceAll(/\D/g, '');
  return {
    kana: searchKey(joined('familyKana', 'givenKana')),
    name: searchKey(joined('familyName', 'givenName')),
    birth: joined('birthDate'),
    phone: joined('phoneTail') || digits.slice(-4),
  };
}

export function likeness(wanted: Keys, found: Keys): readonly Likeness[] {
  const names: readonly Likeness[] = ['kana', 'name', 'birth', 'phone'];
  return names.filter((key) => wanted[key] !== '' && wanted[key] === found[key]);
}

/** More than a shared phone, as families have, or a birth date, as strangers do; and not born on another day. */
export function isLikely({ why, record }: LookAlike, told: Values = {}): boolean {
  return (isNamedAlike(why) || why.length > 1) && !isBornOtherwise(told, partOf(record, 'card'));
}

export function isBornOtherwise(told: Values, card: Values): boolean {
  const [a, b] = [text(told['birthDate']), text(card['birthDate'])];
  return a !== undefined && b !== undefined && a !== b;
}

/** Given names are asked of nobody: where one of the two has none, the family's is all there is to compare. */
export function isCalledOtherwise(told: Values, card: Values): boolean {
  const hasGiven = (one: Values) => text(one['givenName'] ?? one['givenKana']) !== undefined;
  const family = ({ familyName = '', familyKana = '' }: Values) => ({ familyName, familyKana });
  const [a, b] = hasGiven(told) && hasGiven(card) ? [told, card] : [family(told), family(card)];
  const wanted = keysOf(a);
  if (!wanted.name && !wanted.kana) return false;
  return !isNamedAlike(likeness(wanted, keysOf(b)));
}

const isNamedAlike = (why: readonly Likeness[]): boolean =>
  why.some((key) => key === 'kana' || key === 'name');
