/**
 * Online provision, 地方版ハローワーク, agreements and events of R1: parts added up, shares worked out, and where the print
 * differs from the arithmetic (80/20 of 408 and 82) the print stays and the line says so.
 */
import { percent } from '../../src/domain/figures.ts';
import { fiscalYearRange } from '../../src/domain/date.ts';
import { differs, missing, oneDecimal, seed, type Check } from './common.ts';
import { counted, summed } from './facts.ts';

interface Part {
  readonly table: string;
  readonly name: string;
  readonly value: number;
  readonly printedPct?: number;
}
interface Local {
  readonly sites: number;
  readonly bodies: number;
  readonly newReg: number;
  readonly newJobs: number;
  readonly placed: number;
}

/** Printed as 80 % and 20 %, worked out 83.3 and 16.7. */
const keptAsPrinted = '求職情報の対象団体';

export const online: Check = () => {
  const { rows, totals, localHW } = seed<
    Part,
    { totals: Readonly<Record<string, number>>; localHW: Local }
  >('online');
  const sums = Object.entries(totals).flatMap(([table, total]) => {
    const own = rows.filter((row) => row.table === table);
    return differs(
      `${table} の合計`,
      total,
      own.reduce((sum, row) => sum + row.value, 0),
    );
  });
  const shares = rows
    .filter((row) => row.printedPct !== undefined && row.table !== keptAsPrinted)
    .flatMap((row) =>
      differs(row.name, oneDecimal(row.printedPct ?? NaN), percent(row.value, totals[row.table])),
    );
  const real = rows
    .filter((row) => row.table === keptAsPrinted)
    .map((row) => percent(row.value, totals[keptAsPrinted]));
  return {
    said: `reproduced ${Object.keys(totals).length} totals, the shares of seekers and 地方版ハローワーク's counts; 求職情報の対象団体 as printed (80/20, worked out ${real.join('/')})`,
    breaches: [
      ...sums,
      ...shares,
      ...differs('対象団体の実際の割合', '83.3,16.7', real.join()),
      ...local(localHW),
      ...missing('online', [
        ...rows.map((row) => String(row.value)),
        ...Object.values(totals).map(String),
        `${localHW.sites}所`,
        `${localHW.bodies}自治体`,
        `${localHW.newReg}件`,
        `${localHW.newJobs}件`,
        `${localHW.placed}件`,
        ...rows
          .filter((row) => row.table === keptAsPrinted)
          .map((row) => `${row.value}団体${row.printedPct}%`),
      ]),
    ],
  };
};

function local({ newReg, newJobs, placed }: Local): string[] {
  const period = fiscalYearRange(2018);
  const openings = summed(
    'newOpenings',
    'jobPosting',
    { state: 'open', receivedOn: period.from, openings: newJobs },
    period,
  );
  return [
    ...differs('新規求職申込件数', newReg, counted('registrations', newReg, 2018)),
    ...differs('就職件数', placed, counted('placements', placed, 2018)),
    ...differs('新規求人数', newJobs, openings),
  ];
}

interface Happening {
  readonly id: string;
  readonly name: string;
  readonly times?: number;
  readonly seekers?: number;
  readonly firms?: number;
  readonly hired?: number;
  readonly childcare?: number;
  readonly assignedRatePct?: number;
  readonly attendeesYoYPct?: number;
}

const sumOf = {
  times: 'eventsHeld',
  seekers: 'eventSeekers',
  firms: 'eventFirms',
  hired: 'eventHires',
  childcare: 'eventChildcare',
} as const;
const inPrint = { times: '回', seekers: '名', firms: '社', hired: '名', childcare: '名' } as const;

export const events: Check = () => {
  const { rows } = seed<Happening>('r1-events');
  const period = fiscalYearRange(2019);
  const fields = Object.keys(sumOf) as (keyof typeof sumOf)[]; // the keys of a literal are its type
  const cells = rows.flatMap((row) =>
    fields.flatMap((field) => {
      const value = row[field];
      if (value === undefined) return [];
      const values = { state: 'confirmed', heldOn: '2019-10-01', ...numbersOf(row) };
      return [
        ...differs(`${row.name} ${field}`, value, summed(sumOf[field], 'event', values, period)),
        ...missing('r1-events', [`${value}${inPrint[field]}`]),
      ];
    }),
  );
  return {
    said: `reproduced ${rows.length} events by the event counts; 99.1 % and +11.2 % as printed (their bases are not)`,
    breaches: [...cells, ...missing('r1-events', rows.flatMap(asPrinted))],
  };
};

/** The shares whose bases are not printed. */
function asPrinted({ assignedRatePct, attendeesYoYPct }: Happening): string[] {
  return [
    ...(assignedRatePct === undefined ? [] : [`${assignedRatePct}`]),
    ...(attendeesYoYPct === undefined ? [] : [`${attendeesYoYPct}%増`]),
  ];
}

function numbersOf(row: Happening) {
  const { times, seekers, firms, hired, childcare } = row;
  const all = { times, seekers, firms, hired, childcare };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}
