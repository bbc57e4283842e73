/** What a tablet holds against what it ought to hold: the same, behind, or mended bucket by bucket. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kinds } from '../../src/domain/kinds/index.ts';
import { businessDateJst } from '../../src/domain/date.ts';
import { bucketOf, digestOf, type DigestPart } from '../../src/sync/digest.ts';
import {
  protocolVersion,
  type DigestResponse,
  type PullResponse,
} from '../../src/sync/protocol.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let colleague: FakeStore;
const all = kinds.map(({ name }) => name);
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  colleague = await area.staff('shiroishi-city2');
  await city.signIn();
  const seeker = seekerArgs('要約');
  const visit = visitArgs(area);
  await city.act('seeker.register', seeker);
  await city.act('visit.log', { ...visit, seeker: seeker.id });
  await city.act('consultation.record', consultationArgs(visit.id, seeker.id));
}, 30_000);
afterAll(() => area.close());

async function pullAll(known: readonly string[] = all) {
  const rows = new Map<string, DigestPart>();
  let cursor: string | null = null;
  for (;;) {
    const request = { protocol: protocolVersion, cursor, kinds: known };
    const page = (await (await city.post('/api/pull', request)).json()) as PullResponse;
    for (const { kind, id, part, rev, seq } of page.parts)
      rows.set(`${kind}/${id}/${part}`, { kind, id, part, rev, seq });
    cursor = page.cursor;
    if (!page.more) return { rows, cursor };
  }
}

async function ask(cursor: string, parts: Iterable<DigestPart>): Promise<DigestResponse> {
  const buckets = await digestOf([...parts], sha256);
  const response = await city.post('/api/digest', { cursor, buckets });
  expect(response.status).toBe(200);
  return (await response.json()) as DigestResponse;
}

const alarms = () =>
  area
    .server()
    .storage.read((tx) =>
      tx.selectFrom('alarm').selectAll().where('what', '=', 'digest').execute(),
    );

test('a replica just pulled is the same, with all kinds or with few, and raises no alarm', async () => {
  for (const known of [all, all.slice(0, 5)]) {
    const { rows, cursor } = await pullAll(known);
    expect(rows.size).toBeGreaterThan(5);
    expect(await ask(cursor, rows.values())).toMatchObject({ kind: 'same' });
  }
  expect(await alarms()).toEqual([]);
});

test('what is missing, phantom or of another revision is found: its bucket comes whole, supervisors get numbers', async () => {
  const { rows, cursor } = await pullAll();
  const [missing, stale] = [...rows.values()].filter(({ part }) => part !== 'facts');
  if (!missing || !stale) throw new Error('nothing to lose');
  const phantom = { kind: 'visit', id: 'nobody-ever', part: 'facts', rev: 1, seq: 1 };
  const wrong = [...rows.values(), phantom].filter((part) => part !== missing);
  const held = wrong.map((part) => (part === stale ? { ...part, rev: part.rev + 1 } : part));
  const answer = await ask(cursor, held);
  if (answer.kind !== 'differs') throw new Error(answer.kind);
  const expected = new Set([missing, stale, phantom].map(bucketOf));
  expect(new Set(answer.buckets.map(({ bucket }) => bucket))).toEqual(expected);
  const sent = answer.buckets.flatMap(({ parts }) => parts);
  const there = [...rows.values()].filter((part) => expected.has(bucketOf(part)));
  expect(sent.map(({ id, part }) => `${id}/${part}`).sort()).toEqual(
    there.map(({ id, part }) => `${id}/${part}`).sort(),
  );
  expect(sent.every(({ body }) => Object.keys(body).length > 0)).toBe(true);
  const [alarm] = await alarms();
  expect(JSON.parse(alarm?.details ?? '')).toEqual({
    store: city.store,
    buckets: expected.size,
    parts: there.length,
  });
});

test('a cursor behind the head, half-way, of another day or of another store is told to pull first', async () => {
  const { rows, cursor } = await pullAll();
  const before = (await alarms()).length;
  expect(await ask(`${cursor.slice(0, -4)}AAAA`, [])).toMatchObject({ kind: 'behind' });
  await colleague.act('visit.log', visitArgs(area));
  expect(await ask(cursor, rows.values())).toMatchObject({ kind: 'behind' });
  const now = await pullAll();
  const today = businessDateJst(area.clock.now);
  area.clock.now += 86_400_000;
  expect(businessDateJst(area.clock.now)).not.toBe(today);
  await city.signIn();
  expect(await ask(now.cursor, now.rows.values())).toMatchObject({ kind: 'behind' });
  expect((await alarms()).length).toBe(before);
});

test('a part whose key was destroyed counts for nothing on either side', async () => {
  const seeker = seekerArgs('廃棄');
  await city.act('seeker.register', seeker);
  const server = area.server();
  await server.storage.write(server.tenant, async (tx) => {
    await tx.deleteFrom('person_key').where('person', '=', seeker.id).execute();
  });
  server.personKeys.clear();
  const { rows, cursor } = await pullAll();
  expect(rows.has(`seeker/${seeker.id}/facts`)).toBe(true);
  expect(rows.has(`seeker/${seeker.id}/card`)).toBe(false);
  expect(await ask(cursor, rows.values())).toMatchObject({ kind: 'same' });
});
