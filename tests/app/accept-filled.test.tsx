/** An acceptance names whom the sender means, and says what its form was filled with: the offer may go while she looks. */
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { ComponentChildren } from 'preact';
import { Accept } from '../../src/app/screens/handoffs/accept.tsx';
import { HandoffDetail } from '../../src/app/screens/handoffs/handoff-detail.tsx';
import { hasDirtyForm } from '../../src/app/state/leave.ts';
import { screen as shownScreen } from '../../src/app/state/nav.ts';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import type { Session } from '../../src/device/types.ts';
import type { Rec } from '../../src/domain/record.ts';
import { consentTerms, seekerArgs } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

const birthDate = '1965-04-01';
const told = { familyName: '写', familyKana: 'ウツシ', birthDate, phone: '090-1111-2222' };
let town: Town;
let desk: Place;
let taker: Session;
let handoff = '';
beforeAll(async () => {
  town = await openTown();
  const city = await town.tablet();
  const giver = await city.enrol('shiroishi-city1');
  desk = await town.tablet();
  taker = await desk.enrol('shiroishi-hw1');
  const person = seekerArgs('写');
  must(await giver.write('seeker.register', person));
  handoff = giver.newId();
  const offer = {
    id: handoff,
    newConsent: giver.newId(),
    newLink: giver.newId(),
    fromSeeker: person.id,
    toOrg: 'hw-sapporo-higashi',
    toSite: 'shiroishi',
    reason: 'jobReferral',
    urgency: 'normal',
    items: ['name', 'contact'],
    ...told,
    ...consentTerms('2027-03-31'),
  };
  must(await giver.write('handoff.offer', offer));
  await city.tab.tablet.syncNow();
  await desk.tab.tablet.syncNow();
}, 60_000);
afterAll(() => town.close());
const hidden = true;
afterEach(cleanup);

/** Looked at, not carried out: the handoff serves the next test. */
function refusing() {
  const refused = { ok: false, problem: { code: 'offline' } } as const;
  return vi.spyOn(taker, 'write').mockClear().mockResolvedValueOnce(refused);
}

type Shown = 'as it came' | 'without the offer' | 'cancelled' | 'without a name';

const shownAs = (parts: Shown): Rec => {
  const record = taker.get('handoff', handoff);
  if (!record) throw new Error('no handoff');
  const { offer: _, ...rest } = record.parts;
  const cancelled = { ...rest, facts: { ...rest['facts'], state: 'cancelled' } };
  const bare = { ...rest, facts: { ...rest['facts'], named: false, slip: '123456' } };
  const { [parts]: shown = record } = {
    'without the offer': { ...record, parts: rest },
    cancelled: { ...record, parts: cancelled },
    'without a name': { ...record, parts: bare },
  } as Record<string, Rec>;
  return shown;
};

const inDesk = (children: ComponentChildren) => (
  <TabletContext.Provider value={desk.tab.tablet}>
    <SessionContext.Provider value={taker}>{children}</SessionContext.Provider>
  </TabletContext.Provider>
);
const sheet = (parts: Shown) =>
  inDesk(<Accept record={shownAs(parts)} onClose={() => undefined} />);
const detail = (parts: Shown) =>
  inDesk(<HandoffDetail record={shownAs(parts)} onClose={() => undefined} />);

test('a stranger born on the same day is not chosen beforehand; chosen, her other name is said', async () => {
  const called = { familyName: '別人', familyKana: 'ベツジン', phone: '011-000-9999' };
  const stranger = { ...seekerArgs('別人'), ...called, phoneTail: '9999', birthDate };
  must(await taker.write('seeker.register', stranger));
  const visit = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const came = { id: taker.newId(), arrivedAt: desk.clock.now, ...visit, seeker: stranger.id };
  must(await taker.write('visit.log', came));
  render(sheet('as it came'));
  const who = (await screen.findByText('引き継がれる方')).parentElement;
  expect(who?.textContent).toContain('写');
  expect(who?.textContent).toContain('昭和40年4月1日生');
  const known = screen.getByRole<HTMLInputElement>('radio', { name: '登録ずみの方', hidden });
  expect(known.checked).toBe(false);
  fireEvent.click(known);
  const row = within(screen.getByRole('list', { name: '似ている方', hidden })).getByRole('button', {
    hidden,
  });
  expect(row.textContent).toContain('最近の来所');
  expect(row.textContent).not.toContain('なし');
  fireEvent.click(row);
  expect(await screen.findByText(/氏名が違います/)).toBeTruthy();
  expect(screen.getAllByText('選択中')).toHaveLength(1);
});

