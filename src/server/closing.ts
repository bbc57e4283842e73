/**
 * A closing keeps the facts that it counted, in the transaction of its entry and as they stand after it: what the same
 * tablet sent behind it comes later. Facts alone are kept, nobody's name; figures are counted from them by counts.ts.
 */
import { sql } from 'kysely';
import { stateOf } from '../domain/kind.ts';
import { closingId, monthClosingId } from '../domain/kinds/day-closing.ts';
import { missingDaysOf } from '../domain/kinds/month-closing.ts';
import { monthOf } from '../domain/month.ts';
import { partOf, type Rec } from '../domain/record.ts';
import {
  adjustmentsOf,
  countedOn,
  type Adjustment,
  type ClosedDay,
} from '../domain/metrics/closing.ts';
import type { Fact, Period } from '../domain/metrics/metric.ts';
import { integer, text } from '../domain/value.ts';
import type { Header } from '../sync/entry.ts';
import { prepared } from './prepared.ts';
import { factsOfSite, scopesOfSite } from './site-facts.ts';
import { asFacts, valuesOf, type Reading } from './staff.ts';
import { chunks, type Tx } from './storage.ts';

interface Item {
  readonly entry: { readonly header: { readonly verb: string } };
}

/**
 * Runs of entries that each end with a closing, so that it keeps what came before it and nothing else. Whatever is said of
 * a closing ends one: reopened and closed anew in one run, it would look as if nothing had happened.
 */
export function runsByClosing<T extends Item>(items: readonly T[]): readonly (readonly T[])[] {
  const runs: T[][] = [[]];
  for (const item of items) {
    runs.at(-1)?.push(item);
    if (/^(day|month)Closing\./.test(item.entry.header.verb)) runs.push([]);
  }
  const [first = [], ...rest] = runs;
  return [first, ...rest.filter((run) => run.length > 0)];
}

interface HeldRecord {
  readonly before: Rec | undefined;
  readonly now: Rec | undefined;
}

/** Called once for every run written, when its records are in the database. */
export async function keepClosings(
  server: Reading,
  tx: Tx,
  held: Iterable<HeldRecord>,
): Promise<void> {
  for (const { before, now } of held)
    if (now && isClosed(now) && !isClosed(before))
      for (const date of datesClosedBy(now))
        await keepFacts(server, tx, text(partOf(now, 'facts')['site']) ?? '', date);
}

/** Of a month the days that nobody closed: they are final with it, and what comes to them later is listed like the rest. */
function datesClosedBy(closing: Rec): readonly string[] {
  const facts = partOf(closing, 'facts');
  if (closing.kind === 'dayClosing') return [text(facts['date']) ?? ''];
  return closing.kind === 'monthClosing' ? missingDaysOf(facts) : [];
}

const isClosed = (record: Rec | undefined) => stateOf(record) === 'closed';

async function keepFacts(server: Reading, tx: Tx, site: string, date: string): Promise<void> {
  const { tenant } = server;
  const closing = closingId(site, date);
  const present = await factsOfSite(server, tx, site, { from: date, to: date }, date);
  const rows = countedOn(present, site, date).map(({ kind, id, values }) => ({
    tenant,
    closing,
    kind,
    id,
    facts: JSON.stringify(values),
  }));
  await tx
    .deleteFrom('closing_fact')
    .where('tenant', '=', tenant)
    .where('closing', '=', closing)
    .execute();
  for (const some of chunks(rows)) await tx.insertInto('closing_fact').values(some).execute();
}

/** What the closing record of a day says. */
export interface DayState {
  readonly date: string;
  readonly state: 'closed' | 'open';
  readonly closedAt: number | null;
  /** Tablets that had not reported when it was closed. */
  readonly missing: number;
  readonly reopenReason: string | null;
  /** Nobody closed the day; its month was closed without it. */
  readonly byMonth?: true;
}

export interface Closings {
  readonly days: readonly DayState[];
  readonly closed: readonly ClosedDay[];
}

export async function closingsIn(
  server: Reading,
  tx: Tx,
  site: string,
  { from, to }: Period,
): Promise<Closings> {
  const dayIds = [closingId(site, from), closingId(site, to)] as const;
  const monthIds = [
    monthClosingId(site, monthOf(from)),
    monthClosingId(site, monthOf(to)),
  ] as const;
  const standing = await readClosings(server, tx, site, dayIds, monthIds);
  const own = standing.filter(({ kind }) => kind === 'dayClosing').map(dayState);
  const months = standing.filter(({ kind }) => kind === 'monthClosing');
  const isOwn = new Set(own.filter(({ state }) => state === 'closed').map(({ date }) => date));
  const ofMonths = months
    .filter(isClosed)
    .flatMap(missingDays)
    .filter(({ date }) => from <= date && date <= to && !isOwn.has(date));
  const isOfMonth = new Set(ofMonths.map(({ date }) => date));
  const days = [...own.filter(({ date }) => !isOfMonth.has(date)), ...ofMonths];
  const closed = days.filter(({ state }) => state === 'closed').map(({ date }) => date);
  const kept = await keptFacts(
    server,
    tx,
    closed.map((date) => closingId(site, date)),
  );
  return {
    days: days.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
    closed: closed.map((date) => ({ date, facts: kept.get(closingId(site, date)) ?? [] })),
  };
}

type Bounds = 'firstDay' | 'lastDay' | 'firstMonth' | 'lastMonth';

