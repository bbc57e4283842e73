/** 札幌市's proposal of 2011: 表２ counted, added and subtracted by the app; 表１ is an image, its ratios stay as printed. */
import { formatCount } from '../../src/domain/figures.ts';
import { columnSum } from '../../src/domain/metrics/achievement.ts';
import { differs, missing, number, seed, table, type Check } from './common.ts';
import { counted } from './facts.ts';

const columns = [
  'usersNow',
  'usersAfter',
  'usersDiff',
  'placedNow',
  'placedAfter',
  'placedDiff',
] as const;
type Plan = Readonly<Record<(typeof columns)[number], number>>;

export const hyo2: Check = () => {
  const { rows, total } = seed<Plan & { readonly site: string }, { total: Plan }>('hyo2-2011');
  const printed = table('hyo2-2011');
  const all = [...rows, { site: '合計', ...total }];
  const cells = all.flatMap((row, at) =>
    columns.flatMap((column, col) =>
      differs(`${row.site} ${column}`, number(printed[at]?.[col]), row[column]),
    ),
  );
  const ours = all.flatMap((row) => [
    ...differs(
      `${row.site} 利用者数の増減`,
      formatCount(row.usersDiff),
      formatCount(row.usersAfter - row.usersNow),
    ),
    ...differs(
      `${row.site} 就職者数の増減`,
      formatCount(row.placedDiff),
      formatCount(row.placedAfter - row.placedNow),
    ),
  ]);
  const sums = columns.flatMap((column) =>
    differs(`合計 ${column}`, total[column], columnSum(rows, column)),
  );
  const counts = rows.flatMap((row) => [
    ...differs(`${row.site} 現行の利用者数`, row.usersNow, counted('visits', row.usersNow, 2010)),
    ...differs(
      `${row.site} 現行の就職者数`,
      row.placedNow,
      counted('placedPersons', row.placedNow, 2010),
    ),
  ]);
  return {
    said: `reproduced ${rows.length} sites: present users and hires counted one by one, totals and differences worked out`,
    breaches: [
      ...differs('rows', printed.length, all.length),
      ...cells,
      ...ours,
      ...sums,
      ...counts,
    ],
  };
};

interface Ratios {
  readonly region: string;
  readonly ratios: readonly number[];
}

export const hyo1: Check = () => {
  const { rows } = seed<Ratios>('hyo1-ratio');
  const last = (region: string) => rows.find((row) => row.region === region)?.ratios.at(-1);
  const [sapporo, nation] = [last('札幌圏'), last('全国')];
  return {
    said: `as printed (an image; no numbers to work the ratios out from): ${rows.length} regions, 14 months, the last month checked against the text`,
    breaches: [
      ...rows.flatMap((row) => differs(`${row.region} months`, 14, row.ratios.length)),
      ...missing('hyo1-ratio', [`札幌圏の有効求人倍率は${sapporo}倍`, `全国${nation}倍`]),
    ],
  };
};
