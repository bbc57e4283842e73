/** A disk that fills up under the real server: no acknowledgement for what is not kept, and nothing lost when there is room. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openTablet, type OpenTablet } from '../../src/device/tablet.ts';
import { must } from '../support/device-surroundings.ts';
import { fetchFrom, nodePorts, settableClock } from '../support/node-ports.ts';
import { freePort } from '../support/real-server.ts';
import { faultsIn, keptEntries } from '../support/server-entries.ts';

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-full-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** No file may grow beyond so many KiB: for SQLite the same as a disk without room. */
async function start(port: number, limit: number | 'unlimited'): Promise<ChildProcess> {
  const command = `ulimit -f ${limit}; exec "$NODE" src/server/main.ts --demo`;
  const env = { ...process.env, NODE: process.execPath, PORT: `${port}`, MADOGUCHI_DATA: folder };
  const child = spawn('bash', ['-c', command], { env, stdio: 'ignore' });
  children.push(child);
  for (;;) {
    const answer = await fetch(`http://localhost:${port}/api/health`).catch(() => undefined);
    if (answer?.ok) return child;
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function signedIn(origin: string): Promise<OpenTablet> {
  const area = (await (await fetch(`${origin}/api/area`)).json()) as {
    demoCodes: { code: string }[];
    demoStaff: { id: string; password: string }[];
  };
  const tablet = await openTablet(nodePorts(fetchFrom(origin), settableClock(Date.now())));
  must(await tablet.admit({ code: area.demoCodes[0]?.code ?? '', name: '試験' }));
  const [staff = { id: '', password: '' }] = area.demoStaff;
  must(await tablet.enrolStaff({ staff: staff.id, password: staff.password, pin: '135790' }));
  return tablet;
}

async function logVisits(tablet: OpenTablet, number: number): Promise<void> {
  for (let at = 0; at < number; at++)
    must(
      await tablet.count({
        purposes: ['jobCounselling'],
        visitKind: 'new',
        channel: 'inPerson',
        heads: 1,
      }),
    );
}

test('a full disk acknowledges nothing it has not kept; with room again all of it arrives once', async () => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const roomy = await start(port, 'unlimited');
  const tablet = await signedIn(origin);
  await tablet.syncNow();
  await end(roomy);
  const full = await start(port, 2_000);
  let logged = 0;
  while (tablet.sync.value.problem?.code !== 'serverTrouble' && logged < 3_000) {
    await logVisits(tablet, 100);
    logged += 100;
    await tablet.syncNow();
  }
  expect(tablet.sync.value.problem).toEqual({ code: 'serverTrouble' });
  const waiting = tablet.sync.value.pending;
  expect(waiting).toBeGreaterThan(0);
  expect(visitsAt(folder).length).toBe(logged - waiting);
  await end(full);
  await start(port, 'unlimited');
  while (tablet.sync.value.pending > 0) await tablet.syncNow();
  tablet.stop();
  const visits = visitsAt(folder);
  expect(new Set(visits).size).toBe(logged);
  expect(visits.length).toBe(logged);
  expect(faultsIn(keptEntries(folder))).toEqual([]);
}, 120_000);

function visitsAt(data: string): string[] {
  return keptEntries(data).flatMap(({ verb, id, verdict }) =>
    verb.startsWith('visit.log') && verdict === 'applied' ? [id] : [],
  );
}
