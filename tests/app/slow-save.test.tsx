/** A storage that does not answer: said in words after some seconds, begun once, and what it answers at last still counts. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { patienceMs } from '../../src/app/form/slow.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Session } from '../../src/device/types.ts';
import { seekerArgs } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
let session: Session;
const person = seekerArgs('遅い');
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol('shiroishi-city1');
  must(await session.write('seeker.register', person));
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  cleanup();
  dropToasts();
});

const said = '保存に時間がかかっています。';

/** The real write, which begins only when the storage is let go on. */
function holdStorage() {
  const { write } = session;
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = vi.spyOn(session, 'write').mockImplementation(async (...args) => {
    await promise;
    return write(...args);
  });
  return { held, goOn: resolve };
}

/** Only timers of the page: the tablet's own go on. */
const wait = async (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('at reception', async () => {
  render(<App tablet={place.tab.tablet} />);
  go('reception');
  fireEvent.click(await screen.findByRole('radio', { name: '仕事の相談' }));
  const { held, goOn } = holdStorage();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  fireEvent.click(screen.getByRole('button', { name: '再来' }));
  await wait(patienceMs - 1_000);
  expect(screen.queryByText(said)).toBeNull();
  await wait(2_000);
  expect(screen.getByText(said)).toBeTruthy();
  goOn();
  await waitFor(() => expect(screen.queryByText(said)).toBeNull());
  expect(screen.getByText(/この端末に保存しました/)).toBeTruthy();
  expect(held).toHaveBeenCalledTimes(1);
  expect(session.all('visit').peek()).toHaveLength(1);
});

test('in a form: it stays open and filled, and a second press begins nothing', async () => {
  render(<App tablet={place.tab.tablet} />);
  go('seeker', { seeker: person.id });
  fireEvent.click(await screen.findByRole('button', { name: 'その他' }));
  fireEvent.click(await screen.findByRole('button', { name: '台帳を訂正' }));
  const phone = await screen.findByRole('textbox', { name: '電話', hidden: true });
  fireEvent.input(phone, { target: { value: '011-000-7777' } });
  const { held, goOn } = holdStorage();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const save = screen.getByRole('button', { name: '訂正を保存する', hidden: true });
  fireEvent.click(save);
  await wait(patienceMs + 1_000);
  expect(screen.getByText(said)).toBeTruthy();
  fireEvent.click(save);
  expect(held).toHaveBeenCalledTimes(1);
  expect((phone as HTMLInputElement).value).toBe('011-000-7777');
  goOn();
  await waitFor(() => expect(screen.queryByText(said)).toBeNull());
});

test('at the lock: the name and the keys stay, and it says what to do', async () => {
  const { tablet } = place.tab;
  tablet.lock();
  render(<App tablet={tablet} />);
  fireEvent.click(await screen.findByRole('button', { name: /見本 花子/ }));
  fireEvent.input(screen.getByLabelText(/^暗証番号/), { target: { value: '000000' } });
  const { unlock } = tablet;
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = vi.spyOn(tablet, 'unlock').mockImplementation(async (...args) => {
    await promise;
    return unlock(...args);
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  fireEvent.click(screen.getByRole('button', { name: 'ひらく' }));
  await wait(patienceMs - 1_000);
  expect(screen.getByText('ひらいています…')).toBeTruthy();
  await wait(2_000);
  expect(screen.getByText(/^まだひらけません/)).toBeTruthy();
  resolve();
  expect(await screen.findByText(/^暗証番号が違います/)).toBeTruthy();
  expect(screen.queryByText(/^まだひらけません/)).toBeNull();
  expect(held).toHaveBeenCalledTimes(1);
});
