/**
 * `node scripts/record-outbox.ts <file>`: a real outbox of this release, for tests/server/versions.test.ts: the demo area's
 * database before a day, what four tablets push in the course of it through their own code, and the verdicts of this
 * release's server. Every release records its own; it is never changed afterwards. People in it are made up.
 */
import { DatabaseSync, backup } from 'node:sqlite';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openTablet } from '../src/device/tablet.ts';
import { demoCodes } from '../src/server/demo-codes.ts';
import { demoPassword } from '../src/server/demo.ts';
import { databaseName, readMasterKey } from '../src/server/master-key.ts';
import { openTestArea } from '../tests/server/area.ts';
import { nodePorts, settableClock } from '../tests/support/node-ports.ts';
import { playOutbox } from './demo/play-outbox.ts';
import { playProgrammes, type Seat } from './demo/play-programmes.ts';

const [file] = process.argv.slice(2);
if (!file) throw new Error('node scripts/record-outbox.ts <file>');
const release = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

const area = await openTestArea();
const pushed: { readonly request: unknown; readonly answer: unknown }[] = [];

async function record(path: string, init: RequestInit): Promise<Response> {
  const response = await area.ask(path, init);
  if (path === '/api/push' && response.status === 200 && typeof init.body === 'string') {
    const answer: unknown = await response.clone().json();
    pushed.push({ request: JSON.parse(init.body), answer });
  }
  return response;
}

async function tablet(staff: string): Promise<Seat> {
  const opened = await openTablet(nodePorts(record, settableClock(area.clock.now)));
  const done = [
    await opened.admit({ code: demoCodes['shiroishi'] ?? '', name: `控え ${staff}` }),
    await opened.enrolStaff({ staff, password: demoPassword, pin: '135790' }),
  ];
  for (const one of done) if (!one.ok) throw new Error(JSON.stringify(one.problem));
  await opened.syncNow();
  const session = () => {
    const open = opened.session.peek();
    if (!open) throw new Error('nobody sits here');
    return open;
  };
  return { tablet: opened, session };
}

const seats = {
  city: await tablet('shiroishi-city1'),
  hw: await tablet('shiroishi-hw1'),
  citySupervisor: await tablet('shiroishi-citysv'),
  hwSupervisor: await tablet('shiroishi-hwsv'),
};
pushed.length = 0;
const copy = join(area.folder, 'before.sqlite');
const source = new DatabaseSync(join(area.folder, databaseName), { readOnly: true });
await backup(source, copy);
source.close();
const played = [await playOutbox(seats.city, seats.hw), await playProgrammes(area, seats)];
const written = new Set(played.flatMap((one) => [...one.written]));
const fixture = {
  release,
  clock: area.clock.now,
  master: readMasterKey(area.folder).toString('base64url'),
  database: gzipSync(readFileSync(copy)).toString('base64'),
  verbs: [...written].sort(),
  pushed,
};
writeFileSync(file, `${JSON.stringify(fixture)}\n`);
for (const line of played.flatMap(({ refused }) => refused)) console.error(line);
console.log(`release ${release} verbs ${written.size} pushes ${pushed.length}`);
process.exit(0);
