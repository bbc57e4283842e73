/** Beginning again from the beginning: what the server does not send any more goes, with its last page and not before. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readMeta, type StoreDb } from '../../src/device/store-db.ts';
import { openStores, type Stores } from '../../src/device/stores.ts';
import type { DevicePorts } from '../../src/device/ports.ts';
import type { Session } from '../../src/device/types.ts';
import { seekerArgs } from '../server/samples.ts';
import { must, type Tab } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const staff = 'shiroishi-city1';
let town: Town;
let place: Place;
let session: Session;
let stores: Stores;
let db: StoreDb;
let seeker: string;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol(staff);
  stores = openStores(place.tab.ports.storage);
  const rows = await stores.device.stores.where('staff').equals(staff).toArray();
  db = stores.of(rows.at(-1)?.store ?? '');
  seeker = session.newId();
  must(
    await session.write('seeker.register', { id: seeker, familyName: '残', familyKana: 'ノコル' }),
  );
  await place.tab.tablet.syncNow();
});
afterEach(async () => {
  stores.close();
  await town.close();
});

const keys = async () => (await db.rows.toCollection().primaryKeys()).map(String).sort();

/** A row that the server knows nothing of any more, readable on the tablet: a real one under another name. */
async function plantPhantom(): Promise<string> {
  const phantom = session.newId();
  must(
    await session.write('seeker.register', {
      id: phantom,
      familyName: '幻',
      familyKana: 'マボロシ',
    }),
  );
  await place.tab.tablet.syncNow();
  const server = town.area.server();
  await server.storage.write(server.tenant, async (tx) => {
    await tx.deleteFrom('part_scope').where('id', '=', phantom).execute();
    await tx.deleteFrom('record_part').where('id', '=', phantom).execute();
  });
  return phantom;
}

/** Two pages' worth of people, by a colleague on another tablet. */
async function fillTown(): Promise<void> {
  const colleague = await town.area.staff('shiroishi-city2');
  for (let times = 0; times < 3; times++) {
    for (let at = 0; at < 70; at++) await colleague.write('seeker.register', seekerArgs(`人${at}`));
    await colleague.push();
  }
}

async function sitAgain(change: (ports: DevicePorts) => DevicePorts): Promise<Tab> {
  const tab = await place.open(change);
  await place.unlock(staff, tab);
  return tab;
}

/** The line drops when so many pages have come. */
function cutAfter(pages: number, seen: { cursor: unknown; from: unknown }[]) {
  return (ports: DevicePorts): DevicePorts => ({
    ...ports,
    fetch: async (path, init) => {
      if (path !== '/api/pull') return ports.fetch(path, init);
      if (seen.length >= pages) throw new TypeError('the line dropped');
      const from = (
        JSON.parse(typeof init.body === 'string' ? init.body : '{}') as { cursor: unknown }
      ).cursor;
      const answer = await ports.fetch(path, init);
      const { cursor } = (await answer.clone().json()) as { cursor: unknown };
      seen.push({ from, cursor });
      return answer;
    },
  });
}

test('avni-client#2006: a cursor lost or refused, rows still there: what is not sent again goes, with its copies and drafts', async () => {
  for (const spoil of [
    () => db.meta.delete('cursor'),
    () => db.meta.put({ name: 'cursor', value: 'an-old-checkpoint' }),
  ]) {
    const phantom = await plantPhantom();
    await session.writeDraft(`consultation:${phantom}`, { summary: '幻の下書き' });
    await place.tab.tablet.syncNow();
    expect(session.get('seeker', phantom)?.parts['card']).toMatchObject({ familyName: '幻' });
    await spoil();
    await place.tab.tablet.syncNow();
    expect(session.get('seeker', phantom)).toBeUndefined();
    expect(session.get('seeker', seeker)?.parts['card']).toMatchObject({ familyName: '残' });
    expect((await keys()).filter((key) => key.includes(phantom))).toEqual([]);
    expect(await session.readDraft(`consultation:${phantom}`)).toBeUndefined();
    expect(await db.unconfirmed.count()).toBe(0);
  }
});

test('nothing goes before the last page, and a rebuild goes on after a restart where it stopped', async () => {
  await fillTown();
  await place.tab.tablet.syncNow();
  const phantom = await plantPhantom();
  const before = await keys();
  place.closeAll();
  await db.meta.delete('cursor');
  const seen: { cursor: unknown; from: unknown }[] = [];
  const half = await sitAgain(cutAfter(1, seen));
  await half.tablet.syncNow();
  expect(seen.map(({ from }) => from)).toEqual([null]);
  expect(await readMeta(db, 'cursor')).toBe(seen[0]?.cursor);
  expect(await keys()).toEqual(before);
  expect(await db.unconfirmed.count()).toBeGreaterThan(0);
  expect(half.tablet.session.peek()?.get('seeker', phantom)).toBeDefined();
  half.tablet.stop();
  const rest: { cursor: unknown; from: unknown }[] = [];
  const again = await sitAgain(cutAfter(99, rest));
  await again.tablet.syncNow();
  expect(rest[0]?.from).toBe(seen[0]?.cursor);
  expect(await keys()).toEqual(before.filter((key) => !key.includes(phantom)));
  expect(again.tablet.session.peek()?.get('seeker', phantom)).toBeUndefined();
  expect(await db.unconfirmed.count()).toBe(0);
});

test('cht-core#7528: a first sync whose line drops after a page asks for the next one, not for the first', async () => {
  await fillTown();
  const other = await town.tablet();
  const seen: { cursor: unknown; from: unknown }[] = [];
  const first = await other.open(cutAfter(1, seen));
  await other.enrol(staff, first);
  expect(first.tablet.session.peek()?.all('seeker').value.length).toBeGreaterThan(100);
  const rest: { cursor: unknown; from: unknown }[] = [];
  first.tablet.stop();
  const next = await other.open(cutAfter(99, rest));
  await other.unlock(staff, next);
  await next.tablet.syncNow();
  expect(seen[0]?.from).toBeNull();
  expect(rest[0]?.from).toBe(seen[0]?.cursor);
  expect(next.tablet.session.peek()?.all('seeker').value.length).toBeGreaterThan(209);
});

test('rows of another tab’s memory go with a rebuild too', async () => {
  const phantom = await plantPhantom();
  const second = await sitAgain((ports) => ports);
  const there = second.tablet.session.peek();
  expect(there?.get('seeker', phantom)).toBeDefined();
  await db.meta.delete('cursor');
  await place.tab.tablet.syncNow();
  await second.tablet.syncNow();
  expect(there?.get('seeker', phantom)).toBeUndefined();
});
