/** A handoff accepted without a line whose consent was withdrawn meanwhile: what the receiver's screens say, and where her own words go. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { seekerFromOffer } from '../../src/app/logic/accept-offer.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { stateOf } from '../../src/domain/kind.ts';
import { consentTerms, seekerArgs } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';

const told = {
  familyName: '山田',
  givenName: '春子',
  familyKana: 'ヤマダ',
  givenKana: 'ハルコ',
  birthDate: '1990-04-01',
  phone: '090-1111-2222',
};

let town: Town;
let city: Place;
let desk: Place;
let newSeeker = '';
beforeAll(async () => {
  town = await openTown();
  [city, desk] = [await town.tablet(), await town.tablet()];
  await city.enrol('shiroishi-city1');
  await desk.enrol('shiroishi-hw1');
  await accepted();
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

const sync = (place: Place) => place.tab.tablet.syncNow();
const all = { hidden: true } as const;
const press = async (name: string | RegExp, of: HTMLElement = document.body) =>
  fireEvent.click(await within(of).findByRole('button', { name, ...all }));
const rowOf = async (title: string) => {
  const found = (await screen.findByText(title)).closest('li');
  if (!found) throw new Error(`no row of ${title}`);
  return found;
};
const show = (name: Parameters<typeof go>[0]) => {
  // A row that is found stays: going there later would draw it anew.
  go(name);
  render(<App tablet={desk.tab.tablet} />);
};

async function accepted(): Promise<void> {
  const [giver, taker] = [sit(city), sit(desk)];
  const person = seekerArgs('山田');
  const ids = { id: giver.newId(), newConsent: giver.newId(), newLink: giver.newId() };
  must(await giver.write('seeker.register', person));
  const to = { toOrg: 'hw-sapporo-higashi', toSite: 'shiroishi', fromSeeker: person.id };
  const why = { reason: 'jobReferral', urgency: 'normal', items: ['name', 'contact'] };
  const offer = { ...ids, ...to, ...why, ...told, ...consentTerms('2027-03-31') };
  must(await giver.write('handoff.offer', offer));
  await sync(city);
  await sync(desk);
  desk.line.isCut = true;
  const now = town.area.clock.now;
  newSeeker = taker.newId();
  must(await taker.write('handoff.receive', { id: ids.id }));
  must(await taker.write('handoff.acceptNew', { id: ids.id, newSeeker, ...told }));
  const came = { channel: 'inPerson', visitKind: 'new', purposes: ['careerCounselling'] };
  const at = { newVisit: taker.newId(), seeker: newSeeker, arrivedAt: now, startedAt: now };
  const said = { services: ['careerCounselling'], minutes: 30, summary: 'わたしのまとめ' };
  const talk = { id: taker.newId(), ...at, ...came, ...said };
  must(await taker.write('consultation.recordWalkIn', talk));
  must(await giver.write('consent.withdraw', { id: ids.newConsent }));
  await sync(city);
  desk.line.isCut = false;
  await sync(desk);
}

test('all that an acceptance can take over from the offer is named as copied', () => {
  const offer = { ...told, wishesText: '事務', considerationsText: '静かな席' };
  const { copies } = verbNamed('handoff.acceptNew') ?? {};
  expect(copies?.args).toEqual(expect.arrayContaining(Object.keys(seekerFromOffer(offer))));
});

test('the acceptance says that the consent was withdrawn, shows nothing of what was told and asks nobody to copy it', async () => {
  show('outbox');
  const row = await rowOf('引継ぎを受け入れ、求職者を登録する');
  expect(await within(row).findByText(/同意を撤回しました/)).toBeTruthy();
  expect(row.textContent).toContain('（引継ぎで伝えられた方）');
  await press('内容を確かめる', row);
  expect(await screen.findByText(/ご本人からあらためて聞いて登録してください/)).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/山田|ヤマダ|090-1111|写してから/);
  expect(screen.getByRole('dialog', all).textContent).not.toContain('残っています');
});

test('that she had opened the handoff is in, and asks nothing of her', async () => {
  show('outbox');
  await rowOf('引継ぎを受け入れ、求職者を登録する');
  expect(screen.queryByText('引継ぎを開いた')).toBeNull();
});

test('the handoff itself says why it was called off', async () => {
  const [handoff] = sit(desk).all('handoff').peek();
  render(<App tablet={desk.tab.tablet} />);
  go('handoffs', { id: handoff?.id });
  expect(await screen.findByText('ご本人が、情報を伝える同意を撤回しました。')).toBeTruthy();
});

test('the page on which she stood says why it may be empty, and where her own words are', async () => {
  render(<App tablet={desk.tab.tablet} />);
  go('seeker', { seeker: newSeeker });
  expect(await screen.findByText(/同意が終わったとき/)).toBeTruthy();
  const name = 'まだ記録に入っていない、あなたの入力';
  const card = within(await screen.findByRole('region', { name, ...all }));
  const words = /受付にない人の相談を記録.*待っていても入りません/;
  await waitFor(() =>
    expect(card.getAllByRole('listitem', all).map((one) => one.textContent)).toContainEqual(
      expect.stringMatching(words),
    ),
  );
  expect(document.body.textContent).not.toMatch(/山田|ヤマダ|090-1111/);
  await press('未送信・要確認をひらく');
  expect(await screen.findByRole('heading', { name: '未送信・要確認', ...all })).toBeTruthy();
});

test('the consultation that rested on it is not called a waiting one, and is recorded for the person who is chosen', async () => {
  const session = sit(desk);
  const again = seekerArgs('改めて');
  must(await session.write('seeker.register', again));
  await sync(desk);
  show('outbox');
  const row = await rowOf('受付にない人の相談を記録');
  expect(await within(row).findByText(/ため、待っていても入りません/)).toBeTruthy();
  expect(within(row).getByText('待っていても入りません', { selector: '.tag-danger' })).toBeTruthy();
  expect(row.textContent).toContain('（台帳がこの端末にない方）');
  await press('内容を確かめる', row);
  expect(await screen.findByText('わたしのまとめ')).toBeTruthy();
  await press('人を選んで新しい相談として記録する');
  await screen.findByText('だれの相談ですか');
  const search = within(screen.getByRole('dialog', all)).getByRole('searchbox', all);
  fireEvent.input(search, { target: { value: '改めて' } });
  await press(/改めて/, await screen.findByRole('list', { name: '相談した方の候補', ...all }));
  await press('この方の相談として続ける');
  const summary = await screen.findByRole('textbox', { name: /^共有のまとめ/, ...all });
  expect((summary as HTMLTextAreaElement).value).toBe('わたしのまとめ');
  fireEvent.click(await screen.findByRole('radio', { name: '受付に出ていない', ...all }));
  await press('相談を記録する');
  const isLeft = () => session.outbox.peek().map(({ verb, state }) => [verb, state]);
  await waitFor(() => expect(isLeft()).toHaveLength(3));
  await sync(desk);
  await waitFor(() => expect(isLeft()).toEqual([['handoff.acceptNew', 'conflict']]));
  const talks = session.all('consultation').peek();
  expect(talks.filter((one) => stateOf(one) === 'recorded')).toHaveLength(1);
});
