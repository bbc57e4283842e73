/**
 * 求職情報提供 (厚生労働省 求職情報提供サービス): what may be told of people who agreed, without their names, to municipalities,
 * to private agencies, or to both. What leaves is chosen by the type of the field and not by its name: codes and figures
 * that are not marked personal or special. No text that somebody typed, no date, no number of a person can pass.
 */
import { isCode } from './codes.ts';
import { ageOn } from './date.ts';
import type { Field, Fields } from './field.ts';
import { allFields, stateOf } from './kind.ts';
import { seeker, wishFields } from './kinds/seeker.ts';
import { partOf, type Rec } from './record.ts';
import { isObject, text, texts, type Value, type Values } from './value.ts';

export type Recipient = 'municipality' | 'private';

/** Of the file: what an employer needs to judge whether to ask, if it passes `isNameless`. */
const fileNames = ['education'] as const;

export const providedFields: Fields = nameless({ ...pickOf(allFields(seeker)), ...wishFields });

function pickOf(fields: Fields): Fields {
  return Object.fromEntries(
    fileNames.flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : [])),
  );
}

function nameless(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => isNameless(field)));
}

/** Closed by default: a type that is not listed never leaves. */
export function isNameless(field: Field): boolean {
  return (
    field.sensitivity === undefined &&
    (field.type === 'choice' || field.type === 'choices' || field.type === 'flag')
  );
}

const tells: Readonly<Record<Recipient, readonly string[]>> = {
  municipality: ['both', 'municipality'],
  private: ['both', 'private'],
};

/** Whether she agreed to this recipient and is looking for work here today. */
export function isProvided(record: Rec, to: Recipient, today: string): boolean {
  const file = partOf(record, 'file');
  const validTo = text(file['hwValidTo']);
  return (
    stateOf(record) === 'active' &&
    tells[to].includes(text(file['disclosureScope']) ?? '') &&
    !texts(file['clientCategories']).includes('dv') &&
    (validTo === undefined || validTo >= today)
  );
}

/** Ages in tens, so that no birth date can be counted back from two exports. */
export function provisionRow(record: Rec, today: string): Values {
  const file = partOf(record, 'file');
  const wishes = file['wishes'];
  const all: Values = { ...file, ...(isObject(wishes) ? (wishes as Values) : {}) };
  const told = Object.entries(providedFields).flatMap(([name, field]) => {
    const value = all[name];
    return value !== undefined && isKnown(field, value) ? [[name, value] as const] : [];
  });
  const birth = text(partOf(record, 'card')['birthDate']);
  const ages = birth === undefined ? {} : { ages: Math.floor(ageOn(birth, today) / 10) * 10 };
  return { ...Object.fromEntries(told), ...ages };
}

/** Codes of the list and nothing else, whatever stands in the record. */
function isKnown(field: Field, value: Value): boolean {
  if (field.type === 'flag') return typeof value === 'boolean';
  if (field.type !== 'choice' && field.type !== 'choices') return false;
  const codes = field.type === 'choice' ? [value] : Array.isArray(value) ? value : [undefined];
  return codes.every((code: unknown) => typeof code === 'string' && isCode(field.list, code));
}
