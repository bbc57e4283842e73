/** The list of begun talks, when the file of one of these people leaves the tablet. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { noteBegun, talkDraft } from '../../src/app/state/begun-talks.ts';
import { dropReadable } from '../../src/device/evicted.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { dbOf } from '../support/restored-town.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const staff = 'shiroishi-city1';
let town: Town;
let desk: Place;
beforeAll(async () => {
  town = await openTown();
  desk = await town.tablet();
  await desk.enrol(staff);
});
afterAll(() => town.close());

test('a talk begun with another is still listed', async () => {
  const session = sit(desk);
  const [gone, stays] = [session.newId(), session.newId()];
  for (const id of [gone, stays]) {
    await session.writeDraft(talkDraft(id), { summary: '半分まで' });
    await noteBegun(session, id);
  }
  const db = await dbOf(desk, staff);
  await db.transaction('rw', db.entries, db.drafts, () =>
    dropReadable(db, [{ kind: 'seeker', id: gone, part: 'file' }], []),
  );
  expect(await session.readDraft(talkDraft(gone))).toBeUndefined();
  expect(await session.readDraft(talkDraft(stays))).toBeDefined();
  const list = await session.readDraft('consultations begun');
  expect(list?.['seekers'] ?? []).toContain(stays);
});
