/** The base of a merge is what was shown when the form began, not what the tablet holds when it is saved. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../src/device/types.ts';
import { conflictsOf } from '../../src/domain/conflict.ts';
import { partOf } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let first: Place;
let second: Place;
const person = seekerArgs('見えた');
beforeEach(async () => {
  town = await openTown();
  first = await town.tablet();
  second = await town.tablet();
  await first.enrol('shiroishi-city1');
  await second.enrol('shiroishi-city2');
  must(await sit(first).write('seeker.register', person));
  await syncAll();
});
afterEach(() => town.close());

const syncAll = async () => {
  for (const place of [first, second, first]) await place.tab.tablet.syncNow();
};
async function talk(more: Values): Promise<string> {
  const session = sit(first);
  const [id, newVisit] = [session.newId(), session.newId()];
  const now = town.area.clock.now;
  const asked = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const said = { services: ['careerCounselling'], startedAt: now, ...more };
  const ids = { id, newVisit, seeker: person.id, arrivedAt: now };
  must(await session.write('consultation.recordWalkIn', { ...ids, ...asked, ...said }));
  await syncAll();
  return id;
}
const part = async (session: Session, kind: string, id: string, name: string) =>
  partOf(must(await session.open(kind, id, '確認')), name);
const both = (values: Values, field: string) => [
  values[field],
  ...conflictsOf(values)
    .filter((one) => one.field === field)
    .map(({ value }) => value),
];

test('another tab has pulled a colleague’s value: it is not written over by who was never shown it', async () => {
  const id = await talk({ summary: 'もと' });
  const other = await first.open();
  const there = await first.unlock('shiroishi-city1', other);
  must(await sit(second).write('consultation.amend', { id, summary: '同僚' }));
  await second.tab.tablet.syncNow();
  await other.tablet.syncNow();
  const seen = { summary: 'もと' };
  must(await sit(first).write('consultation.amend', { id, summary: '私' }, { seen }));
  expect((await part(there, 'consultation', id, 'shared'))['summary']).toBeDefined();
  await syncAll();
  const shared = await part(sit(second), 'consultation', id, 'shared');
  expect(both(shared, 'summary')).toEqual(['同僚', '私']);
});

test('what was not shown is not seen: a value in it is kept beside', async () => {
  const id = await talk({ summary: 'もと' });
  must(await sit(first).write('consultation.amend', { id, summary: '私' }, { seen: {} }));
  await syncAll();
  const shared = await part(sit(second), 'consultation', id, 'shared');
  expect(both(shared, 'summary')).toEqual(['もと', '私']);
});

test('two who agree on a next talk without knowing of each other leave both days', async () => {
  const id = await talk({ summary: 'もと' });
  const seen = { summary: 'もと' };
  const next = (date: string) => ({ id, next: { date } });
  must(await sit(first).write('consultation.amend', next('2026-12-01'), { seen }));
  must(await sit(second).write('consultation.amend', next('2026-12-08'), { seen }));
  await syncAll();
  await syncAll();
  const facts = await part(sit(first), 'appointment', `${id}-next`, 'facts');
  expect(both(facts, 'dueOn')).toEqual(['2026-12-01', '2026-12-08']);
  expect(facts['state']).toBe('booked');
});

test('one that was called off is booked again by whoever saw that there is none', async () => {
  const id = await talk({ next: { date: '2026-12-01' } });
  const cancelReason = 'byClient';
  must(await sit(first).write('appointment.cancel', { id: `${id}-next`, cancelReason }));
  await syncAll();
  const args = { id, next: { date: '2026-12-08' } };
  const shown = { next: { date: '2026-12-01' } };
  const unseen = await sit(first).write('consultation.amend', args, { seen: shown });
  expect(unseen.ok ? undefined : unseen.problem).toMatchObject({
    code: 'invalidFields',
    fields: [{ field: 'next' }],
  });
  must(await sit(first).write('consultation.amend', args, { seen: {} }));
  await syncAll();
  const facts = await part(sit(second), 'appointment', `${id}-next`, 'facts');
  expect(both(facts, 'dueOn')).toEqual(['2026-12-08']);
  expect(facts['state']).toBe('booked');
});

test('one that is booked again says its purpose, though the one that was called off had the same', async () => {
  const next = { date: '2026-12-01', purpose: '面接の練習' };
  const id = await talk({ next });
  must(
    await sit(first).write('appointment.cancel', { id: `${id}-next`, cancelReason: 'byClient' }),
  );
  await first.tab.tablet.syncNow();
  first.line.isCut = true;
  const other = { id, next: { ...next, purpose: '応募書類' } };
  must(await sit(second).write('consultation.amend', other, { seen: { next } }));
  await second.tab.tablet.syncNow();
  must(await sit(first).write('consultation.amend', { id, next }, { seen: {} }));
  first.line.isCut = false;
  await syncAll();
  await syncAll();
  const shared = await part(sit(second), 'appointment', `${id}-next`, 'shared');
  expect(both(shared, 'purpose')).toEqual(['応募書類', '面接の練習']);
});
