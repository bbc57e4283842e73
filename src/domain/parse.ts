/**
 * From anything (a form, the wire, an old outbox) to Values that fit the declared fields, or to reasons in plain
 * Japanese. It refuses; it never repairs silently, save for full and half width where staff expect it (domain.md §7).
 */
import { isCode } from './codes.ts';
import { isIsoDate } from './date.ts';
import { isServerField, type CodeFormat, type Field, type Fields } from './field.ts';
import {
  formatPostal,
  graphemeLength,
  hasMyNumber,
  isHwEmployerNo,
  isHwJobNo,
  isHwSeekerNo,
  normaliseNumberText,
  toKanaField,
} from './names.ts';
import type { FieldProblem } from './problem.ts';
import { isObject, absences, type Value, type Values } from './value.ts';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const bad = (field: string, reason: string): Parsed<never> => ({
  ok: false,
  problems: [{ field, reason }],
});

export function parseFields(fields: Fields, raw: unknown, path = ''): Parsed<Values> {
  if (!isObject(raw)) return bad(path, '入力の形が正しくありません。');
  const problems: FieldProblem[] = unknownKeys(fields, raw, path);
  const values: Record<string, Value> = {};
  for (const name in fields) {
    const field = fields[name];
    if (!field) continue;
    const parsed = parseOne(field, raw[name], path + name, raw);
    if (!parsed.ok) problems.push(...parsed.problems);
    else if (parsed.value !== undefined) values[name] = parsed.value;
  }
  return problems.length > 0 ? { ok: false, problems } : good(values);
}

function unknownKeys(fields: Fields, raw: object, path: string): FieldProblem[] {
  return Object.keys(raw)
    .filter((key) => !Object.hasOwn(fields, key))
    .map((key) => ({ field: path + key, reason: `「${key}」という項目はありません。` }));
}

function parseOne(
  field: Field,
  raw: unknown,
  path: string,
  siblings: Readonly<Record<string, unknown>>,
): Parsed<Value | undefined> {
  if (isBlank(raw)) return missing(field, path, siblings);
  if (isServerField(field)) return bad(path, `「${field.label}」は入力できません。`);
  if (field.absence && isObject(raw) && 'absent' in raw) return parseAbsence(field, raw, path);
  return parseValue(field, raw, path);
}

/** Spaces alone are no answer; a name is otherwise kept exactly as entered. */
function isBlank(raw: unknown): boolean {
  return raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');
}

function missing(
  field: Field,
  path: string,
  siblings: Readonly<Record<string, unknown>>,
): Parsed<undefined> {
  const shown = field.shownWhen?.(siblings as Values) ?? true;
  return field.required && shown
    ? bad(path, `「${field.label}」を入れてください。`)
    : good(undefined);
}

function parseAbsence(
  field: Field,
  raw: Readonly<Record<string, unknown>>,
  path: string,
): Parsed<Value> {
  const absent = raw['absent'];
  return typeof absent === 'string' && Object.hasOwn(absences, absent)
    ? good({ absent })
    : bad(path, `「${field.label}」の答えを選びなおしてください。`);
}

export function parseValue(field: Field, raw: unknown, path: string): Parsed<Value> {
  switch (field.type) {
    case 'text':
      return parseText(field, raw, path);
    case 'kana':
      return parseKana(field, raw, path);
    case 'code':
      return parseCode(field.format, field.label, raw, path);
    case 'integer':
      return parseInteger(field, raw, path);
    case 'date':
      return typeof raw === 'string' && isIsoDate(raw)
        ? good(raw)
        : bad(path, `「${field.label}」の日付を確かめてください。`);
    case 'time':
      return typeof raw === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(raw)
        ? good(raw)
        : bad(path, `「${field.label}」は 14:05 のように入れてください。`);
    case 'instant':
      return Number.isSafeInteger(raw) && (raw as number) >= 0 && (raw as number) < latestInstant
        ? good(raw as number)
        : bad(path, `「${field.label}」の時刻が正しくありません。`);
    case 'flag':
      return typeof raw === 'boolean'
        ? good(raw)
        : bad(path, `「${field.label}」を選びなおしてください。`);
    case 'choice':
      return typeof raw === 'string' && isCode(field.list, raw)
        ? good(raw)
        : bad(path, `「${field.label}」を選びなおしてください。`);
    case 'choices':
      return parseChoices(field, raw, path);
    case 'id':
    case 'ref':
      return typeof raw === 'string' && /^[0-9a-z-]{1,64}$/.test(raw)
        ? good(raw)
        : bad(path, `「${field.label}」が正しくありません。`);
    case 'group':
      return parseFields(field.fields, raw, `${path}.`);
    case 'list':
      return parseList(field, raw, path);
    case 'personKey':
      return bad(path, `「${field.label}」は入力できません。`);
  }
}

