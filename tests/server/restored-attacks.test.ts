/**
 * What a hostile caller, or an honest tablet at the wrong moment, could do to a server put back from a backup: one test per
 * hole that was found open and closed.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { author } from '../../src/server/author.ts';
import { openIfReady } from '../../src/server/reoffer.ts';
import { beginRestored } from '../../src/server/restore.ts';
import {
  protocolVersion,
  type EpochStatement,
  type PushResponse,
} from '../../src/sync/protocol.ts';
import type { Receipt } from '../../src/sync/verdict.ts';
import { backedUp } from '../support/backup.ts';
import { post, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
beforeEach(async () => {
  area = await openTestArea();
});
afterEach(() => area.close());

const minute = 60_000;
const putAway = (receipt: Receipt | undefined) =>
  receipt ? [{ ...receipt, putAway: true as const }] : [];

async function chain(): Promise<EpochStatement[]> {
  const answer = await area.ask('/api/epoch');
  return ((await answer.json()) as { chain: EpochStatement[] }).chain;
}

async function send(store: FakeStore, from: number, more: object = {}): Promise<PushResponse> {
  const request = { ...store.request(from, store.written.write.length), ...more };
  return (await (await store.post('/api/push', request)).json()) as PushResponse;
}

test('the receipt of an entry under a taken id proves nothing lost', async () => {
  const city = await area.staff('shiroishi-city1');
  const first = await city.write('visit.log', visitArgs(area));
  await city.push();
  const second = await city.write('visit.log', visitArgs(area));
  const { header, body } = second.entry;
  city.written.write[1] = await city.seal({ ...header, id: first.entry.header.id }, body);
  const receipts = await city.push();
  expect(receipts).toMatchObject([{ verdict: { code: 'quarantined' } }]);
  await city.signIn();
  const asked = { protocol: protocolVersion, cursor: null, receipts };
  expect((await city.post('/api/pull', asked)).status).toBe(200);
  expect(await chain()).toHaveLength(1);
});

test('a quarantined correction that was put away leaves the entry to whoever corrected it with effect', async () => {
  const head = await area.staff('toyohira-citysv');
  const city = await area.staff('toyohira-city2');
  const role = { id: 'toyohira-city2', role: 'supervisor' };
  await author(area.server(), [{ verb: 'staff.amend', args: role }]);
  const seeker = seekerArgs('架空');
  await city.act('seeker.register', seeker);
  const restore = await backedUp(area);
  const from = city.written.write.length;
  const wrong = { ...seekerArgs('誤り'), familyKana: '漢字' };
  const old = await city.write('seeker.register', wrong);
  const [refused] = await city.push();
  const supersedes = old.entry.header.id;
  const welfare = { id: seeker.id, welfareCategories: ['livelihood'] };
  await city.write('seeker.amendWelfare', welfare, { supersedes });
  const [kept] = await city.push();
  expect([refused?.verdict.code, kept?.verdict.code]).toEqual(['rejected', 'quarantined']);
  await head.write('seeker.register', { ...wrong, familyKana: 'アヤマリ' }, { supersedes });
  const [applied] = await head.push();
  await restore();
  await send(city, from, { receipts: [...putAway(refused), ...putAway(kept)], left: 0 });
  await send(head, 0, { receipts: applied ? [applied] : [], left: 0 });
  expect(await send(head, 0)).toMatchObject({ receipts: [{ verdict: { code: 'applied' } }] });
});

test('what waited when it was put away, and was applied since, is applied again', async () => {
  const [city, other] = [await area.staff('shiroishi-city1'), await area.staff('shiroishi-city2')];
  for (const store of [city, other]) await store.act('visit.log', visitArgs(area));
  const restore = await backedUp(area);
  const visit = visitArgs(area);
  const expected = { [`visit/${visit.id}`]: 'waiting' };
  await city.write('visit.call', { id: visit.id }, { expected });
  const [waiting] = await city.push();
  expect(waiting?.verdict.code).toBe('blocked');
  await other.write('visit.log', visit);
  const [logged] = await other.push();
  await restore();
  await send(city, 1, { receipts: putAway(waiting), left: 0 });
  await send(other, 1, { receipts: logged ? [logged] : [], left: 0 });
  expect(await send(city, 1)).toMatchObject({ receipts: [{ verdict: { code: 'applied' } }] });
});

test('epochs that were lost close the area once each, however often somebody tells them', async () => {
  const restore = await backedUp(area);
  const next = async () => {
    area.clock.now += minute;
    await beginRestored(area.server());
    await openIfReady(area.server());
  };
  for (let n = 0; n < 3; n++) await next();
  const recorded = await chain();
  await restore();
  await next();
  const tell = async () => {
    for (let n = 2; n <= recorded.length; n++) {
      const told = await post(area.ask, '/api/epoch', { chain: recorded.slice(0, n) });
      expect(told.status).toBe(200);
    }
  };
  await tell();
  await openIfReady(area.server());
  const own = await chain();
  for (let n = 0; n < 3; n++) await tell();
  expect(await chain()).toEqual(own);
  expect(area.server().epochNow.isClosed).toBe(false);
});

test('a hole after an entry that is here at another place proves nothing lost', async () => {
  const city = await area.staff('shiroishi-city1');
  const { entry } = await city.write('visit.log', visitArgs(area));
  const receipts = await city.push();
  const { header, body } = await city.write('visit.log', visitArgs(area)).then((one) => one.entry);
  const far = await city.seal({ ...header, seq: 1000, prevHash: entry.hash }, body);
  const request = {
    ...city.request(1, 2),
    after: { seq: 999, hash: entry.hash },
    entries: [far.envelope],
    receipts,
  };
  expect(await (await city.post('/api/push', request)).json()).toMatchObject({ kind: 'gap' });
  expect(await chain()).toHaveLength(1);
});

test('what was answered in an epoch that is forgotten closes the area once, not once for every tablet', async () => {
  const stores = [
    await area.staff('shiroishi-city1'),
    await area.staff('shiroishi-city2'),
    await area.staff('shiroishi-hw1'),
  ];
  const restore = await backedUp(area);
  await beginRestored(area.server());
  await openIfReady(area.server());
  const receipts = new Map<FakeStore, readonly Receipt[]>();
  for (const store of stores) {
    await store.write('visit.log', visitArgs(area));
    receipts.set(store, await store.push());
  }
  await restore();
  for (const store of stores) {
    const told = { receipts: receipts.get(store), left: 0 };
    expect(await send(store, 0, told)).toMatchObject({ kind: 'receipts' });
  }
  expect(await chain()).toHaveLength(2);
});
