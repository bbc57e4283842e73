/** Whatever release a tablet has, what it has written is taken: real outboxes of every release, into its own old database. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { openArea, type Ports } from '../../src/server/area.ts';
import { createApp } from '../../src/server/app.ts';
import { createExpiry } from '../../src/server/expiry.ts';
import { databaseName } from '../../src/server/master-key.ts';
import { openSqlite } from '../../src/server/sqlite.ts';
import { protocolVersion, type PushRequest } from '../../src/sync/protocol.ts';
import { upcast, upcastCopy, type Steps } from '../../src/sync/upcast.ts';
import type { Receipt } from '../../src/sync/verdict.ts';
import { openTestArea } from './area.ts';
import { visitArgs } from './samples.ts';

const folder = join(import.meta.dirname, '../fixtures/outboxes');

/** As scripts/record-outbox.ts writes it. */
interface Fixture {
  readonly release: string;
  readonly clock: number;
  readonly master: string;
  readonly database: string;
  readonly verbs: readonly string[];
  readonly pushed: readonly {
    readonly request: PushRequest;
    readonly answer: { readonly kind: string; readonly receipts: readonly Receipt[] };
  }[];
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function openOld({ clock, master, database }: Fixture) {
  const place = mkdtempSync(join(tmpdir(), 'madoguchi-outbox-'));
  const file = join(place, databaseName);
  writeFileSync(file, gunzipSync(Buffer.from(database, 'base64')));
  const ports: Ports = {
    storage: await openSqlite(file),
    master: Buffer.from(master, 'base64url'),
    clock: () => clock,
    random: randomBytes,
    log: pino({ level: 'silent' }),
  };
  const server = await openArea(ports);
  if (!server) throw new Error('no area in it');
  closing.push(async () => {
    await ports.storage.close();
    rmSync(place, { recursive: true });
  });
  const expiry = createExpiry(server);
  const app = createApp(server, { expiry, staticDir: place, trustProxy: false });
  return {
    server,
    push: async (recorded: PushRequest) => {
      // By that server's receipts and cursors this one would know that it is a backup of it.
      const { receipts: _, seen: __, ...request } = recorded;
      const response = await app.request('/api/push', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      });
      return {
        status: response.status,
        said: (await response.json()) as Fixture['pushed'][0]['answer'],
      };
    },
  };
}

const fixtures = readdirSync(folder).filter((name) => name.endsWith('.json'));

test('the first release is among them', () => {
  expect(fixtures).toContain('0.1.json');
});

describe.each(fixtures)('peers 19: the outbox of release %s', (name) => {
  const fixture = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Fixture;
  const verdicts = (receipts: readonly Receipt[]) =>
    receipts.map(({ id, verdict }) => ({ id, code: verdict.code }));

  test('holds nearly every verb that a tablet of it writes', () => {
    expect(fixture.verbs.length).toBeGreaterThan(55);
  });

  test('is taken whole, with the verdicts that it had, and twice is harmless', async () => {
    const old = await openOld(fixture);
    const all: Receipt[] = [];
    for (const { request, answer } of fixture.pushed) {
      const { status, said } = await old.push(request);
      expect(status).toBe(200);
      expect(said.kind).toBe('receipts');
      expect(verdicts(said.receipts)).toEqual(verdicts(answer.receipts));
      all.push(...said.receipts);
    }
    const parts = () =>
      old.server.storage.read((tx) =>
        tx.selectFrom('record_part').select(['kind', 'id', 'part', 'rev', 'seq']).execute(),
      );
    const before = await parts();
    const again: Receipt[] = [];
    for (const { request } of fixture.pushed)
      again.push(...(await old.push(request)).said.receipts);
    expect(verdicts(again)).toEqual(verdicts(all));
    expect(await parts()).toEqual(before);
  });
});

describe('a version of the wire', () => {
  test('that is older is taken; one that is newer is told that the server is older', async () => {
    const area = await openTestArea();
    closing.push(area.close);
    const store = await area.staff('shiroishi-city1');
    await store.write('visit.log', visitArgs(area));
    const request = store.request(0, 1);
    const future = { ...request, protocol: protocolVersion + 1, somethingNew: { a: 1 } };
    const refused = await store.post('/api/push', future);
    expect(await refused.json()).toEqual({ problem: { code: 'serverOlder' } });
    const taken = await store.post('/api/push', { ...request, protocol: 1 });
    expect(await taken.json()).toMatchObject({ receipts: [{ verdict: { code: 'applied' } }] });
    await store.signIn();
    const old = await store.post('/api/pull', { protocol: 1, cursor: null });
    expect(await old.json()).toEqual({ problem: { code: 'updateNeeded' } });
  });
});

describe('a version of a verb', () => {
  const table: Steps = {
    'test.log@1': {
      proposal: ({ args, ...rest }) => ({ ...rest, args: { ...(args as object), heads: 1 } }),
      changes: (changes) => changes.map((one) => ({ ...one, part: 'facts' })),
    },
    'test.log@2': {
      proposal: ({ args, base = {}, expected }) => ({
        args: { ...(args as object), channel: 'inPerson' },
        base: { ...base, 'test/1/facts': { heads: 1 } },
        ...(expected ? { expected } : {}),
      }),
    },
  };

  test('is brought to the present one step by step, base values and all', () => {
    const old = { verb: 'test.log', version: 1, args: { id: '1' }, expected: { 'test/1': 'x' } };
    expect(upcast(old, table)).toEqual({
      verb: 'test.log',
      version: 3,
      args: { id: '1', heads: 1, channel: 'inPerson' },
      base: { 'test/1/facts': { heads: 1 } },
      expected: { 'test/1': 'x' },
    });
    expect(upcast({ ...old, version: 3 }, table)).toEqual({ ...old, version: 3 });
    expect(upcast(old)).toEqual(old);
  });

  test('and so is what a tablet keeps of its own entry', () => {
    const change = { kind: 'test', id: '1', part: 'card', op: 'set' as const, set: {} };
    const copy = {
      body: { args: { id: '1' }, base: {}, expected: {}, salt: 's' },
      changes: [change],
    };
    const now = upcastCopy('test.log', 1, copy as never, table);
    expect(now.body).toMatchObject({ args: { heads: 1, channel: 'inPerson' }, salt: 's' });
    expect(now.changes).toMatchObject([{ part: 'facts' }]);
  });
});
