/** 月の締め and 突き合わせ, as a supervisor does them, over the real tablet and the real server in-process. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { OfficialCounts } from '../../src/app/screens/counts/official-counts.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Session } from '../../src/device/types.ts';
import { addMonths, monthRange } from '../../src/domain/date.ts';
import { closingId, monthClosingId } from '../../src/domain/kinds/day-closing.ts';
import { reconciliationId } from '../../src/domain/kinds/reconciliation.ts';
import { missingDaysOf } from '../../src/domain/kinds/month-closing.ts';
import { daysOf, monthOf } from '../../src/domain/month.ts';
import { partOf } from '../../src/domain/record.ts';
import { formatDateJa } from '../../src/domain/wareki.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
let head: Session;
let month: string;
let closed: string;
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  head = await place.enrol('shiroishi-citysv');
  month = monthOf(addMonths(place.tab.tablet.today(), -1));
  closed = `${month}-05`;
  const id = closingId('shiroishi', closed);
  must(await head.write('dayClosing.close', { id, date: closed, missing: 0 }));
  await place.tab.tablet.syncNow();
}, 30_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const show = (period: { from: string; to: string }) =>
  render(
    <TabletContext.Provider value={place.tab.tablet}>
      <SessionContext.Provider value={head}>
        <OfficialCounts period={period} />
      </SessionContext.Provider>
    </TabletContext.Provider>,
  );
const lastMonth = () => monthRange(`${month}-01`);
const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name }));
const sheet = async () => within(await screen.findByRole('dialog'));
const shut = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
const factsOf = (kind: string, id: string) => partOf(head.get(kind, id), 'facts');

test('a month that has not ended says from when; a part of one has no closing of its own', async () => {
  const today = place.tab.tablet.today();
  show(monthRange(today));
  await screen.findByText(`この月は、${formatDateJa(monthRange(today).to)}から締められます。`);
  cleanup();
  show({ from: `${month}-02`, to: lastMonth().to });
  await screen.findByRole('heading', { name: '日ごとの締め' });
  expect(screen.queryByRole('heading', { name: '月の締め' })).toBeNull();
});

test('days without a reason keep it open; all that are left get one at a press', async () => {
  show(lastMonth());
  await press('この月を締める');
  const dialog = await sheet();
  const before = dialog.getAllByRole('combobox', { hidden: true });
  expect(before).toHaveLength(daysOf(month).length - 1);
  fireEvent.click(dialog.getByRole('button', { name: '月を締める' }));
  await dialog.findByText(/理由を選んでいない日があります/);
  expect(head.get('monthClosing', monthClosingId('shiroishi', month))).toBeUndefined();
  fireEvent.click(dialog.getByRole('radio', { name: '来所がなかった' }));
  fireEvent.click(dialog.getByRole('button', { name: '月を締める' }));
  await waitFor(() =>
    expect(factsOf('monthClosing', monthClosingId('shiroishi', month))['state']).toBe('closed'),
  );
  const facts = factsOf('monthClosing', monthClosingId('shiroishi', month));
  expect(missingDaysOf(facts)).toHaveLength(daysOf(month).length - 1);
  expect(missingDaysOf(facts)).not.toContain(closed);
  await screen.findByText('確定した数字です');
  await waitFor(() => expect(screen.queryByRole('button', { name: '締めを解く' })).toBeNull());
});

test('a difference asks for a reason; equal numbers do not; both figures stay', async () => {
  const id = reconciliationId('shiroishi', month, 'placements');
  show(lastMonth());
  await press('就職件数のハローワークの数を入れる');
  const dialog = await sheet();
  const official = dialog.getByLabelText(/ハローワークの数/);
  fireEvent.input(official, { target: { value: '2' } });
  fireEvent.click(dialog.getByRole('button', { name: '突き合わせを記録する' }));
  await dialog.findByText('数がちがうときは、ちがいの理由を選んでください。');
  fireEvent.click(dialog.getByRole('checkbox', { name: '別の窓口に計上' }));
  fireEvent.click(dialog.getByRole('button', { name: '突き合わせを記録する' }));
  await shut();
  await screen.findByText('別の窓口に計上');
  expect(factsOf('reconciliation', id)).toMatchObject({ own: 0, official: 2, month });
  await press('就職件数のハローワークの数を直す');
  const again = await sheet();
  fireEvent.input(again.getByLabelText(/ハローワークの数/), { target: { value: '0' } });
  fireEvent.click(again.getByRole('button', { name: '突き合わせを記録する' }));
  await screen.findByText('一致');
  expect(factsOf('reconciliation', id)).toMatchObject({ own: 0, official: 0, reasons: [] });
});

test('taken back and entered again in the same place', async () => {
  const id = reconciliationId('shiroishi', month, 'placements');
  show(lastMonth());
  await press('就職件数のハローワークの数を直す');
  fireEvent.click((await sheet()).getByRole('button', { name: /取り消す/ }));
  const taking = await sheet();
  fireEvent.click(taking.getByRole('radio', { name: '入力まちがい' }));
  fireEvent.click(taking.getByRole('button', { name: '突き合わせを取り消す' }));
  await shut();
  await press('就職件数のハローワークの数を入れる');
  const dialog = await sheet();
  fireEvent.input(dialog.getByLabelText(/ハローワークの数/), { target: { value: '0' } });
  fireEvent.click(dialog.getByRole('button', { name: '突き合わせを記録する' }));
  await waitFor(() => expect(factsOf('reconciliation', id)['state']).toBe('recorded'));
});

test('it is opened again for a reason, and says so', async () => {
  show(lastMonth());
  await press('月の締めを解く');
  const dialog = await sheet();
  fireEvent.click(dialog.getByRole('radio', { name: '遅れて届いた記録を入れる' }));
  fireEvent.click(dialog.getByRole('button', { name: '締めを解く' }));
  await screen.findByText(/締めを解いた：遅れて届いた記録を入れる/);
  await screen.findByRole('button', { name: '締めを解く', hidden: true });
});
