/** A consultation that was begun and left, by a lock or otherwise: she is told of it where she comes back to. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { lockNow } from '../../src/app/state/leave.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let desk: Place;
const [one, other] = [seekerArgs('書きかけ'), seekerArgs('ほか')];
beforeAll(async () => {
  town = await openTown();
  desk = await town.tablet();
  await desk.enrol('shiroishi-city1');
  for (const args of [one, other]) must(await sit(desk).write('seeker.register', args));
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const all = { hidden: true } as const;
const summary = () => screen.findByRole('textbox', { name: /^共有のまとめ/, ...all });
const show = (...to: Parameters<typeof go>) => {
  render(<App tablet={desk.tab.tablet} />);
  go(...to);
};
const isBegun = () => screen.queryByRole('button', { name: /書きかけ.*書きかけ.* 様/, ...all });

test('after a lock 今日 and her page say that it is not saved, and lead on; saved, nothing is said any more', async () => {
  show('consultation', { seeker: one.id });
  await summary();
  // The draft is kept from a moment after the form is drawn.
  await new Promise((resolve) => setTimeout(resolve, 300));
  fireEvent.input(await summary(), { target: { value: '半分まで' } });
  await waitFor(async () =>
    expect(await sit(desk).readDraft(`consultation ${one.id}`)).toBeTruthy(),
  );
  await lockNow(desk.tab.tablet);
  cleanup();
  await desk.unlock('shiroishi-city1');
  show('seeker', { seeker: other.id });
  expect(await screen.findByText('経過')).toBeTruthy();
  expect(screen.queryByText(/書きかけのままです/)).toBeNull();
  cleanup();
  show('seeker', { seeker: one.id });
  expect(await screen.findByText(/書きかけのままです/)).toBeTruthy();
  cleanup();
  show('today');
  await waitFor(() => expect(isBegun()).toBeTruthy());
  fireEvent.click(isBegun() as HTMLElement);
  await waitFor(async () =>
    expect(((await summary()) as HTMLTextAreaElement).value).toBe('半分まで'),
  );
  for (const name of [/キャリア/, /^仕事の相談/])
    for (const kind of screen.queryAllByRole('checkbox', { name, ...all }))
      if (!(kind as HTMLInputElement).checked) fireEvent.click(kind);
  fireEvent.click(await screen.findByRole('button', { name: '相談を記録する', ...all }));
  expect(await screen.findByText(/相談を記録しました/)).toBeTruthy();
  cleanup();
  show('today');
  expect(await screen.findByRole('heading', { name: '今日', ...all })).toBeTruthy();
  await waitFor(() => expect(isBegun()).toBeNull());
}, 30_000);
