/**
 * CSV as office software in Japan opens it: UTF-8 with BOM, CRLF, RFC 4180 quoting. A cell that a spreadsheet would take
 * for a formula, half or full width, gets a leading '. Digits stay text: leading zeros are kept as they are.
 */
import { codeLabel } from '../domain/codes.ts';
import { addDays, businessDateJst } from '../domain/date.ts';
import { kindLabel } from '../domain/kind-labels.ts';
import { breakdowns } from '../domain/metrics/breakdown.ts';
import { metricNamed } from '../domain/metrics/index.ts';
import { metricGroups, type MetricGroup } from '../domain/metrics/metric.ts';
import type { OfficialCounts } from './counts.ts';

export type Row = readonly (string | number)[];

export function toCsv(rows: readonly Row[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  // A rate without a base is this sign and nothing behind it, which no spreadsheet works out.
  const safe = value !== '－' && /^[=+\-@\t\r\n\0＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const suppressed = '…';

export function countsCsv(counts: OfficialCounts, siteName: string, nameOf: NameOf): string {
  const { period, completeness } = counts;
  const when = (at: number | null) => (at === null ? '受信なし' : jst(at));
  const head: Row[] = [
    ['窓口', siteName],
    ['期間', period.from, period.to],
    ['集計時刻', jst(counts.asOf)],
    ['状態', counts.provisional ? provisional : '確定（締めたあとの数字）'],
    ['確認待ちの記録', completeness.quarantined],
    [`${suppressed}の欄`, '少ない数のため、区分ごとには出していません'],
    ...completeness.tablets.map((one): Row => ['端末の最終受信', one.name, when(one.receivedAt)]),
    [],
    ['分野', '指標', '区分の種類', '区分', '値', '単位', '未照合', '締め後の増減', '備考', '版'],
  ];
  return toCsv([
    ...head,
    ...groups.flatMap((group) => [
      ...counts.rows.filter((row) => row.group === group).flatMap((row) => countRows(row, nameOf)),
      ...counts.rates.filter((rate) => rate.group === group).map(rateRow),
    ]),
    ...dayRows(counts),
    ...lateRows(counts),
  ]);
}

const groups = Object.keys(metricGroups) as MetricGroup[]; // the keys of a literal are its type

const provisional = '速報（締めていない日があり、あとから届いた記録で変わることがあります）';

/** Every day up to now, since a figure of a period is as firm as its days. */
function dayRows({ period, asOf, days }: OfficialCounts): Row[] {
  const today = businessDateJst(asOf);
  const last = period.to < today ? period.to : today;
  const byDate = new Map(days.map((day) => [day.date, day]));
  const rows: Row[] = [];
  for (let date = period.from; date <= last; date = addDays(date, 1)) {
    const day = byDate.get(date);
    const isClosed = day?.state === 'closed';
    rows.push([
      date,
      isClosed ? '確定' : '速報',
      isClosed && day.closedAt !== null ? jst(day.closedAt) : '',
      isClosed ? day.missing : '',
      day?.reopenReason ? `締めを解いた：${codeLabel('reopenReason', day.reopenReason)}` : '',
    ]);
  }
  return [[], ['業務日', '確定・速報', '締めた時刻', '届いていなかった端末', '備考'], ...rows];
}

const whatLabels = { added: '追加', changed: '訂正', removed: '取消', joined: '照合' } as const;

function lateRows({ adjustments }: OfficialCounts): Row[] {
  if (adjustments.length === 0) return [];
  const when = (at: number | null) => (at === null ? '' : jst(at));
  const label = (name: string) => metricNamed(name)?.label ?? name;
  const names = (list: readonly string[]) => list.map(label).join('・');
  return [
    [],
    [
      '締め後の業務日',
      '記録',
      '内容',
      '受信',
      '入力（端末の時計）',
      'かかわる指標（入る）',
      'かかわる指標（抜ける）',
    ],
    ...adjustments.map((one): Row => [
      one.date,
      kindLabel(one.kind),
      whatLabels[one.what],
      when(one.receivedAt),
      when(one.enteredAt),
      names(one.adds),
      names(one.takes),
    ]),
  ];
}

export type NameOf = (kind: 'organisation' | 'programme' | 'event', id: string) => string;

function countRows(count: OfficialCounts['rows'][number], nameOf: NameOf): Row[] {
  const { label, version, value, unit, unknown, late, note } = count;
  const group = metricGroups[count.group];
  const total: Row = [group, label, '総数', '', value, unit, unknown, late, note, version];
  const cells = count.breakdowns.flatMap((table) =>
    table.cells.map((one): Row => [
      group,
      label,
      table.label,
      cellLabel(table.name, one.code, nameOf),
      one.value ?? suppressed,
      unit,
      '',
      '',
      table.note ?? '',
      version,
    ]),
  );
  return [total, ...cells];
}

/** With what it was worked out from; blank parts are no zeros. */
function rateRow(rate: OfficialCounts['rates'][number]): Row {
  const { label, version, text, numerator, denominator, note } = rate;
  const worked = `${numerator}÷${denominator}。${note}`;
  return [metricGroups[rate.group], label, '割合', '', text, '％', '', '', worked, version];
}

function cellLabel(name: string, code: string, nameOf: NameOf): string {
  const { list, ref, without } = breakdowns.find((one) => one.name === name) ?? {};
  if (code === '') return without ?? '未入力';
  return list ? codeLabel(list, code) : nameOf(ref ?? 'organisation', code);
}

function jst(at: number): string {
  return new Date(at + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
