/** A restored server seen from outside: what begins a closed epoch and what does not, what it holds, who opens it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestBuckets } from '../../src/sync/digest.ts';
import { sessionBytes, type SignedLease } from '../../src/sync/lease.ts';
import {
  protocolVersion,
  type EpochState,
  type PullResponse,
  type PushResponse,
} from '../../src/sync/protocol.ts';
import type { Receipt } from '../../src/sync/verdict.ts';
import { readCursor, writeCursor } from '../../src/server/cursor.ts';
import { inOldOrder, type Offered } from '../../src/server/old-order.ts';
import { openIfReady } from '../../src/server/reoffer.ts';
import { beginRestored, heed } from '../../src/server/restore.ts';
import { backedUp } from '../support/backup.ts';
import { post, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
beforeEach(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
});
afterEach(() => area.close());

async function send(store: FakeStore, from: number, more: object = {}): Promise<PushResponse> {
  const request = { ...store.request(from, store.written.write.length), ...more };
  return (await (await store.post('/api/push', request)).json()) as PushResponse;
}

async function act(store: FakeStore): Promise<Receipt> {
  await store.write('visit.log', visitArgs(area));
  const receipt = (await store.push()).at(-1);
  if (!receipt) throw new Error('no receipt');
  return receipt;
}

const noRows = Array.from({ length: digestBuckets }, () => ({ count: 0, hash: '' }));
const pullOnce = async (who: FakeStore, more: object = {}): Promise<unknown> => {
  const request = { protocol: protocolVersion, cursor: who.cursor, ...more };
  return (await who.post('/api/pull', request)).json();
};
const fail = (): never => {
  throw new Error('no cursor of ours');
};

const state = async (by: FakeStore): Promise<EpochState> => {
  const headers = { authorization: `Bearer ${by.token}` };
  return (await (await area.ask('/api/epoch/state', { headers })).json()) as EpochState;
};
const epochs = async () =>
  (await (await area.ask('/api/epoch')).json()) as { chain: { epoch: string; before: string }[] };

describe('a server that has forgotten', () => {
  test('is closed by its own receipt, holds what comes, once, and judges it in the old order', async () => {
    await act(city);
    const putBack = await backedUp(area);
    const hw = await area.staff('shiroishi-hw1');
    const args = visitArgs(area);
    await city.write('visit.log', args);
    const [logged] = await city.push();
    await hw.write(
      'visit.call',
      { id: args.id },
      { expected: { [`visit/${args.id}`]: 'waiting' } },
    );
    const [called] = await hw.push();
    const receipts = [logged, called].flatMap((one) => one ?? []);
    await putBack();
    // The later one comes first; its store is known by its lease alone.
    const held = await send(hw, 0, { receipts, left: 0 });
    expect(held.kind).toBe('held');
    expect((await send(hw, 0, { receipts, left: 0 })).kind).toBe('held');
    const opened = await send(city, 0, { receipts, left: 0 });
    expect(opened).toMatchObject({
      receipts: [{ verdict: { code: 'applied' } }, { verdict: { code: 'applied' } }],
    });
    expect(await send(hw, 0)).toMatchObject({ receipts: [{ verdict: { code: 'applied' } }] });
    expect((await epochs()).chain).toHaveLength(2);
  });

  describe('and what a tablet says its author has given up', () => {
    const callTwice = async () => {
      const args = visitArgs(area);
      const expected = { [`visit/${args.id}`]: 'waiting' };
      await city.act('visit.log', args);
      const putBack = await backedUp(area);
      const hw = await area.staff('shiroishi-hw1');
      const receipts: Receipt[] = [];
      for (const who of [hw, city]) {
        await who.write('visit.call', { id: args.id }, { expected });
        receipts.push(...(await who.push()));
      }
      await putBack();
      const [called, refused] = receipts;
      if (called?.verdict.code !== 'applied' || refused?.verdict.code !== 'conflict') return fail();
      return { hw, called, refused };
    };

    test('has no effect, though what stood in its way is not there any more', async () => {
      const { hw, called, refused } = await callTwice();
      const answer = await send(city, 1, { receipts: [{ ...refused, putAway: true }], left: 0 });
      expect(answer).toMatchObject({ receipts: [{ verdict: { code: 'rejected' } }] });
      expect(await send(hw, 0, { receipts: [called], left: 0 })).toMatchObject({
        receipts: [{ verdict: { code: 'applied' } }],
      });
    });

    test.each([
      ['says that it was applied', {}, 'applied'],
      // Without a receipt of its own it is judged last.
      ['is not the server’s', { verdict: { code: 'rejected' } }, 'conflict'],
    ])('is judged where the receipt %s', async (_title, lie, code) => {
      const { hw, called } = await callTwice();
      await send(hw, 0, { receipts: [{ ...called, ...lie, putAway: true }], left: 0 });
      await send(city, 1, { left: 0 });
      expect(await send(hw, 0)).toMatchObject({ receipts: [{ verdict: { code } }] });
    });
  });

  test('answers a pull with `restoring` while it waits, by a cursor beyond its head too', async () => {
    await act(city);
    const putBack = await backedUp(area);
    await act(city);
    await city.pull();
    await putBack();
    city.token = '';
    await city.signIn();
    const body = { protocol: 2, cursor: city.cursor };
    const first = await city.post('/api/pull', body);
    expect(await first.json()).toEqual({ problem: { code: 'restoring' } });
    expect((await epochs()).chain).toHaveLength(2);
  });

  describe('a backup that has gone on beyond the cursors is found out', () => {
    test.each([
      ['pull', '/api/pull', () => ({ protocol: protocolVersion })],
      ['question of a locked tablet', '/api/evictions', () => ({ store: city.store })],
      ['comparison', '/api/digest', () => ({ buckets: noRows })],
    ])('by the next %s', async (...given) => {
      const [, path, more] = given;
      const hw = await area.staff('shiroishi-hw1');
      await act(city);
      const putBack = await backedUp(area);
      await act(city);
      await city.signIn();
      for (let more = true; more;) {
        const page = (await pullOnce(city, { kinds: ['visit'] })) as PullResponse;
        city.cursor = page.cursor;
        more = page.more;
      }
      await putBack();
      // Where it went on, what is at the cursor's sequence is another's.
      for (let n = 0; n < 2; n++) await act(hw);
      await hw.pull();
      expect((await epochs()).chain).toHaveLength(1);
      await city.signIn();
      await city.post(path, { cursor: city.cursor, ...more() });
      expect((await epochs()).chain).toHaveLength(2);
      expect(await pullOnce(city)).toEqual({ problem: { code: 'restoring' } });
      expect((await epochs()).chain).toHaveLength(2);
    });
  });

  test('is found out where the same entry stands at the same sequence again', async () => {
    const hw = await area.staff('shiroishi-hw1');
    const putBack = await backedUp(area);
    await act(city);
    await hw.write('visit.log', visitArgs(area));
    await hw.push();
    await city.pull();
    await putBack();
    // The answer to the first push was lost on its way; in the place of the city's entry stands another.
    await act(await area.staff('shiroishi-city2'));
    hw.acked.write = 0;
    await hw.push();
    await city.signIn();
    expect(await pullOnce(city)).toEqual({ problem: { code: 'restoring' } });
  });

  test('judges nothing of a tablet that has read on, not even what its counter sends', async () => {
    const device = await area.device();
    const desk = await area.staff('shiroishi-city2', device);
    const counter = device.counter ?? fail();
    const putBack = await backedUp(area);
    await act(city);
    await desk.pull();
    await putBack();
    const seen = { store: desk.store, cursor: desk.cursor };
    await counter.write('visit.log', visitArgs(area));
    const none = { ...seen, store: city.store };
    expect(await send(counter, 0, { seen: none })).toMatchObject({ kind: 'receipts' });
    await counter.write('visit.log', visitArgs(area));
    expect(await send(counter, 1, { seen })).toMatchObject({ kind: 'held' });
    expect((await epochs()).chain).toHaveLength(2);
  });

  test('is found out by the receipt of an entry that a pull would take from the screen', async () => {
    const hw = await area.staff('shiroishi-hw1');
    await city.pull();
    const before = await act(city);
    const putBack = await backedUp(area);
    const receipt = await act(city);
    await putBack();
    // It goes on beyond the receipt; the cursor is of before the backup, and fits.
    for (let n = 0; n < 3; n++) await act(hw);
    await city.signIn();
    const forged = { ...receipt, seq: receipt.seq + 1 };
    for (const receipts of [undefined, [before], [forged]]) {
      const page = (await pullOnce(city, receipts && { receipts })) as PullResponse;
      expect(page.seq).toBeGreaterThan(receipt.seq);
    }
    expect((await epochs()).chain).toHaveLength(1);
    const told = await pullOnce(city, { receipts: [before, receipt] });
    expect(told).toEqual({ problem: { code: 'restoring' } });
    expect((await epochs()).chain).toHaveLength(2);
  });

  test('is not suspected by whoever had come no further, or has a cursor of an older release', async () => {
    await act(city);
    await city.pull();
    await (
      await backedUp(area)
    )();
    await act(city);
    await city.signIn();
    await city.pull();
    const server = area.server();
    const { mark, ...older } = readCursor(server, city.store, city.cursor) ?? fail();
    expect(mark).toMatch(/^[\w-]{8}$/);
    await server.storage.write(server.tenant, (tx) =>
      tx.updateTable('change').set({ mark: null }).execute(),
    );
    city.cursor = writeCursor(server, city.store, older);
    await city.pull();
    expect(readCursor(server, city.store, city.cursor)?.mark).toBeUndefined();
    await act(city);
    await city.pull();
    expect(readCursor(server, city.store, city.cursor)?.mark).toMatch(/^[\w-]{8}$/);
    expect((await epochs()).chain).toHaveLength(1);
  });

  test('begins one epoch, however many bring the proof, and none for a proof of the epoch before', async () => {
    const server = area.server();
    const cursor = { epoch: server.epochNow.epoch, seq: 1, scopes: [], todo: [] };
    const bring = () => heed(server, 'forgotten', cursor, city.store);
    await Promise.all([bring(), bring()]);
    await openIfReady(server);
    await bring();
    expect((await epochs()).chain).toHaveLength(2);
  });
});

test('a process that knows of an epoch which another has ended gives nothing, and catches up', async () => {
  await act(city);
  await city.pull();
  const server = area.server();
  const { epochNow } = server;
  const before = { ...epochNow };
  await beginRestored(server);
  await openIfReady(server);
  await send(city, 0, { left: 0 });
  Object.assign(epochNow, before);
  expect(await pullOnce(city)).toEqual({ problem: { code: 'restoring' } });
  expect(await pullOnce(city)).toMatchObject({ fresh: true, epoch: server.epochNow.epoch });
  expect(server.epochNow.epoch).not.toBe(before.epoch);
});

describe('nobody closes it by a lie', () => {
  test.each([
    ['of another key', (one: Receipt) => ({ ...one, seq: 1_000_000 })],
    ['without its signature', (one: Receipt) => ({ ...one, sig: '', seq: 1_000_000 })],
    ['for what it never had', (one: Receipt) => ({ ...one, hash: 'AAAA' })],
  ])('a receipt %s', async (_title, alter) => {
    const receipt = await act(city);
    await city.write('visit.log', visitArgs(area));
    expect(await send(city, 1, { receipts: [alter(receipt)] })).toMatchObject({ kind: 'receipts' });
    expect((await epochs()).chain).toHaveLength(1);
  });

  test('a lease at the sign-in of a store it never had, or of one that another has the key to', async () => {
    const { store, keys } = await area.staff('shiroishi-city2');
    const { lease: own } = city;
    const signIn = async (name: string, lease: SignedLease) => {
      const asked = await city.post('/api/nonce', { store: name });
      const { nonce } = (await asked.json()) as { nonce: string };
      const sig = await keys.sign(sessionBytes(name, nonce));
      return (await city.post('/api/session', { store: name, nonce, sig, lease })).status;
    };
    const forged = { ...own.lease, store: 'made-up', publicKey: keys.publicKey };
    expect(await signIn('made-up', { ...own, lease: forged })).toBe(401);
    await area
      .server()
      .storage.write(area.server().tenant, (tx) =>
        tx.deleteFrom('store').where('store', '=', city.store).execute(),
      );
    expect(await signIn(city.store, own)).toBe(401);
    expect((await epochs()).chain).toHaveLength(1);
    expect(await signIn(store, own)).toBe(200);
  });

  test('a chain of epochs that it has not signed', async () => {
    const { chain } = await epochs();
    const forged = { epoch: 'x', before: chain[0]?.epoch, madeAt: 1, sig: 'AA' };
    const answer = await post(area.ask, '/api/epoch', { chain: [...chain, forged] });
    expect(answer.status).toBe(400);
    expect((await epochs()).chain).toHaveLength(1);
  });
});

test('taught an epoch that branched off from its own, it begins one that follows its own, once', async () => {
  const putBack = await backedUp(area);
  await beginRestored(area.server());
  const branch = (await epochs()).chain;
  const receipt = await act(city);
  await putBack();
  await beginRestored(area.server());
  const own = (await epochs()).chain;
  const teach = () => post(area.ask, '/api/epoch', { chain: branch });
  for (let n = 0; n < 2; n++) expect((await teach()).status).toBe(200);
  const { chain } = await epochs();
  expect(chain.slice(0, -1)).toEqual(own);
  expect(chain).toHaveLength(3);
  // What it had given in the other one is known to be lost, and begins no further one.
  for (let n = 0; n < 3; n++) await openIfReady(area.server());
  await send(city, 0, { receipts: [receipt], left: 0 });
  await city.signIn();
  await pullOnce(city, { receipts: [receipt] });
  expect((await epochs()).chain).toHaveLength(3);
});

describe('it opens', () => {
  test('when the last tablet has offered all it has, and not by a part', async () => {
    const other = await area.staff('shiroishi-hw1');
    for (const store of [city, other]) await act(store);
    await beginRestored(area.server());
    await city.write('visit.log', visitArgs(area));
    expect((await send(other, 0, { left: 0 })).kind).toBe('held');
    expect((await send(city, 0, { left: 5 })).kind).toBe('held');
    expect(await send(city, 0, { left: 0 })).toMatchObject({
      kind: 'receipts',
      receipts: [{ verdict: { code: 'applied' } }, { verdict: { code: 'applied' } }],
    });
  });

  test('by two supervisors, not by one twice', async () => {
    const [head, second] = [
      await area.staff('shiroishi-citysv'),
      await area.staff('toyohira-citysv'),
    ];
    for (const one of [head, second]) await one.signIn();
    await act(city);
    await beginRestored(area.server());
    expect((await state(head)).missing).toMatchObject([{ deviceName: '窓口1番' }]);
    for (let n = 0; n < 2; n++) await head.post('/api/epoch/release', {});
    expect((await state(head)).state).toBe('closed');
    const answer = await second.post('/api/epoch/release', {});
    expect(await answer.json()).toMatchObject({ state: 'open' });
    await city.signIn();
    expect(await city.post('/api/epoch/release', {})).toMatchObject({ status: 403 });
  });
});

test('the old order: by the old receipts, then what has none, each stream in its own', () => {
  const row = (store: string, seq: number, old: number | null): Offered => ({
    store,
    lane: 'write',
    seq,
    hash: `${store}${seq}`,
    old_seq: old,
    old_code: null,
    put_away: null,
    received_at: 0,
  });
  // b1 waited and was judged later than b2.
  const all = [
    row('b', 1, 90),
    row('b', 2, 20),
    row('a', 2, null),
    row('a', 1, 10),
    row('c', 1, 30),
  ];
  const order = inOldOrder(all).map((piece) => piece.map(({ hash }) => hash).join(' '));
  expect(order).toEqual(['a1', 'b1 b2', 'c1', 'a2']);
});
