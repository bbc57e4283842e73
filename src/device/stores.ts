/** The databases of this tablet, each opened once per tab. */
import { openDeviceDb, type DeviceDb } from './device-db.ts';
import type { Lane } from '../sync/entry.ts';
import type { StoragePort } from './ports.ts';
import { putAway } from './durable.ts';
import { openStoreDb, type StoreDb } from './store-db.ts';

export interface Stores {
  readonly device: DeviceDb;
  readonly of: (store: string) => StoreDb;
  /** When the server last showed that it has all of a store's lane (push.ts). */
  readonly shownAt: Readonly<Record<Lane, Map<string, number>>>;
  readonly close: () => void;
}

export function openStores(storage: StoragePort): Stores {
  const device = openDeviceDb(storage);
  const open = new Map<string, StoreDb>();
  return {
    device,
    shownAt: { write: new Map(), access: new Map() },
    of: (store) => {
      const found = open.get(store);
      if (found) return found;
      const db = openStoreDb(storage, store);
      open.set(store, db);
      return db;
    },
    close: () => {
      for (const db of [device, ...open.values()]) putAway(db);
    },
  };
}
