/**
 * From one cell of an office file to the value of a declared field, or a reason in plain Japanese: wareki dates, figures
 * with 円 and commas, codes or their labels. What does not read is refused, never guessed; formulas are text and stay text.
 */
import { codesOf, type ListName } from '../codes.ts';
import type { Field } from '../field.ts';
import { parseValue } from '../parse.ts';
import type { Value } from '../value.ts';
import { parseDateInput } from '../wareki.ts';

export type Cell =
  | { readonly ok: true; readonly value: Value | undefined }
  | { readonly ok: false; readonly reason: string };

const good = (value: Value | undefined): Cell => ({ ok: true, value });
const bad = (reason: string): Cell => ({ ok: false, reason });

export function readCell(field: Field, cell: string): Cell {
  const typed = unguarded(cell.trim());
  if (typed === '')
    return field.required ? bad(`「${field.label}」がありません。`) : good(undefined);
  if (typed.startsWith('='))
    return bad(`「${field.label}」が計算式のままです（${short(typed)}）。`);
  const raw = rawValue(field, typed);
  if (!raw.ok) return raw;
  const parsed = parseValue(field, raw.value, '');
  return parsed.ok
    ? good(parsed.value)
    : bad(`${parsed.problems[0]?.reason ?? ''}（${short(typed)}）`);
}

/** Excel's own way to keep leading zeros: ="0104". */
function unguarded(cell: string): string {
  return /^="([^"]*)"$/.exec(cell)?.[1]?.trim() ?? cell;
}

function rawValue(field: Field, typed: string): Cell {
  if (field.type === 'date') return date(field.label, typed);
  if (field.type === 'integer') return figure(field.label, typed);
  if (field.type === 'choice') return choice(field.list, field.label, typed);
  return good(typed);
}

/** A time behind the date is left out: offices export both. */
function date(label: string, typed: string): Cell {
  const read = parseDateInput(typed.replace(/[T ]\d{1,2}:\d{2}.*$/, ''));
  return read.ok ? good(read.date) : bad(`「${label}」: ${read.reason}（${short(typed)}）`);
}

function figure(label: string, typed: string): Cell {
  const plain = typed.normalize('NFKC').replace(/[,，\s円人名]/g, '');
  return /^\d{1,10}(\.0+)?$/.test(plain)
    ? good(Math.trunc(Number(plain)))
    : bad(`「${label}」は数で入れてください（${short(typed)}）。`);
}

/** A code, its label, or a code with words after it (「1 フルタイム」). */
function choice(list: ListName, label: string, typed: string): Cell {
  const plain = typed.normalize('NFKC').trim();
  const rows = codesOf(list);
  const found =
    rows.find((row) => row.code === plain || row.label.normalize('NFKC') === plain) ??
    rows.find((row) => plain.split(/[:\s]/)[0] === row.code);
  return found
    ? good(found.code)
    : bad(`「${label}」の「${short(typed)}」は、コード表にありません。`);
}

function short(typed: string): string {
  return typed.length > 20 ? `${typed.slice(0, 20)}…` : typed;
}
