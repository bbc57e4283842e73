/**
 * Who pushes, as this process has read it: who a store is, by which key, and which leases of it are stored. None of these
 * ever changes or goes, so that they need not be asked for again. What may change (whether the store is still let in, where
 * its tablet stands) is not among them: it is asked under the lock (pushed.ts).
 */
import type { SignedLease } from '../sync/lease.ts';
import type { StoreHere } from './store-here.ts';

export type Pusher = Readonly<
  Pick<StoreHere, 'store' | 'device' | 'user' | 'role' | 'org' | 'public_key'>
>;

interface Found {
  readonly store: Pusher | undefined;
  readonly leases: readonly SignedLease[];
}

export interface Pushers {
  /** undefined where the store or one of these leases is not known here. */
  readonly find: (store: string, leases: readonly string[]) => Found | undefined;
  /** What has been read, or written and committed. */
  readonly note: (found: Found) => void;
}

/** Some 5 MB. */
const most = 5_000;

export function createPushers(): Pushers {
  const stores = new Map<string, Pusher>();
  const stored = new Map<string, SignedLease>();
  return {
    find: (name, ids) => {
      const store = stores.get(name);
      const leases = ids.flatMap((id) => stored.get(id) ?? []);
      return store && leases.length === ids.length ? { store, leases } : undefined;
    },
    note: ({ store, leases }) => {
      if (store) put(stores, store.store, identityOf(store));
      for (const signed of leases) put(stored, signed.lease.id, signed);
    },
  };
}

function identityOf({ store, device, user, role, org, public_key }: Pusher): Pusher {
  return { store, device, user, role, org, public_key };
}

function put<T>(known: Map<string, T>, name: string, one: T): void {
  if (known.size >= most) known.clear();
  known.set(name, one);
}
