/** An error in drawing, met on the real app over the real tablet and server: it stays where it is and repeats nothing. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { go } from '../../src/app/state/nav.ts';
import type { Session, Tablet } from '../../src/device/types.ts';
import { seekerArgs } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
let session: Session;
const person = seekerArgs('見本');
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol('shiroishi-city1');
  must(await session.write('seeker.register', person));
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The person's page reads her consultations as soon as her file is open; from now on that throws. */
function breakConsultations() {
  const { all } = session;
  return vi.spyOn(session, 'all').mockImplementation((kind) => {
    if (kind === 'consultation') throw new Error('broken on purpose');
    return all(kind);
  });
}

test('a screen that cannot be drawn says so, opens no file again, and the way back works', async () => {
  const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const opened = vi.spyOn(session, 'openPerson');
  render(<App tablet={place.tab.tablet} />);
  go('reception');
  await screen.findByRole('radio', { name: '仕事の相談' });
  const broken = breakConsultations();
  go('seeker', { seeker: person.id });

  expect(await screen.findByText('この画面でエラーが起きました。')).toBeTruthy();
  expect(screen.getByText('保存した記録は安全です。')).toBeTruthy();
  expect(reported).toHaveBeenCalledWith(new Error('broken on purpose'));
  // News that draws every screen anew: another person, and a pull.
  must(await session.write('seeker.register', seekerArgs('例示')));
  await place.tab.tablet.syncNow();
  await rest(300);
  expect(opened).toHaveBeenCalledTimes(1);
  expect(screen.getByText('この画面でエラーが起きました。')).toBeTruthy();
  expect(screen.getByRole('navigation', { name: '画面' })).toBeTruthy();
  expect(screen.getByRole('button', { name: '離席' })).toBeTruthy();

  broken.mockRestore();
  fireEvent.click(screen.getByRole('button', { name: '今日へもどる' }));
  expect(await screen.findByRole('heading', { name: /すること/ })).toBeTruthy();
  expect(screen.queryByText('この画面でエラーが起きました。')).toBeNull();
});

test('the rail stays without its counts, the way around with it', async () => {
  const reported = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { all } = session;
  const broken = vi.spyOn(session, 'all').mockImplementation((kind) => {
    if (kind === 'referral') throw new Error('broken on purpose');
    return all(kind);
  });
  render(<App tablet={place.tab.tablet} />);
  go('reception');
  await screen.findByRole('radio', { name: '仕事の相談' });
  expect(reported).toHaveBeenCalledWith(new Error('broken on purpose'));
  const rail = within(screen.getByRole('navigation', { name: '画面' }));
  fireEvent.click(rail.getByRole('button', { name: '求職者' }));
  expect(await screen.findByRole('heading', { name: '求職者' })).toBeTruthy();
  broken.mockRestore();
});

/** The real tablet, one reading of which throws. */
const brokenAt = (name: keyof Tablet): Tablet =>
  Object.create(place.tab.tablet, {
    [name]: {
      get: () => {
        throw new Error('broken on purpose');
      },
    },
  }) as Tablet; // Object.create gives no type.

test('where nothing can be drawn whoever was in is locked out, and unsent work can be written out', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  render(<App tablet={brokenAt('enrolment')} />);
  expect(await screen.findByText('画面を表示できません。')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'もう一度ひらく' })).toBeTruthy();
  await waitFor(() => expect(place.tab.tablet.session.peek()).toBeUndefined());
  fireEvent.click(screen.getByText(/^未送信の記録をファイルに書き出す/));
  fireEvent.click(screen.getByRole('button', { name: 'ファイルに書き出す', hidden: true }));
  expect(await screen.findByText('書き出す記録はありません。すべてサーバーに届いています。'));
});

test('the lock screen too', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  render(<App tablet={brokenAt('counted')} />);
  expect(await screen.findByText('画面を表示できません。')).toBeTruthy();
});
