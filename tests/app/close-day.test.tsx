/** 締める: the dialog promises no more than is known; the real tablet and the real server in-process. */
import { cleanup, render, screen } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CloseDay } from '../../src/app/screens/counts/close-day.tsx';
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

function show() {
  const { tablet } = place.tab;
  const now = tablet.now();
  const tablets = [{ name: '窓口1', receivedAt: now - 420_000, heardAt: now }];
  const official = { tablets, quarantined: 0 } as unknown as Official; // what the dialog reads of it
  const close = () => undefined;
  return render(
    <TabletContext.Provider value={tablet}>
      <SessionContext.Provider value={head}>
        <CloseDay
          site="shiroishi"
          date={tablet.today()}
          official={official}
          onClose={close}
          onDone={close}
        />
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

test('what this tablet itself has not sent is said in numbers', async () => {
  place.line.isCut = true;
  const arrival = { arrivedAt: place.tab.tablet.now(), channel: 'inPerson', visitKind: 'new' };
  must(await head.write('visit.log', { id: head.newId(), ...arrival, purposes: ['other'] }));
  show();
  expect(await screen.findByText('この端末に、まだ送っていない記録が1件あります。')).toBeTruthy();
});
