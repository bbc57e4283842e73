/** What syncs and what stays: overlay, receipts, gaps, refusals, evictions, revocation, a portal in the way. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStores, type Stores } from '../../src/device/stores.ts';
import type { StoreDb } from '../../src/device/store-db.ts';
import type { Session } from '../../src/device/types.ts';
import { contains, dump } from '../support/device-dump.ts';
import { must, surroundings, until } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

const staff = 'shiroishi-city1';
let town: Town;
let place: Place;
let session: Session;
let stores: Stores;
let db: StoreDb;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol(staff);
  stores = openStores(place.tab.ports.storage);
  db = await storeOf(staff);
});
afterEach(() => town.close());

async function storeOf(member: string): Promise<StoreDb> {
  const rows = await stores.device.stores.where('staff').equals(member).toArray();
  return stores.of(rows.at(-1)?.store ?? '');
}

const sync = () => place.tab.tablet.syncNow();
const state = () => place.tab.tablet.sync.peek();
const count = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };

async function logVisit(on: Session = session): Promise<string> {
  const id = on.newId();
  must(await on.write('visit.log', { id, arrivedAt: town.area.clock.now, ...count }));
  return id;
}

async function register(familyName: string, on: Session = session): Promise<string> {
  const id = on.newId();
  must(await on.write('seeker.register', { id, familyName, familyKana: 'カクウ' }));
  return id;
}

test('an own entry is laid over the rows until the cursor has passed its verdict, then its copy goes', async () => {
  place.line.isCut = true;
  const id = await register('重ね');
  await sync();
  expect(await db.rows.where('[k+i+p]').between([6, id, ''], [6, id, '\uffff']).count()).toBe(0);
  expect(session.get('seeker', id)?.parts['card']).toMatchObject({ familyName: '重ね' });
  place.line.isCut = false;
  await sync();
  expect(await db.rows.where('[k+i+p]').between([6, id, ''], [6, id, '\uffff']).count()).toBe(2);
  expect(session.get('seeker', id)?.parts['card']).toMatchObject({ familyName: '重ね' });
  const entry = await db.entries.get(['write', 1]);
  expect(entry).toMatchObject({ state: 'applied' });
  expect(entry?.copy).toBeUndefined();
  expect(entry?.envelope.ciphertext.length).toBeGreaterThan(100);
});

test('the answer to a push is lost: the same entries go again, applied once', async () => {
  const id = await logVisit();
  let lost = 0;
  const around = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      const answer = await ports.fetch(path, init);
      if (path === '/api/push' && lost++ === 0) throw new TypeError('lost on the way back');
      return answer;
    },
  }));
  await around.tablet.syncNow();
  await sync();
  expect(state()).toMatchObject({ pending: 0, needsCare: 0 });
  expect(session.all('visit').value.filter((record) => record.id === id)).toHaveLength(1);
});

test('a server that misses a part of the stream gets it again from its own head on', async () => {
  const ids = [await logVisit(), await logVisit(), await logVisit()];
  await sync();
  const server = town.area.server();
  await server.storage.write(server.tenant, async (tx) => {
    const { store } = (await db.entries.get(['write', 3]))?.envelope.header ?? { store: '' };
    await tx.deleteFrom('entry').where('store', '=', store).where('seq', '=', 3).execute();
    await tx
      .deleteFrom('record_part')
      .where('id', '=', ids[2] ?? '')
      .execute();
    await tx
      .deleteFrom('part_scope')
      .where('id', '=', ids[2] ?? '')
      .execute();
  });
  await logVisit();
  await sync();
  expect(state()).toMatchObject({ pending: 0, needsCare: 0 });
  const held = await server.storage.read((tx) =>
    tx
      .selectFrom('entry')
      .select('seq')
      .where('store', '=', db.name.replace('madoguchi-', ''))
      .where('lane', '=', 'write')
      .orderBy('seq')
      .execute(),
  );
  expect(held.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
});

test('a refused entry stays with its reason, blocks nothing, and goes when cleared with a reason', async () => {
  const colleague = await (await town.tablet()).enrol('shiroishi-city2');
  const id = await logVisit();
  await sync();
  place.line.isCut = true;
  must(await session.write('visit.serveCity', { id }));
  const after = await logVisit();
  const elsewhere = await town.tablet();
  const other = await elsewhere.enrol('shiroishi-hw1');
  must(await other.write('visit.leave', { id }));
  await elsewhere.tab.tablet.syncNow();
  place.line.isCut = false;
  await sync();
  expect(state()).toMatchObject({ pending: 0, needsCare: 1 });
  expect(session.get('visit', after)).toBeDefined();
  expect(session.get('visit', id)?.parts['facts']).toMatchObject({ state: 'left' });
  const [item, ...rest] = session.outbox.value;
  expect(rest).toEqual([]);
  expect(item).toMatchObject({ verb: 'visit.serveCity', args: { id } });
  expect(['rejected', 'conflict']).toContain(item?.state);
  expect(item?.problem?.code).toMatch(/baseChanged|illegalState/);

  const restarted = await place.unlock(staff, await place.open());
  expect(restarted.outbox.value).toEqual(session.outbox.value);
  must(await session.discard(item?.id ?? '', '来所の記録が先に終わっていた'));
  expect(session.outbox.value).toEqual([]);
  await sync();
  expect(state()).toMatchObject({ pending: 0, needsCare: 0 });
  expect(await db.entries.get(['write', 2])).toMatchObject({ id: item?.id, state: item?.state });
  expect(colleague.outbox.value).toEqual([]);
}, 30_000);

test('no name lies in clear on the tablet: rows, entries, drafts, receipts, whatever the state', async () => {
  const names = ['平文太郎', '平文花子', '平文次郎', '下書平文'];
  await register(names[0] ?? '');
  await sync();
  place.line.isCut = true;
  const id = await register(names[1] ?? '');
  must(await session.write('seeker.amend', { id, givenName: names[2] ?? '' }));
  await session.writeDraft('seeker.register', { familyName: names[3] ?? '' });
  expect(await session.readDraft('seeker.register')).toEqual({ familyName: names[3] });
  const bytes = await dump(place.indexedDB);
  expect(contains(bytes, '窓口1')).toBe(true);
  for (const name of [...names, 'カクウ']) expect(contains(bytes, name)).toBe(false);
  await session.dropDraft('seeker.register');
  expect(await session.readDraft('seeker.register')).toBeUndefined();
});

test('what the counter logged is on the board of whoever unlocks next, offline too, once and until it is undone', async () => {
  place.tab.tablet.lock();
  await place.enrol('shiroishi-hw1');
  place.tab.tablet.lock();
  place.line.isCut = true;
  const { tablet } = place.tab;
  const kept = must(await tablet.count(count)).id;
  const undone = must(await tablet.count(count)).id;
  expect(tablet.counted.value.map(({ id }) => id)).toEqual([undone, kept]);
  must(await tablet.undoCount(undone));
  expect(tablet.counted.value.map(({ id }) => id)).toEqual([kept]);
  for (const member of [staff, 'shiroishi-hw1']) {
    const here = await place.unlock(member);
    expect(here.get('visit', kept)?.parts['facts']).toMatchObject({ state: 'waiting', heads: 1 });
    expect(here.get('visit', undone)?.parts['facts']).toMatchObject({ state: 'voided' });
    tablet.lock();
  }
  const city = await place.unlock(staff);
  must(await city.write('visit.serveCity', { id: kept }));
  place.line.isCut = false;
  await tablet.syncNow();
  expect(tablet.counted.value).toEqual([]);
  expect(city.get('visit', kept)?.parts['facts']).toMatchObject({ state: 'withCity' });
  expect(city.all('visit').value).toHaveLength(2);
  expect(state()).toMatchObject({ pending: 0, needsCare: 0 });
  tablet.lock();
  place.line.isCut = true;
  const hw = await place.unlock('shiroishi-hw1');
  expect(hw.get('visit', kept)).toBeDefined();
}, 60_000);

test('peers 20: two people on one tablet: neither sees nor sends the other’s', async () => {
  place.line.isCut = true;
  await register('市だけ');
  place.tab.tablet.lock();
  place.line.isCut = false;
  const asked: string[] = [];
  const second = await place.open((ports) => ({
    ...ports,
    fetch: (path, init) => {
      asked.push(`${path} ${typeof init.body === 'string' ? init.body : ''}`);
      return ports.fetch(path, init);
    },
  }));
  const hw = await place.enrol('shiroishi-hw1', second);
  const own = await register('国だけ', hw);
  await second.tablet.syncNow();
  expect(hw.all('seeker').value.map(({ id }) => id)).toEqual([own]);
  expect(hw.outbox.value).toEqual([]);
  expect(second.tablet.sync.peek()).toMatchObject({ pending: 0 });
  const pushes = asked.filter((line) => line.startsWith('/api/push'));
  for (const push of pushes) {
    const { store, entries } = JSON.parse(push.slice('/api/push '.length)) as {
      store: string;
      entries: { header: { store: string } }[];
    };
    expect(new Set(entries.map(({ header }) => header.store))).toEqual(new Set([store]));
  }
  second.tablet.lock();
  const city = await place.unlock(staff, second);
  await second.tablet.syncNow();
  expect(city.all('seeker').value.map(({ parts }) => parts['card']?.['familyName'])).toEqual([
    '市だけ',
  ]);
}, 60_000);

test('peers 21: a revoked store is wiped on the next contact; what it had not sent still goes, and waits for a supervisor', async () => {
  await register('消える');
  await sync();
  place.line.isCut = true;
  await logVisit();
  const boss = await (await town.tablet()).enrol('shiroishi-citysv');
  const store = db.name.replace('madoguchi-', '');
  must(await boss.ask('/api/stores/revoke', { body: { store } }));
  place.line.isCut = false;
  await sync();
  expect(place.tab.tablet.session.peek()).toBeUndefined();
  expect(await db.rows.count()).toBe(0);
  expect(await db.keys.count()).toBe(0);
  expect(await place.tab.tablet.unlock(staff, pin)).toEqual({
    ok: false,
    problem: { code: 'revoked' },
  });
  await until(() => state().pending === 0, 'the rest is sent');
  expect(await db.entries.get(['write', 2])).toMatchObject({ state: 'quarantined' });
  expect((await db.entries.get(['write', 1]))?.envelope).toBeDefined();
}, 30_000);

test('a captive portal that answers 200 with a page is not the server', async () => {
  const page = () =>
    Promise.resolve(new Response('<html>', { headers: { 'content-type': 'text/html' } }));
  const json = () => Promise.resolve(Response.json({ hello: 'wifi' }));
  for (const answer of [page, json]) {
    const { tablet } = await surroundings(answer, { now: 0 }).open();
    await tablet.syncNow();
    expect(tablet.sync.peek().online).toBe(false);
    tablet.stop();
  }
});

test('opening a person is logged before anything of her is shown', async () => {
  const id = session.newId();
  const args = { id, familyName: '架空', familyKana: 'カクウ', address: '札幌市白石区' };
  must(await session.write('seeker.register', args));
  await sync();
  place.tab.tablet.lock();
  const again = await place.unlock(staff);
  expect(again.get('seeker', id)?.parts['file']).toBeUndefined();
  const opened = must(await again.openPerson(id, 'interview'));
  expect(opened[0]?.parts['file']).toMatchObject({ address: '札幌市白石区' });
  expect(await db.entries.where('[lane+seq]').between(['access', 0], ['access', 9]).count()).toBe(
    1,
  );
  await sync();
  const readers = must(await again.ask(`/api/readers?kind=seeker&id=${id}`));
  expect(JSON.stringify(readers)).toContain('view');
});

test('peers 24: search folds kana and glyphs, reads dates typed in any way, and asks the server for the rest', async () => {
  const id = session.newId();
  const card = {
    familyName: '髙橋',
    givenName: '花子',
    familyKana: 'タカハシ',
    givenKana: 'ハナコ',
  };
  must(
    await session.write('seeker.register', {
      id,
      ...card,
      birthDate: '1985-04-01',
      phoneTail: '4321',
    }),
  );
  const matched = (typed: string) =>
    session.search(typed).map((hit) => [hit.record.id, hit.matched]);
  expect(matched('高橋')).toEqual([[id, 'name']]);
  expect(matched('高橋　花子')).toEqual([[id, 'name']]);
  expect(matched('たかは')).toEqual([[id, 'kana']]);
  expect(matched('S60.4.1')).toEqual([[id, 'birth']]);
  expect(matched('090-1234-4321')).toEqual([[id, 'phone']]);
  expect(matched('4321')).toEqual([[id, 'phone']]);
  expect(matched('鈴木')).toEqual([]);
  expect(matched('　')).toEqual([]);
  await sync();
  const wider = must(await session.searchServer('たかはし'));
  expect(wider.found.map(({ record }) => record.id)).toEqual([id]);
  place.line.isCut = true;
  expect(await session.searchServer('たかはし')).toEqual({
    ok: false,
    problem: { code: 'offline' },
  });
});

test('peers 2: an eviction takes rows, readable copies and drafts with it; the envelope stays and is sent', async () => {
  const kept = await register('残る');
  await sync();
  let isRefusing = true;
  let gone = '';
  const second = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      if (path === '/api/push' && isRefusing)
        return Response.json({ problem: { code: 'serverTrouble' } }, { status: 503 });
      const answer = await ports.fetch(path, init);
      if (path !== '/api/pull' || !gone || !answer.ok) return answer;
      const parts = [kept, gone].map((id) => ({ kind: 'seeker', id, part: 'card' }));
      return Response.json({ ...((await answer.json()) as object), evicted: parts });
    },
  }));
  const here = await place.unlock(staff, second);
  place.line.isCut = true;
  const id = await register('去る', here);
  await here.writeDraft(`consultation:${id}`, { summary: '下書き' });
  const repair = `repair-${here.outbox.value[0]?.id ?? ''}`;
  await here.writeDraft(repair, { familyName: '去る' });
  gone = id;
  place.line.isCut = false;
  await second.tablet.syncNow();
  expect(second.tablet.sync.peek()).toMatchObject({
    pending: 1,
    problem: { code: 'serverTrouble' },
  });
  expect(here.get('seeker', kept)?.parts['card']).toBeUndefined();
  expect(here.get('seeker', id)).toBeUndefined();
  expect(here.search('去る')).toEqual([]);
  expect(await here.readDraft(`consultation:${id}`)).toBeUndefined();
  expect(await here.readDraft(repair)).toBeUndefined();
  const entry = await db.entries.get(['write', 2]);
  expect([entry?.state, entry?.copy, entry?.held]).toEqual(['pending', undefined, undefined]);
  expect(here.outbox.value).toMatchObject([{ state: 'pending', args: undefined }]);
  isRefusing = false;
  await second.tablet.syncNow();
  expect(second.tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });
});
