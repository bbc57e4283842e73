/** What forms keep apart: a second valid card of one person, and two files that have one name. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { JobImport } from '../../src/app/screens/jobs/job-import.tsx';
import { RecordForm } from '../../src/app/screens/records/record-form.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Session } from '../../src/device/types.ts';
import { stateOf } from '../../src/domain/kind.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { seekerArgs } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';
import { fillForm } from '../support/form-filler.ts';
import { feedHead, feedLine } from '../support/job-feed.ts';

let town: Town;
let place: Place;
let session: Session;
const [holder, other] = [seekerArgs('持つ'), seekerArgs('持たない')];
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol('shiroishi-citysv');
  for (const person of [holder, other]) must(await session.write('seeker.register', person));
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const show = (what: preact.ComponentChildren) =>
  render(
    <TabletContext.Provider value={place.tab.tablet}>
      <SessionContext.Provider value={session}>{what}</SessionContext.Provider>
    </TabletContext.Provider>,
  );

const cards = () => session.all('userCard').peek();

function found(selector: string): Element {
  const element = document.querySelector(selector);
  if (!element) throw new Error(selector);
  return element;
}

async function issue(seeker: string, cardNo: string) {
  const verb = verbNamed('userCard.issue');
  if (!verb) throw new Error('no such verb');
  cleanup();
  show(<RecordForm verb={verb} seeker={seeker} onClose={() => undefined} />);
  const sheet = await waitFor(() => found('dialog.sheet'));
  const values = { cardNo };
  const rest = { today: town.area.today(), isExact: false, personNamed: () => '' };
  await fillForm({ sheet, fields: verb.args, values, ...rest });
  fireEvent.click(found('.sheet-actions .button-primary'));
}

test('a person who has a valid card is given no second one until it is lost, replaced or brought back', async () => {
  await issue(holder.id, 'W-1');
  await waitFor(() => expect(cards()).toHaveLength(1));
  await issue(holder.id, 'W-2');
  await screen.findByText(/利用者カード（W-1）が、まだ「使える」になっています/);
  expect(cards()).toHaveLength(1);
  cleanup();
  await issue(other.id, 'W-3');
  await waitFor(() => expect(cards()).toHaveLength(2));
  const [first] = cards().filter((card) => card.parts['card']?.['cardNo'] === 'W-1');
  must(await session.write('userCard.takeBack', { id: first?.id ?? '' }));
  await issue(holder.id, 'W-4');
  await waitFor(() => expect(cards()).toHaveLength(3));
  expect(cards().filter((card) => stateOf(card) === 'active')).toHaveLength(2);
});

test('a corrected file of the same name is read by its own columns', async () => {
  show(<JobImport onClose={() => undefined} />);
  const input = found('input[type=file]');
  const choose = (head: string) => {
    const text = `${head}\r\n${feedLine(1)}\r\n`;
    const file = new File([text], 'kyujin.csv', { type: 'text/csv' });
    fireEvent.change(input, { target: { files: [file] } });
  };
  choose(feedHead.replace('事業所名', 'なまえ'));
  await screen.findByText(/列が決まっていません/);
  choose(feedHead);
  await screen.findByRole('button', { name: '1件を取りこむ' });
  expect(screen.queryByText(/列が決まっていません/)).toBeNull();
});
