/** A handoff made without a line, until it is accepted: what both desks are told of it; the real tablets and server. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Session } from '../../src/device/types.ts';
import { consentTerms } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 30_000 });

let town: Town;
let place: Place;
let open: Session;
let handoff: string;
const name = { familyName: '手渡', familyKana: 'テワタシ' };
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  open = await place.enrol('shiroishi-city1');
  const seeker = open.newId();
  handoff = open.newId();
  must(await open.write('seeker.register', { id: seeker, ...name }));
  place.line.isCut = true;
  must(
    await open.write('handoff.offer', {
      id: handoff,
      fromSeeker: seeker,
      newConsent: open.newId(),
      newLink: open.newId(),
      toOrg: 'hw-sapporo-higashi',
      toSite: 'shiroishi',
      reason: 'jobReferral',
      urgency: 'normal',
      items: ['name'],
      ...name,
      ...consentTerms(town.area.today()),
    }),
  );
}, 30_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const show = () => {
  render(<App tablet={place.tab.tablet} />);
  go('handoffs', { id: handoff });
};
const press = async (name: string) =>
  fireEvent.click(await screen.findByRole('button', { name, hidden: true }));
const box = (name: string) => screen.findByRole<HTMLInputElement>('radio', { name, hidden: true });
const standsIn = (name: string) =>
  waitFor(async () => expect((await box(name)).checked).toBe(true));
const never = (words: RegExp) => expect(screen.queryByText(words)).toBeNull();

test('it is not called sent, and stands in a box of its own', async () => {
  show();
  await standsIn('まだ送っていない 1');
  expect(screen.getAllByText('まだ送っていません（この端末に保存）')).toHaveLength(2);
  await box('返事待ち 0');
  never(/^送った$/);
});

test('given by hand it waits for the answer, over a lock too', async () => {
  show();
  await press('つながらないときの受け渡し');
  await press('受け渡しを始める');
  await press('渡しました');
  await standsIn('返事待ち 1');
  cleanup();
  place.tab.tablet.lock();
  open = await place.unlock('shiroishi-city1');
  show();
  expect(await screen.findAllByText('手渡しずみ（サーバーへはこれから）')).toHaveLength(2);
  never(/^送った$/);
});

test('with a line it has been sent', async () => {
  show();
  place.line.isCut = false;
  await place.tab.tablet.syncNow();
  expect(await screen.findAllByText('送った')).toHaveLength(2);
  never(/手渡しずみ|まだ送って/);
  await waitFor(async () =>
    expect(await open.readDraft(`handoff.byHand ${handoff}`)).toBeUndefined(),
  );
});

test('accepted it is in the box that says so, and no longer called off', async () => {
  const desk = await town.tablet();
  const hw = await desk.enrol('shiroishi-hw1');
  await desk.tab.tablet.syncNow();
  const newSeeker = hw.newId();
  must(await hw.write('handoff.acceptNew', { id: handoff, newSeeker, ...name }));
  await desk.tab.tablet.syncNow();
  await place.tab.tablet.syncNow();
  show();
  await standsIn('受け入れた 1');
  await box('返事待ち 0');
  expect(screen.getAllByText('相手が受け入れた')).toHaveLength(2);
  expect(screen.queryByRole('button', { name: '取りやめる', hidden: true })).toBeNull();
  cleanup();
  render(<App tablet={desk.tab.tablet} />);
  go('consultation', { seeker: newSeeker });
  // Consented to her name alone: shared, and yet what is written here is not told.
  await screen.findByText('同意あり：札幌市と共有');
  await screen.findByText(
    '自分の組織だけが見ます（札幌市との同意に、相談のまとめは入っていません）',
  );
  expect(document.querySelector('.walk-in-line')?.textContent).toContain('新規・来所');
});
