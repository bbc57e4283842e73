/** A roster read and planned: numbers, counters by name, wareki dates, who comes, goes and stays. Nothing here writes. */
import { describe, expect, test } from 'vitest';
import { planRoster } from '../../src/domain/import/roster-plan.ts';
import {
  guessRosterColumns,
  readRoster,
  unmappedRoster,
  type RosterGround,
} from '../../src/domain/import/roster.ts';
import { readTable } from '../../src/domain/import/table.ts';
import { isInService, wasInService } from '../../src/domain/kinds/staff.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { rosterFile, rosterHead, type RosterLine } from '../support/roster-file.ts';

const today = '2026-03-31';
const site = (id: string, name: string, state = 'active'): Rec => ({
  kind: 'site',
  id,
  parts: { facts: { name, state } },
});
const member = (id: string, facts: Values = {}): Rec => ({
  kind: 'staff',
  id,
  parts: {
    facts: {
      state: 'active',
      name: '架空 一',
      kana: 'カクウ ハジメ',
      org: 'city',
      site: 's1',
      role: 'counsellor',
      ...facts,
    },
  },
});

const ground: RosterGround = {
  org: 'city',
  user: 'boss',
  sites: [
    site('s1', 'あいワーク白石'),
    site('s2', 'あいワーク豊平'),
    site('s3', '閉じた窓口', 'closed'),
  ],
  staff: [
    member('city-1'),
    member('city-2', { site: 's2' }),
    member('city-3', { state: 'ended', validTo: '2025-03-31' }),
    member('city-4', { state: 'voided' }),
    member('boss', { role: 'supervisor' }),
    member('hw-1', { org: 'hw' }),
  ],
  today,
};

function tableOf(lines: readonly RosterLine[], head?: string) {
  const table = readTable(rosterFile(lines, head), (bytes, encoding) =>
    new TextDecoder(encoding).decode(bytes),
  );
  if (!table.ok) throw new Error('the file does not read');
  return table.value;
}
const map = guessRosterColumns(rosterHead.split(','));
const read = (...lines: RosterLine[]) => readRoster(tableOf(lines), map, ground);
const plan = (endsOn: string | undefined, ...lines: RosterLine[]) =>
  planRoster(read(...lines), map, endsOn, ground);

describe('a line', () => {
  test('reads numbers of any width, counters by name or id, and dates of the era', () => {
    const { rows, bad } = read(
      { no: '１' },
      {
        no: 'A-7',
        site: ' あいワーク 豊平',
        from: 'R8.4.1',
        to: '令和9年3月31日',
        role: '責任者',
        post: '市-3',
      },
      { no: '8', site: 's1' },
    );
    expect(bad).toEqual([]);
    expect(rows.map(({ id, values }) => [id, values['site']])).toEqual([
      ['city-1', 's1'],
      ['city-a-7', 's2'],
      ['city-8', 's1'],
    ]);
    expect(rows[1]?.values).toMatchObject({
      validFrom: '2026-04-01',
      validTo: '2027-03-31',
      role: 'supervisor',
      post: '市-3',
    });
  });

  test.each<[string, RosterLine, string]>([
    ['no number', { no: '' }, '「番号」がありません'],
    ['a number in kanji', { no: '一番' }, '英数字とハイフン'],
    ['a counter that is not there', { no: '8', site: 'あいワーク' }, '「窓口」'],
    ['a counter that is closed', { no: '8', site: '閉じた窓口' }, '「窓口」'],
    ['a role that is none', { no: '8', role: '所長' }, 'コード表にありません'],
    ['a day that is none', { no: '8', from: '2026/2/30' }, '「着任日」'],
    ['the last before the first', { no: '8', from: '2026-05-01', to: '2026-04-01' }, 'より前'],
    ['somebody new who has left', { no: '8', to: '2026-03-30' }, '「退任日」が過ぎています'],
    ['a number taken back', { no: '4' }, '取り消されています'],
    ['a formula', { no: '8', name: '=A1' }, '計算式'],
  ])('is refused for %s', (_why, line, reason) => {
    const { rows, bad } = read(line);
    expect(rows).toEqual([]);
    expect(bad).toMatchObject([{ line: 2 }]);
    expect(bad[0]?.reason).toContain(reason);
  });

  test('is refused where its number stands twice, however it is written', () => {
    expect(read({ no: '8' }, { no: '８' }).bad).toMatchObject([
      { line: 3, reason: expect.stringContaining('2行目') },
    ]);
  });

  test('says which mandatory columns are missing', () => {
    expect(unmappedRoster(guessRosterColumns(['職員番号', '氏名']))).toEqual([
      'フリガナ',
      '窓口',
      '役割',
    ]);
  });
});

