/**
 * What the checks of the seed tables share: reading a seed and the figures as printed (tests/fixtures/printed, copied from
 * the document in its own digits), and comparing cell by cell. A check says what it did, or names every cell that differs.
 */
import { readFileSync } from 'node:fs';

export interface Seed<Row> {
  readonly source: Readonly<Record<'title' | 'publisher' | 'document', string>> & {
    readonly year: number;
  };
  readonly rows: readonly Row[];
}

export interface Outcome {
  readonly said: string;
  readonly breaches: readonly string[];
}

export type Check = () => Outcome;

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
// A seed is parsed where it is checked: the checks are what the cast promises.
export const seed = <Row, More = object>(name: string) =>
  JSON.parse(read(`seeds/${name}.json`)) as Seed<Row> & More;
export const table = (name: string) =>
  read(`tests/fixtures/printed/${name}.txt`)
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

/** The print without what carries no meaning: width, spaces, thousands, 「以上」, brackets. */
export const bare = (printed: string) =>
  printed.normalize('NFKC').replace(/[\s,()<>【】]|以上/g, '');
export const printedText = (name: string) => bare(table(name).flat().join(' / '));

export const number = (text = '') =>
  text === '' ? null : Number(text.normalize('NFKC').replaceAll(',', ''));

export function differs(cell: string, printed: unknown, ours: unknown): string[] {
  return printed === ours ? [] : [`${cell}: printed ${String(printed)}, ours ${String(ours)}`];
}

/** The document prints it somewhere, digit for digit. */
export function missing(name: string, wanted: readonly string[]): string[] {
  const text = printedText(name);
  return wanted
    .filter((one) => !text.includes(bare(one)))
    .map((one) => `${one} is not in the document`);
}

export const twice = (values: readonly string[]) =>
  values.filter((value, at) => values.indexOf(value) !== at).map((value) => `${value} twice`);

export const oneDecimal = (printedPct: number) => printedPct.toFixed(1);
