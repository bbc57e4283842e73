/** What was taken away is kept in mind until it was looked at, and no longer. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dropEvicted } from '../../src/device/evicted.ts';
import { tablesOf } from '../../src/device/pull.ts';
import { partOfKey } from '../../src/device/rebuild.ts';
import { writeMeta, type StoreDb } from '../../src/device/store-db.ts';
import { must, until } from '../support/device-surroundings.ts';
import type { Place, Town } from '../support/device-town.ts';
import { openSeenDesk, phone, seen, slowSigner, staff } from '../support/seen-person.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let town: Town;
let place: Place;
let db: StoreDb;
beforeEach(async () => {
  ({ town, place, db } = await openSeenDesk());
});
afterEach(() => town.close());

const partsOf = async (id: string) =>
  (await db.rows.toArray()).filter(({ i }) => i === id).map(({ p }) => p);
const entry = (id: string) => db.entries.where('id').equals(id).first();
const isReadable = async (id: string) => (await entry(id))?.copy !== undefined;

/** Another tab of hers without a line, that nobody hears. */
async function writerTab() {
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: () => Promise.reject(new TypeError('no line')),
    channel: { ...ports.channel, post: () => undefined },
  }));
  return place.unlock(staff, tab);
}

/** Out of her scope without a word in the log: a comparison finds it. */
async function hideFile(): Promise<void> {
  const server = town.area.server();
  await server.storage.write(server.tenant, async (tx) => {
    await tx
      .deleteFrom('part_scope')
      .where('id', '=', seen.id)
      .where('part', '=', 'file')
      .execute();
  });
  await writeMeta(db, 'digest', { at: 0, isDue: true });
}

/** As another tab's comparison does it (digest.ts). */
async function takeAway(): Promise<void> {
  await db.transaction('rw', tablesOf(db), async () => {
    const keys = (await db.rows.toCollection().primaryKeys()).filter(([, id]) => id === seen.id);
    await db.rows.bulkDelete(keys);
    const nobody = { copiesTouching: () => [], knows: () => true };
    await dropEvicted(db, nobody, keys.map(partOfKey));
  });
}

test('what she writes offline of a part that had gone behind the lock stays readable', async () => {
  expect(await partsOf(seen.id)).toContain('card');
  place.tab.tablet.lock();
  await writeMeta(db, 'gone', [{ kind: 'seeker', id: seen.id, part: 'file' }]);
  place.line.isCut = true;
  let session = await place.unlock(staff);
  const { id } = must(await session.write('seeker.amend', phone));
  expect(session.outbox.peek().at(-1)?.args).toEqual(phone);
  await place.tab.tablet.syncNow();
  expect.soft(session.outbox.peek().at(-1)?.args).toEqual(phone);
  expect.soft(await isReadable(id)).toBe(true);
  place.tab.tablet.lock();
  session = await place.unlock(staff);
  expect(session.outbox.peek().at(-1)?.args).toEqual(phone);
});

test('an entry written while the first of two pages takes its part away keeps no readable copy', async () => {
  place.tab.tablet.stop();
  let write: (() => Promise<string>) | undefined;
  let [written, pages] = ['', 0];
  const puller = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      if (path === '/api/push' && write === undefined && written) throw new TypeError('no line');
      if (path !== '/api/pull' || (!write && !written)) return ports.fetch(path, init);
      const answer = (await (await ports.fetch(path, init)).json()) as Record<string, unknown>;
      pages += 1;
      if (pages > 1) return Response.json(answer);
      const work = write;
      write = undefined;
      written = (await work?.()) ?? '';
      // As the server cuts what is more than a page.
      return Response.json({ ...answer, more: true });
    },
  }));
  await place.unlock(staff, puller);
  await puller.tablet.syncNow();
  expect(await partsOf(seen.id)).toContain('file');
  const hers = await writerTab();
  place.clock.now += 2 * 86_400_000;
  write = async () => must(await hers.write('seeker.amend', phone)).id;
  await puller.tablet.syncNow();
  expect(pages).toBeGreaterThan(1);
  expect(await partsOf(seen.id)).not.toContain('file');
  expect((await entry(written))?.state).toBe('pending');
  expect(await isReadable(written)).toBe(false);
});

test('an entry written while a comparison finds that its part has gone keeps no readable copy', async () => {
  place.tab.tablet.stop();
  let write: (() => Promise<string>) | undefined;
  let written = '';
  const puller = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      if (path === '/api/push' && written) throw new TypeError('no line');
      if (path !== '/api/digest' || !write) return ports.fetch(path, init);
      const work = write;
      write = undefined;
      written = await work();
      return ports.fetch(path, init);
    },
  }));
  await place.unlock(staff, puller);
  await puller.tablet.syncNow();
  const hers = await writerTab();
  await hideFile();
  write = async () => must(await hers.write('seeker.amend', phone)).id;
  await puller.tablet.syncNow();
  expect(written).not.toBe('');
  expect(await partsOf(seen.id)).not.toContain('file');
  for (let times = 0; times < 2; times++) await puller.tablet.syncNow();
  expect((await entry(written))?.state).toBe('pending');
  expect(await isReadable(written)).toBe(false);
});

