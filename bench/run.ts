/**
 * `npm run bench`: speeds as ratios taken in one run, because a shared machine makes absolute figures lie. Pushes are sealed,
 * signed, validated and fully durable; the peer is the same number of bare rows in the same batches on the same disk.
 */
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTablet } from '../src/device/tablet.ts';
import { openTestArea, type TestArea } from '../tests/server/area.ts';
import { usualRates } from '../src/server/limits.ts';
import { demoCodes } from '../src/server/demo-codes.ts';
import { demoPassword } from '../src/server/demo.ts';
import { demoPerson } from '../scripts/demo/people.ts';
import { newId, type FakeStore } from '../tests/support/fake-tablet.ts';
import { nodePorts, settableClock } from '../tests/support/node-ports.ts';

const batch = 50;
const free = {
  ...usualRates,
  addressPerMinute: 1_000_000,
  pushPerMinute: 1_000_000,
  pullPerMinute: 1_000_000,
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const perSecond = (count: number, ms: number) => Math.round((count / ms) * 1000);
const p95 = (all: readonly number[]) =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? 0;

function visit(at: number) {
  return { id: newId(), arrivedAt: at, channel: 'inPerson', visitKind: 'new', purposes: ['other'] };
}

async function pushRate(store: FakeStore, at: number, count: number): Promise<number> {
  for (let n = 0; n < count; n++) await store.write('visit.log', visit(at));
  const from = store.acked.write;
  const ms = await timed(async () => {
    for (let n = from; n < from + count; n += batch)
      await store.post('/api/push', store.request(n, n + batch));
  });
  store.acked.write = from + count;
  return ms;
}

/** The same rows without anything that protects them. */
function bareRows(count: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-bench-'));
  const db = new DatabaseSync(join(folder, 'bare.sqlite'));
  db.exec(
    'pragma journal_mode=wal; pragma synchronous=full; create table row(id text primary key, body text)',
  );
  const insert = db.prepare('insert into row values (?, ?)');
  const start = performance.now();
  for (let n = 0; n < count; n += batch) {
    db.exec('begin immediate');
    for (let one = 0; one < batch; one++) insert.run(newId(), JSON.stringify(visit(n)));
    db.exec('commit');
  }
  const ms = performance.now() - start;
  db.close();
  rmSync(folder, { recursive: true });
  return ms;
}

async function emptyPull(store: FakeStore): Promise<number> {
  await store.pull();
  const times: number[] = [];
  for (let n = 0; n < 50; n++) times.push(await timed(() => store.pullPage()));
  return p95(times);
}

async function server(area: TestArea): Promise<void> {
  const store = await area.staff('shiroishi-city1', await area.device());
  await store.signIn();
  const count = 2_000;
  const push = await pushRate(store, area.clock.now, count);
  const early = await emptyPull(store);
  await pushRate(store, area.clock.now, 4 * count);
  const late = await emptyPull(store);
  const bare = bareRows(count);
  console.log(
    `push ${perSecond(count, push)} entries/s, ${(push / bare).toFixed(1)} × the time of bare rows`,
  );
  console.log(
    `empty pull p95 ${early.toFixed(1)} ms; after 5 × the entries ${(late / early).toFixed(2)} × that`,
  );
}

async function tablet(area: TestArea): Promise<void> {
  const clock = settableClock(area.clock.now);
  const opened = await openTablet(nodePorts((path, init) => area.ask(path, init), clock));
  const code = demoCodes['shiroishi'] ?? '';
  await opened.admit({ code, name: '計測' });
  await opened.enrolStaff({ staff: 'shiroishi-city2', password: demoPassword, pin: '135790' });
  const session = opened.session.value;
  if (!session) throw new Error('no session');
  const saves: number[] = [];
  for (let n = 0; n < 1_000; n++) {
    const args = { id: session.newId(), ...demoPerson(n) };
    saves.push(await timed(() => session.write('seeker.register', args)));
  }
  const typed = 'たかはしみのり';
  const keys = typed.split('').map((_, index) => typed.slice(0, index + 1));
  session.search('あ');
  const searches: number[] = [];
  for (let n = 0; n < 20; n++)
    for (const key of keys) searches.push(await timed(() => Promise.resolve(session.search(key))));
  console.log(`save on the tablet p95 ${p95(saves).toFixed(1)} ms (in Node, fake IndexedDB)`);
  console.log(`search among ${saves.length} p95 ${p95(searches).toFixed(2)} ms per key press`);
  opened.lock();
}

const area = await openTestArea(free);
await server(area);
await tablet(area);
await area.close();
process.exit(0);
