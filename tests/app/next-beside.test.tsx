/** 次回予約 in a correction, beside what a colleague does with the appointment: what she left as it was is not said again. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RecordForm } from '../../src/app/screens/records/record-form.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { conflictsOf } from '../../src/domain/conflict.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { partOf } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let first: Place;
let second: Place;
const person = seekerArgs('次回');
beforeAll(async () => {
  town = await openTown();
  first = await town.tablet();
  second = await town.tablet();
  await first.enrol('shiroishi-city1');
  await second.enrol('shiroishi-city2');
  must(await sit(first).write('seeker.register', person));
  await syncAll();
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const sync = (place: Place) => place.tab.tablet.syncNow();
const syncAll = async () => {
  for (const place of [first, second]) await sync(place);
};
const pause = () => new Promise((done) => setTimeout(done, 100));
/** A form keeps a draft only once it is drawn. */
const type = async (name: RegExp, value: string) => {
  const found = await screen.findByRole('textbox', { name, hidden: true });
  await pause();
  fireEvent.input(found, { target: { value } });
};
const day = async (): Promise<HTMLElement> => {
  const fields = await screen.findAllByRole('textbox', { name: '日', hidden: true });
  return fields.at(-1) as HTMLElement;
};
const held = (place: Place, kind: string, id: string, part: string) =>
  partOf(sit(place).get(kind, id), part);
const next = (id: string) => held(second, 'appointment', `${id}-next`, 'facts');
const both = (part: Values, field: string) => [
  part[field],
  ...conflictsOf(part)
    .filter((kept) => kept.field === field)
    .map(({ value }) => value),
];

async function talk(more: Values): Promise<string> {
  const session = sit(first);
  const [id, newVisit] = [session.newId(), session.newId()];
  const now = town.area.clock.now;
  const asked = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const said = { services: ['careerCounselling'], minutes: 30, startedAt: now, ...more };
  const ids = { id, newVisit, seeker: person.id, arrivedAt: now };
  must(await session.write('consultation.recordWalkIn', { ...ids, ...asked, ...said }));
  await syncAll();
  for (const place of [first, second]) must(await sit(place).open('consultation', id, '訂正'));
  return id;
}

async function correct(id: string): Promise<void> {
  const [verb, record] = [verbNamed('consultation.amend'), sit(first).get('consultation', id)];
  if (!verb || !record) throw new Error('nothing to correct');
  render(
    <TabletContext.Provider value={first.tab.tablet}>
      <SessionContext.Provider value={sit(first)}>
        <RecordForm verb={verb} record={record} onClose={() => undefined} />
      </SessionContext.Provider>
    </TabletContext.Provider>,
  );
  await screen.findByRole('button', { name: '訂正を保存する', hidden: true });
}

/** A colleague's write that this tablet has pulled while the form is open. */
async function meanwhile(verb: string, args: Values): Promise<void> {
  must(await sit(second).write(verb, args));
  await sync(second);
  await sync(first);
}

async function saved(verb: string): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: '訂正を保存する', hidden: true }));
  await waitFor(() =>
    expect(sit(first).outbox.peek().at(-1)).toMatchObject({ verb, state: 'pending' }),
  );
  await syncAll();
}

const purpose = (id: string) => held(second, 'appointment', `${id}-next`, 'shared')['purpose'];
const withPurpose = { date: '2026-12-01', time: '10:00', purpose: '前の用件' };

test('changed in its purpose alone, the day that a colleague has moved stays without a choice', async () => {
  const id = await talk({ summary: '文', next: withPurpose });
  await correct(id);
  await type(/^用件/, '後の用件');
  await meanwhile('appointment.amend', { id: `${id}-next`, dueOn: '2026-12-20' });
  await saved('consultation.amend');
  expect(both(next(id), 'dueOn')).toEqual(['2026-12-20']);
  expect(purpose(id)).toBe('後の用件');
  expect(sit(first).outbox.peek()).toEqual([]);
});

test('kept meanwhile, as her tablet does not know yet: her other words and its purpose go in', async () => {
  const id = await talk({ summary: '文', next: { ...withPurpose, date: '2026-11-01' } });
  await correct(id);
  await type(/^共有のまとめ/, '直した文');
  await type(/^用件/, '後の用件');
  must(await sit(second).write('appointment.keep', { id: `${id}-next` }));
  await sync(second);
  await saved('consultation.amend');
  expect(next(id)).toMatchObject({ state: 'kept', dueOn: '2026-11-01' });
  expect(next(id)['endedOn']).toBeDefined();
  expect(purpose(id)).toBe('後の用件');
  expect(held(second, 'consultation', id, 'shared')['summary']).toBe('直した文');
  expect(sit(first).outbox.peek()).toEqual([]);
});

test('its day changed, kept meanwhile: the whole waits for her, and nothing is opened again', async () => {
  const id = await talk({ summary: '文', next: { date: '2026-11-01' } });
  await correct(id);
  fireEvent.input(await day(), { target: { value: '5' } });
  must(await sit(second).write('appointment.keep', { id: `${id}-next` }));
  await sync(second);
  await saved('consultation.amend');
  expect(next(id)).toMatchObject({ state: 'kept', dueOn: '2026-11-01' });
  const waits = sit(first).outbox.peek().at(-1);
  expect(waits).toMatchObject({ verb: 'consultation.amend' });
  must(await sit(first).discard(waits?.id ?? '', '試し'));
  await syncAll();
});
