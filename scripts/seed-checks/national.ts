/**
 * 厚生労働省's tables of 一体的実施事業: the years H24–R1, the summary of R1, its cases, its clients and services. What is a
 * count of events is made up as facts and counted; what is a share of unprinted numbers stays as printed and says so.
 */
import { percent } from '../../src/domain/figures.ts';
import { breakDown, type Breakdown } from '../../src/domain/metrics/breakdown.ts';
import { metricNamed } from '../../src/domain/metrics/index.ts';
import type { Fact } from '../../src/domain/metrics/metric.ts';
import { gladRate, ratioOf, satisfactionRate } from '../../src/domain/metrics/rates.ts';
import {
  isReached,
  overallOf,
  overallWords,
  shortYear,
  type Overall,
  type Result,
} from '../../src/domain/metrics/targets.ts';
import { differs, missing, number, oneDecimal, seed, table, type Check } from './common.ts';
import { counted } from './facts.ts';

interface Year {
  readonly fiscalYear: number;
  readonly fy: string;
  readonly bodies: number;
  readonly sites: number;
  readonly consultations: number;
  readonly placements: number;
  readonly ratePct: number;
}

const printedAs = {
  就職率: 'ratePct',
  就職件数: 'placements',
  職業相談件数: 'consultations',
  拠点数: 'sites',
  地方公共団体数: 'bodies',
} as const satisfies Readonly<Record<string, keyof Year>>;

export const national: Check = () => {
  const { rows } = seed<Year>('national-ittai');
  const printed = new Map(table('national-ittai').map(([name = '', ...cells]) => [name, cells]));
  const cells = Object.entries(printedAs).flatMap(([name, column]) =>
    rows.flatMap((row, at) =>
      differs(`${row.fy} ${name}`, number(printed.get(name)?.[at]?.replace('%', '')), row[column]),
    ),
  );
  const ours = rows.flatMap((row) => [
    ...differs('fiscal year', row.fy, shortYear(row.fiscalYear)),
    ...differs(
      `${row.fy} 職業相談件数`,
      row.consultations,
      counted('consultationsHW', row.consultations, row.fiscalYear),
    ),
    ...differs(
      `${row.fy} 就職件数`,
      row.placements,
      counted('placements', row.placements, row.fiscalYear),
    ),
  ]);
  const events = rows.reduce((sum, row) => sum + row.consultations + row.placements, 0);
  return {
    said: `reproduced ${rows.length} years, ${events} consultations and placements counted one by one; rates as printed (their denominator is not), bodies and sites checked`,
    breaches: [...differs('years', 8, rows.length), ...cells, ...ours],
  };
};

interface Item {
  readonly name: string;
  readonly label: string;
  readonly value?: number;
  readonly printedPct?: number;
}

export const summary: Check = () => {
  const { rows } = seed<Item>('r1-summary');
  const of = (name: string) => rows.find((row) => row.name === name);
  const value = (name: string) => of(name)?.value ?? 0;
  const printed = (name: string) => oneDecimal(of(name)?.printedPct ?? NaN);
  const bodies = judgedBodies(value('bodies'), printed);
  return {
    said: 'reproduced: bodies judged one by one (77+83+23, the only numbers that give the printed shares), reached bodies and sites, answers by the satisfaction rule; 42.1+45.4 against 87.4 as printed (rounding)',
    breaches: [
      ...differs('道府県＋市区町', value('bodies'), value('prefectures') + value('municipalities')),
      ...bodies.breaches,
      ...differs('達成した団体', value('reachedBodies'), bodies.reached),
      ...differs(
        '達成した団体の割合',
        printed('reachedBodies'),
        percent(bodies.reached, value('bodies')),
      ),
      ...differs(
        '達成した拠点の割合',
        printed('reachedSites'),
        percent(value('reachedSites'), value('sites')),
      ),
      ...survey(printed),
      ...missing('r1-summary', documentWords(rows)),
    ],
  };
};

/** Every number as the document has it: 団体 and 拠点 with their unit, shares with their sign. */
function documentWords(rows: readonly Item[]): string[] {
  return rows.flatMap(({ name, value, printedPct }) => [
    ...(printedPct === undefined ? [] : [`${printedPct === 97 ? '97' : oneDecimal(printedPct)}%`]),
    ...(value === undefined ? [] : [`${value}${unitInPrint[name] ?? '団体'}`]),
  ]);
}
const unitInPrint: Readonly<Record<string, string>> = {
  prefectures: '道府県',
  municipalities: '市区町',
  sites: '拠点',
  reachedSites: '拠点',
};

/** Bodies of two targets each: how many reached both, one or none follows from the printed shares alone. */
function judgedBodies(bodies: number, printed: (name: string) => string) {
  const solutions = (['all', 'part', 'none'] as const).map(
    (name) =>
      [
        name,
        Array.from({ length: bodies + 1 }, (_, count) => count).filter(
          (count) => percent(count, bodies) === printed(name),
        ),
      ] as const,
  );
  const results: Readonly<Record<Overall, readonly Result[]>> = {
    all: ['met', 'met'],
    part: ['met', 'missed'],
    none: ['missed', 'missed'],
  };
  const judged = solutions.flatMap(([name, [count = 0]]) =>
    Array.from({ length: count }, () => overallOf(results[name])),
  );
  const shares = solutions.flatMap(([name, found]) => [
    ...differs(`${overallWords[name]}の団体数の解`, 1, found.length),
    ...differs(
      overallWords[name],
      printed(name),
      percent(judged.filter((one) => one === name).length, bodies),
    ),
  ]);
  return {
    reached: judged.filter(isReached).length,
    breaches: [...differs('judged bodies', bodies, judged.length), ...shares],
  };
}

