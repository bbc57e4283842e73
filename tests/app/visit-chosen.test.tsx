/** The visit that was chosen changes while the talk is written: an arrival is never counted a second time unasked. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { Repair, type Repairable } from '../../src/app/screens/outbox/repair.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Session } from '../../src/device/types.ts';
import { stateOf } from '../../src/domain/kind.ts';
import { partOf } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let first: Place;
let session: Session;
let person: Values & { id: string };
const other = seekerArgs('ほか');
beforeAll(async () => {
  town = await openTown();
  first = await town.tablet();
  session = await first.enrol('shiroishi-city1');
  must(await session.write('seeker.register', other));
  await first.tab.tablet.syncNow();
  first.line.isCut = true;
}, 60_000);
afterAll(() => town.close());
beforeEach(async () => {
  person = seekerArgs('来所');
  must(await session.write('seeker.register', person));
});
afterEach(() => {
  cleanup();
  dropToasts();
});

const log = async (seeker?: string): Promise<string> => {
  const id = session.newId();
  const asked = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const args = { id, arrivedAt: town.area.clock.now, heads: 1, ...asked };
  must(await session.write('visit.log', { ...args, ...(seeker ? { seeker } : {}) }));
  return id;
};
const counted = () =>
  session
    .all('visit')
    .peek()
    .filter((one) => stateOf(one) !== 'voided').length;
const press = async (name: string) =>
  fireEvent.click(await screen.findByRole('button', { name, hidden: true }));
const chosen = () => screen.getByRole('radio', { checked: true, hidden: true }).closest('label');
const open = async (visit: string) => {
  render(<App tablet={first.tab.tablet} />);
  go('consultation', { seeker: person.id, visit });
  fireEvent.click(await screen.findByRole('checkbox', { name: /キャリア/, hidden: true }));
};
const said = () => session.all('consultation').peek().filter(isHers);
const isHers = (one: Parameters<typeof stateOf>[0]) =>
  partOf(one, 'shared')['seeker'] === person.id;

test('a nameless arrival that is ended at the reception meanwhile is the visit of the talk, and becomes hers', async () => {
  const id = await log();
  await open(id);
  const before = counted();
  must(await session.write('visit.finish', { id }));
  await waitFor(() => expect(chosen()?.textContent).toMatch(/^氏名未記入.*（終わり）/));
  expect(screen.queryByText(/来所の記録も/)).toBeNull();
  await press('相談を記録する');
  await waitFor(() => expect(said()).toHaveLength(1));
  expect(partOf(said()[0], 'facts')['visit']).toBe(id);
  expect(partOf(session.get('visit', id), 'city')['citySeeker']).toBe(person.id);
  expect(counted()).toBe(before);
});

test.each([
  ['cancelled', 'visit.void', { voidReason: 'mistake' }, /（取消）/, /取り消されました/],
  ['given to somebody else', 'visit.attach', { seeker: other.id }, /^ほかの方/, /ほかの方の来所に/],
] as const)(
  'an arrival that is %s meanwhile stays chosen in sight and is refused; another choice is taken',
  async (_what, verb, args, label, why) => {
    const id = await log();
    await open(id);
    const before = session.outbox.peek().length;
    must(await session.write(verb, { id, ...args }));
    await waitFor(() => expect(chosen()?.textContent).toMatch(label));
    const place = () => screen.getByText(why).closest('fieldset + [role=alert]');
    expect(place()).toBeTruthy();
    await press('相談を記録する');
    expect(place()).toBeTruthy();
    expect(session.outbox.peek()).toHaveLength(before + 1);
    fireEvent.click(screen.getByRole('radio', { name: '受付に出ていない', hidden: true }));
    expect(await screen.findByText(/来所の記録も/)).toBeTruthy();
    expect(screen.queryByText(why)).toBeNull();
    fireEvent.click(await screen.findByRole('radio', { name: /新規/, hidden: true }));
    await press('相談を記録する');
    await waitFor(() => expect(said()).toHaveLength(1));
    expect(session.outbox.peek().at(-1)?.verb).toBe('consultation.recordWalkIn');
  },
);

const anew = async (item: Pick<Repairable, 'id' | 'verb' | 'problem' | 'args'>) => {
  const nothing = () => undefined;
  const said = { title: '相談', businessDate: first.tab.tablet.today(), personName: '来所 試し' };
  render(
    <TabletContext.Provider value={first.tab.tablet}>
      <SessionContext.Provider value={session}>
        <Repair item={{ ...said, ...item }} onClose={nothing} onDiscard={nothing} />
      </SessionContext.Provider>
    </TabletContext.Provider>,
  );
  await press('新しい相談として記録する');
};

test('written anew: the visit proposed in place of the cancelled one goes too, and none is made unasked', async () => {
  const [gone, proposed] = [await log(person.id), await log(person.id)];
  must(await session.write('visit.void', { id: gone, voidReason: 'mistake' }));
  const talk = { id: session.newId(), visit: gone, seeker: person.id };
  await anew({
    id: 'e-1',
    verb: 'consultation.record',
    problem: { code: 'illegalState', kind: 'visit', found: '取消ずみ' },
    args: { ...talk, services: ['careerCounselling'], summary: '文' },
  });
  await waitFor(() => expect(chosen()?.textContent).toMatch(/^この方/));
  must(await session.write('visit.void', { id: proposed, voidReason: 'mistake' }));
  await waitFor(() => expect(chosen()?.textContent).toMatch(/^この方.*（取消）/));
  const before = session.outbox.peek().length;
  await press('相談を記録する');
  expect(await screen.findByText(/選んだ来所は、取り消されました/)).toBeTruthy();
  expect(session.outbox.peek()).toHaveLength(before);
  expect(said()).toEqual([]);
});

test('written anew: what was typed comes back, though its visit was cancelled meanwhile', async () => {
  const [visit, id] = [await log(), session.newId()];
  const talk = { id, visit, seeker: person.id, services: ['careerCounselling'] };
  must(await session.write('consultation.record', talk));
  must(await session.write('consultation.void', { id, voidReason: 'mistake' }));
  const item = {
    id: 'e-2',
    verb: 'consultation.amend',
    problem: { code: 'illegalState', kind: 'consultation', found: '取消ずみ' },
    args: { id, minutes: 20 },
  } as const;
  const notes = () => screen.findByRole('textbox', { name: /^内部メモ/, hidden: true });
  await anew(item);
  fireEvent.input(await notes(), { target: { value: '長いメモ' } });
  await waitFor(async () =>
    expect(await session.readDraft('anew-e-2')).toMatchObject({ notes: '長いメモ' }),
  );
  cleanup();
  must(await session.write('visit.void', { id: visit, voidReason: 'mistake' }));
  await anew(item);
  const again = (await notes()) as HTMLTextAreaElement;
  await waitFor(() => expect(again.value).toBe('長いメモ'));
});

const visitBox = () => {
  const group = screen.getByRole('group', { name: 'どの来所ですか', hidden: true });
  const boxes = [...group.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  return {
    boxes,
    label: () => boxes.find(({ checked }) => checked)?.closest('label')?.textContent,
  };
};
const draw = async (visit?: string) => {
  render(<App tablet={first.tab.tablet} />);
  go('consultation', { seeker: person.id, visit });
  await screen.findByRole('textbox', { name: /^内部メモ/, hidden: true });
  // A form keeps a draft only once it is drawn.
  await new Promise((done) => setTimeout(done, 100));
};
const note = () =>
  screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^内部メモ/, hidden: true });
const choose = (words: RegExp) => {
  const found = visitBox().boxes.find((one) => words.test(one.closest('label')?.textContent ?? ''));
  fireEvent.click(found ?? document.body);
};
const typed = async (notes: string) => {
  fireEvent.input(note(), { target: { value: notes } });
  const key = `consultation ${person.id}`;
  await waitFor(async () => expect(await session.readDraft(key)).toMatchObject({ notes }));
  cleanup();
};
const comesBack = (notes: string) => waitFor(() => expect(note().value).toBe(notes));

test('chosen by hand it comes back with the draft, and the draft goes with it', async () => {
  await log();
  const about = vi.spyOn(session, 'writeDraft');
  await draw();
  choose(/^氏名未記入/);
  await waitFor(() => expect(visitBox().label()).toMatch(/^氏名未記入/));
  await typed('長いメモ');
  const [id = ''] = about.mock.lastCall?.[2] ?? [];
  expect(session.get('visit', id)).toBeDefined();
  about.mockRestore();
  await draw();
  await comesBack('長いメモ');
  await waitFor(() => expect(visitBox().label()).toMatch(/^氏名未記入/));
  fireEvent.click(await screen.findByRole('checkbox', { name: /キャリア/, hidden: true }));
  const before = counted();
  await press('相談を記録する');
  await waitFor(() => expect(said()).toHaveLength(1));
  expect(partOf(said()[0], 'facts')['visit']).toBe(id);
  expect(session.outbox.peek().at(-1)?.args).not.toHaveProperty('visitChosen');
  expect(counted()).toBe(before);
});

test('the one it was begun from comes back with the draft; gone meanwhile it is refused', async () => {
  const id = await log();
  await draw(id);
  await typed('はじめのメモ');
  must(await session.write('visit.void', { id, voidReason: 'mistake' }));
  await draw();
  await comesBack('はじめのメモ');
  await waitFor(() => expect(visitBox().label()).toMatch(/^氏名未記入.*（取消）/));
  fireEvent.click(await screen.findByRole('checkbox', { name: /キャリア/, hidden: true }));
  const before = session.outbox.peek().length;
  await press('相談を記録する');
  expect(await screen.findByText(/選んだ来所は、取り消されました/)).toBeTruthy();
  expect(session.outbox.peek()).toHaveLength(before);
});

test('a draft of nobody on the board makes no second visit of the one it is opened from', async () => {
  await log();
  await draw();
  choose(/^氏名未記入/);
  await waitFor(() => expect(visitBox().label()).toMatch(/^氏名未記入/));
  choose(/^受付に出ていない/);
  await typed('受付の前のメモ');
  const id = await log(person.id);
  await draw(id);
  await comesBack('受付の前のメモ');
  await waitFor(() => expect(visitBox().label()).toMatch(/^この方/));
  choose(/^受付に出ていない/);
  await waitFor(() => expect(visitBox().label()).toBe('受付に出ていない'));
});

test('a form in which nothing is written leaves no draft of the visit', async () => {
  const id = await log(person.id);
  await draw(id);
  fireEvent.input(note(), { target: { value: '消すメモ' } });
  fireEvent.input(note(), { target: { value: '' } });
  await new Promise((done) => setTimeout(done, 400));
  expect(await session.readDraft(`consultation ${person.id}`)).toBeUndefined();
});