describe('a plan', () => {
  test('tells new, changed, back, past and the same apart', () => {
    const found = plan(
      undefined,
      { no: '8' },
      { no: '1', post: '市-1' },
      { no: '2', site: 'あいワーク豊平', to: '2026-03-30' },
      { no: '3' },
    );
    expect(found.fresh.map(({ id }) => id)).toEqual(['city-8']);
    expect(found.changed).toMatchObject([{ id: 'city-1', set: { post: '市-1' }, clear: [] }]);
    expect(found.over).toMatchObject([{ id: 'city-2', set: { validTo: '2026-03-30' } }]);
    expect(found.back).toMatchObject([{ id: 'city-3', clear: ['validTo'] }]);
    expect(plan(undefined, { no: '1' })).toMatchObject({ same: 1, changed: [] });
  });

  test('a column that the file has not says nothing; an empty cell empties', () => {
    const held = { ...ground, staff: [member('city-1', { post: '市-1' })] };
    const short = '番号,氏名,フリガナ,窓口,役割';
    const lines = [{ no: '1' }];
    const table = tableOf(lines);
    const less = guessRosterColumns(short.split(','));
    const renamed = {
      ...table,
      rows: table.rows.map((row) => ({
        ...row,
        cells: { ...row.cells, 番号: '1', 窓口: 'あいワーク白石' },
      })),
    };
    expect(planRoster(readRoster(renamed, less, held), less, undefined, held)).toMatchObject({
      same: 1,
    });
    const whole = readRoster(tableOf([...lines, { no: '8', post: '市-2' }]), map, held);
    expect(planRoster(whole, map, undefined, held).changed).toMatchObject([
      { id: 'city-1', clear: ['post'] },
    ]);
    // Whose sender knows no posts at all takes nobody's.
    expect(planRoster(readRoster(table, map, held), map, undefined, held).changed).toEqual([]);
  });

  test('ends who is missing at the counters that it names: never another organisation, another counter, or who imports', () => {
    const ending = (...lines: RosterLine[]) => plan(today, ...lines).ending.map(({ id }) => id);
    expect(ending({ no: '8' })).toEqual(['city-1']);
    expect(ending({ no: '8' }, { no: '9', site: 's2' })).toEqual(['city-1', 'city-2']);
    expect(plan(undefined, { no: '8' }).ending).toEqual([]);
    // A line about nobody knows whom might be hers; one about a known member is.
    expect(ending({ no: '8' }, { no: '9', role: '所長' })).toEqual([]);
    expect(ending({ no: '8' }, { no: '1', site: 'どこか' })).toEqual([]);
  });

  test('ends nobody twice: whose last day is that one or an earlier one stays as she is', () => {
    const held = {
      ...ground,
      staff: [member('city-1', { validTo: today }), member('city-9', { validTo: '2026-09-30' })],
    };
    const of = readRoster(tableOf([{ no: '8' }]), map, held);
    expect(planRoster(of, map, today, held).ending.map(({ id }) => id)).toEqual(['city-9']);
  });
});

describe('days of service', () => {
  test.each<[Values, string, boolean, boolean]>([
    [{ state: 'active' }, today, true, true],
    [{ state: 'active', validFrom: '2026-04-01' }, today, false, true],
    [{ state: 'active', validFrom: today, validTo: today }, today, true, true],
    [{ state: 'active', validTo: '2026-03-30' }, today, false, false],
    [{ state: 'ended', validTo: today }, today, false, true],
    [{ state: 'ended', validTo: '2026-03-30' }, today, false, false],
    [{ state: 'ended' }, today, false, false],
    [{ state: 'voided', validTo: today }, today, false, false],
    [{}, today, false, false],
  ])('%j on %s: in service %s, believed %s', (facts, date, is, was) => {
    expect([isInService(facts, date), wasInService(facts, date)]).toEqual([is, was]);
  });
});
