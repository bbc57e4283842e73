/**
 * 職員の名簿: an organisation's own list of its staff, as its personnel section sends it (CSV by column map). A line is read
 * into values of the staff record, or refused with its reason. What an import would do with them is in roster-plan.ts.
 */
import { addDays } from '../date.ts';
import { pick, type Fields } from '../field.ts';
import { allFields, stateOf } from '../kind.ts';
import { staff } from '../kinds/staff.ts';
import { partOf, type Rec } from '../record.ts';
import { text, type Values } from '../value.ts';
import { guessColumns, readSheet, unmapped, type ColumnMap, type ColumnNames } from './sheet.ts';
import type { BadLine, Table } from './table.ts';

const own = allFields(staff);

export const rosterFields: Fields = {
  no: { type: 'text', label: '番号', max: 20, required: true },
  ...pick(own, ['name', 'kana']),
  site: { type: 'text', label: '窓口', max: 60, required: true },
  ...pick(own, ['role', 'post', 'validFrom', 'validTo']),
};

const names: ColumnNames = {
  no: ['番号', '職員番号', '社員番号', '職員コード', 'ID'],
  name: ['氏名', '名前', '職員氏名', '職員名'],
  kana: ['フリガナ', 'カナ', '氏名カナ', '氏名フリガナ', 'カナ氏名'],
  site: ['窓口', '窓口名', '配属窓口', '配属先', '配属', '勤務場所'],
  role: ['役割', '権限', '職務'],
  post: ['担当席', '席', '担当'],
  validFrom: ['有効開始', '着任日', '有効開始日', '開始日'],
  validTo: ['有効終了', '退任日', '有効終了日', '終了日'],
};

export function guessRosterColumns(columns: readonly string[]): ColumnMap {
  return guessColumns(columns, names);
}

/** Mandatory fields that the map leaves out, in words. */
export function unmappedRoster(map: ColumnMap): string[] {
  return unmapped(rosterFields, map);
}

/** What is known when a list is read: the area's counters and staff, who imports, and when. */
export interface RosterGround {
  readonly org: string;
  /** Who imports: nobody shuts herself out. */
  readonly user: string;
  readonly sites: readonly Rec[];
  /** Of all organisations: ids are the area's. */
  readonly staff: readonly Rec[];
  readonly today: string;
}

export interface RosterRow {
  readonly line: number;
  readonly no: string;
  readonly id: string;
  /** Of the staff record; a field whose column is mapped and whose cell is empty is absent. */
  readonly values: Values;
}

export interface RosterRead {
  readonly rows: readonly RosterRow[];
  readonly bad: readonly BadLine[];
  /** Of lines that are not taken, though it is known whom they are about. */
  readonly alsoListed: readonly string[];
  /** Lines about nobody knows whom. */
  readonly unread: number;
}

export function readRoster(table: Table, map: ColumnMap, ground: RosterGround): RosterRead {
  const sheet = readSheet(table, rosterFields, map, 'no');
  const rows: RosterRow[] = [];
  const bad: BadLine[] = [...sheet.bad];
  const alsoListed: string[] = [];
  const seen = new Map<string, number>();
  const known = new Map(ground.staff.map((one) => [one.id, one]));
  const alike = alikeButZeros(ground);
  for (const { line, values } of sheet.rows) {
    const row = rowOf(line, values, ground, known);
    const reasons = reasonsAgainst(row, ground, known.get(row.id));
    const others = known.has(row.id) ? [] : (alike.get(bare(row.id, ground.org)) ?? []);
    if (others.length > 0) reasons.push(lostZeros(row.no));
    const before = seen.get(row.id);
    // 「0012」 and 「００１２」 are one number.
    if (before !== undefined) reasons.push(`「番号」が${before}行目と同じです。`);
    seen.set(row.id, line);
    if (reasons.length === 0) rows.push(row);
    else {
      bad.push({ line, reason: reasons.join(' ') });
      alsoListed.push(row.id, ...others);
    }
  }
  const unread = sheet.bad.length;
  return { rows, bad: bad.toSorted((a, b) => a.line - b.line), alsoListed, unread };
}

