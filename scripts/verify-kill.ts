/**
 * `npm run -s verify:kill -- --rounds 50`: the server is SIGKILLed at random instants of pushes made by the real tablet code,
 * started again, and the tablet goes on. Then the database is read apart from the server's code: every acknowledged entry
 * is there (lost), and no entry or effect is there twice (doubled). Prints `rounds N acknowledged N lost N doubled N`.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FetchPort } from '../src/device/ports.ts';
import { openTablet } from '../src/device/tablet.ts';
import type { Tablet } from '../src/device/types.ts';
import { fetchFrom, nodePorts, settableClock } from '../tests/support/node-ports.ts';
import { startRealServer } from '../tests/support/real-server.ts';

const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1] ?? '') || 50;
const writesPerRound = 12;
const acknowledged = new Set<string>();
let interrupted = 0;
const written = new Map<string, string>();

/** What the tablet was told, as it was told. */
function listening(origin: string): FetchPort {
  const plain = fetchFrom(origin);
  return async (path, init) => {
    const answer = await plain(path, init).catch((error: unknown) => {
      if (path === '/api/push') interrupted += 1;
      throw error;
    });
    if (path !== '/api/push' || !answer.ok) return answer;
    const told = (await answer.clone().json()) as { receipts?: readonly { id: string }[] }; // read only to tally
    for (const receipt of told.receipts ?? []) acknowledged.add(receipt.id);
    return answer;
  };
}

async function signedIn(origin: string): Promise<Tablet> {
  const area = (await (await fetch(`${origin}/api/area`)).json()) as {
    demoCodes: { site: string; code: string }[];
    demoStaff: { id: string; password: string }[];
  };
  const tablet = await openTablet(nodePorts(listening(origin), settableClock(Date.now())));
  const admitted = await tablet.admit({ code: area.demoCodes[0]?.code ?? '', name: '試験' });
  const staff = area.demoStaff[0];
  const password = staff?.password ?? '';
  const signed = await tablet.enrolStaff({ staff: staff?.id ?? '', password, pin: '135790' });
  if (!admitted.ok || !signed.ok) throw new Error('the tablet could not sign in');
  return tablet;
}

async function writeSome(tablet: Tablet): Promise<void> {
  const session = tablet.session.value;
  if (!session) throw new Error('the session is gone');
  for (let at = 0; at < writesPerRound; at++) {
    const visit = session.newId();
    const args = {
      id: visit,
      arrivedAt: tablet.now(),
      channel: 'inPerson',
      visitKind: 'new',
      purposes: ['jobCounselling'],
    };
    const saved = await session.write('visit.log', args);
    if (!saved.ok) throw new Error(`not saved: ${JSON.stringify(saved.problem)}`);
    written.set(saved.value.id, visit);
  }
}

async function drain(tablet: Tablet): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (tablet.sync.value.pending > 0) {
    if (Date.now() > deadline) throw new Error('the outbox did not drain within 60 s');
    await tablet.syncNow();
  }
}

const server = await startRealServer();
const tablet = await signedIn(server.origin);
await drain(tablet);
for (let round = 0; round < rounds; round++) {
  const writing = writeSome(tablet);
  const pushing = writing.then(() => tablet.syncNow());
  await writing;
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
  await server.kill();
  await pushing;
  await server.start();
  await drain(tablet);
}
tablet.lock();
await server.stop();

const db = new DatabaseSync(join(server.data, 'madoguchi.sqlite'), { readOnly: true });
const column = (sql: string) =>
  db
    .prepare(sql)
    .all()
    .map((row) => String(Object.values(row)[0]));
const entries = column("select id from entry where lane = 'write'");
const visits = column(
  "select id from record_part where kind = 'visit' and part = 'facts' and rev = 1",
);
const changes = column("select entry from change where kind = 'visit' and part = 'facts'");
db.close();

const count = (all: readonly string[], one: string) => all.filter((item) => item === one).length;
const lost = [...acknowledged].filter((id) => written.has(id) && count(entries, id) === 0);
const unsent = [...written].filter(
  ([id, visit]) => count(entries, id) === 0 || count(visits, visit) === 0,
);
const doubled = [...written].filter(
  ([id, visit]) => count(entries, id) > 1 || count(visits, visit) > 1 || count(changes, id) > 1,
);
const told = [...acknowledged].filter((id) => written.has(id)).length;
console.log(`pushes that met the kill: ${interrupted}`);
console.log(
  `rounds ${rounds} acknowledged ${told} lost ${lost.length + unsent.length} doubled ${doubled.length}`,
);
await server.remove();
const isGood = told === written.size && lost.length + unsent.length + doubled.length === 0;
process.exit(isGood ? 0 : 1);