const closingRows = prepared((tx, given: Readonly<Record<'tenant' | Bounds, string>>) => {
  const between = (kind: string, from: string, to: string) =>
    tx
      .selectFrom('record_part')
      .select(['kind', 'id', 'facts'])
      .where('tenant', '=', given.tenant)
      .where('kind', '=', sql.lit(kind))
      .where('part', '=', 'facts')
      .where('id', '>=', from)
      .where('id', '<=', to);
  return between('dayClosing', given.firstDay, given.lastDay)
    .unionAll(between('monthClosing', given.firstMonth, given.lastMonth))
    .orderBy('id');
});

/** Standing closings of a counter, whose ids go by their dates. */
async function readClosings(
  server: Reading,
  tx: Tx,
  site: string,
  [firstDay, lastDay]: readonly [string, string],
  [firstMonth, lastMonth]: readonly [string, string],
): Promise<readonly Rec[]> {
  const { tenant } = server;
  const rows = await closingRows(tx, { tenant, firstDay, lastDay, firstMonth, lastMonth });
  // Between two ids may lie one of a counter whose name begins like this one's.
  const isHere = (one: Rec) => partOf(one, 'facts')['site'] === site;
  return asFacts(rows).filter((one) => isHere(one) && stateOf(one) !== 'voided');
}

/** A day that its month was closed without. */
function missingDays(closing: Rec): readonly DayState[] {
  const facts = partOf(closing, 'facts');
  return missingDaysOf(facts).map((date) => ({
    date,
    state: 'closed',
    closedAt: integer(facts['closedAt']) ?? null,
    missing: 0,
    reopenReason: null,
    byMonth: true,
  }));
}

function dayState(record: Rec): DayState {
  const facts = partOf(record, 'facts');
  return {
    date: text(facts['date']) ?? '',
    state: isClosed(record) ? 'closed' : 'open',
    closedAt: integer(facts['closedAt']) ?? null,
    missing: integer(facts['missing']) ?? 0,
    reopenReason: text(facts['reopenReason']) ?? null,
  };
}

async function keptFacts(
  { tenant }: Reading,
  tx: Tx,
  closings: readonly string[],
): Promise<Map<string, Fact[]>> {
  const kept = new Map<string, Fact[]>();
  for (const some of chunks(closings)) {
    for (const { closing, kind, id, facts } of await factsKept(tx, { tenant, closings: some })) {
      const values = valuesOf(facts);
      const own = kept.get(closing) ?? [];
      own.push({ kind, id, values });
      kept.set(closing, own);
    }
  }
  return kept;
}

const factsKept = prepared((tx, given: { tenant: string; closings: readonly string[] }) =>
  tx
    .selectFrom('closing_fact')
    .select(['closing', 'kind', 'id', 'facts'])
    .where('tenant', '=', given.tenant)
    .where('closing', 'in', given.closings),
);

/** An adjustment with when it was entered and when it came. No field of the record itself: small groups stay unseen. */
export interface LateChange extends Omit<Adjustment, 'id'> {
  /** When the server received what caused it. */
  readonly receivedAt: number | null;
  /** By the clock of the tablet, as it was, and how far that clock was off as last measured. */
  readonly enteredAt: number | null;
  readonly skew: number | null;
}

export async function lateChanges(
  server: Reading,
  tx: Tx,
  site: string,
  period: Period,
  live: readonly Fact[],
  { closed }: Closings,
): Promise<readonly LateChange[]> {
  const found = adjustmentsOf(live, closed, site);
  if (found.length === 0) return [];
  const causes = await causesOf(server, tx, scopesOfSite(site, period), found);
  const late = found.map(({ id, ...rest }): LateChange => {
    const cause = causes.get(`${rest.kind}/${id}/${rest.what === 'added' ? 'first' : 'last'}`);
    return { ...rest, ...(cause ?? { receivedAt: null, enteredAt: null, skew: null }) };
  });
  return late.toSorted((a, b) => (b.receivedAt ?? 0) - (a.receivedAt ?? 0));
}

type Cause = Pick<LateChange, 'receivedAt' | 'enteredAt' | 'skew'>;

/** The first and the last entry that wrote each record's facts, by way of the counter's scopes: the log has no index by id. */
async function causesOf(
  { tenant }: Reading,
  tx: Tx,
  scopes: readonly string[],
  adjustments: readonly Adjustment[],
): Promise<Map<string, Cause>> {
  const causes = new Map<string, Cause>();
  for (const some of chunks([...new Set(adjustments.map(({ id }) => id))])) {
    const rows = await tx
      .selectFrom('change_scope')
      .innerJoin('change', (join) =>
        join
          .onRef('change.tenant', '=', 'change_scope.tenant')
          .onRef('change.seq', '=', 'change_scope.seq'),
      )
      .innerJoin('entry', (join) =>
        join.onRef('entry.tenant', '=', 'change.tenant').onRef('entry.id', '=', 'change.entry'),
      )
      .select(['change.kind', 'change.id', 'entry.received_at', 'entry.header'])
      .where('change_scope.tenant', '=', tenant)
      .where('change_scope.scope', 'in', scopes)
      .where('change_scope.id', 'in', some)
      .where('change_scope.part', '=', 'facts')
      .orderBy('change.seq')
      .execute();
    for (const { kind, id, received_at: receivedAt, header } of rows) {
      const { occurredAt, estSkew } = JSON.parse(header) as Header; // written by us alone
      const cause = { receivedAt, enteredAt: occurredAt, skew: estSkew };
      if (!causes.has(`${kind}/${id}/first`)) causes.set(`${kind}/${id}/first`, cause);
      causes.set(`${kind}/${id}/last`, cause);
    }
  }
  return causes;
}
