/**
 * The closed set of field types. Everything that is drawn, parsed, exported or indexed follows from these
 * by an exhaustive switch: a new type is added here or nowhere. A field never knows which screen shows it.
 */
import type { ListName } from './codes.ts';
import type { Values } from './value.ts';

export type CodeFormat =
  | 'hwSeekerNo'
  | 'hwJobNo'
  | 'hwEmployerNo'
  | 'postal'
  | 'phone'
  | 'municipal'
  | 'slip'
  | 'phoneTail'
  | 'ticket';

interface Common {
  readonly label: string;
  readonly hint?: string;
  /** Mandatory in the verb that creates the record; an amendment may not empty it. */
  readonly required?: true;
  /** personal: names a person. special: welfare, health, family (要配慮). Steers masking and what facts may hold. */
  readonly sensitivity?: 'personal' | 'special';
  /** The three answers 未聴取 / 該当なし / 回答しない are offered beside the value. */
  readonly absence?: true;
  readonly shownWhen?: (values: Values) => boolean;
  readonly default?: string | number | boolean;
  /** Set by the verb itself (who, where, when, state), never asked and never taken from arguments. */
  readonly fixed?: true;
}

export type Field =
  | (Common & { readonly type: 'text'; readonly max: number; readonly lines?: number })
  | (Common & { readonly type: 'kana'; readonly max: number })
  | (Common & { readonly type: 'code'; readonly format: CodeFormat })
  | (Common & {
      readonly type: 'integer';
      readonly min: number;
      readonly max: number;
      readonly unit?: string;
    })
  | (Common & {
      readonly type: 'date';
      /** usual: a new record's form begins with the day it is written. never: the day itself is always refused. */
      readonly today?: 'usual' | 'never';
    })
  | (Common & { readonly type: 'time' })
  | (Common & { readonly type: 'instant' })
  | (Common & { readonly type: 'flag' })
  | (Common & {
      readonly type: 'choice';
      readonly list: ListName;
      /** Codes that staff of such an organisation can choose; all where it says nothing. */
      readonly offers?: (code: string, orgType: string) => boolean;
    })
  | (Common & { readonly type: 'choices'; readonly list: ListName })
  | (Common & { readonly type: 'id' })
  | (Common & { readonly type: 'ref'; readonly kind: string })
  | (Common & { readonly type: 'group'; readonly fields: Fields })
  | (Common & { readonly type: 'list'; readonly fields: Fields; readonly max: number })
  /** Written by the server alone: a pseudonym of the record's person for one fiscal year (counts of 実人員). */
  | (Common & { readonly type: 'personKey' });

export interface Fields {
  readonly [name: string]: Field;
}

export function isServerField(field: Field): boolean {
  return field.type === 'personKey';
}

/** The fields a person or a verb's caller may give. */
export function asked(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, field]) => !field.fixed && !isServerField(field)),
  );
}

export function pick(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}

/** Optional everywhere: for amendments and drafts. Nor is anything filled in: a default would change a record. */
export function optional(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const { required, default: filled, ...rest } = field;
      return [name, required || filled !== undefined ? (rest as Field) : field];
    }),
  );
}