test('nor does the other tab, in which it was written, show it any longer', async () => {
  place.tab.tablet.stop();
  let write: (() => Promise<string>) | undefined;
  let written = '';
  const puller = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      if (path === '/api/push' && written) throw new TypeError('no line');
      const work = path === '/api/pull' ? write : undefined;
      if (work) write = undefined;
      written = (await work?.()) ?? written;
      return ports.fetch(path, init);
    },
  }));
  await place.unlock(staff, puller);
  await puller.tablet.syncNow();
  const hers = await writerTab();
  place.clock.now += 2 * 86_400_000;
  write = async () => must(await hers.write('seeker.amend', phone)).id;
  await puller.tablet.syncNow();
  expect(await isReadable(written)).toBe(false);
  await until(() => !JSON.stringify(hers.outbox.peek()).includes(phone.phone), 'read anew');
});

test('one that was judged before the page was kept and becomes durable after it tells nothing of what has gone', async () => {
  place.tab.tablet.stop();
  const puller = await place.open((ports) => ({
    ...ports,
    fetch: (path, init) =>
      path === '/api/push' ? Promise.reject(new TypeError('no line')) : ports.fetch(path, init),
  }));
  await place.unlock(staff, puller);
  await puller.tablet.syncNow();
  let meanwhile: (() => Promise<void>) | undefined;
  const { session: hers } = await slowSigner(place, async () => {
    const work = meanwhile;
    meanwhile = undefined;
    await work?.();
  });
  place.clock.now += 2 * 86_400_000;
  meanwhile = () => puller.tablet.syncNow().then(() => undefined);
  must(await hers.write('seeker.amend', phone));
  expect(meanwhile).toBeUndefined();
  expect(await partsOf(seen.id)).not.toContain('file');
  for (const one of [hers, puller.tablet.session.peek()])
    expect(JSON.stringify(one?.outbox.peek())).not.toContain(seen.phone);
});

test('nor does one that was written where nobody had heard yet of the page', async () => {
  place.tab.tablet.stop();
  const puller = await place.open();
  await place.unlock(staff, puller);
  await puller.tablet.syncNow();
  let isDeaf = false;
  const tab = await place.open((ports) => ({
    ...ports,
    channel: { ...ports.channel, listen: (on) => ports.channel.listen((m) => isDeaf || on(m)) },
    fetch: () => Promise.reject(new TypeError('no line')),
  }));
  const hers = await place.unlock(staff, tab);
  must(await hers.openPerson(seen.id, 'counselling'));
  isDeaf = true;
  place.clock.now += 2 * 86_400_000;
  await puller.tablet.syncNow();
  expect(await partsOf(seen.id)).not.toContain('file');
  must(await hers.write('seeker.amend', phone));
  expect(JSON.stringify(hers.outbox.peek())).not.toContain(seen.phone);
});

test('what a comparison takes away, without a page, from under a save of an open file stops the save', async () => {
  place.tab.tablet.stop();
  let isArmed = false;
  const { session } = await slowSigner(place, async () => {
    if (!isArmed) return;
    isArmed = false;
    await takeAway();
  });
  must(await session.openPerson(seen.id, '相談・支援'));
  isArmed = true;
  expect(await session.write('seeker.amend', phone)).toMatchObject({ ok: false });
  expect(isArmed).toBe(false);
  expect(await db.entries.filter(({ lane }) => lane === 'write').count()).toBe(0);
});

test('though another tab’s entry has made it judge anew already', async () => {
  place.tab.tablet.stop();
  const other = await place.open((ports) => ({
    ...ports,
    channel: { ...ports.channel, post: () => undefined },
    fetch: () => Promise.reject(new TypeError('no line')),
  }));
  const theirs = await place.unlock(staff, other);
  let isArmed = false;
  const { session } = await slowSigner(place, async () => {
    if (!isArmed) return;
    isArmed = false;
    const stranger = { ...seen, id: theirs.newId(), familyName: '別', phone: '090-1111-2222' };
    must(await theirs.write('seeker.register', stranger));
    await takeAway();
  });
  must(await session.openPerson(seen.id, '相談・支援'));
  isArmed = true;
  expect(await session.write('seeker.amend', phone)).toMatchObject({ ok: false });
  expect(isArmed).toBe(false);
  expect(JSON.stringify(session.outbox.peek())).not.toContain(seen.phone);
});

test('and before memory has read what the comparison of its own tab has found', async () => {
  place.tab.tablet.stop();
  let save: (() => Promise<unknown>) | undefined;
  let saving: Promise<unknown> | undefined;
  let arm: (() => void) | undefined;
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      if (path === '/api/push' && arm) throw new TypeError('no line');
      const answer = await ports.fetch(path, init);
      if (path === '/api/digest') arm?.();
      return answer;
    },
    channel: {
      ...ports.channel,
      post: (message) => {
        // Said when the rows are durable, and before they are read (tablet-pull.ts).
        saving ??= message.type === 'rows' ? save?.() : undefined;
        ports.channel.post(message);
      },
    },
  }));
  const session = await place.unlock(staff, tab);
  await tab.tablet.syncNow();
  must(await session.openPerson(seen.id, '相談・支援'));
  await tab.tablet.syncNow();
  await hideFile();
  arm = () => (save = () => session.write('seeker.amend', phone));
  await tab.tablet.syncNow();
  expect(await partsOf(seen.id)).not.toContain('file');
  expect(await saving).toBeDefined();
  expect(JSON.stringify(session.outbox.peek())).not.toContain(seen.phone);
});
