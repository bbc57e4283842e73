/**
 * 求人情報オンライン提供: the postings of a file of Hello Work's, by column names that its layouts are known to use
 * (domain.md §7; the layout document itself is given to approved bodies alone, hence the map). Says what an import would
 * do before it does anything: new, changed, the same, over, no longer in the list.
 */
import { feedFields, feedId, jobPostingRules } from '../kinds/job-posting.ts';
import { partOf, type Rec } from '../record.ts';
import { isSameValue, text, type Values } from '../value.ts';
import { brokenRules } from '../verbs.ts';
import {
  guessColumns,
  readSheet,
  unmapped,
  type ColumnMap,
  type ColumnNames,
  type SheetRow,
} from './sheet.ts';
import type { BadLine, Table } from './table.ts';

const names: ColumnNames = {
  hwJobNo: ['求人番号'],
  jobTitle: ['職種', '職種名', '仕事の名前', '募集職種'],
  employerName: ['事業所名', '事業所名漢字', '企業名', '会社名'],
  hwEmployerNo: ['事業所番号'],
  occupation: ['職業分類', '職業分類コード', '職業分類大分類'],
  employmentType: ['雇用形態', '雇用形態コード'],
  jobCategory: ['求人区分', '求人区分コード'],
  jobMode: ['トライアル雇用併用の希望', 'トライアル併用', '併用フラグ', '併用'],
  municipality: [
    '就業場所市区町村コード',
    '就業場所コード',
    '市区町村コード',
    '就業場所市区町村5桁',
  ],
  place: ['就業場所', '就業場所住所', '勤務地'],
  wageUnit: ['賃金形態', '賃金形態等'],
  wageFrom: ['賃金下限', '賃金', '基本給下限', 'a+b下限'],
  wageTo: ['賃金上限', '基本給上限', 'a+b上限'],
  hoursText: ['就業時間', '就業時間1', '時間'],
  holidayText: ['休日', '休日等'],
  insuranceText: ['加入保険', '加入保険等', '保険'],
  retirementText: ['定年', '定年制'],
  duties: ['仕事の内容', '仕事内容'],
  openings: ['採用人数', '募集人数'],
  receivedOn: ['受付年月日', '受付日', '求人受付日'],
  expiresOn: ['紹介期限日', '有効期限', '紹介期限'],
};

export interface FeedRead {
  readonly rows: readonly SheetRow[];
  readonly bad: readonly BadLine[];
}

export interface FeedPlan {
  readonly write: readonly Values[];
  readonly fresh: number;
  readonly changed: number;
  readonly same: number;
  /** Past their date on the day of the import: not taken. */
  readonly over: number;
  /** Ids that stand open and are no longer in the list. */
  readonly gone: readonly string[];
}

export function guessFeedColumns(columns: readonly string[]): ColumnMap {
  return guessColumns(columns, names);
}

/** Mandatory fields that the map leaves out, in words. */
export function unmappedFeed(map: ColumnMap): string[] {
  return unmapped(feedFields, map);
}

export function readFeed(table: Table, map: ColumnMap): FeedRead {
  const eased = {
    ...table,
    rows: table.rows.map((row) => ({ ...row, cells: ease(row.cells, map) })),
  };
  const { rows, bad } = readSheet(eased, feedFields, { ...map, occupationCode }, 'hwJobNo');
  const broken = rows.flatMap(({ line, values }) => {
    const problem = brokenRules({ rules: jobPostingRules }, values);
    return problem?.code === 'invalidFields'
      ? [{ line, reason: problem.fields.map((one) => one.reason).join(' ') }]
      : [];
  });
  const badLines = new Set(broken.map((one) => one.line));
  return {
    rows: rows.filter((row) => !badLines.has(row.line)),
    bad: [...bad, ...broken].toSorted((a, b) => a.line - b.line),
  };
}

/** A column that no file has: where the small class is put when the class column holds one. */
const occupationCode = '\u0000小分類';

type Cells = Readonly<Record<string, string>>;

/** Cells as the fields read them: small classes apart, and the several words for 併用. */
function ease(cells: Cells, map: ColumnMap): Cells {
  const given = (field: string) => (cells[map[field] ?? ''] ?? '').normalize('NFKC').trim();
  const occupation = given('occupation');
  const isSmall = /^\d{3}(-\d{2})?$/.test(occupation);
  const mode = given('jobMode');
  return {
    ...cells,
    ...(isSmall ? { [map['occupation'] ?? '']: '', [occupationCode]: occupation } : {}),
    ...(mode === '' ? {} : { [map['jobMode'] ?? '']: modeOf(mode) }),
  };
}

function modeOf(typed: string): string {
  if (/専用/.test(typed)) return 'trialOnly';
  if (/^(1|○|◯|可|あり|有|希望する|希望|併用.*)$/.test(typed)) return 'combined';
  if (/^(0|×|不可|なし|無|希望しない|一般.*)$/.test(typed)) return 'general';
  return typed;
}

/** What an import would write over what stands; `whole` = the list is all there is, what it lacks has ended. */
export function planFeed(
  rows: readonly SheetRow[],
  standing: readonly Rec[],
  today: string,
  whole: boolean,
): FeedPlan {
  const before = new Map(standing.map((record) => [record.id, partOf(record, 'facts')]));
  const orders = rows.map(({ values }) => ({
    id: feedId(text(values['hwJobNo']) ?? ''),
    ...values,
  }));
  const isOver = (order: Values) => (text(order['expiresOn']) ?? '') < today;
  const live = orders.filter((order) => !isOver(order));
  const same = new Set(live.filter((order) => saysTheSame(order, before.get(order.id))));
  const listed = new Set(live.map((order) => order.id));
  const write = live.filter((order) => !same.has(order));
  return {
    write,
    fresh: write.filter((order) => !before.has(order.id)).length,
    changed: write.filter((order) => before.has(order.id)).length,
    same: same.size,
    over: orders.length - live.length,
    gone: whole ? openOfFeed(standing).filter((id) => !listed.has(id)) : [],
  };
}

function openOfFeed(standing: readonly Rec[]): string[] {
  return standing
    .filter((record) => {
      const { source, state } = partOf(record, 'facts');
      return source === 'feed' && state === 'open';
    })
    .map((record) => record.id);
}

function saysTheSame(order: Values, before: Values | undefined): boolean {
  if (before?.['state'] !== 'open') return false;
  const said: Values = { openings: 1, ...order };
  return Object.keys(feedFields).every((name) => isSameValue(said[name], before[name]));
}