/** A thousand answers in the printed shares, as answers of the survey. */
function survey(printed: (name: string) => string): string[] {
  const period = { from: '2019-04-01', to: '2020-03-31' };
  const shares = [1, 2, 3, 4, 5].map((code) => Number(printed(`satisfaction${code}`)) * 10);
  const answers = shares.flatMap((count, at) =>
    Array.from({ length: Math.round(count) }, (_, index) =>
      answer(`${at}-${index}`, {
        overall: String(at + 1),
      }),
    ),
  );
  const glad = Array.from({ length: 100 }, (_, at) =>
    answer(`g-${at}`, {
      glad: at < 60 ? '1' : at < 97 ? '2' : '3',
    }),
  );
  return [
    ...differs(
      '満足度',
      printed('satisfied'),
      ratioOf(satisfactionRate, () => answers, period).text,
    ),
    ...differs('できて良かった', printed('glad'), ratioOf(gladRate, () => glad, period).text),
    ...differs('満足度の和', 1000, answers.length),
  ];
}

const answer = (id: string, values: Fact['values']): Fact => ({
  kind: 'survey',
  id,
  values: { state: 'recorded', month: '2019-06', ...values },
});

interface Case {
  readonly id: string;
  readonly site: string;
  readonly supportTarget: number;
  readonly supportActual: number;
  readonly placedTarget: number;
  readonly placedActual: number;
}

export const cases: Check = () => {
  const { rows, welfarePlaced } = seed<Case, { welfarePlaced: number }>('r1-cases');
  const printed = new Map(table('r1-cases').map(([id = '', ...cells]) => [id, cells]));
  const numbers = (text = '') => (text.normalize('NFKC').match(/\d+/g) ?? []).map(Number);
  const perSite = rows.flatMap((row) => {
    const [support, placed] = printed.get(row.id) ?? [];
    return [
      ...differs(
        `${row.id} ①`,
        numbers(support).join(),
        [row.supportTarget, row.supportActual].join(),
      ),
      ...differs(
        `${row.id} ②`,
        numbers(placed).join(),
        [row.placedTarget, row.placedActual].join(),
      ),
      ...differs(
        `${row.id} 支援対象者数`,
        row.supportActual,
        counted('individuallySupported', row.supportActual, 2019),
      ),
      ...differs(
        `${row.id} 就職者数`,
        row.placedActual,
        counted('placedPersons', row.placedActual, 2019),
      ),
    ];
  });
  const rates = rows.map((row) => percent(row.supportActual, row.supportTarget)).join('・');
  return {
    said: `reproduced ${rows.length} sites (both targets reached; ${rates} % worked out) and ${welfarePlaced} hires of welfare clients, counted one by one`,
    breaches: [
      ...perSite,
      ...differs(
        '生活保護受給者等の就職',
        welfarePlaced,
        counted('welfarePlaced', welfarePlaced, 2019),
      ),
      ...missing('r1-cases', [`${welfarePlaced}人`]),
    ],
  };
};

interface TypeRow {
  readonly group: 'clients' | 'services';
  readonly name: string;
  readonly bodies: number;
  readonly sites: number;
}

const byType: Breakdown = {
  name: 'byType',
  label: '区分別',
  field: 'types',
  kinds: ['visit'],
  isMultiple: true,
};

/** As many sites as there are, each with as many types as it takes: the table counts a site in each of its types. */
export const types: Check = () => {
  const { rows, bodies, sites } = seed<TypeRow, { bodies: number; sites: number }>('r1-types');
  const breaches = (['clients', 'services'] as const).flatMap((group) => {
    const own = rows.filter((row) => row.group === group);
    return (['bodies', 'sites'] as const).flatMap((column) =>
      laidOut(
        own.map((row) => [row.name, row[column]] as const),
        column === 'bodies' ? bodies : sites,
      ),
    );
  });
  const printed = rows.map((row) => `${row.bodies}団体${row.sites}拠点`);
  return {
    said: `reproduced ${rows.length} rows by the table of categories (重複計上: they exceed ${bodies} bodies and ${sites} sites, as printed)`,
    breaches: [
      ...breaches,
      ...missing('r1-types', printed),
      ...missing('r1-summary', [`${bodies}団体`, `事業拠点${sites}拠点`]),
    ],
  };
};

function laidOut(cells: readonly (readonly [string, number])[], total: number): string[] {
  const period = { from: '2020-03-31', to: '2020-03-31' };
  const typesOf = Array.from({ length: total }, (): string[] => []);
  let at = 0;
  for (const [name, count] of cells)
    for (let given = 0; given < count; given++) typesOf[at++ % total]?.push(name);
  const facts = typesOf.map((own, index): Fact => ({
    kind: 'visit',
    id: `s-${index}`,
    values: { state: 'done', channel: 'inPerson', date: period.from, types: own },
  }));
  const metric = metricNamed('visits');
  const table = metric ? breakDown(metric, byType, facts, period) : [];
  const sum = table.reduce((all, cell) => all + cell.value, 0);
  return [
    ...cells.flatMap(([name, count]) =>
      differs(name, count, table.find((cell) => cell.code === name)?.value),
    ),
    ...differs('総数', total, metric?.count(facts, period).value),
    ...(sum > total ? [] : ['重複計上 expected']),
  ];
}