function rowOf(line: number, values: Values, ground: RosterGround, known: Known): RosterRow {
  const { no, site, ...rest } = values;
  const given = text(no) ?? '';
  const found = siteNamed(text(site) ?? '', ground.sites);
  return {
    line,
    no: given,
    id: staffIdOf(given, ground.org, known),
    values: { ...rest, site: found ?? '' },
  };
}

/** By id: lists of an organisation have thousands of lines. */
type Known = ReadonlyMap<string, Rec>;

const folded = (word: string) => word.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** A number is the organisation's own; who is in the records under just that id, and is of hers, is meant. */
function staffIdOf(no: string, org: string, known: Known): string {
  const plain = folded(no);
  return partOf(known.get(plain), 'facts')['org'] === org ? plain : `${org}-${plain}`;
}

/** Excel drops the zeros that a number begins with: a stranger by one who is known, and the one who is known would end. */
function alikeButZeros({ org, staff: all }: RosterGround): ReadonlyMap<string, readonly string[]> {
  const hers = all.filter((one) => partOf(one, 'facts')['org'] === org);
  const ids = hers.filter((one) => stateOf(one) !== 'voided').map(({ id }) => id);
  return Map.groupBy(ids, (id) => bare(id, org));
}

function bare(id: string, org: string): string {
  const no = id.startsWith(`${org}-`) ? id.slice(org.length + 1) : id;
  return no.replace(/^0+/, '');
}

const lostZeros = (no: string) =>
  `「番号」は、登録ずみの方と頭の0の数だけがちがいます（${no}）。Excelで0が消えていないか、確かめてください。`;

/** By its name or its id, where it means one; a counter that is closed takes nobody. */
function siteNamed(given: string, sites: readonly Rec[]): string | undefined {
  const wanted = folded(given);
  const found = sites.filter((one) =>
    [one.id, text(partOf(one, 'facts')['name']) ?? ''].some((word) => folded(word) === wanted),
  );
  const [open, another] = found.filter((one) => stateOf(one) === 'active');
  return another ? undefined : open?.id;
}

function reasonsAgainst(
  { no, id, values }: RosterRow,
  ground: RosterGround,
  known: Rec | undefined,
): string[] {
  const facts = partOf(known, 'facts');
  const [from, to] = [text(values['validFrom']), text(values['validTo'])];
  const isOver = to !== undefined && to < ground.today;
  const isWrong: readonly (readonly [boolean, string])[] = [
    [!/^[0-9a-z-]+$/.test(folded(no)), `「番号」は英数字とハイフンで入れてください（${no}）。`],
    [id.length > 64, '「番号」が長すぎます。'],
    [values['site'] === '', '「窓口」が、この地域の開いている窓口の名前と合いません。'],
    [from !== undefined && to !== undefined && to < from, '「退任日」が「着任日」より前です。'],
    [to !== undefined && to > addDays(ground.today, 3660), '「退任日」が10年より先です。'],
    [!known && isOver, '「退任日」が過ぎています。'],
    [
      known !== undefined && facts['org'] !== ground.org,
      'この番号は、ほかの組織の職員が使っています。',
    ],
    [facts['state'] === 'voided', 'この番号の登録は取り消されています。別の番号にしてください。'],
    [id === ground.user && shutsOut(values, facts, ground.today), ownLine],
  ];
  return isWrong.flatMap(([wrong, reason]) => (wrong ? [reason] : []));
}

const ownLine =
  'ご自身の行です。ご自身の役割・窓口と、きょうまでの退任日は、ここでは変えられません。ほかの責任者に頼んでください。';

function shutsOut(values: Values, before: Values, today: string): boolean {
  const to = text(values['validTo']);
  return (
    values['role'] !== before['role'] ||
    values['site'] !== before['site'] ||
    (to !== undefined && to <= today)
  );
}
