/** A new person's first talk: what is counted with it, and putting that right; the real tablet and server in-process. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Session } from '../../src/device/types.ts';
import { stateOf } from '../../src/domain/kind.ts';
import { partOf } from '../../src/domain/record.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 30_000 });

let town: Town;
let place: Place;
let open: Session;
let seeker: string;
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  open = await place.enrol('shiroishi-city1');
  seeker = open.newId();
  const name = { familyName: '初回', givenName: '来子', familyKana: 'ショカイ' };
  must(await open.write('seeker.register', { id: seeker, ...name }));
}, 30_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
  vi.restoreAllMocks();
});

const all = (kind: string) => open.all(kind).peek();
const visit = () => all('visit')[0];
const button = (name: string | RegExp) => screen.findByRole('button', { name, hidden: true });
const press = async (name: string | RegExp) => fireEvent.click(await button(name));
const line = () => document.querySelector('.walk-in-line')?.textContent;
const openPage = async () => {
  render(<App tablet={place.tab.tablet} />);
  go('seeker', { seeker });
  await screen.findByRole('region', { name: '求職者のページ' });
};

test('an untouched form is not saved: what was done is asked, with its words in sight', async () => {
  const seen: string[] = [];
  vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(function (this: Element) {
    seen.push(this.id || this.tagName);
  });
  render(<App tablet={place.tab.tablet} />);
  go('consultation', { seeker });
  await press('相談を記録する');
  const problem = await screen.findByText(/「したこと」を/);
  await waitFor(() => expect(seen.at(-1)).toBe(problem.closest('p')?.id));
  expect(document.activeElement?.closest('fieldset')).toBe(problem.closest('fieldset'));
  expect([all('visit'), all('consultation')]).toEqual([[], []]);
});

test('her first visit is 新規, said beside the button before it is counted', async () => {
  render(<App tablet={place.tab.tablet} />);
  go('consultation', { seeker });
  await waitFor(() => expect(line()).toContain('新規・来所・キャリアカウンセリング'));
  fireEvent.click(await screen.findByRole('checkbox', { name: '書類添削', hidden: true }));
  await press('相談を記録する');
  await screen.findByRole('region', { name: '相談を記録しました' });
  expect(partOf(visit(), 'facts')).toMatchObject({ visitKind: 'new', channel: 'inPerson' });
});

test('her visit is put right from her page', async () => {
  await openPage();
  await press(/^来所 .*を訂正・取消$/);
  const sheet = within(await screen.findByRole('dialog', { hidden: true }));
  expect(sheet.queryByRole('button', { name: 'この人を開く', hidden: true })).toBeNull();
  fireEvent.click(sheet.getByRole('button', { name: '訂正する', hidden: true }));
  fireEvent.click(await screen.findByRole('radio', { name: '再来', hidden: true }));
  await press('訂正する');
  await waitFor(() => expect(partOf(visit(), 'facts')['visitKind']).toBe('returning'));
});

test('a day later nobody is sent back to wait, and the visit can still be put right', async () => {
  const { clock } = town.area;
  const before = clock.now;
  // What a pull of that day may take from the tablet is not asked here.
  place.line.isCut = true;
  clock.now += 86_400_000;
  try {
    await openPage();
    await press(/^来所 .*を訂正・取消$/);
    await button('訂正する');
    expect(screen.queryByRole('button', { name: '待ちにもどす', hidden: true })).toBeNull();
  } finally {
    clock.now = before;
    place.line.isCut = false;
  }
});

test('her talk cancelled: the visit stays counted, says so, and goes with one more press', async () => {
  await openPage();
  await press(/^相談 .*を訂正・取消$/);
  fireEvent.click(await screen.findByRole('radio', { name: '取り消す', hidden: true }));
  fireEvent.click(await screen.findByRole('radio', { name: '入力まちがい', hidden: true }));
  await press('この記録を取り消す');
  await screen.findByText('いっしょに作った来所は、1件と数えたままです。');
  expect(stateOf(visit())).not.toBe('voided');
  await press('来所も取り消す');
  await screen.findByText('来所も取り消しました。数には入りません。');
  // Said in the head of the sheet, beside its title.
  const said = await screen.findByText('この端末に保存しました', { selector: '.toast span' });
  expect(said.closest('.sheet-head')?.querySelector('h2')?.textContent).toBe('相談の訂正');
  expect(partOf(visit(), 'facts')).toMatchObject({ state: 'voided', voidReason: 'mistake' });
});
