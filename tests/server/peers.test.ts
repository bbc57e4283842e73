/** Accidents of other offline products that only their servers made (docs/reliability.md), done to this one. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pullPageParts, type PushResponse } from '../../src/sync/protocol.ts';
import { databaseName } from '../../src/server/master-key.ts';
import type { RepairLine } from '../../src/server/repair-list.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let boss: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  boss = await area.staff('shiroishi-citysv');
}, 60_000);
afterAll(() => area.close());

test('peers, timestamp cursors: pages end by the server’s sequence, though everything has happened in one instant', async () => {
  const rows = pullPageParts * 4;
  const lagging = await area.staff('shiroishi-hw2');
  await lagging.pull();
  const ids = new Set<string>();
  for (let at = 0; at < rows; at += 50) {
    for (let one = 0; one < 50; one++) {
      const args = visitArgs(area);
      ids.add(args.id);
      await city.write('visit.log', args);
    }
    await city.push();
  }
  const { storage } = area.server();
  const times = await storage.read((tx) =>
    tx
      .selectFrom('entry')
      .select('received_at')
      .distinct()
      .where('store', '=', city.store)
      .execute(),
  );
  expect(times).toHaveLength(1);
  const fresh = await area.staff('shiroishi-hw1');
  for (const one of [fresh, lagging]) {
    const cursors = (await one.pull()).map(({ cursor }) => cursor);
    expect(new Set(cursors).size).toBe(cursors.length);
    expect(cursors.length).toBeGreaterThan(1);
    for (const id of ids) expect(one.has('visit', id)).toEqual(['facts']);
  }
});

test('peers, kept details: what was refused, and why, is told again to the same words weeks later, until it is settled', async () => {
  const visit = visitArgs(area);
  await city.act('visit.log', visit);
  await city.act('visit.void', { id: visit.id, voidReason: 'mistake' });
  const from = city.written.write.length;
  await city.write('visit.amend', { id: visit.id, heads: 2 });
  const request = city.request(from, from + 1);
  const ask = async () => (await (await city.post('/api/push', request)).json()) as PushResponse;
  const first = await ask();
  city.acked.write = from + 1;
  const [receipt] = first.kind === 'receipts' ? first.receipts : [];
  expect(receipt?.verdict).toMatchObject({ code: 'rejected', problem: { kind: 'visit' } });
  area.clock.now += 40 * 86_400_000;
  await area.restart();
  const { sig: _, ...said } = receipt ?? { sig: '' };
  expect(await ask()).toMatchObject({ kind: 'receipts', receipts: [said] });
  await boss.signIn();
  const inbox = async () => {
    const headers = { authorization: `Bearer ${boss.token}` };
    const answer = (await (await area.ask('/api/repair', { headers })).json()) as {
      repairs: RepairLine[];
    };
    return answer.repairs.map(({ entry }) => entry);
  };
  expect(await inbox()).toContain(receipt?.id);
  await city.signIn();
  const corrected = { supersedes: receipt?.id ?? '' };
  expect(await city.act('visit.log', visitArgs(area), corrected)).toEqual({ code: 'applied' });
  expect(await inbox()).not.toContain(receipt?.id);
});

/** Of the tables that grow with every day: all of it, or all that one tenant has. */
const growing =
  'entry|change|change_scope|part_scope|record_part|record_person|verdict_change|access_event|lease';
const isWalk = new RegExp(`^(SCAN (${growing})\\b|SEARCH (${growing}) .*\\(tenant=\\?\\)$)`);

test('peers, waiting for indexes: no statement of a push or a pull walks through a table that grows', async () => {
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  // Opened anew, every statement is prepared again.
  await area.restart();
  prepared.mockClear();
  await city.signIn();
  await city.act('visit.log', visitArgs(area));
  await city.pull();
  const statements = [...new Set(prepared.mock.calls.map(([sql]) => sql))];
  prepared.mockRestore();
  const database = new DatabaseSync(join(area.folder, databaseName), { readOnly: true });
  const walks = statements
    .filter((sql) => /^(select|update|delete|insert)/i.test(sql))
    .flatMap((sql) => {
      const plan = database.prepare(`explain query plan ${sql}`);
      const steps = plan.all(...Array<null>(sql.split('?').length - 1).fill(null));
      const found = steps.map(({ detail }) => String(detail)).filter((one) => isWalk.test(one));
      // The last change is found at the end of its index: one such step for each time that it is asked for.
      const isOfChange = (detail: string) =>
        detail.startsWith('SEARCH change USING COVERING INDEX ');
      const lasts = found.filter(isOfChange).slice(sql.split('select max(').length - 1);
      return [...found.filter((one) => !isOfChange(one)), ...lasts].map((one) => [one, sql]);
    });
  database.close();
  expect(walks).toEqual([]);
  expect(statements.some((sql) => sql.includes('change_scope'))).toBe(true);
});
