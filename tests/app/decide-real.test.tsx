/** どちらかに決める from 未送信・要確認 and from the person's page, over two real tablets and the real server. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { choicesOf } from '../../src/domain/conflict.ts';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import { settleArgs } from '../../src/domain/settle.ts';
import { flatten } from '../../src/domain/verbs.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
let first: Place;
let second: Place;
beforeAll(async () => {
  town = await openTown();
  first = await town.tablet();
  second = await town.tablet();
  await first.enrol('shiroishi-city1');
  await second.enrol('shiroishi-city2');
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const sync = (place: Place) => place.tab.tablet.syncNow();
const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name, hidden: true }));

/** She saves first, without the line; a colleague's value reaches the server before hers. */
async function overtakenPhone(): Promise<string> {
  const { phone: _, ...rest } = seekerArgs('二台で');
  const args = { ...rest, phone: '090-0000-1234', phoneTail: '1234' };
  const change = (tail: string) => ({ id: args.id, phone: `090-1111-${tail}`, phoneTail: tail });
  must(await sit(first).write('seeker.register', args));
  await sync(first);
  await sync(second);
  must(await sit(second).openPerson(args.id, '相談'));
  second.line.isCut = true;
  must(await sit(second).write('seeker.amend', change('8888')));
  must(await sit(first).write('seeker.amend', change('2222')));
  await sync(first);
  second.line.isCut = false;
  await sync(second);
  return args.id;
}

test('a phone number changed on two tablets is one choice; number and last digits stay one another’s', async () => {
  const id = await overtakenPhone();
  render(<App tablet={second.tab.tablet} />);
  go('outbox');
  await press('どちらかに決める');
  const card = await screen.findByRole('region', { name: '求職者：電話', hidden: true });
  expect(screen.getAllByText('いま記録にある値')).toHaveLength(1);
  // She was the first to enter it, and the other the first to arrive: both is said, and no name that nobody knows.
  expect(card.textContent).toMatch(/あなたの値は、.*に入力したものです。/);
  expect(card.textContent).toContain('サーバーに届いたときには、先に届いた別の値が入っていました');
  expect(card.textContent).toContain('だれが入力したかは、この端末では分かりません');
  expect(card.textContent).not.toContain('入力したときには');
  const before = sit(second).outbox.peek().length;
  fireEvent.click(within(card).getByRole('button', { name: 'あなたの値にする', hidden: true }));
  await waitFor(() => expect(screen.queryByText('090-1111-2222')).toBeNull());
  expect(sit(second).outbox.peek()).toHaveLength(before + 1);
  await sync(second);
  await waitFor(() => expect(sit(second).outbox.peek()).toEqual([]));
  await sync(first);
  must(await sit(first).openPerson(id, '相談'));
  expect(flatten(sit(first).get('seeker', id))).toMatchObject({
    phone: '090-1111-8888',
    phoneTail: '8888',
  });
  expect(
    sit(first)
      .search('8888')
      .map(({ record }) => record.id),
  ).toEqual([id]);
  expect(sit(first).search('2222')).toEqual([]);
}, 30_000);

test('a choice about what was cancelled since can be withdrawn, from the line and from the choice', async () => {
  const { id: person } = seekerArgs('三台で');
  must(await sit(first).write('seeker.register', { ...seekerArgs('三台で'), id: person }));
  const [id, newVisit] = [sit(first).newId(), sit(first).newId()];
  const now = town.area.clock.now;
  const asked = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const said = { seeker: person, services: ['careerCounselling'], minutes: 10 };
  const talk = { id, newVisit, arrivedAt: now, startedAt: now, ...asked, ...said };
  must(await sit(first).write('consultation.recordWalkIn', talk));
  await sync(first);
  await sync(second);
  must(await sit(second).openPerson(person, '相談'));
  second.line.isCut = true;
  const entry = must(await sit(second).write('consultation.amend', { id, minutes: 45 })).id;
  must(await sit(first).write('consultation.amend', { id, minutes: 20 }));
  await sync(first);
  second.line.isCut = false;
  await sync(second);
  go('outbox');
  render(<App tablet={second.tab.tablet} />);
  await press('どちらかに決める');
  await screen.findByRole('button', { name: '理由を書いて取り下げる', hidden: true });
  cleanup();
  await sync(first);
  must(await sit(first).write('consultation.void', { id, voidReason: 'mistake' }));
  await sync(first);
  await sync(second);
  go('outbox');
  render(<App tablet={second.tab.tablet} />);
  await press('理由を書いて取り下げる');
  expect(screen.queryByRole('button', { name: 'どちらかに決める', hidden: true })).toBeNull();
  const reason = await screen.findByRole('textbox', { name: /取り下げる理由/, hidden: true });
  fireEvent.input(reason, { target: { value: '相談が取り消されたため' } });
  await press('取り下げる');
  await waitFor(() =>
    expect(
      sit(second)
        .outbox.peek()
        .filter((one) => one.id === entry),
    ).toEqual([]),
  );
}, 30_000);

