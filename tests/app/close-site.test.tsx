/** 窓口を閉じて移す: what a supervisor reads, chooses and takes back, over the real tablet and the real server in-process. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CloseSite } from '../../src/app/screens/admin/close-site.tsx';
import { MovingNotice } from '../../src/app/screens/today/moving-notice.tsx';
import { OfficialCounts } from '../../src/app/screens/counts/official-counts.tsx';
import { RecordForm } from '../../src/app/screens/records/record-form.tsx';
import { successors } from '../../src/app/logic/close-site.ts';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { reconciliationId } from '../../src/domain/kinds/reconciliation.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { partOf } from '../../src/domain/record.ts';
import type { Session } from '../../src/device/types.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';
import { fillForm } from '../support/form-filler.ts';

let town: Town;
let place: Place;
let head: Session;
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  head = await place.enrol('shiroishi-citysv');
}, 30_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const show = (what: preact.ComponentChildren) =>
  render(
    <TabletContext.Provider value={place.tab.tablet}>
      <SessionContext.Provider value={head}>{what}</SessionContext.Provider>
    </TabletContext.Provider>,
  );
const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name }));
const own = () => partOf(head.get('site', head.actor.site), 'facts');
const lastDay = '2026-11-16';

test('nothing is asked of the server before a successor is chosen', async () => {
  show(<CloseSite />);
  await press('窓口を閉じる…');
  await press('閉じることにする');
  expect(await screen.findByText('移る先の窓口と、最後の日を選んでください。')).toBeTruthy();
  expect(own()['movedTo']).toBeUndefined();
});

test('said, read on the screen, taken back, said again', async () => {
  show(<CloseSite />);
  const say = async () => {
    await press('窓口を閉じる…');
    expect(screen.queryByRole('radio', { name: 'あいワーク白石' })).toBeNull();
    fireEvent.click(await screen.findByRole('radio', { name: 'あいワーク豊平' }));
    await press('閉じることにする');
    await waitFor(() => expect(own()).toMatchObject({ movedTo: 'toyohira', closedOn: lastDay }));
  };
  await say();
  await screen.findByText(/11月16日.*が最後の日です/);
  const notice = show(<MovingNotice />);
  await screen.findByText(/この窓口は、11月16日.*が最後の日です/);
  notice.unmount();
  await press('閉じるのをやめる');
  await waitFor(() => expect(own()['movedTo']).toBeUndefined());
  await say();
});

test('a counter that is awaited, or holds another, is none to move into', () => {
  const site = (id: string, facts: object) => ({
    kind: 'site',
    id,
    parts: { facts: { state: 'active', ...facts } },
  });
  const sites = [
    site('own', {}),
    site('free', {}),
    site('holds', { tookOver: 'gone' }),
    site('awaited', {}),
    site('leaving', { movedTo: 'awaited' }),
    site('gone', { state: 'closed', movedTo: 'holds' }),
  ];
  expect(successors(sites, 'own').map(({ id }) => id)).toEqual(['free']);
});

test('moved, its supervisor asks for figures of either counter', async () => {
  town.area.clock.now += 24 * 3_600_000;
  await place.tab.tablet.syncNow();
  await place.tab.tablet.syncNow();
  expect(head.actor).toMatchObject({ site: 'toyohira', alsoSites: ['shiroishi'] });
  show(<CloseSite />);
  await screen.findByText(/あいワーク白石.*を引き継いでいます/);
  expect(screen.queryByRole('button', { name: '窓口を閉じる…' })).toBeNull();
  cleanup();
  show(<MovingNotice />);
  await screen.findByText(/あいワーク白石.*の仕事を引き継いでいます/);
  cleanup();
  show(<OfficialCounts period={{ from: lastDay, to: lastDay }} />);
  fireEvent.click(await screen.findByRole('radio', { name: 'あいワーク白石' }));
  await screen.findByText('速報です（締めていない日があります）');
  await press('締める');
  const sheet = within(await screen.findByRole('dialog'));
  fireEvent.click(sheet.getByRole('button', { name: /待たずに締める|^締める$/ }));
  await waitFor(() =>
    expect(partOf(head.get('dayClosing', `closing-shiroishi-${lastDay}`), 'facts')).toMatchObject({
      state: 'closed',
      site: 'shiroishi',
    }),
  );
});

test('it closes months and reconciles figures of the one that moved here', async () => {
  show(<OfficialCounts period={{ from: '2026-10-01', to: '2026-10-31' }} />);
  fireEvent.click(await screen.findByRole('radio', { name: 'あいワーク白石' }));
  await press('この月を締める');
  const month = within(await screen.findByRole('dialog'));
  const all = within(month.getByRole('group', { name: /まとめて/ })).getAllByRole('radio');
  fireEvent.click(all[0] ?? document.body);
  fireEvent.click(month.getByRole('button', { name: '月を締める' }));
  await waitFor(() =>
    expect(partOf(head.get('monthClosing', 'month-shiroishi-2026-10'), 'facts')).toMatchObject({
      state: 'closed',
      site: 'shiroishi',
    }),
  );
  cleanup();
  const verb = verbNamed('reconciliation.record');
  if (!verb) throw new Error('no such verb');
  show(<RecordForm verb={verb} onClose={() => undefined} />);
  const dialog = await screen.findByRole('dialog');
  fireEvent.click(within(dialog).getByRole('radio', { name: 'あいワーク白石' }));
  await fillForm({
    sheet: dialog,
    fields: verb.args,
    values: { month: '2026-10', metric: 'placements', own: 3, official: 3 },
    today: lastDay,
    isExact: false,
    personNamed: () => '',
  });
  await press(verb.title);
  const id = reconciliationId('shiroishi', '2026-10', 'placements');
  await waitFor(() =>
    expect(partOf(head.get('reconciliation', id), 'facts')).toMatchObject({ site: 'shiroishi' }),
  );
});