const unitsOfSign = 16;

/** What people see as one sign counts as one, however it is made up, but no sign is made of hundreds of marks. */
function isLonger(raw: string, max: number): boolean {
  return raw.length > max && (raw.length > max * unitsOfSign || graphemeLength(raw) > max);
}

function parseText(field: Field & { type: 'text' }, raw: unknown, path: string): Parsed<Value> {
  if (typeof raw !== 'string') return bad(path, `「${field.label}」は文字で入れてください。`);
  if (!raw.isWellFormed()) return bad(path, `「${field.label}」に読めない文字があります。`);
  if (isLonger(raw, field.max)) return bad(path, `「${field.label}」は${field.max}文字までです。`);
  if (hasMyNumber(raw))
    return bad(
      path,
      `「${field.label}」にマイナンバーと思われる12桁の数字があります。マイナンバーは記録できません。数字を消してください。`,
    );
  return good(raw);
}

function parseKana(field: Field & { type: 'kana' }, raw: unknown, path: string): Parsed<Value> {
  if (typeof raw !== 'string') return bad(path, `「${field.label}」は文字で入れてください。`);
  if (isLonger(raw, field.max)) return bad(path, `「${field.label}」は${field.max}文字までです。`);
  const kana = toKanaField(raw);
  return kana.ok ? good(kana.value) : bad(path, `「${field.label}」: ${kana.reason}`);
}

/** 9999-01-01: later ones are no date on any screen. */
const latestInstant = 253_370_764_800_000;

const codeExamples: Readonly<Record<CodeFormat, string>> = {
  hwSeekerNo: '01040-1234567',
  hwJobNo: '01040-12345678',
  hwEmployerNo: '0104-123456-7',
  postal: '003-8612',
  phone: '011-000-0000',
  municipal: '01104',
  slip: '123456',
  phoneTail: '1234',
  ticket: 'A12',
};

function parseCode(format: CodeFormat, label: string, raw: unknown, path: string): Parsed<Value> {
  const value =
    typeof raw === 'string' ? readCode(format, normaliseNumberText(raw).trim()) : undefined;
  return value === undefined
    ? bad(path, `「${label}」は ${codeExamples[format]} のように入れてください。`)
    : good(value);
}

function readCode(format: CodeFormat, value: string): string | undefined {
  switch (format) {
    case 'hwSeekerNo':
      return isHwSeekerNo(value) ? value : undefined;
    case 'hwJobNo':
      return isHwJobNo(value) ? value : undefined;
    case 'hwEmployerNo':
      return isHwEmployerNo(value) ? value : undefined;
    case 'postal':
      return formatPostal(value);
    case 'phone':
      return /^\+?[0-9][0-9()-]{8,15}$/.test(value) ? value : undefined;
    case 'municipal':
      return /^\d{5,6}$/.test(value) ? value : undefined;
    case 'slip':
      return /^\d{6}$/.test(value) ? value : undefined;
    case 'phoneTail':
      return /^\d{4}$/.test(value) ? value : undefined;
    case 'ticket':
      return /^[0-9A-Za-z-]{1,8}$/.test(value) ? value : undefined;
  }
}

function parseInteger(
  field: Field & { type: 'integer' },
  raw: unknown,
  path: string,
): Parsed<Value> {
  return typeof raw === 'number' && Number.isInteger(raw) && raw >= field.min && raw <= field.max
    ? good(raw)
    : bad(path, `「${field.label}」は${field.min}から${field.max}までの数で入れてください。`);
}

function parseChoices(
  field: Field & { type: 'choices' },
  raw: unknown,
  path: string,
): Parsed<Value> {
  const isList = Array.isArray(raw) && raw.every((item) => typeof item === 'string');
  if (!isList || raw.some((item) => !isCode(field.list, item)) || new Set(raw).size !== raw.length)
    return bad(path, `「${field.label}」を選びなおしてください。`);
  return field.required && raw.length === 0
    ? bad(path, `「${field.label}」を一つ以上選んでください。`)
    : good(raw as readonly string[]);
}

function parseList(field: Field & { type: 'list' }, raw: unknown, path: string): Parsed<Value> {
  if (!Array.isArray(raw) || raw.length > field.max)
    return bad(path, `「${field.label}」は${field.max}件までです。`);
  const parsed = raw.map((item, index) => parseFields(field.fields, item, `${path}.${index}.`));
  const problems = parsed.flatMap((item) => (item.ok ? [] : item.problems));
  if (problems.length > 0) return { ok: false, problems };
  return good(parsed.flatMap((item) => (item.ok ? [item.value] : [])));
}
