/** What a tablet knows about itself, as signals read from its databases: enrolment, stores, counts of the outbox. */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { Result } from '../domain/problem.ts';
import { ok } from '../domain/problem.ts';
import { readEnrolment, type EnrolmentRow, type StoreRow } from './device-db.ts';
import { durably } from './durable.ts';
import { maxAttempts } from './pin-attempts.ts';
import { countPending, readMeta } from './store-db.ts';
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
  readonly needsCare: number;
  readonly syncedAt: number | undefined;
}

export interface TabletState {
  readonly known: ReadonlySignal<Known>;
  readonly enrolment: ReadonlySignal<Enrolment | undefined>;
  readonly counts: ReadonlySignal<Counts>;
  readonly refresh: () => Promise<Result<void>>;
  readonly refreshCounts: () => Promise<Result<void>>;
}

export function createTabletState(stores: Stores): TabletState {
  const known = signal<Known>({ enrolment: undefined, stores: [], blocked: new Set() });
  const counts = signal<Counts>({ pending: 0, needsCare: 0, syncedAt: undefined });
  const refreshCounts = async () => {
    const ids = known.peek().stores.map(({ store }) => store);
    const read = await durably(stores.device, () =>
      Promise.all(ids.map((store) => countStore(stores, store))),
    );
    if (!read.ok) return read;
    counts.value = read.value.reduce(sum, { pending: 0, needsCare: 0, syncedAt: undefined });
    return ok(undefined);
  };
  return {
    known,
    enrolment: computed(() => shownEnrolment(known.value)),
    counts,
    refreshCounts,
    refresh: async () => {
      const { device } = stores;
      const read = await durably(device, async () => ({
        enrolment: await readEnrolment(device),
        stores: await device.stores.toArray(),
        attempts: await device.attempts.toArray(),
      }));
      if (!read.ok) return read;
      const shut = read.value.attempts.filter(({ failures }) => failures >= maxAttempts);
      known.value = { ...read.value, blocked: new Set(shut.map(({ store }) => store)) };
      return refreshCounts();
    },
  };
}

async function countStore(stores: Stores, store: string): Promise<Counts> {
  const db = stores.of(store);
  return {
    pending: await countPending(db),
    needsCare: await db.entries.where('care').above('').count(),
    syncedAt: await readMeta(db, 'syncedAt'),
  };
}

function sum(a: Counts, b: Counts): Counts {
  const latest = Math.max(a.syncedAt ?? 0, b.syncedAt ?? 0);
  return {
    pending: a.pending + b.pending,
    needsCare: a.needsCare + b.needsCare,
    syncedAt: latest || undefined,
  };
}

function shownEnrolment({ enrolment, stores, blocked }: Known): Enrolment | undefined {
  if (!enrolment) return undefined;
  const { device, deviceName, tenant, area, site, staff } = enrolment;
  const usable = stores.filter(({ state, store }) => state === 'live' && !blocked.has(store));
  const enrolled = new Set(usable.map((row) => row.staff));
  const options = staff.map((member) => ({ ...member, isEnrolled: enrolled.has(member.id) }));
  return { device, deviceName, tenant, area, site, staff: options };
}
