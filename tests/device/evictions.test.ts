/** I5: after an eviction no readable copy of the part is on the tablet, in any tab, locked or not. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readMeta, wipe, writeMeta, type StoreDb } from '../../src/device/store-db.ts';
import { openStores, type Stores } from '../../src/device/stores.ts';
import type { Session } from '../../src/device/types.ts';
import { consentTerms, consultationArgs, seekerArgs, visitArgs } from '../server/samples.ts';
import { must, until } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const staff = 'shiroishi-hw1';
const ok = { code: 'applied' };
let town: Town;
let place: Place;
let session: Session;
let stores: Stores;
let db: StoreDb;
let city: FakeStore;
let consultation: string;
let consent: string;
let unrelated: string;
beforeEach(async () => {
  town = await openTown();
  const { area } = town;
  city = await area.staff('shiroishi-city1');
  const hw = await area.staff('shiroishi-hw2');
  const [seeker, visit] = [seekerArgs('渡す'), visitArgs(area)];
  const ids = { id: newId(), newConsent: newId(), newLink: newId() };
  const talk = consultationArgs(visit.id, seeker.id);
  await city.act('seeker.register', seeker);
  await city.act('visit.log', { ...visit, seeker: seeker.id });
  const offer = {
    ...ids,
    toOrg: 'hw-sapporo-higashi',
    toSite: 'shiroishi',
    reason: 'jobReferral',
    urgency: 'normal',
    fromSeeker: seeker.id,
    items: ['name', 'consultations'],
    familyName: '渡す',
    ...consentTerms('2027-03-31'),
  };
  expect(await city.act('handoff.offer', offer)).toEqual(ok);
  expect(await city.act('consultation.record', talk)).toEqual(ok);
  expect(await hw.act('handoff.receive', { id: ids.id })).toEqual(ok);
  const { id, ...theirs } = seekerArgs('受ける');
  const accepted = await hw.act('handoff.acceptNew', { id: ids.id, newSeeker: id, ...theirs });
  expect(accepted).toEqual(ok);
  [consultation, consent, unrelated] = [talk.id, ids.newConsent, id];
  place = await town.tablet();
  session = await place.enrol(staff);
  stores = openStores(place.tab.ports.storage);
  const rows = await stores.device.stores.where('staff').equals(staff).toArray();
  db = stores.of(rows.at(-1)?.store ?? '');
  expect(await partsOf(consultation)).toContain('shared');
});
afterEach(async () => {
  stores.close();
  await town.close();
});

const partsOf = async (id: string) =>
  (await db.rows.toArray()).filter(({ i }) => i === id).map(({ p }) => p);
const withdraw = async () =>
  expect(await city.act('consent.withdraw', { id: consent })).toEqual(ok);
const summaryIn = (one: Session) =>
  one.get('consultation', consultation)?.parts['shared']?.['summary'];

test('open in two tabs: rows, drafts and the memory of both', async () => {
  const second = await place.open();
  const there = await place.unlock(staff, second);
  for (const one of [session, there]) {
    must(await one.open('consultation', consultation, 'counselling'));
    expect(summaryIn(one)).toBe('共有のまとめ');
  }
  await session.writeDraft(`note:${consultation}`, { notes: '写し' });
  await withdraw();
  await place.tab.tablet.syncNow();
  await second.tablet.syncNow();
  for (const one of [session, there]) expect(summaryIn(one)).toBeUndefined();
  expect(await partsOf(consultation)).not.toContain('shared');
  expect(await session.readDraft(`note:${consultation}`)).toBeUndefined();
});

test('an entry written in another tab while a page takes its part away: no readable copy stays, the envelope does', async () => {
  place.tab.tablet.stop();
  const [hw, seen] = [await town.area.staff('shiroishi-hw2'), seekerArgs('きょう')];
  expect(await hw.act('seeker.register', seen)).toEqual(ok);
  const writer = await place.open((ports) => ({
    ...ports,
    fetch: () => Promise.reject(new TypeError('no line')),
    channel: { ...ports.channel, post: () => undefined },
  }));
  let write: (() => Promise<string>) | undefined;
  let written = '';
  const puller = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      const isNow = path === '/api/pull' && write !== undefined;
      if (isNow) written = (await write?.()) ?? '';
      if (isNow) write = undefined;
      return ports.fetch(path, init);
    },
  }));
  await place.unlock(staff, puller);
  await puller.tablet.syncNow();
  expect(await partsOf(seen.id)).toContain('file');
  const hers = await place.unlock(staff, writer);
  // The file of somebody who was here goes with the day.
  place.clock.now += 2 * 86_400_000;
  write = async () =>
    must(await hers.write('seeker.amend', { id: seen.id, phone: '011-000-1111' })).id;
  await puller.tablet.syncNow();
  expect(await partsOf(seen.id)).not.toContain('file');
  const kept = await db.entries.where('id').equals(written).first();
  expect(kept).toMatchObject({ id: written });
  expect(kept?.copy).toBeUndefined();
});

test('what she writes of a part that had gone behind the lock is her own: the next pull leaves it readable', async () => {
  const [hw, seen] = [await town.area.staff('shiroishi-hw2'), seekerArgs('きのう')];
  expect(await hw.act('seeker.register', seen)).toEqual(ok);
  await place.tab.tablet.syncNow();
  expect(await partsOf(seen.id)).toContain('file');
  place.tab.tablet.lock();
  place.tab.tablet.stop();
  const said = JSON.stringify({ problem: { code: 'serverTrouble' } });
  const headers = { 'content-type': 'application/json' };
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: (path, init) =>
      path === '/api/push'
        ? Promise.resolve(new Response(said, { status: 503, headers }))
        : ports.fetch(path, init),
  }));
  await writeMeta(db, 'gone', [{ kind: 'seeker', id: seen.id, part: 'file' }]);
  const again = await place.unlock(staff, tab);
  const { id } = must(await again.write('seeker.amend', { id: seen.id, phone: '011-000-1111' }));
  await tab.tablet.syncNow();
  expect(await db.entries.where('id').equals(id).first()).toMatchObject({ state: 'pending' });
  expect((await db.entries.where('id').equals(id).first())?.copy).toBeDefined();
});

test('a draft goes by what it is about, with whatever it was about before; one about another stays', async () => {
  const about = ['else', consultation];
  await session.writeDraft('repair-e-1', { notes: '写し' }, about);
  await session.writeDraft('repair-e-1', { notes: '写し、つづき' }, ['else']);
  // As keys were for a while: with the ids in them.
  await session.writeDraft(`repair-e-2 ${consultation}`, { notes: '写し' });
  await session.writeDraft('repair-e-3', { notes: 'ほかの人' }, ['else']);
  expect(await session.readDraft('repair-e-1')).toEqual({ notes: '写し、つづき' });
  await withdraw();
  await place.tab.tablet.syncNow();
  expect(await db.drafts.toCollection().primaryKeys()).toEqual(['repair-e-3']);
  expect(await session.readDraft('repair-e-3')).toEqual({ notes: 'ほかの人' });
});

test('a draft whose ids were struck out cannot be read any more', async () => {
  await session.writeDraft('repair-e-1', { notes: '写し' }, [consultation]);
  await db.drafts.update('repair-e-1', { about: [] });
  expect(await session.readDraft('repair-e-1')).toBeUndefined();
});

test('locked: rows and drafts go without anybody there, what may be kept stays, the next pull finds nothing amiss', async () => {
  await session.writeDraft(`note:${consultation}`, { notes: '写し' });
  place.tab.tablet.lock();
  const before = await db.rows.count();
  const cursor = await readMeta(db, 'cursor');
  await withdraw();
  await place.tab.tablet.syncNow();
  expect(await partsOf(consultation)).not.toContain('shared');
  expect(await partsOf(unrelated)).toContain('card');
  expect(await db.rows.count()).toBeLessThan(before);
  expect(await db.drafts.count()).toBe(0);
  expect(await readMeta(db, 'cursor')).toBe(cursor);
  const again = await place.unlock(staff);
  await place.tab.tablet.syncNow();
  expect(summaryIn(again)).toBeUndefined();
  expect(await readMeta(db, 'gone')).toBeUndefined();
  expect(await partsOf(consultation)).toEqual(['facts']);
});

test('locked: how far nothing was taken away is not written down, and asked of by this tab alone', async () => {
  place.tab.tablet.lock();
  place.tab.tablet.stop();
  const asked: unknown[] = [];
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: (path, init) => {
      if (path === '/api/evictions') asked.push(init.body);
      return ports.fetch(path, init);
    },
  }));
  await tab.tablet.syncNow();
  expect(await city.act('visit.log', visitArgs(town.area))).toEqual(ok);
  for (let again = 0; again < 2; again++) {
    place.clock.now += 6 * 60_000;
    await tab.tablet.syncNow();
  }
  const [first, second, third] = asked.map((body): unknown => JSON.parse(String(body)));
  expect(first).not.toHaveProperty('since');
  expect(second).toHaveProperty('since');
  expect(third).not.toEqual(second);
  expect(await readMeta(db, 'goneTo')).toBeUndefined();
  await withdraw();
  place.clock.now += 6 * 60_000;
  await tab.tablet.syncNow();
  expect(await partsOf(consultation)).not.toContain('shared');
  expect(await readMeta(db, 'goneTo')).toBeGreaterThan(0);
});

test('locked: a readable copy of an own unsent entry is dropped before the desk shows anything; the entry still goes', async () => {
  place.line.isCut = true;
  const mine = session.newId();
  must(
    await session.write('seeker.register', { id: mine, familyName: '写し', familyKana: 'ウツシ' }),
  );
  place.tab.tablet.lock();
  // It would send the entry when the line is whole again.
  place.tab.tablet.stop();
  const evicted = [{ kind: 'seeker', id: mine, part: 'card' }];
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      if (path === '/api/evictions')
        return Response.json({
          epoch: town.area.server().epochNow.epoch,
          evicted,
          upTo: 1,
          more: false,
        });
      if (path === '/api/push')
        return Response.json({ problem: { code: 'serverTrouble' } }, { status: 503 });
      return ports.fetch(path, init);
    },
  }));
  place.line.isCut = false;
  await tab.tablet.syncNow();
  expect(await readMeta(db, 'gone')).toEqual(evicted);
  place.line.isCut = true;
  const again = await place.unlock(staff, tab);
  expect(again.get('seeker', mine)).toBeUndefined();
  expect(again.outbox.value).toMatchObject([{ state: 'pending', args: undefined }]);
  const entry = await db.entries
    .where('id')
    .equals(again.outbox.value[0]?.id ?? '')
    .first();
  expect([entry?.copy, entry?.held]).toEqual([undefined, undefined]);
  expect(entry?.envelope.ciphertext.length).toBeGreaterThan(100);
});

test('a store that was stopped while locked is wiped without anybody unlocking it', async () => {
  must(await session.write('visit.log', visitArgs(town.area)));
  await place.tab.tablet.syncNow();
  place.tab.tablet.lock();
  const server = town.area.server();
  const [live] = (await stores.device.stores.toArray()).filter((row) => row.staff === staff);
  await server.storage.write(server.tenant, (tx) =>
    tx
      .updateTable('store')
      .set({ state: 'revoked' })
      .where('store', '=', live?.store ?? '')
      .execute(),
  );
  await place.tab.tablet.syncNow();
  expect([await db.rows.count(), await db.keys.count()]).toEqual([0, 0]);
  const known = () => place.tab.tablet.enrolment.value?.staff.find(({ id }) => id === staff);
  await until(() => known()?.isStopped === true, 'shown as stopped');
});

test('asked by the cursor of its own store alone: any other word is refused, and nothing but ids is told', async () => {
  const cursor = (await readMeta(db, 'cursor')) ?? '';
  const [live] = (await stores.device.stores.toArray()).filter((row) => row.staff === staff);
  const ask = (body: object) =>
    town.area.ask('/api/evictions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await ask({ store: city.store, cursor })).status).toBe(401);
  expect((await ask({ store: live?.store, cursor: `${cursor.slice(0, -6)}AAAAAA` })).status).toBe(
    401,
  );
  expect((await ask({ store: live?.store })).status).toBe(400);
  await withdraw();
  const response = await ask({ store: live?.store, cursor });
  const said = (await response.json()) as { evicted: object[] };
  expect(said.evicted.length).toBeGreaterThan(0);
  for (const one of said.evicted) expect(Object.keys(one).sort()).toEqual(['id', 'kind', 'part']);
  expect(said.evicted).toContainEqual({ kind: 'consultation', id: consultation, part: 'shared' });
  expect(said.evicted).not.toContainEqual(expect.objectContaining({ id: unrelated, part: 'card' }));
});

test.each(['another tab has pulled', 'its desk is closed'])(
  'a page that comes late, when %s, brings back nothing that was taken away meanwhile',
  async (what) => {
    let meanwhile: (() => Promise<void>) | undefined;
    const tab = await place.open((ports) => ({
      ...ports,
      fetch: async (path, init) => {
        const answer = await ports.fetch(path, init);
        const work = path === '/api/pull' ? meanwhile : undefined;
        if (work) meanwhile = undefined;
        await work?.();
        return answer;
      },
    }));
    await place.unlock(staff, tab);
    await tab.tablet.syncNow();
    expect(await city.act('consultation.amend', { id: consultation, summary: '直し' })).toEqual(ok);
    meanwhile = async () => {
      for (const { tablet } of what === 'its desk is closed' ? [tab, place.tab] : []) tablet.lock();
      await withdraw();
      await place.tab.tablet.syncNow();
      expect(await partsOf(consultation)).not.toContain('shared');
    };
    await tab.tablet.syncNow();
    expect(meanwhile).toBeUndefined();
    expect(await partsOf(consultation)).not.toContain('shared');
  },
);

test('a store that was put away when its tab died is emptied by the next one, without a line', async () => {
  expect(await db.rows.count()).toBeGreaterThan(0);
  place.tab.tablet.stop();
  const { device } = stores;
  const [row] = await device.stores.where('staff').equals(staff).toArray();
  await device.stores.update(row?.store ?? '', { state: 'revoked' });
  place.line.isCut = true;
  const { tablet } = await place.open();
  await tablet.syncNow();
  expect([await db.rows.count(), await db.keys.count()]).toEqual([0, 0]);
});

test('an answer that comes when the rows have its effect and the desk is closed leaves no readable copy', async () => {
  place.line.isCut = true;
  must(await session.write('seeker.amend', { id: unrelated, phone: '011-000-0000' }));
  const mine = () => db.entries.where('held').above('').last();
  expect(await mine()).toMatchObject({ state: 'pending' });
  place.tab.tablet.lock();
  // As when a push had arrived, its answer was lost, and a pull brought the rows before the next push.
  await writeMeta(db, 'seq', 1_000_000);
  place.line.isCut = false;
  await place.tab.tablet.syncNow();
  expect(await mine()).toBeUndefined();
  expect((await db.entries.toArray()).filter(({ copy }) => copy)).toEqual([]);
});

test('a store that is put away while her key is derived: she does not sit down at it, and nothing fills it again', async () => {
  place.tab.tablet.lock();
  const [row] = await stores.device.stores.where('staff').equals(staff).toArray();
  // As by another tab that has heard of the revocation, at the last moment: her keys have been read.
  const revoke = async () => {
    await stores.device.stores.update(row?.store ?? '', { state: 'revoked' });
    await wipe(db);
  };
  let isDue = true;
  const unwrapKey = async (...args: Parameters<SubtleCrypto['unwrapKey']>) => {
    if (isDue) await revoke();
    isDue = false;
    return crypto.subtle.unwrapKey(...args);
  };
  const late = new Proxy(crypto.subtle, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name, target);
      if (name === 'unwrapKey') return unwrapKey;
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  const { tablet } = await place.open((ports) => ({ ...ports, crypto: late }));
  expect(await tablet.unlock(staff, pin)).toEqual({ ok: false, problem: { code: 'revoked' } });
  expect(isDue).toBe(false);
  expect(tablet.session.peek()).toBeUndefined();
  await tablet.syncNow();
  expect(await db.rows.count()).toBe(0);
});
