/**
 * A file of rows as offices send them: UTF-8 with or without BOM, or CP932 (what Japanese Excel writes), comma-separated,
 * quoted or not, a first line of column names. Answers rows with the number of their line, or says in words why it cannot
 * be read. It guesses no encoding by frequency: what is well-formed UTF-8 is UTF-8.
 */
import Papa from 'papaparse';
import { fail, ok, type Problem, type Result } from '../problem.ts';

export interface TableRow {
  /** Of the line where the row begins, as an editor counts: the column names are on line 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Rows with fewer or more cells than there are columns. */
  readonly odd: readonly BadLine[];
}

export interface BadLine {
  readonly line: number;
  readonly reason: string;
}

export type Decode = (bytes: Uint8Array, encoding: 'utf-8' | 'shift_jis') => string | undefined;

export const maxImportBytes = 20 * 1024 * 1024;
/** Layouts of offices have a few hundred; a file that has lost its line ends has as many as cells. */
const maxColumns = 1_000;

const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
const wrongFile = (reason: string): Problem => ({ code: 'wrongFile', reason });
const wrong = (reason: string) => fail(wrongFile(reason));

export function tooLarge(size: number): Problem {
  return wrongFile(
    `ファイルが大きすぎます（${megabytes(size)}MB）。${megabytes(maxImportBytes)}MBまでに分けてください。`,
  );
}

export function readTable(bytes: Uint8Array, decode: Decode): Result<Table> {
  if (bytes.length > maxImportBytes) return fail(tooLarge(bytes.length));
  const text = decodeOffice(bytes, decode);
  if (text === undefined)
    return wrong('文字コードを読めません。CSV（UTF-8 または Shift_JIS）で保存しなおしてください。');
  const lines = splitLines(text);
  const [head] = lines;
  if (!head || head.cells.every((cell) => cell.trim() === '')) return wrong('中身がありません。');
  if (head.cells.length > maxColumns)
    return wrong(
      `列が多すぎます（${head.cells.length}列）。行の区切りが残っているか、確かめてください。`,
    );
  const columns = head.cells.map((cell) => cell.trim());
  const twice = columns.find((name, at) => name !== '' && columns.indexOf(name) !== at);
  if (twice !== undefined) return wrong(`見出し「${twice}」が二つあります。`);
  return ok(asTable(columns, lines.slice(1)));
}

/** Excel's own binary file under a CSV name begins with these; saying so helps more than an encoding error. */
function decodeOffice(bytes: Uint8Array, decode: Decode): string | undefined {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip || bytes.includes(0)) return undefined;
  const text = decode(bytes, 'utf-8') ?? decode(bytes, 'shift_jis');
  return text?.replace(/^\uFEFF/, '');
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Quoted cells may hold line ends, so that a row's line is counted from what went before it. */
function splitLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let read = 0;
  let line = 1;
  Papa.parse<string[]>(text, {
    step: ({ data, meta }) => {
      lines.push({ line, cells: data });
      line += countLineEnds(text, read, meta.cursor);
      read = meta.cursor;
    },
  });
  return lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

function countLineEnds(text: string, from: number, to: number): number {
  return text.slice(from, to).match(/\r\n|\n|\r/g)?.length ?? 0;
}

function asTable(columns: readonly string[], lines: readonly Line[]): Table {
  const fits = ({ cells }: Line) => cells.length === columns.length;
  return {
    columns,
    rows: lines.filter(fits).map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(columns.map((name, at) => [name, (cells[at] ?? '').trim()])),
    })),
    odd: lines
      .filter((line) => !fits(line))
      .map(({ line, cells }) => ({
        line,
        reason: `列の数が合いません（見出しは${columns.length}列、この行は${cells.length}列）。`,
      })),
  };
}
