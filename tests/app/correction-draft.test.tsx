/** 訂正・取消 of a person's page keeps what is typed as a draft, over what was seen when it was typed. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TimelineItem } from '../../src/app/logic/timeline.ts';
import { Correction } from '../../src/app/screens/seekers/correction.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { conflictsOf } from '../../src/domain/conflict.ts';
import { partOf } from '../../src/domain/record.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let here: Place;
let there: Place;
const person = seekerArgs('書きかけ');
beforeAll(async () => {
  town = await openTown();
  [here, there] = [await town.tablet(), await town.tablet()];
  await here.enrol('shiroishi-city1');
  await there.enrol('shiroishi-city2');
  must(await sit(here).write('seeker.register', person));
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const sync = async (...places: readonly Place[]) => {
  for (const place of places) await place.tab.tablet.syncNow();
};
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const summary = async () => (await screen.findByLabelText(/^共有のまとめ/)) as HTMLTextAreaElement;

async function talk(): Promise<string> {
  const [id, newVisit] = [sit(here).newId(), sit(here).newId()];
  const now = town.area.clock.now;
  const visit = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const said = { services: ['careerCounselling'], minutes: 30, summary: 'はじめの文' };
  const ids = { id, newVisit, seeker: person.id, arrivedAt: now, startedAt: now };
  must(await sit(here).write('consultation.recordWalkIn', { ...ids, ...visit, ...said }));
  await sync(here, there);
  for (const place of [here, there]) must(await sit(place).open('consultation', id, '訂正'));
  return id;
}

function show(id: string): void {
  const session = sit(here);
  const [record, seeker] = [session.get('consultation', id), session.get('seeker', person.id)];
  if (!record || !seeker) throw new Error('nothing to correct');
  // What the sheet reads of it.
  const item = { kind: 'consultation', label: '相談', record } as unknown as TimelineItem;
  render(
    <TabletContext.Provider value={here.tab.tablet}>
      <SessionContext.Provider value={session}>
        <Correction item={item} seeker={seeker} onClose={() => undefined} />
      </SessionContext.Provider>
    </TabletContext.Provider>,
  );
}

test('closed and opened again it is there, and a colleague’s text of meanwhile is kept beside it', async () => {
  const id = await talk();
  show(id);
  const box = await summary();
  await pause(100);
  fireEvent.input(box, { target: { value: '書きかけの文' } });
  await pause(300);
  cleanup();
  must(await sit(there).write('consultation.amend', { id, summary: '同僚の文' }));
  await sync(there, here);
  show(id);
  expect(await screen.findByText('前の書きかけを開きました。')).toBeTruthy();
  await waitFor(async () => expect((await summary()).value).toBe('書きかけの文'));
  fireEvent.click(screen.getByRole('button', { name: '訂正を保存する', hidden: true }));
  await waitFor(() => expect(sit(here).outbox.peek()).toHaveLength(1));
  await sync(here, there);
  const part = partOf(sit(there).get('consultation', id), 'shared');
  expect([part['summary'], ...conflictsOf(part).map(({ value }) => value)]).toEqual([
    '同僚の文',
    '書きかけの文',
  ]);
});
