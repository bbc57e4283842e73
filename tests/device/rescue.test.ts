/** peers 3 and 11: unsent work of every store leaves a locked, blocked or failing tablet in a file, and arrives once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rescueAlone } from '../../src/device/rescue.ts';
import { openStores } from '../../src/device/stores.ts';
import { openTablet } from '../../src/device/tablet.ts';
import type { ImportReport, RescueFile, Session } from '../../src/device/types.ts';
import { readFile } from '../../src/sync/container.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

const [cityStaff, colleague] = ['shiroishi-city1', 'shiroishi-city2'];
const count = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
// Every member enrolled and every passphrase costs Argon2id.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let town: Town;
let place: Place;
let office: Session;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  office = await (await town.tablet()).enrol('shiroishi-citysv');
});
afterEach(() => town.close());

const write = async (session: Session, name: string) =>
  must(
    await session.write('seeker.register', {
      id: session.newId(),
      familyName: name,
      familyKana: 'カクウ',
    }),
  );
const rescue = async (): Promise<RescueFile> => must(await place.tab.tablet.rescue());
const bring = async (file: Pick<RescueFile, 'text'>): Promise<ImportReport> =>
  must(await office.importFile(file.text));
const of = (report: ImportReport, actor: string) =>
  report.stores.filter((one) => one.actor === actor).map(({ arrived, known }) => [arrived, known]);
const applied = async () => {
  const rows = await town.area
    .server()
    .storage.read((tx) =>
      tx.selectFrom('entry').select(['id', 'verdict']).where('lane', '=', 'write').execute(),
    );
  return rows.filter(({ verdict }) => (JSON.parse(verdict) as { code: string }).code === 'applied');
};

test('peers 3, 11: all stores and the counter, without any key; imported; the tablet syncs later: once', async () => {
  const first = await place.enrol(cityStaff);
  const second = await place.enrol(colleague);
  place.line.isCut = true;
  await write(second, '三人目');
  await place.unlock(cityStaff);
  const again = place.tab.tablet.session.peek() ?? first;
  await write(again, '一人目');
  await write(again, '二人目');
  place.tab.tablet.lock();
  must(await place.tab.tablet.count(count));
  const before = (await applied()).length;
  const file = await rescue();
  expect(file).toMatchObject({ entries: 4, unreadable: 0 });
  expect(file.name).toBe('窓口-未送信の控え-20261116-1000.madoguchi');
  expect(file.text).not.toMatch(/人目|カクウ|seeker/);
  const report = await bring(file);
  expect(of(report, cityStaff)).toEqual([[2, 0]]);
  expect(of(report, colleague)).toEqual([[1, 0]]);
  expect(report.stores).toHaveLength(3);
  expect((await applied()).length).toBe(before + 4);
  expect(of(await bring(file), cityStaff)).toEqual([[0, 2]]);
  place.line.isCut = false;
  await place.tab.tablet.syncNow();
  expect(place.tab.tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });
  expect((await applied()).length).toBe(before + 4);
  expect(must(await place.tab.tablet.rescue()).entries).toBe(0);
});

test('peers 11: five wrong PINs shut the store; what it had not sent still goes into the file', async () => {
  const session = await place.enrol(cityStaff);
  place.line.isCut = true;
  await write(session, '一人目');
  place.tab.tablet.lock();
  for (let attempt = 0; attempt < 5; attempt++) {
    place.pass(120_000);
    await place.tab.tablet.unlock(cityStaff, '000000');
  }
  expect(await place.tab.tablet.unlock(cityStaff, '135790')).toMatchObject({
    problem: { code: 'pinBlocked' },
  });
  expect(of(await bring(await rescue()), cityStaff)).toEqual([[1, 0]]);
});

test('peers 3: a store that was stopped or replaced is in the file as well', async () => {
  const session = await place.enrol(cityStaff);
  place.line.isCut = true;
  await write(session, '一人目');
  const stores = openStores(place.tab.ports.storage);
  const [row] = await stores.device.stores.where('staff').equals(cityStaff).toArray();
  await stores.device.stores.update(row?.store ?? '', { state: 'old' });
  stores.close();
  expect((await rescue()).entries).toBe(1);
  place.line.isCut = false;
  const newer = await place.enrol(cityStaff);
  place.line.isCut = true;
  await write(newer, '二人目');
  const all = await rescue();
  const report = await bring(all);
  expect(report.stores.every(({ problem }) => problem === undefined)).toBe(true);
});

test('a store that cannot be read is counted; the others are saved', async () => {
  const session = await place.enrol(cityStaff);
  place.line.isCut = true;
  await write(session, '一人目');
  place.tab.tablet.lock();
  must(await place.tab.tablet.count(count));
  const stores = openStores(place.tab.ports.storage);
  const [row] = await stores.device.stores.where('staff').equals(cityStaff).toArray();
  const name = `madoguchi-${row?.store}`;
  stores.close();
  const { indexedDB } = place.tab.ports.storage;
  const ports = {
    ...place.tab.ports,
    storage: { ...place.tab.ports.storage, indexedDB: withoutDatabase(indexedDB, name) },
  };
  await expect(openTablet(ports)).rejects.toThrow(/storageBroken/);
  const file = must(await rescueAlone(ports));
  expect(file).toMatchObject({ entries: 1, unreadable: 1 });
  expect((await bring(file)).stores).toMatchObject([{ arrived: 1 }]);
});

test('a file damaged in the middle: the good lines arrive, the bad one is told', async () => {
  const session = await place.enrol(cityStaff);
  place.line.isCut = true;
  await write(session, '一人目');
  await write(session, '二人目');
  const file = await rescue();
  const [line = ''] = file.text.split('\n');
  const container = must(readFile(file.text))[0];
  const ciphertext = container?.ciphertext.replace(/^./, (one) => (one === 'B' ? 'C' : 'B'));
  const bad = JSON.stringify({ ...container, ciphertext });
  const report = await bring({ text: `${bad}\n${line}\n` });
  expect(report.problems).toMatchObject([{ code: 'wrongContainer' }]);
  expect(of(report, cityStaff)).toEqual([[2, 0]]);
  expect(await office.importFile(`${bad}\n`)).toMatchObject({
    problem: { code: 'wrongContainer' },
  });
  expect(await office.importFile('何か')).toMatchObject({ problem: { code: 'wrongContainer' } });
});

test('many entries go in several containers, none larger than a request may be', async () => {
  const session = await place.enrol(cityStaff);
  place.line.isCut = true;
  const id = session.newId();
  must(await session.write('visit.log', { id, arrivedAt: town.area.clock.now, ...count }));
  const args = { visit: id, services: ['jobCounselling'], notes: 'あ'.repeat(4_000) };
  for (let times = 0; times < 60; times++)
    must(await session.write('consultation.record', { id: session.newId(), ...args }));
  for (let times = 0; times < 50; times++)
    must(
      await session.write('visit.log', {
        id: session.newId(),
        arrivedAt: town.area.clock.now,
        ...count,
      }),
    );
  const file = await rescue();
  const lines = file.text.trimEnd().split('\n');
  expect(file.entries).toBe(111);
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line.length).toBeLessThan(1024 * 1024);
  const report = await bring(file);
  expect(report).toMatchObject({ problems: [], stores: [{ arrived: 111, known: 0, missing: 0 }] });
});

function withoutDatabase(real: IDBFactory, broken: string): IDBFactory {
  return new Proxy(real, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (name === 'open' && args[0] === broken)
          throw new DOMException('the disk does not answer', 'UnknownError');
        return (value as (...all: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}
