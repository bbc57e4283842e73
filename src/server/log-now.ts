/**
 * What nearly every transaction asks first, in one question: the present epoch, how far the log reaches, and the marks of its
 * head and of one sequence more. True until the transaction itself writes a change.
 */
import { prepared } from './prepared.ts';
import { atMost, type Tx } from './storage.ts';

/** As the last transaction left it; what decides anything reads it again under the lock. */
export interface EpochNow {
  epoch: string;
  isClosed: boolean;
  /** Everything up to here is in a backup. */
  durable: number | undefined;
}

const pointersOf = (tx: Tx, tenant: string) =>
  tx
    .selectFrom('meta')
    .leftJoin('epoch', (on) =>
      on.onRef('epoch.tenant', '=', 'meta.tenant').onRef('epoch.epoch', '=', 'meta.value'),
    )
    .select(['meta.name', 'meta.value', 'epoch.state'])
    .where('meta.tenant', '=', tenant)
    .where('meta.name', 'in', ['epoch', 'durable']);

const pointers = prepared((tx, { tenant }: { tenant: string }) => pointersOf(tx, tenant));

export async function readEpoch(tx: Tx, tenant: string): Promise<EpochNow> {
  return epochIn(await pointers(tx, { tenant }));
}

interface Pointer {
  readonly name: string;
  readonly value: string;
  readonly state: 'open' | 'closed' | null;
}

function epochIn(rows: readonly Pointer[]): EpochNow {
  const pointer = rows.find(({ name }) => name === 'epoch');
  const durable = rows.find(({ name }) => name === 'durable')?.value;
  return {
    epoch: pointer?.value ?? '',
    isClosed: pointer?.state === 'closed',
    durable: durable === undefined ? undefined : Number(durable),
  };
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

/** One row for each pointer, each with all that is asked beside it. */
interface Answer extends Pointer {
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
  return { ...epochIn(rows), head, isAnyWaiting: first.waiting !== null, marks };
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
          .where('change.tenant', '=', tenant),
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
        .where('blocked.tenant', '=', tenant)
        .limit(atMost(1))
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
