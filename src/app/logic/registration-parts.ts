/** The long form of a person's file in folds: what is asked first, and what may wait. Every field stands in one fold. */
import type { Fields } from '../../domain/field.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import { digitsOnly } from '../../domain/names.ts';
import { text, texts, type Values } from '../../domain/value.ts';

export interface Fold {
  readonly key: string;
  readonly label: string;
  readonly names: readonly string[];
}

export const folds: readonly Fold[] = [
  {
    key: 'card',
    label: '氏名',
    names: [
      'familyName',
      'givenName',
      'familyKana',
      'givenKana',
      'birthDate',
      'phoneTail',
      'alias',
      'glyphNote',
    ],
  },
  {
    key: 'contact',
    label: '連絡先',
    names: ['phone', 'safeContact', 'postal', 'address', 'gender'],
  },
  {
    key: 'registration',
    label: '求職の登録・対象者区分',
    names: [
      'hwSeekerNo',
      'hwValidTo',
      'insuranceStatus',
      'clientCategories',
      'recallOn',
      'residenceStatus',
      'residenceUntil',
      'extraWorkPermit',
      'interpreterLanguage',
      'disclosureScope',
      'post',
    ],
  },
  { key: 'wishes', label: '希望', names: ['wishes'] },
  {
    key: 'history',
    label: '学歴・職歴・配慮事項',
    names: ['education', 'licences', 'careers', 'considerations'],
  },
];

export const seekerFields: Fields = withoutIds(verbNamed('seeker.register')?.args ?? {});
export const welfareFields: Fields = withoutIds(verbNamed('seeker.amendWelfare')?.args ?? {});

export function withoutIds(args: Fields, ...names: readonly string[]): Fields {
  const left = ['id', 'clear', ...names];
  return Object.fromEntries(Object.entries(args).filter(([name]) => !left.includes(name)));
}

/** DV has a compartment of its own, not built yet: the choice is taken back and explained. */
export function withoutRestricted(values: Values): { values: Values; wasRestricted: boolean } {
  const codes = texts(values['clientCategories']);
  if (!codes.includes('dv')) return { values, wasRestricted: false };
  const clientCategories = codes.filter((code) => code !== 'dv');
  return { values: { ...values, clientCategories }, wasRestricted: true };
}

/** In a correction too: left as it was, the tail would go on finding the old number. */
export function withNewTail(before: Values, after: Values): Values {
  const isSame = (name: string) => text(before[name]) === text(after[name]);
  if (isSame('phone') || !isSame('phoneTail')) return after;
  const filled = withPhoneTail({ ...after, phoneTail: '' });
  return filled['phoneTail'] ? filled : after;
}

/** The phone's tail follows the phone number unless somebody wrote it. */
export function withPhoneTail(values: Values): Values {
  const digits = digitsOnly(text(values['phone']) ?? '');
  return values['phoneTail'] || digits.length < 10
    ? values
    : { ...values, phoneTail: digits.slice(-4) };
}
