/** One value of a field as a person reads it: labels of codes, 和暦, units. For values side by side, never for input. */
import { codeLabel } from '../../domain/codes.ts';
import { businessDateJst, isIsoDate, jstTimeOfDay } from '../../domain/date.ts';
import type { Field, Fields } from '../../domain/field.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import type { Rec } from '../../domain/record.ts';
import {
  absences,
  integer,
  isAbsent,
  isObject,
  text,
  texts,
  type Value,
  type Values,
} from '../../domain/value.ts';
import { formatDateJa, formatWareki } from '../../domain/wareki.ts';

/** Words for a record that a field refers to; '' where it is not known here. */
export type RefWords = (kind: string, id: string) => string;

export const emptyWords = '（空）';

export function valueWords(
  field: Field | undefined,
  value: Value | undefined,
  ref: RefWords,
): string {
  if (value === undefined || value === '') return emptyWords;
  if (isAbsent(value)) return absences[value.absent];
  if (!field) return text(value) ?? emptyWords;
  switch (field.type) {
    case 'text':
    case 'kana':
    case 'code':
    case 'time':
    case 'id':
    case 'personKey':
      return text(value) ?? emptyWords;
    case 'integer':
      return `${integer(value) ?? ''}${field.unit ?? ''}`;
    case 'date':
      return dateWords(text(value) ?? '');
    case 'instant':
      return typeof value === 'number'
        ? `${formatDateJa(businessDateJst(value))} ${jstTimeOfDay(value)}`
        : emptyWords;
    case 'flag':
      return value === true ? 'はい' : 'いいえ';
    case 'choice':
      return codeLabel(field.list, text(value) ?? '');
    case 'choices':
      return (
        texts(value)
          .map((code) => codeLabel(field.list, code))
          .join('、') || emptyWords
      );
    case 'ref':
      return ref(field.kind, text(value) ?? '') || 'ほかの記録';
    case 'group':
      return groupWords(field.fields, value, ref);
    case 'list':
      return (Array.isArray(value) ? value : [])
        .map((item: Value) => groupWords(field.fields, item, ref))
        .join(' ／ ');
  }
}

const dateWords = (date: string) => (isIsoDate(date) ? formatWareki(date) : date);

function groupWords(fields: Fields, value: Value, ref: RefWords): string {
  if (!isObject(value)) return emptyWords;
  const values = value as Values; // an object among Values is one itself
  return Object.entries(fields)
    .filter(([name]) => values[name] !== undefined)
    .map(([name, field]) => `${field.label}：${valueWords(field, values[name], ref)}`)
    .join('、');
}

/** Of records that this tablet holds; nothing is said of others. */
export function refWords(get: (kind: string, id: string) => Rec | undefined): RefWords {
  return (kind, id) => {
    const found = get(kind, id);
    return found ? (kindNamed(kind)?.summary(found) ?? '') : '';
  };
}
