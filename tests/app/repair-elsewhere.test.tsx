/** A count stays at the counter where the arrival was, whoever puts the entry right. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { Repair, type Repairable } from '../../src/app/screens/outbox/repair.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { partOf } from '../../src/domain/record.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let far: Place;
let boss: Place;
let farBoss: Place;
const businessDate = '2026-11-13';
beforeAll(async () => {
  town = await openTown();
  far = await town.tablet('toyohira');
  boss = await town.tablet();
  farBoss = await town.tablet('toyohira');
  await far.enrol('toyohira-city1');
  await boss.enrol('shiroishi-citysv');
  await farBoss.enrol('toyohira-citysv');
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const sync = (place: Place) => place.tab.tablet.syncNow();
const button = (name: string | RegExp) => screen.findByRole('button', { name, hidden: true });
const noButton = (name: string | RegExp) =>
  expect(screen.queryByRole('button', { name, hidden: true })).toBeNull();
const press = async (name: string | RegExp) => fireEvent.click(await button(name));
const arrival = (id: string) => ({
  id,
  arrivedAt: town.area.clock.now,
  channel: 'phone',
  visitKind: 'new',
  purposes: ['careerCounselling'],
  heads: 4,
});

/** Four people, written at the other counter on a tablet that was stopped before it was sent. */
async function stopped(): Promise<string> {
  const id = sit(far).newId();
  far.line.isCut = true;
  must(await sit(far).write('visit.log', arrival(id), { businessDate }));
  const { stores } = must(await sit(farBoss).ask('/api/stores')) as {
    stores: { store: string; user: string }[];
  };
  const store = stores.find(({ user }) => user === 'toyohira-city1')?.store;
  must(await sit(farBoss).ask('/api/stores/revoke', { body: { store } }));
  far.line.isCut = false;
  await sync(far);
  return id;
}

async function look(place: Place): Promise<void> {
  cleanup();
  render(<App tablet={place.tab.tablet} />);
  go('admin');
  await press(/来所.*をひらく/);
}

test('a supervisor of another counter is told where it is put right, and may withdraw it; hers there takes it over', async () => {
  const id = await stopped();
  await look(boss);
  expect(await screen.findByText(/」の責任者が「職員の要確認」で直せます/)).toBeTruthy();
  expect(screen.getByText(/ここから送ると別の窓口の数になるため、送れません/)).toBeTruthy();
  expect(screen.getAllByText(/「あいワーク豊平」の窓口/).length).toBeGreaterThan(0);
  noButton('引き取って直す');
  noButton('新しい相談として記録する');
  await button('理由を書いて取り下げる');
  await look(farBoss);
  await press('引き取って直す');
  await press('送りなおす');
  await waitFor(() => expect(screen.queryByRole('list', { name: /の要確認/ })).toBeNull());
  await sync(farBoss);
  const facts = partOf(sit(farBoss).get('visit', id), 'facts');
  expect(facts).toMatchObject({ heads: 4, site: 'toyohira', date: businessDate });
});

test('nor is her own sent again from the counter to which she has moved', async () => {
  const item: Repairable = {
    id: 'e-1',
    verb: 'visit.log',
    title: '来所を記録',
    businessDate,
    problem: { code: 'revoked' },
    args: arrival(sit(boss).newId()),
    personName: undefined,
    site: 'toyohira',
  };
  render(
    <TabletContext.Provider value={boss.tab.tablet}>
      <SessionContext.Provider value={sit(boss)}>
        <Repair item={item} onClose={() => undefined} onDiscard={() => undefined} />
      </SessionContext.Provider>
    </TabletContext.Provider>,
  );
  expect(await screen.findByText(/ここから送ると別の窓口の数になるため/)).toBeTruthy();
  noButton('送りなおす');
  await button('理由を書いて取り下げる');
});

test('what is written on a tablet bears the counter that it is counted at', async () => {
  boss.line.isCut = true;
  const session = sit(boss);
  must(await session.write('visit.log', arrival(session.newId())));
  expect(session.outbox.peek().at(-1)).toMatchObject({ verb: 'visit.log', site: 'shiroishi' });
  boss.line.isCut = false;
});
