/**
 * The server is SIGKILLed at random instants of pushes made by the real tablet code, started again, and the tablet goes
 * on. Then the database is read apart from the server's code: every acknowledged entry is there (lost), no entry or effect
 * is there twice (doubled), no stream has a hole and no entry lacks its effect (torn).
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FetchPort } from '../../src/device/ports.ts';
import { openTablet } from '../../src/device/tablet.ts';
import type { Tablet } from '../../src/device/types.ts';
import { fetchFrom, nodePorts, settableClock } from '../../tests/support/node-ports.ts';
import { startRealServer, type RealServer } from '../../tests/support/real-server.ts';
import { faultsIn, keptEntries } from '../../tests/support/server-entries.ts';
import { count, pause, type Tally } from './tally.ts';

const writesPerRound = 12;

interface Told {
  readonly ids: Set<string>;
  interrupted: number;
}

/** What the tablet was told, as it was told. */
function listening(origin: string, told: Told): FetchPort {
  const plain = fetchFrom(origin);
  return async (path, init) => {
    const answer = await plain(path, init).catch((error: unknown) => {
      if (path === '/api/push') told.interrupted += 1;
      throw error;
    });
    if (path !== '/api/push' || !answer.ok) return answer;
    const said = (await answer.clone().json()) as { receipts?: readonly { id: string }[] }; // read only to tally
    for (const receipt of said.receipts ?? []) told.ids.add(receipt.id);
    return answer;
  };
}

async function signedIn(origin: string, told: Told): Promise<Tablet> {
  const area = (await (await fetch(`${origin}/api/area`)).json()) as {
    demoCodes: { site: string; code: string }[];
    demoStaff: { id: string; password: string }[];
  };
  const tablet = await openTablet(nodePorts(listening(origin, told), settableClock(Date.now())));
  const admitted = await tablet.admit({ code: area.demoCodes[0]?.code ?? '', name: '試験' });
  const staff = area.demoStaff[0];
  const password = staff?.password ?? '';
  const signed = await tablet.enrolStaff({ staff: staff?.id ?? '', password, pin: '135790' });
  if (!admitted.ok || !signed.ok) throw new Error('the tablet could not sign in');
  return tablet;
}

type Written = Map<string, string>;

async function writeSome(tablet: Tablet, written: Written): Promise<void> {
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

function compare(server: RealServer, written: Written, told: ReadonlySet<string>): Tally {
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
  const pairs = [...written];
  const isThere = (id: string) => count(entries, id) > 0;
  const lost = pairs.filter(([id]) => !isThere(id) || !told.has(id));
  const doubled = pairs.filter(
    ([id, visit]) => count(entries, id) > 1 || count(visits, visit) > 1 || count(changes, id) > 1,
  );
  const halves = pairs.filter(([id, visit]) => isThere(id) && count(visits, visit) === 0);
  return {
    acknowledged: pairs.filter(([id]) => told.has(id)).length,
    lost: lost.length,
    doubled: doubled.length,
    torn: halves.length + faultsIn(keptEntries(server.data)).length,
  };
}

export async function serverRounds(rounds: number): Promise<Tally> {
  const told: Told = { ids: new Set(), interrupted: 0 };
  const written: Written = new Map();
  const server = await startRealServer();
  const tablet = await signedIn(server.origin, told);
  await drain(tablet);
  for (let round = 0; round < rounds; round++) {
    const writing = writeSome(tablet, written);
    const pushing = writing.then(() => tablet.syncNow());
    await writing;
    await pause(Math.random() * 40);
    await server.kill();
    await pushing;
    await server.start();
    await drain(tablet);
  }
  tablet.lock();
  await server.stop();
  const tally = compare(server, written, told.ids);
  await server.remove();
  console.log(`server: ${rounds} kills, ${told.interrupted} of them met a push`);
  return tally;
}
