/** A demo area on a real SQLite file in a temporary folder, spoken to in-process; time stands until it is moved. */
import { pino } from 'pino';
import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { businessDateJst } from '../../src/domain/date.ts';
import { createApp } from '../../src/server/app.ts';
import { openArea, type Ports } from '../../src/server/area.ts';
import { demoCodes } from '../../src/server/demo-codes.ts';
import { demoPassword, makeDemo } from '../../src/server/demo.ts';
import { createExpiry } from '../../src/server/expiry.ts';
import { usualRates } from '../../src/server/limits.ts';
import { databaseName, readMasterKey } from '../../src/server/master-key.ts';
import { openSqlite } from '../../src/server/sqlite.ts';
import { FakeDevice, makeKeyPair, type Ask, type FakeStore } from '../support/fake-tablet.ts';

export const monday = Date.parse('2026-11-16T10:00:00+09:00');

export interface TestArea {
  readonly folder: string;
  readonly ask: Ask;
  readonly server: () => NonNullable<Awaited<ReturnType<typeof openArea>>>;
  readonly clock: { now: number };
  readonly today: () => string;
  /** Closes and opens everything anew on the same file, as after a kill. */
  readonly restart: (meanwhile?: () => void) => Promise<void>;
  readonly device: (site?: string) => Promise<FakeDevice>;
  readonly staff: (id: string, device?: FakeDevice) => Promise<FakeStore>;
  readonly close: () => Promise<void>;
}

export async function openTestArea(
  rates = { ...usualRates, searchPerMinute: 10_000, pullPerMinute: 60_000 },
): Promise<TestArea> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-server-'));
  const clock = { now: monday };
  const start = async () => {
    const master = readMasterKey(folder);
    const ports: Ports = {
      storage: await openSqlite(join(folder, databaseName)),
      master,
      clock: () => clock.now,
      random: randomBytes,
      log: pino({ level: 'silent' }),
      rates,
    };
    const server = await makeDemo(ports, await openArea(ports));
    const options = {
      expiry: createExpiry(server),
      staticDir: join(folder, 'dist'),
      trustProxy: false,
    };
    return { server, app: createApp(server, options) };
  };
  let running = await start();
  const ask: Ask = async (path, init) => running.app.request(path, init);
  const today = () => businessDateJst(clock.now);
  const device = async (site = 'shiroishi') => {
    const made = new FakeDevice(ask, { now: () => clock.now, today }, await makeKeyPair());
    const response = await made.admit(demoCodes[site] ?? '');
    if (response.status !== 200) throw new Error(`admit ${response.status}`);
    return made;
  };
  return {
    folder,
    ask,
    clock,
    today,
    device,
    server: () => running.server,
    restart: async (meanwhile) => {
      await running.server.storage.close();
      meanwhile?.();
      running = await start();
    },
    staff: async (id, on) => {
      const site = id.split('-')[0] ?? '';
      return (on ?? (await device(site))).enrol(id, demoPassword);
    },
    close: async () => {
      await running.server.storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
