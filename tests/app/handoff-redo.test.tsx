/** A handoff that came back is corrected, consented to and sent: three writes, and any of them may be refused. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { NamedHandoff } from '../../src/app/screens/handoffs/named-handoff.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Session } from '../../src/device/types.ts';
import { partOf } from '../../src/domain/record.ts';
import { consentTerms } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 30_000 });

let town: Town;
let place: Place;
let open: Session;
let handoff: string;
let seeker: string;
const name = { familyName: '手渡', familyKana: 'テワタシ' };
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  open = await place.enrol('shiroishi-city1');
  [seeker, handoff] = [open.newId(), open.newId()];
  must(await open.write('seeker.register', { id: seeker, ...name }));
  must(
    await open.write('handoff.offer', {
      id: handoff,
      fromSeeker: seeker,
      newConsent: open.newId(),
      newLink: open.newId(),
      toOrg: 'hw-sapporo-higashi',
      toSite: 'shiroishi',
      reason: 'jobReferral',
      urgency: 'normal',
      items: ['name'],
      message: '前の文',
      ...name,
      ...consentTerms(town.area.today()),
    }),
  );
  await place.tab.tablet.syncNow();
  const desk = await town.tablet();
  const hw = await desk.enrol('shiroishi-hw1');
  must(
    await hw.write('handoff.return', { id: handoff, returnReason: 'other', returnNote: '問い' }),
  );
  await desk.tab.tablet.syncNow();
  await place.tab.tablet.syncNow();
  must(await open.write('handoff.redraft', { id: handoff }));
}, 30_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const draw = () => {
  const [person, given] = [open.get('seeker', seeker), open.get('handoff', handoff)];
  if (!person || !given) throw new Error('nothing to send');
  render(
    <TabletContext.Provider value={place.tab.tablet}>
      <SessionContext.Provider value={open}>
        <NamedHandoff
          seeker={person}
          about={[]}
          handoff={given}
          choice={null}
          onClose={() => undefined}
        />
      </SessionContext.Provider>
    </TabletContext.Provider>,
  );
};
const message = () =>
  screen.findByRole<HTMLTextAreaElement>('textbox', {
    name: /^伝えたいこと/,
    hidden: true,
  });
const press = async (label: string) =>
  fireEvent.click(await screen.findByRole('button', { name: label, hidden: true }));
const send = () => press('同意を記録して引き継ぐ');
const pause = () => new Promise((done) => setTimeout(done, 300));

test('what was corrected is not sent again when the consent was refused, and lies under what follows', async () => {
  const write = vi.spyOn(open, 'write');
  const verbs = () => write.mock.calls.map(([verb]) => verb);
  draw();
  const text = await message();
  await pause();
  fireEvent.input(text, { target: { value: '直した文' } });
  await pause();
  await send();
  await waitFor(() => expect(verbs()).toEqual(['handoff.amend', 'handoff.recordConsent']));
  await pause();
  expect(await open.readDraft(`handoff ${handoff}`)).toMatchObject({ message: '直した文' });
  await send();
  await waitFor(() => expect(verbs()).toHaveLength(3));
  await pause();
  expect(verbs().at(-1)).toBe('handoff.recordConsent');
  fireEvent.input(await message(), { target: { value: 'もう一度直した文' } });
  await send();
  await waitFor(() => expect(verbs()).toHaveLength(5));
  const [, args, options] = write.mock.calls[3] ?? [];
  expect(args).toEqual({ id: handoff, message: 'もう一度直した文' });
  expect(options?.seen).toMatchObject({ message: '直した文' });
  await pause();
  cleanup();
  await pause();
  draw();
  const again = await message();
  await waitFor(() => expect(again.value).toBe('もう一度直した文'));
  await pause();
  fireEvent.input(again, { target: { value: '三度めの文' } });
  await send();
  await waitFor(() => expect(verbs()).toHaveLength(7));
  expect(write.mock.calls[5]?.[2]?.seen).toMatchObject({ message: 'もう一度直した文' });
  expect(JSON.stringify(partOf(open.get('handoff', handoff), 'offer'))).toContain('三度めの文');
  // What the last one found is shown before the screen goes.
  await Promise.all(write.mock.results.map(({ value }) => value));
  await pause();
});
