/** Counts of the outbox: of one store where nothing was done in others, and never older than what was asked later. */
import Dexie from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoreRow } from '../../src/device/device-db.ts';
import { openStoreDb, writeMeta } from '../../src/device/store-db.ts';
import { openStores, type Stores } from '../../src/device/stores.ts';
import { createTabletState, type TabletState } from '../../src/device/tablet-state.ts';
import type { Lease } from '../../src/sync/lease.ts';

const storage = { indexedDB: new IDBFactory(), keyRange: IDBKeyRange };
const lease: Lease = {
  v: 1,
  tenant: 'tenant',
  id: 'lease',
  store: 'mine',
  user: 'staff',
  role: 'counsellor',
  org: 'org',
  orgType: 'city',
  site: 'site',
  device: 'device',
  issuedAt: 1,
  expiresAt: 2,
};
const rowOf = (store: string): StoreRow => ({
  store,
  role: 'user',
  staff: store,
  state: 'live',
  lease: { lease, sig: '' },
});
let stores: Stores;
let state: TabletState;

const write = (store: string, seq: number) =>
  writeMeta(stores.of(store), 'head:write', { seq, hash: `${store}${seq}` });
const pending = () => state.counts.peek().pending;

beforeEach(async () => {
  stores = openStores(storage);
  await stores.device.stores.bulkPut(['mine', 'theirs'].map(rowOf));
  for (const store of ['mine', 'theirs']) await writeMeta(stores.of(store), 'epoch', 'one');
  state = createTabletState(stores);
  await Promise.all([write('mine', 1), write('theirs', 1)]);
  await state.refresh();
});
afterEach(() => stores.close());

test('one store is counted anew, the others keep their numbers', async () => {
  expect([pending(), state.written()]).toEqual([2, 'mine1 theirs1']);
  await Promise.all([write('mine', 2), write('theirs', 2)]);
  await state.refreshCounts(['mine']);
  expect([pending(), state.written()]).toEqual([3, 'mine2 theirs1']);
  await state.refreshCounts();
  expect([pending(), state.written()]).toEqual([4, 'mine2 theirs2']);
});

test('an answer that a busy store holds up replaces none that was asked for later', async () => {
  const held = Promise.withResolvers<undefined>();
  const begun = Promise.withResolvers<undefined>();
  const other = openStoreDb(storage, 'theirs');
  const busy = other.transaction('rw', other.meta, async () => {
    await other.meta.count();
    begun.resolve(undefined);
    await Dexie.waitFor(held.promise);
  });
  await begun.promise;
  const all = state.refreshCounts();
  await new Promise((done) => setTimeout(done, 20));
  await write('mine', 5);
  await state.refreshCounts(['mine']);
  expect(pending()).toBe(6);
  held.resolve(undefined);
  await Promise.all([busy, all]);
  expect([pending(), state.written()]).toEqual([6, 'mine5 theirs1']);
  other.close();
});

test('a store that the tablet no longer has is not counted', async () => {
  await stores.device.stores.delete('theirs');
  await state.refresh();
  expect([pending(), state.written()]).toEqual([1, 'mine1']);
});
