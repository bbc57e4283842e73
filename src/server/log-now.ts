/**
 * What nearly every transaction asks first, in one question: the present epoch, how far the log reaches, and the marks of its
 * head and of one sequence more. True until the transaction itself writes a change.
 */
import { sql } from 'kysely';
import { prepared } from './prepared.ts';
import type { Tx } from './storage.ts';

/** As the last transaction left it; what decides anything reads it again under the lock. */
export interface EpochNow {
  epoch: string;
  isClosed: boolean;
  /** Everything up to here is in a backup. */
  durable: number | undefined;
}

/** What does not change from one call to the next stands in the text: each parameter is copied anew for every call. */
const pointersOf = (tx: Tx, tenant: string) =>
  tx
    .selectFrom('meta')
    .leftJoin('epoch', (on) =>
      on.onRef('epoch.tenant', '=', 'meta.tenant').onRef('epoch.epoch', '=', 'meta.value'),
    )
    .select(['meta.value as epoch', 'epoch.state as epochState'])
    .select((build) =>
      build
        .selectFrom('meta as backup')
        .select('backup.value')
        .whereRef('backup.tenant', '=', 'meta.tenant')
        .where('backup.name', '=', sql.lit('durable'))
        .as('durable'),
    )
    .where('meta.tenant', '=', tenant)
    .where('meta.name', '=', sql.lit('epoch'));

const pointers = prepared((tx, { tenant }: { tenant: string }) => pointersOf(tx, tenant));

export async function readEpoch(tx: Tx, tenant: string): Promise<EpochNow> {
  const [row] = await pointers(tx, { tenant });
  return row ? epochIn(row) : { epoch: '', isClosed: false, durable: undefined };
}

export interface Pointers {
  readonly epoch: string;
  readonly epochState: 'open' | 'closed' | null;
  readonly durable: string | null;
}

export function epochIn({ epoch, epochState, durable }: Pointers): EpochNow {
  const upTo = durable === null ? undefined : Number(durable);
  return { epoch, isClosed: epochState === 'closed', durable: upTo };
}

export interface LogNow extends EpochNow {
  readonly head: number;
  /** Entries wait for records, of any store. */
  readonly isAnyWaiting: boolean;
  /** Of the changes that were asked about and are there. Rows of an older release have none. */
  readonly marks: ReadonlyMap<number, string | null>;
}

export async function readLogNow(tx: Tx, tenant: string, seq = 0): Promise<LogNow> {
  return logIn(await asked(tx, { tenant, seq }));
}

interface Answer extends Pointers {
  readonly waiting: string | null;
  readonly head: number | null;
  readonly headMark: string | null;
  readonly at: number | null;
  readonly mark: string | null;
}

export function logIn(rows: readonly Answer[]): LogNow {
  const [first] = rows;
  // An area has an epoch from its beginning; without one nothing would be known of its log.
  if (!first) throw new Error('no epoch');
  const head = Number(first.head ?? 0);
  const marks = new Map<number, string | null>();
  if (head > 0) marks.set(head, first.headMark);
  if (first.at !== null) marks.set(Number(first.at), first.mark);
  return { ...epochIn(first), head, isAnyWaiting: first.waiting !== null, marks };
}

interface LogAsked {
  readonly tenant: string;
  readonly seq: number;
}

const asked = prepared((tx, given: { tenant: string; seq: number }) => logQuery(tx, given));

/** For whoever asks something more beside it. */
export const logQuery = (tx: Tx, { tenant, seq }: LogAsked) =>
  pointersOf(tx, tenant)
    .leftJoin('change as last', (on) =>
      on.onRef('last.tenant', '=', 'meta.tenant').on('last.seq', '=', (of) =>
        of
          .selectFrom('change')
          .select((all) => all.fn.max('change.seq').as('head'))
          .whereRef('change.tenant', '=', 'meta.tenant'),
      ),
    )
    .leftJoin('change as one', (on) =>
      on.onRef('one.tenant', '=', 'meta.tenant').on('one.seq', '=', seq),
    )
    .select(['last.seq as head', 'last.mark as headMark', 'one.seq as at', 'one.mark as mark'])
    .select((build) =>
      build
        .selectFrom('blocked')
        .select('blocked.entry')
        .whereRef('blocked.tenant', '=', 'meta.tenant')
        .limit(sql.lit(1))
        .as('waiting'),
    );

const lastChange = prepared((tx, { tenant }: { tenant: string }) =>
  tx
    .selectFrom('change')
    .select((build) => build.fn.max('seq').as('seq'))
    .where('tenant', '=', tenant),
);

export async function headSeq(tx: Tx, tenant: string): Promise<number> {
  const [row] = await lastChange(tx, { tenant });
  return Number(row?.seq ?? 0);
}
