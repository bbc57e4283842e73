/** Two histories under one name at the server: both kept, judged, told and alarmed once; both joined on where they stand. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimBytes } from '../../src/sync/proof.ts';
import type { ProofResponse, PushResponse } from '../../src/sync/protocol.ts';
import { post, type FakeStore, type Written } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { visitArgs } from './samples.ts';

let area: TestArea;
let store: FakeStore;
beforeEach(async () => {
  area = await openTestArea();
  store = await area.staff('shiroishi-city1');
});
afterEach(() => area.close());

type Receipts = Extract<PushResponse, { kind: 'receipts' }>;

/** Goes on from the first `common` entries of a history, as a copy of the profile does. */
async function history(common: readonly Written[], count: number): Promise<readonly Written[]> {
  store.written.write.splice(0, Infinity, ...common);
  for (let n = 0; n < count; n++) await store.write('visit.log', visitArgs(area));
  return [...store.written.write];
}

async function send(all: readonly Written[], from: number, to = all.length): Promise<Receipts> {
  store.written.write.splice(0, Infinity, ...all);
  const answer = await store.post('/api/push', store.request(from, to));
  return (await answer.json()) as Receipts;
}

const alarms = () =>
  area.server().storage.read((tx) => tx.selectFrom('alarm').select('what').execute());
const codes = ({ receipts }: Receipts) => receipts.map(({ verdict }) => verdict.code);
const applied = (count: number) => Array.from({ length: count }, () => 'applied');

test('peers 6: what was written on either side of a copied profile is kept under its own name', async () => {
  const trunk = await history([], 4);
  expect((await send(trunk, 0)).fork).toBeUndefined();
  const branch = await history(trunk.slice(0, 2), 3);
  const first = await send(branch, 2);
  expect([codes(first), first.fork]).toEqual([applied(3), true]);
  // The first history hears of the second, and goes on.
  const longer = await history(trunk, 2);
  const second = await send(longer, 4);
  expect([codes(second), second.fork]).toEqual([applied(2), true]);
  // The second goes on where it stands, although the same numbers are taken on the first.
  const more = await history(branch, 2);
  expect(codes(await send(more, 5))).toEqual(applied(2));
  // A branch of the branch.
  const third = await history(branch.slice(0, 3), 1);
  expect(codes(await send(third, 3))).toEqual(applied(1));
  expect(await alarms()).toHaveLength(2);
  for (const all of [longer, more, third]) {
    const again = await send(all, 0);
    expect(codes(again)).toEqual(applied(all.length));
    expect(again.receipts.map(({ id }) => id)).toEqual(all.map(({ entry }) => entry.header.id));
  }
  expect(await alarms()).toHaveLength(2);
});

test('every later push hears of it, however far from where the histories part', async () => {
  const trunk = await history([], 2);
  await send(trunk, 0);
  await send(await history(trunk.slice(0, 1), 1), 1);
  const longer = await history(trunk, 6);
  expect(await send(longer, 2, 5)).toMatchObject({ fork: true });
  expect(await send(longer, 5)).toMatchObject({ fork: true });
});

test('what was written on either side counts for the day of the tablet', async () => {
  const device = await area.device();
  store = await area.staff('shiroishi-city2', device);
  const trunk = await history([], 2);
  await send(trunk, 0);
  const branch = await history(trunk.slice(0, 1), 2);
  await send(branch, 1);
  const { store: name, keys } = device.counter ?? store;
  const claims = [{ day: area.today(), count: 0, hash: '' }];
  const asked = await post(area.ask, '/api/nonce', { store: name });
  const { nonce } = (await asked.json()) as { nonce: string };
  const sig = await keys.sign(claimBytes(name, nonce, claims));
  const answer = await post(area.ask, '/api/proof', { store: name, nonce, claims, sig });
  const { days } = (await answer.json()) as ProofResponse;
  const hashes = [...trunk, ...branch.slice(1)].map(({ entry }) => entry.hash);
  expect(days[0]?.held?.toSorted()).toEqual(hashes.toSorted());
});

test('every branch that comes before its beginning is asked for it, and nothing is stored', async () => {
  const trunk = await history([], 3);
  await send(trunk, 0);
  const branch = await history(trunk.slice(0, 1), 4);
  // Three of it are unknown: it begins anew from where nothing can be wrong.
  expect(await send(branch, 3)).toMatchObject({ kind: 'gap', head: null });
  expect(codes(await send(branch, 0))).toEqual(applied(5));
});

test('an entry of another history waits, and takes effect when what it waits for comes', async () => {
  const trunk = await history([], 2);
  await send(trunk, 0);
  const visit = visitArgs(area);
  store.written.write.splice(0, Infinity, ...trunk.slice(0, 1));
  await store.write('visit.call', { id: visit.id });
  const branch = [...store.written.write];
  expect(codes(await send(branch, 1))).toEqual(['blocked']);
  const other = await area.staff('shiroishi-city2');
  expect(await other.act('visit.log', visit)).toMatchObject({ code: 'applied' });
  expect(codes(await send(branch, 1))).toEqual(['applied']);
});

test('out of order and all at once: every entry is there once', async () => {
  const all = await history([], 40);
  const parts = [
    [30, 40],
    [10, 30],
    [0, 20],
    [0, 40],
    [5, 15],
  ] as const;
  await Promise.all(parts.map(([from, to]) => send(all, from, to)));
  expect(codes(await send(all, 0))).toEqual(applied(40));
  const rows = await area
    .server()
    .storage.read((tx) =>
      tx.selectFrom('entry').select('seq').where('store', '=', store.store).execute(),
    );
  expect(rows).toHaveLength(40);
  expect(await alarms()).toEqual([]);
});

test('peers 20: who wrote it is bound to the store: under another name it is taken by nobody', async () => {
  const all = await history([], 1);
  const other = await area.staff('shiroishi-city2');
  const request = { ...store.request(0, 1), store: other.store };
  expect((await other.post('/api/push', request)).status).toBe(400);
  expect(codes(await send(all, 0))).toEqual(applied(1));
});
