/** What a tablet knows about itself, as signals read from its databases: enrolment, stores, counts of the outbox. */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { Result } from '../domain/problem.ts';
import { ok } from '../domain/problem.ts';
import { readVerbRef } from '../sync/entry.ts';
import { waitsByItself } from '../sync/verdict.ts';
import { readEnrolment, type EnrolmentRow, type StoreRow } from './device-db.ts';
import { durably } from './durable.ts';
import { isLost } from './epoch.ts';
import { maxAttempts } from './pin-attempts.ts';
import { countPending, headNames, readMetas, type Head, type StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';
import type { Enrolment } from './types.ts';

interface Known {
  readonly enrolment: EnrolmentRow | undefined;
  readonly stores: readonly StoreRow[];
  /** Stores that five wrong PINs have shut. */
  readonly blocked: ReadonlySet<string>;
}

export interface Counts {
  readonly pending: number;
  /** Of them, those that nobody typed. */
  readonly views: number;
  readonly needsCare: number;
  /** Of them, those that go on by themselves. */
  readonly waits: number;
  readonly syncedAt: number | undefined;
  /** The browser has cleared a store that is in use here. */
  readonly isLost: boolean;
  /** The counter's own. */
  readonly isCounterLost: boolean;
  /** A stream of this tablet goes on elsewhere too, and nobody has enrolled anew. */
  readonly isForked: boolean;
}

const none: Counts = {
  pending: 0,
  views: 0,
  needsCare: 0,
  waits: 0,
  syncedAt: undefined,
  isLost: false,
  isCounterLost: false,
  isForked: false,
};

export interface TabletState {
  readonly known: ReadonlySignal<Known>;
  readonly enrolment: ReadonlySignal<Enrolment | undefined>;
  readonly counts: ReadonlySignal<Counts>;
  /** Where every store's written stream stood at that moment; undefined before the tablet is admitted. */
  readonly written: () => string | undefined;
  readonly refresh: () => Promise<Result<void>>;
  /** Of these stores, where nothing was done in any other; else of all. */
  readonly refreshCounts: (touched?: readonly string[]) => Promise<Result<void>>;
}

export function createTabletState(stores: Stores): TabletState {
  const known = signal<Known>({ enrolment: undefined, stores: [], blocked: new Set() });
  const counts = signal<Counts>(none);
  const isCounterLost = computed(() => counts.value.isCounterLost);
  const counted = createCounted();
  let written: string | undefined;
  const refreshCounts = async (touched?: readonly string[]) => {
    const rows = known.peek().stores.filter(({ store }) => touched?.includes(store) ?? true);
    const take = counted.ask();
    const read = await durably(stores.device, () =>
      Promise.all(rows.map((row) => countStore(stores, row))),
    );
    if (!read.ok) return read;
    take(read.value);
    const all = counted.of(known.peek().stores);
    counts.value = all.map((one) => one.counts).reduce(sum, none);
    written = all.length > 0 ? all.map(({ head }) => head).join(' ') : undefined;
    return ok(undefined);
  };
  return {
    known,
    enrolment: computed(() => shownEnrolment(known.value, isCounterLost.value)),
    counts,
    written: () => written,
    refreshCounts,
    refresh: async () => {
      const { device } = stores;
      const read = await durably(device, async () => ({
        enrolment: await readEnrolment(device),
        stores: await device.stores.toArray(),
        attempts: await device.attempts.toArray(),
      }));
      if (!read.ok) return read;
      const before = known.peek().stores;
      const shut = read.value.attempts.filter(({ failures }) => failures >= maxAttempts);
      known.value = { ...read.value, blocked: new Set(shut.map(({ store }) => store)) };
      // What was written in stores that are as they were is told and counted apart.
      return isSame(before, read.value.stores) ? ok(undefined) : refreshCounts();
    },
  };
}

function isSame(before: readonly StoreRow[], now: readonly StoreRow[]): boolean {
  const isAsBefore = ({ store, state }: StoreRow, at: number) =>
    before[at]?.store === store && before[at].state === state;
  return before.length === now.length && now.every(isAsBefore);
}

/** What was counted last of each store; an answer that comes late replaces none to a later question. */
function createCounted() {
  const last = new Map<string, { readonly turn: number; readonly one: Counted }>();
  let turns = 0;
  return {
    ask: () => {
      const turn = ++turns;
      return (answers: readonly Counted[]) => {
        for (const one of answers)
          if ((last.get(one.store)?.turn ?? 0) < turn) last.set(one.store, { turn, one });
      };
    },
    of: (rows: readonly StoreRow[]) => rows.flatMap(({ store }) => last.get(store)?.one ?? []),
  };
}

interface Counted {
  readonly store: string;
  readonly counts: Counts;
  /** Hash of the last entry of the written stream. */
  readonly head: string;
}

async function countStore(stores: Stores, { store, role, state }: StoreRow): Promise<Counted> {
  const db = stores.of(store);
  const [epoch, syncedAt, ...heads] = await readMetas(db, 'epoch', 'syncedAt', ...headNames);
  const [written, , viewed, ackedView] = heads;
  // What was never written was never refused.
  const open = written ? await db.entries.where('care').above('').toArray() : [];
  const isGone = state === 'live' && isLost(epoch);
  const counts = {
    pending: countPending(heads),
    views: await countViews(db, viewed, ackedView),
    needsCare: open.length,
    waits: open.filter((row) => waitsByItself(row.state)).length,
    syncedAt,
    isLost: isGone,
    isCounterLost: isGone && role === 'counter',
    isForked: state === 'forked',
  };
  return { store, counts, head: written?.hash ?? '' };
}

/** Why something was withdrawn somebody typed: no view, though it goes the same way. */
async function countViews(db: StoreDb, head: Head | undefined, acked: Head | undefined) {
  const waiting = countPending([undefined, undefined, head, acked]);
  if (waiting === 0) return 0;
  const unsent = db.entries
    .where('[lane+seq]')
    .between(['access', (acked?.seq ?? 0) + 1], ['access', Infinity]);
  const typed = await unsent
    .filter(({ envelope }) => readVerbRef(envelope.header.verb).name === 'access.discard')
    .count();
  return waiting - typed;
}

function sum(a: Counts, b: Counts): Counts {
  const latest = Math.max(a.syncedAt ?? 0, b.syncedAt ?? 0);
  return {
    pending: a.pending + b.pending,
    views: a.views + b.views,
    needsCare: a.needsCare + b.needsCare,
    waits: a.waits + b.waits,
    syncedAt: latest || undefined,
    isLost: a.isLost || b.isLost,
    isCounterLost: a.isCounterLost || b.isCounterLost,
    isForked: a.isForked || b.isForked,
  };
}

function shownEnrolment(
  { enrolment, stores, blocked }: Known,
  isCounterLost: boolean,
): Enrolment | undefined {
  if (!enrolment) return undefined;
  const { device, deviceName, tenant, area, site, staff, silent = [] } = enrolment;
  const usable = stores.filter(({ state, store }) => state === 'live' && !blocked.has(store));
  const enrolled = new Set(usable.map((row) => row.staff));
  const stopped = new Set(
    stores.filter(({ state }) => state === 'revoked').map((row) => row.staff),
  );
  const options = staff.map((member) => {
    const isEnrolled = enrolled.has(member.id);
    return { ...member, isEnrolled, isStopped: !isEnrolled && stopped.has(member.id) };
  });
  const isForked = stores.some(({ role, state }) => role === 'counter' && state === 'forked');
  const shown = { device, deviceName, tenant, area, site, staff: options, silent };
  if (isForked) return { ...shown, admitAnew: 'forked' };
  return isCounterLost ? { ...shown, admitAnew: 'storageLost' } : shown;
}