test('a handoff cancelled under the open form takes what was told, and leaves what was typed', async () => {
  const { rerender, container } = render(sheet('as it came'));
  const phone = await screen.findByLabelText<HTMLInputElement>(/電話/);
  expect(screen.getByDisplayValue('ウツシ')).toBeTruthy();
  fireEvent.input(phone, { target: { value: '090-7777-8888' } });
  rerender(sheet('cancelled'));
  expect((await screen.findByRole('alert', { hidden })).textContent).toContain('取りやめました');
  expect(screen.queryByDisplayValue('ウツシ')).toBeNull();
  expect(container.textContent).not.toContain(told.familyName);
  expect(screen.queryByRole('button', { name: '登録して受け入れる', hidden })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: '書いたところから新しく登録する', hidden }));
  expect(shownScreen.value).toMatchObject({
    name: 'seekers',
    params: { values: { phone: '090-7777-8888' } },
  });
  expect(shownScreen.value.params.values).not.toHaveProperty('familyName');
});

test('they are a draft of their own, whichever way she looks, until she erases them', async () => {
  const { rerender, unmount } = render(sheet('as it came'));
  const phone = await screen.findByLabelText<HTMLInputElement>(/電話/);
  fireEvent.input(phone, { target: { value: '090-7777-8888' } });
  fireEvent.click(screen.getByRole('radio', { name: '登録ずみの方', hidden }));
  rerender(sheet('cancelled'));
  expect(await screen.findByDisplayValue('090-7777-8888')).toBeTruthy();
  expect(hasDirtyForm.value).toBe(true);
  unmount();
  const draft = () => taker.readDraft(`handoff.acceptNew ${handoff}`);
  await vi.waitFor(async () => expect(await draft()).toMatchObject({ phone: '090-7777-8888' }));
  expect(JSON.stringify(await draft())).not.toContain(told.familyName);
  render(detail('cancelled'));
  fireEvent.click(await screen.findByRole('button', { name: '受け入れの書きかけを見る', hidden }));
  expect(await screen.findByDisplayValue('090-7777-8888')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '書いたところを消す', hidden }));
  await vi.waitFor(async () => expect(await draft()).toBeUndefined());
  expect(screen.getByText('書きかけを消しました。')).toBeTruthy();
});

test('of nothing typed nothing is left', async () => {
  const { rerender } = render(sheet('as it came'));
  await screen.findByDisplayValue('ウツシ');
  rerender(sheet('cancelled'));
  await screen.findByRole('alert', { hidden });
  expect(screen.queryAllByRole('textbox', { hidden })).toEqual([]);
});

test('whoever comes without a name is looked for in the own file as her name is typed', async () => {
  const known = { ...seekerArgs('既登録'), familyName: '既知', familyKana: 'キチ' };
  must(await taker.write('seeker.register', known));
  render(sheet('without a name'));
  fireEvent.input(await screen.findByLabelText(/セイ/), { target: { value: 'キチ' } });
  fireEvent.input(screen.getByLabelText(/メイ/), { target: { value: 'タメシ' } });
  const alike = await screen.findByRole('list', { name: '似ている方', hidden });
  fireEvent.click(within(alike).getByRole('button', { hidden }));
  const yes = await screen.findByRole('button', { name: 'この方として受け入れる', hidden });
  const write = refusing();
  fireEvent.click(yes);
  expect(write).toHaveBeenCalledWith('handoff.accept', { id: handoff, seeker: known.id }, {});
  await screen.findByText(/サーバーにつながりません/);
});

test('though the offer goes while she looks at it', async () => {
  const write = refusing();
  const { rerender } = render(sheet('as it came'));
  const accept = { name: '登録して受け入れる', hidden: true };
  await screen.findByRole('button', accept);
  rerender(sheet('without the offer'));
  fireEvent.click(await screen.findByRole('button', accept));
  expect(write).toHaveBeenCalledWith(
    'handoff.acceptNew',
    expect.objectContaining(told),
    expect.objectContaining({ seen: expect.objectContaining(told) as unknown }),
  );
  await screen.findByText(/サーバーにつながりません/);
});
