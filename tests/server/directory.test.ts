/** Programmes and services of the seeds come to an area at start, once, and leave alone what somebody has changed. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import programmes from '../../seeds/programmes.json' with { type: 'json' };
import services from '../../seeds/service-entries.json' with { type: 'json' };
import { partOf } from '../../src/domain/record.ts';
import { bringDirectory } from '../../src/server/directory.ts';
import { factsOfKind } from '../../src/server/staff.ts';
import { openTestArea, type TestArea } from './area.ts';

let area: TestArea;
beforeEach(async () => {
  area = await openTestArea();
});
afterEach(() => area.close());

const all = (kind: string) =>
  area.server().storage.read((tx) => factsOfKind(area.server(), tx, kind));

test('every row of both, once, however often the server starts', async () => {
  await bringDirectory(area.server());
  await area.restart();
  await bringDirectory(area.server());
  expect(await all('programme')).toHaveLength(programmes.rows.length);
  const listed = await all('serviceEntry');
  expect(listed.map(({ id }) => id).toSorted()).toEqual(
    services.rows.map(({ id }) => id).toSorted(),
  );
});

test('what a desk has amended or ended stays so', async () => {
  await bringDirectory(area.server());
  const desk = await area.staff('toyohira-city1');
  const id = services.rows[0]?.id ?? '';
  await desk.act('serviceEntry.amend', { id, openHours: '9:00〜17:00' });
  await desk.act('serviceEntry.end', { id, validTo: '2026-12-31' });
  await bringDirectory(area.server());
  const entry = (await all('serviceEntry')).find((one) => one.id === id);
  expect(partOf(entry, 'facts')).toMatchObject({ state: 'ended', openHours: '9:00〜17:00' });
});

test('one that a later release adds comes to an area made before', async () => {
  await bringDirectory(area.server());
  const { storage, tenant } = area.server();
  const id = services.rows[1]?.id ?? '';
  await storage.write(tenant, async (tx) => {
    await tx.deleteFrom('part_scope').where('id', '=', id).execute();
    await tx.deleteFrom('record_part').where('id', '=', id).execute();
  });
  await bringDirectory(area.server());
  expect((await all('serviceEntry')).map((one) => one.id)).toContain(id);
});
