/** 臨時窓口 at 受付: offline, over a reload, and in the official counts; the real tablet and the real server in-process. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { partOf } from '../../src/domain/record.ts';
import { text } from '../../src/domain/value.ts';
import { officialCounts } from '../../src/server/counts.ts';
import type { Session } from '../../src/device/types.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
let open: Session;
const event = '0199-outpost-1';

beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  open = await place.enrol('shiroishi-city1');
}, 30_000);
afterAll(() => town.close());
beforeEach(() => go('reception'));
afterEach(() => {
  cleanup();
  dropToasts();
});

const facts = (id: string) => partOf(open.get('visit', id), 'facts');
async function logged(): Promise<string> {
  const before = new Set(
    open
      .all('visit')
      .peek()
      .map(({ id }) => id),
  );
  fireEvent.click(await screen.findByRole('radio', { name: '仕事の相談' }));
  fireEvent.click(screen.getByRole('button', { name: '新規' }));
  await waitFor(() => expect(open.all('visit').peek()).toHaveLength(before.size + 1));
  return (
    open
      .all('visit')
      .peek()
      .find(({ id }) => !before.has(id))?.id ?? ''
  );
}
const where = (name: string | RegExp) => screen.findByRole<HTMLInputElement>('radio', { name });

test('without one there is no switch, and visits are of the counter', async () => {
  render(<App tablet={place.tab.tablet} />);
  const id = await logged();
  expect(screen.queryByText('どこで受けていますか')).toBeNull();
  expect(facts(id)).not.toHaveProperty('outpost');
});

test('while one is held, the switch decides, without a line too', async () => {
  const held = { eventType: 'fair', eventName: '区役所の臨時窓口', temporary: true };
  must(await open.write('event.plan', { id: event, ...held, heldOn: town.area.today() }));
  await place.tab.tablet.syncNow();
  place.line.isCut = true;
  render(<App tablet={place.tab.tablet} />);
  expect((await where('いつもの窓口')).checked).toBe(true);
  const home = await logged();
  fireEvent.click(await where('臨時窓口：区役所の臨時窓口'));
  const away = await logged();
  expect(facts(home)).not.toHaveProperty('outpost');
  expect(facts(away)).toMatchObject({ outpost: event, site: 'shiroishi' });
  cleanup();
  // The screen anew: where she is stays chosen.
  render(<App tablet={place.tab.tablet} />);
  expect((await where(/区役所/)).checked).toBe(true);
  for (let more = 0; more < 3; more++) await logged();
  place.line.isCut = false;
  await place.tab.tablet.syncNow();
  expect(place.tab.tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });
  const day = { from: town.area.today(), to: town.area.today() };
  const { rows } = await officialCounts(town.area.server(), 'shiroishi', day);
  const tables = rows.find(({ metric }) => metric === 'visits')?.breakdowns;
  const cells = tables?.find(({ name }) => name === 'byOutpost')?.cells;
  expect(cells?.map(({ code }) => code)).toEqual(['', event]);
  // Two at the counter are few: they are left out, and with them what would tell them.
  expect(cells?.every(({ isSuppressed }) => isSuppressed)).toBe(true);
});

test('set wrongly, it is put right at the visit', async () => {
  render(<App tablet={place.tab.tablet} />);
  const id = await logged();
  expect(facts(id)).toMatchObject({ outpost: event });
  const ticket = text(facts(id)['ticket']) ?? '';
  fireEvent.click(await screen.findByRole('button', { name: new RegExp(ticket) }));
  fireEvent.click(await screen.findByRole('button', { name: '訂正する' }));
  const sheet = within(await screen.findByRole('dialog'));
  fireEvent.click(sheet.getByRole('radio', { name: 'いつもの窓口' }));
  fireEvent.click(sheet.getByRole('button', { name: '訂正する' }));
  await waitFor(() => expect(facts(id)).not.toHaveProperty('outpost'));
});

test('the day after, it is the counter again', async () => {
  town.area.clock.now += 24 * 3_600_000;
  render(<App tablet={place.tab.tablet} />);
  const id = await logged();
  expect(facts(id)).not.toHaveProperty('outpost');
  expect(screen.queryByText('どこで受けていますか')).toBeNull();
});
