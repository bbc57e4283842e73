/** 未送信・要確認 and きょうの照合 without a line, when it is back, and after a withdrawal: the real tablet and server. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { showing } from '../../src/app/screens/ready/showing.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { visit as facts } from '../support/restored-town.ts';

let town: Town;
let place: Place;
let other: Place;
let boss: Place;
beforeAll(async () => {
  town = await openTown();
  [place, other, boss] = [await town.tablet(), await town.tablet(), await town.tablet()];
  await place.enrol('shiroishi-city1');
  await other.enrol('shiroishi-city2');
  await boss.enrol('shiroishi-citysv');
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
  showing.value = undefined;
});

const sync = (at: Place) => at.tab.tablet.syncNow();
const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name, hidden: true }));
const show = (at: Place, name: Parameters<typeof go>[0]) => {
  render(<App tablet={at.tab.tablet} />);
  go(name);
};
const said = () => screen.findByRole('status', { name: '送信の結果' });
const words = 'つながっていません。記録はこの端末にあります。つながると自動で送ります。';

/** Its question is answered. */
const untilCalm = async () => {
  const again = await screen.findByRole('button', { name: '送って、もう一度確かめる' });
  await waitFor(() => expect(again.getAttribute('aria-busy')).toBeNull());
};

async function log(at: Place): Promise<string> {
  const id = sit(at).newId();
  must(await sit(at).write('visit.log', { id, arrivedAt: town.area.clock.now, ...facts }));
  return id;
}

test('いま送る without a line says so, and is silent when the line is back', async () => {
  place.line.isCut = true;
  await log(place);
  show(place, 'outbox');
  expect((await said()).textContent).toBe('');
  await press('いま送る');
  await waitFor(async () => expect((await said()).textContent).toBe(words));
  place.line.isCut = false;
  await sync(place);
  await waitFor(async () => expect((await said()).textContent).toBe(''));
  await press('いま送る');
  await waitFor(async () =>
    expect((await said()).textContent).toBe(
      '送りました。この端末に、送っていない記録はありません。',
    ),
  );
});

test('on the lock screen the proof asks again by itself when the line is back, once and not in a circle', async () => {
  const id = await log(place);
  await sync(place);
  await sync(other);
  must(await sit(other).write('visit.void', { id, voidReason: 'mistake' }));
  await sync(other);
  place.line.isCut = true;
  must(await sit(place).write('visit.void', { id, voidReason: 'mistake' }));
  await sync(place);
  place.tab.tablet.lock();
  render(<App tablet={place.tab.tablet} />);
  await press('きょうの照合');
  expect(await screen.findByText('まだ確かめられません')).toBeTruthy();
  await press('送って、もう一度確かめる');
  await waitFor(async () => expect((await said()).textContent).toBe(words));
  await untilCalm();
  place.line.isCut = false;
  const ask = vi.spyOn(town.area, 'ask');
  const asked = () => ask.mock.calls.filter(([path]) => path === '/api/proof').length;
  await sync(place);
  expect(await screen.findByText('一致しました')).toBeTruthy();
  expect(screen.getByText('サーバーの番号も同じです')).toBeTruthy();
  expect(await screen.findByText('この日に、この端末で入力した記録：要確認1件')).toBeTruthy();
  await untilCalm();
  const before = asked();
  expect(before).toBeLessThanOrEqual(3);
  for (let n = 0; n < 3; n++) await sync(place);
  expect(asked()).toBe(before);
});