test('after a lock a consultation’s line says that its person is known once it is opened, and the choice names her', async () => {
  const person = seekerArgs('四台で');
  must(await sit(first).write('seeker.register', person));
  const [id, newVisit] = [sit(first).newId(), sit(first).newId()];
  const now = town.area.clock.now;
  const asked = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const said = { seeker: person.id, services: ['careerCounselling'], summary: 'はじめ' };
  const talk = { id, newVisit, arrivedAt: now, startedAt: now, ...asked, ...said };
  must(await sit(first).write('consultation.recordWalkIn', talk));
  await sync(first);
  await sync(second);
  must(await sit(second).openPerson(person.id, '相談'));
  second.line.isCut = true;
  must(await sit(second).write('consultation.amend', { id, summary: '二人目' }));
  must(await sit(first).write('consultation.amend', { id, summary: '一人目' }));
  await sync(first);
  second.line.isCut = false;
  await sync(second);
  second.line.isCut = true;
  second.tab.tablet.lock();
  await second.unlock('shiroishi-city2');
  go('outbox');
  render(<App tablet={second.tab.tablet} />);
  const [line] = await lineOf('相談を訂正');
  expect(line?.textContent).toContain('（開くと、だれの記録か出ます）');
  await press('どちらかに決める');
  const sheet = within(await screen.findByRole('dialog', { hidden: true }));
  expect(await sheet.findByText(/四台で.*相談を訂正/)).toBeTruthy();
  second.line.isCut = false;
  await press('いまの値のままにする');
  await sync(second);
  await waitFor(() => expect(sit(second).outbox.peek()).toEqual([]));
}, 30_000);

const lines = () => screen.findAllByRole('listitem', { hidden: true });
const lineOf = async (title: string) =>
  (await lines()).filter((one) => within(one).queryAllByText(title).length > 0);

test('what is chosen without the line is chosen: nothing is asked again, and nothing can be withdrawn', async () => {
  await overtakenPhone();
  second.line.isCut = true;
  go('outbox');
  render(<App tablet={second.tab.tablet} />);
  await press('どちらかに決める');
  await press('あなたの値にする');
  await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull());
  const [line, ...more] = await lineOf('求職者の台帳を訂正');
  expect(more).toEqual([]);
  expect(line?.textContent).toContain('求職者の「電話」は、あなたが決めました。');
  expect(line?.textContent).toContain('サーバーに届くと、この一覧から消えます');
  expect(line && within(line).queryAllByRole('button', { hidden: true })).toEqual([]);
  second.line.isCut = false;
  await sync(second);
  await waitFor(() => expect(sit(second).outbox.peek()).toEqual([]));
}, 30_000);

test('who chose what a colleague decided otherwise meanwhile reads so, and is asked again', async () => {
  const id = await overtakenPhone();
  await sync(first);
  must(await sit(first).openPerson(id, '相談'));
  const seeker = kindNamed('seeker');
  const [choice] = seeker ? choicesOf(seeker, sit(first).get('seeker', id)) : [];
  if (!seeker || !choice) throw new Error('nothing to choose');
  second.line.isCut = true;
  must(await sit(second).write('seeker.settle', settleArgs(seeker, id, choice, 'other')));
  must(await sit(first).write('seeker.settle', settleArgs(seeker, id, choice, 'current')));
  await sync(first);
  second.line.isCut = false;
  await sync(second);
  await sync(first);
  render(<App tablet={first.tab.tablet} />);
  go('seeker', { seeker: id });
  const hers = await screen.findByRole('region', { name: '求職者：電話', hidden: true });
  expect(hers.textContent).toMatch(
    /に入力したか、選んだものです。.*あなたの入力したものかもしれません/,
  );
  expect(hers.textContent).toContain('あなたがいちど決めた項目でも');
  cleanup();
  go('outbox');
  render(<App tablet={second.tab.tablet} />);
  const [line] = await lineOf('どちらかに決める');
  expect(line?.textContent).toContain(
    '求職者の「電話」は、あなたが選んだ値が届く前に、ほかの職員が別のほうに決めたか、書き換えていました。',
  );
  await press('どちらかに決める');
  const card = await screen.findByRole('region', { name: '求職者：電話', hidden: true });
  expect(card.textContent).toMatch(/あなたの値は、.*に選んだものです。.*もう一度お聞きしています/);
  expect(card.textContent).not.toContain('先に届いた別の値');
  expect(card.textContent).toContain('090-1111-2222');
  fireEvent.click(within(card).getByRole('button', { name: 'いまの値のままにする', hidden: true }));
  await sync(second);
  await waitFor(() => expect(sit(second).outbox.peek()).toEqual([]));
  must(await sit(second).openPerson(id, '相談'));
  expect(flatten(sit(second).get('seeker', id))).toMatchObject({ phone: '090-1111-2222' });
}, 30_000);

test('the colleague reads whose the other value is, so that she can ask', async () => {
  const id = await overtakenPhone();
  await sync(first);
  must(await sit(first).openPerson(id, '相談'));
  render(<App tablet={first.tab.tablet} />);
  go('seeker', { seeker: id });
  const card = await screen.findByRole('region', { name: '求職者：電話', hidden: true });
  const name = first.tab.tablet.enrolment.peek()?.staff.find((one) => one.id === 'shiroishi-city2');
  expect(card.textContent).toContain(`${name?.name}さんの値は、`);
  fireEvent.click(within(card).getByRole('button', { name: 'いまの値のままにする', hidden: true }));
  await waitFor(() => expect(screen.queryByText('090-1111-8888')).toBeNull());
  expect(flatten(sit(first).get('seeker', id))).toMatchObject({
    phone: '090-1111-2222',
    phoneTail: '2222',
  });
}, 30_000);
