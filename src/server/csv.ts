/**
 * CSV as office software in Japan opens it: UTF-8 with BOM, CRLF, RFC 4180 quoting. A cell that a spreadsheet would take
 * for a formula, half or full width, gets a leading '. Digits stay text: leading zeros are kept as they are.
 */
import { codeLabel } from '../domain/codes.ts';
import { breakdowns } from '../domain/metrics/breakdown.ts';
import type { OfficialCounts } from './counts.ts';

export type Row = readonly (string | number)[];

export function toCsv(rows: readonly Row[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n\0＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const suppressed = '…';

export function countsCsv(counts: OfficialCounts, siteName: string, orgName: OrgName): string {
  const { period, completeness } = counts;
  const when = (at: number | null) => (at === null ? '受信なし' : jst(at));
  const head: Row[] = [
    ['窓口', siteName],
    ['期間', period.from, period.to],
    ['集計時刻', jst(counts.asOf)],
    ['状態', '速報（締め前。あとから届いた記録で変わることがあります）'],
    ['確認待ちの記録', completeness.quarantined],
    [`${suppressed}の欄`, '少ない数のため、区分ごとには出していません'],
    ...completeness.tablets.map((one): Row => ['端末の最終受信', one.name, when(one.receivedAt)]),
    [],
    ['指標', '区分の種類', '区分', '値', '単位', '未照合', '備考'],
  ];
  return toCsv([...head, ...counts.rows.flatMap((count) => countRows(count, orgName))]);
}

type OrgName = (id: string) => string;

function countRows(count: OfficialCounts['rows'][number], orgName: OrgName): Row[] {
  const total: Row = [count.label, '総数', '', count.value, count.unit, count.unknown, count.note];
  const cells = count.breakdowns.flatMap((table) =>
    table.cells.map((one): Row => [
      count.label,
      table.label,
      cellLabel(table.name, one.code, orgName),
      one.value ?? suppressed,
      count.unit,
      '',
      table.note ?? '',
    ]),
  );
  return [total, ...cells];
}

function cellLabel(name: string, code: string, orgName: OrgName): string {
  if (code === '') return '未入力';
  const list = breakdowns.find((one) => one.name === name)?.list;
  return list ? codeLabel(list, code) : orgName(code);
}

function jst(at: number): string {
  return new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
