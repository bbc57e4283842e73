/** Pushing without the lock: page, tabs and worker at once, however they interleave, bring every entry exactly once. */
import Dexie from 'dexie';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNet } from '../../src/device/net.ts';
import type { DevicePorts, Locks } from '../../src/device/ports.ts';
import { pushAll } from '../../src/device/push.ts';
import { openStores } from '../../src/device/stores.ts';
import { patientLocks } from '../../src/device/locks.ts';
import type { Session } from '../../src/device/types.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 60_000 });

const count = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
let town: Town;
let place: Place;
let session: Session;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol('shiroishi-city1');
});
afterEach(() => town.close());

async function logUnsent(times: number): Promise<void> {
  place.line.isCut = true;
  for (let time = 0; time < times; time++)
    must(await session.write('visit.log', { id: session.newId(), arrivedAt: 1, ...count }));
  for (let time = 0; time < times; time++) must(await place.tab.tablet.count(count));
  place.line.isCut = false;
}

/** A tab's or the worker's own connections; answers come back late and out of order. */
function pusher(locks: Locks | undefined, lateness: () => number) {
  const { ports } = place.tab;
  const fetchLate: DevicePorts['fetch'] = async (path, init) => {
    await new Promise((resolve) => setTimeout(resolve, lateness()));
    const answer = await ports.fetch(path, init);
    await new Promise((resolve) => setTimeout(resolve, lateness()));
    return answer;
  };
  const stores = openStores(ports.storage);
  const net = createNet({ ...ports, fetch: fetchLate });
  const channel = { post: () => undefined, listen: () => () => undefined };
  const { clock, crypto } = ports;
  return () => pushAll({ channel, clock, crypto, ...(locks ? { locks } : {}) }, net, stores);
}

async function arrived(): Promise<readonly { id: string; verb: string }[]> {
  const server = town.area.server();
  const rows = await server.storage.read((tx) => tx.selectFrom('entry').selectAll().execute());
  return rows
    .map(({ id, header }) => ({ id, verb: (JSON.parse(String(header)) as { verb: string }).verb }))
    .filter(({ verb }) => verb.startsWith('visit.log'));
}

test('five at once without any lock: everything once, nobody complains, nothing is left', async () => {
  await logUnsent(12);
  let drawn = 0;
  const at = [3, 0, 9, 1, 6, 0, 2];
  const late = () => at[drawn++ % at.length] ?? 0;
  const reports = await Promise.all([1, 2, 3, 4, 5].map(() => pusher(undefined, late)()));
  expect(reports.map(({ problem }) => problem)).toEqual(reports.map(() => undefined));
  const ids = (await arrived()).map(({ id }) => id);
  expect(ids).toHaveLength(24);
  expect(new Set(ids).size).toBe(24);
  await place.tab.tablet.syncNow();
  expect(place.tab.tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });
});

test('a frozen tab keeps the lock: another one pushes without it, and the frozen one, awake again, does no harm', async () => {
  await logUnsent(4);
  const held = Promise.withResolvers<void>();
  const source = {
    request: (
      _name: string,
      { signal }: { readonly signal: AbortSignal },
      work: () => Promise<void>,
    ) =>
      new Promise((resolve, reject) => {
        void held.promise.then(() => (signal.aborted ? undefined : resolve(work())));
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      }),
  };
  const timers: (() => void)[] = [];
  const locks = patientLocks(source, { after: (_ms, work) => (timers.push(work), () => {}) });
  const pushed = pusher(locks, () => 0)();
  const frozen = pusher(undefined, () => 30)();
  expect((await arrived()).length).toBe(0);
  for (const ring of timers) ring();
  expect(await pushed).toMatchObject({ problem: undefined });
  expect(await arrived()).toHaveLength(8);
  held.resolve();
  expect(await frozen).toMatchObject({ problem: undefined });
  expect(await arrived()).toHaveLength(8);
});

test('a visit is counted and called while a pass looks at what is to be sent: the call is not judged without the visit', async () => {
  const stores = openStores(place.tab.ports.storage);
  const { store } =
    (await stores.device.stores.toArray()).find(({ role }) => role === 'user') ?? {};
  const db = stores.of(store ?? '');
  const read = db.meta.bulkGet.bind(db.meta);
  place.line.isCut = true;
  const meanwhile = vi.fn(async () => {
    const { id } = must(await place.tab.tablet.count(count));
    must(await session.write('visit.call', { id }));
  });
  const slow = vi.spyOn(db.meta, 'bulkGet').mockImplementation((names) => {
    const before = meanwhile.mock.calls.length > 0 ? Promise.resolve() : meanwhile();
    return Dexie.Promise.resolve(before).then(() => read(names));
  });
  const { ports } = place.tab;
  const { channel, clock, crypto } = ports;
  // The tab stays cut off: it would push them itself.
  const net = createNet({ ...ports, fetch: (path, init) => town.area.ask(path, init) });
  const report = await pushAll({ channel, clock, crypto }, net, stores);
  slow.mockRestore();
  stores.close();
  expect(report).toEqual({ touched: [expect.any(String), expect.any(String)], problem: undefined });
  const server = town.area.server();
  const rows = await server.storage.read((tx) =>
    tx.selectFrom('entry').select(['header', 'verdict']).execute(),
  );
  const called = rows.find(({ header }) => String(header).includes('visit.call'));
  expect(JSON.parse(String(called?.verdict))).toMatchObject({ code: 'applied' });
});