test('the reason of a withdrawal is a draft like every form: found again, erased, and brought back', async () => {
  await place.unlock('shiroishi-city1');
  show(place, 'outbox');
  const field = async () => (await screen.findByLabelText(/取り下げる理由/)) as HTMLTextAreaElement;
  expect(screen.queryByText('書きかけがあります')).toBeNull();
  await waitFor(() => {
    const withdraw = screen.getByRole('button', { name: '理由を書いて取り下げる' });
    const about = document.getElementById(withdraw.getAttribute('aria-describedby') ?? '');
    expect(about?.textContent ?? '').toContain('来所を取り消す');
  });
  await press('理由を書いて取り下げる');
  await press('取り下げる');
  await waitFor(async () => expect(document.activeElement).toBe(await field()));
  fireEvent.input(await field(), { target: { value: '書きかけの理由' } });
  await press('とじる');
  expect(await screen.findByText('書きかけがあります')).toBeTruthy();
  await press('理由を書いて取り下げる');
  await screen.findByText('前の書きかけを開きました。');
  expect((await field()).value).toBe('書きかけの理由');
  await press('書きかけを消してはじめから');
  expect((await field()).value).toBe('');
  await press('消した書きかけをもどす');
  expect((await field()).value).toBe('書きかけの理由');
  await press('書きかけを消してはじめから');
  await press('とじる');
  await waitFor(() => expect(screen.queryByText('書きかけがあります')).toBeNull());
});

test('a withdrawn entry is found with its reason, counted in the proof, and by the supervisor', async () => {
  show(place, 'outbox');
  expect(await screen.findByText(/すべて送りました.*1件は、上の「要確認」/)).toBeTruthy();
  await press('理由を書いて取り下げる');
  expect(await screen.findByText(/理由を見られるのは、あなただけです/)).toBeTruthy();
  const reason = await screen.findByLabelText(/取り下げる理由/);
  fireEvent.input(reason, { target: { value: '先に取り消されていた' } });
  await press('取り下げる');
  const list = await screen.findByRole('list', { name: '取り下げた記録', hidden: true });
  expect(list.textContent).toContain('理由：先に取り消されていた');
  expect(list.textContent).toContain('10:00');
  await sync(place);
  go('proof');
  expect(await screen.findByRole('button', { name: 'もどる' })).toBeTruthy();
  const figure = await screen.findByText(/^うち取り下げ/);
  expect(figure.closest('div')?.textContent).toContain('1件');
  cleanup();
  place.tab.tablet.lock();
  render(<App tablet={place.tab.tablet} />);
  await press('きょうの照合');
  const locked = await screen.findByText(/^うち取り下げ/);
  expect(locked.textContent).not.toContain('「取り下げた記録」');
  expect(screen.queryByText(/先に取り消されていた/)).toBeNull();
  cleanup();
  showing.value = undefined;
  show(boss, 'admin');
  const table = await screen.findByRole('table', { name: '' });
  const row = within(table).getByRole('row', { name: /窓口1/ });
  const at = within(table)
    .getAllByRole('columnheader')
    .findIndex(({ textContent }) => textContent === '取り下げ');
  expect(row.children[at]?.textContent).toBe('1件');
});

test('what her supervisor put right is told to its author, and not as withdrawn', async () => {
  await place.unlock('shiroishi-city1');
  const id = await log(place);
  await sync(place);
  await sync(other);
  must(await sit(other).write('visit.void', { id, voidReason: 'mistake' }));
  must(await sit(place).write('visit.void', { id, voidReason: 'mistake' }));
  await sync(other);
  await sync(place);
  const refused = sit(place).outbox.peek().at(-1)?.id ?? '';
  const again = { id: sit(boss).newId(), arrivedAt: town.area.clock.now, ...facts };
  must(await sit(boss).write('visit.log', again, { supersedes: refused }));
  await sync(boss);
  await sync(place);
  show(place, 'outbox');
  const list = await screen.findByRole('list', { name: '引き取られた記録', hidden: true });
  expect(list.textContent).toContain('来所を取り消す');
  expect(list.textContent).toContain('直して送られました');
  expect(list.textContent).not.toContain('人の指定なし');
  const withdrawn = await screen.findByRole('list', { name: '取り下げた記録', hidden: true });
  expect(withdrawn.textContent).not.toContain('直して送られました');
});
