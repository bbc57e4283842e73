/** A person's page whose file has not come yet: it opens where she stands once a sync has brought it. */
import { fireEvent, render, screen } from '@testing-library/preact';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { go } from '../../src/app/state/nav.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let desk: Place;
let colleague: Place;
beforeAll(async () => {
  town = await openTown();
  [desk, colleague] = [await town.tablet(), await town.tablet()];
  await desk.enrol('shiroishi-city1');
  await colleague.enrol('shiroishi-city2');
}, 60_000);
afterAll(() => town.close());

test('asked for again after a sync, the file opens', async () => {
  const person = seekerArgs('あとから');
  desk.line.isCut = true;
  must(await sit(colleague).write('seeker.register', person));
  await colleague.tab.tablet.syncNow();
  render(<App tablet={desk.tab.tablet} />);
  go('seeker', { seeker: person.id });
  const again = await screen.findByRole('button', { name: 'もう一度開く' });
  expect(screen.getByText(/台帳は、いま、この端末にはありません/)).toBeTruthy();
  desk.line.isCut = false;
  await desk.tab.tablet.syncNow();
  fireEvent.click(again);
  expect(await screen.findByText('経過')).toBeTruthy();
}, 30_000);
