/** 締める: the dialog promises no more than is known; the real tablet and the real server in-process. */
import { cleanup, render, screen } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CloseDay } from '../../src/app/screens/counts/close-day.tsx';
import { addDays } from '../../src/domain/date.ts';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Official } from '../../src/app/logic/official-counts.ts';
import type { Session } from '../../src/device/types.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

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

const sync = async (...places: readonly Place[]) => {
  for (const one of places) await one.tab.tablet.syncNow();
};
/** The question to the server is answered, and the answer is shown. */
const settled = () => new Promise((done) => setTimeout(done, 300));
const voided = async (by: Session, id: string) =>
  must(await by.write('visit.void', { id, voidReason: 'mistake' }));

async function logged(): Promise<string> {
  const id = head.newId();
  const arrival = { arrivedAt: place.tab.tablet.now(), channel: 'inPerson', visitKind: 'new' };
  must(await head.write('visit.log', { id, ...arrival, purposes: ['other'] }));
  return id;
}

function show(date = place.tab.tablet.today()) {
  const { tablet } = place.tab;
  const now = tablet.now();
  const tablets = [{ name: '窓口1', receivedAt: now - 420_000, heardAt: now }];
  const official = { tablets, quarantined: 0 } as unknown as Official; // what the dialog reads of it
  const close = () => undefined;
  return render(
    <TabletContext.Provider value={tablet}>
      <SessionContext.Provider value={head}>
        <CloseDay site="shiroishi" date={date} official={official} onClose={close} onDone={close} />
      </SessionContext.Provider>
    </TabletContext.Provider>,
  );
}

test('heard from every tablet, it says that there may be more, without a tick, one time each', () => {
  const { container } = show();
  expect(
    screen.getByText(/つながりましたが、まだ届いていない記録があるかもしれません/),
  ).toBeTruthy();
  expect(container.querySelector('.notice-good')).toBeNull();
  expect(container.querySelectorAll('.tablet-times time')).toHaveLength(1);
  expect(screen.queryByText(/この端末に、まだ送っていない/)).toBeNull();
});

test('what has arrived and is not settled is counted, of colleagues and of her own; of another day it is not', async () => {
  const other = await town.tablet();
  const desk = await other.enrol('shiroishi-city1');
  const [one, two] = [await logged(), await logged()];
  await sync(place, other);
  place.line.isCut = other.line.isCut = true;
  for (const by of [desk, head]) await voided(by, one);
  place.line.isCut = false;
  await sync(place);
  place.line.isCut = true;
  for (const by of [desk, head]) await voided(by, two);
  other.line.isCut = false;
  await sync(other);
  place.line.isCut = false;
  await sync(place);
  show();
  expect(await screen.findByText('この窓口のこの日の記録に、要確認2件があります。')).toBeTruthy();
  expect(screen.getByText(/所属の職員と受付の1件.*あなたの要確認1件/)).toBeTruthy();
  cleanup();
  show(addDays(place.tab.tablet.today(), -1));
  await settled();
  expect(screen.queryByText(/^この窓口のこの日の記録に/)).toBeNull();
  place.line.isCut = true;
  cleanup();
  show();
  expect(await screen.findByText('ほかの職員の要確認は、いま確かめられません。')).toBeTruthy();
  expect(screen.getByText('この窓口のこの日の記録に、要確認1件があります。')).toBeTruthy();
  place.line.isCut = false;
});

test('what this tablet itself has not sent is said in numbers', async () => {
  place.line.isCut = true;
  await logged();
  show();
  expect(await screen.findByText('この端末に、まだ送っていない記録が1件あります。')).toBeTruthy();
});
