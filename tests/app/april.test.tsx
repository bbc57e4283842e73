/** April in one evening, as a supervisor does it at her tablet and a newcomer the next morning at the lock screen. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { signingIn } from '../../src/app/screens/enrol/signing-in.ts';
import { go } from '../../src/app/state/nav.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { partOf } from '../../src/domain/record.ts';
import { factsOfKind } from '../../src/server/staff.ts';
import { seekerArgs } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';
import { rosterFile } from '../support/roster-file.ts';

let town: Town;
let boss: Place;
let desk: Place;
const people = [seekerArgs('甲野'), seekerArgs('乙野')].map((one) => ({ ...one, post: '席1' }));
beforeAll(async () => {
  town = await openTown();
  boss = await town.tablet();
  desk = await town.tablet();
  const two = await desk.enrol('shiroishi-city2');
  for (const one of people) must(await two.write('seeker.register', one));
  await desk.tab.tablet.syncNow();
  await boss.enrol('shiroishi-citysv');
}, 60_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
  signingIn.value = undefined;
  vi.unstubAllGlobals();
});

const button = (name: string | RegExp) => screen.findByRole('button', { name, hidden: true });
const press = async (name: string | RegExp) => fireEvent.click(await button(name));
vi.setConfig({ testTimeout: 60_000 });
const field = (label: string | RegExp) => screen.findByLabelText<HTMLInputElement>(label);
const type = async (label: string | RegExp, value: string) =>
  fireEvent.input(await field(label), { target: { value } });

async function choose(lines: Parameters<typeof rosterFile>[0]) {
  const file = new File([Buffer.from(rosterFile(lines))], 'meibo.csv', { type: 'text/csv' });
  const input = document.querySelector('.sheet input[type=file]');
  if (!input) throw new Error('no file is asked for');
  fireEvent.change(input, { target: { files: [file] } });
}

const planned = (label: string) => {
  const term = [...document.querySelectorAll('.roster-plan dt')].find((one) =>
    one.textContent?.startsWith(label),
  );
  return [term?.querySelector('.roster-names')?.textContent, term?.nextElementSibling?.textContent];
};

async function factsOf(id: string) {
  const { server } = town.area;
  const all = await server().storage.read((tx) => factsOfKind(server(), tx, 'staff'));
  return partOf(
    all.find((one) => one.id === id),
    'facts',
  );
}

const rows = [
  { no: 'shiroishi-citysv', name: '架空 市子', kana: 'カクウ イチコ', role: '責任者', post: '席9' },
  { no: 'shiroishi-city1', name: '見本 花子', kana: 'ミホン ハナコ', post: '席2' },
  { no: '77', name: '架空 新', kana: 'カクウ アラタ', post: '席3' },
];

test('the list is seen before it is taken: who comes, who changes, who ends on which day', async () => {
  render(<App tablet={boss.tab.tablet} />);
  go('admin');
  await press('名簿を取りこむ');
  await choose([...rows, { no: '78', role: '所長' }]);
  await screen.findByText(/読めない行が1行あります/);
  fireEvent.click(await field(/名簿にない職員は、退任にする/));
  await screen.findByText('読めない行があるうちは、だれも退任になりません。');
  expect(planned('名簿になく、退任にする職員')).toEqual([undefined, '0人']);
  await choose(rows);
  await waitFor(() => expect(screen.queryByText(/読めない行が/)).toBeNull());
  expect(planned('新しい職員')).toEqual(['架空 新', '1人']);
  fireEvent.click(await field(/名簿にない職員は、退任にする/));
  await waitFor(() => expect(planned('名簿になく、退任にする職員')).toEqual(['例示 太郎', '1人']));
  expect(await factsOf('shiroishi-city2')).not.toHaveProperty('validTo');
  await press('3人の名簿を取りこむ');
  await screen.findByText('取りこみました。');
  expect(await factsOf('shiroishi-city2')).toMatchObject({ validTo: town.area.today() });
  expect(await factsOf('sapporo-city-77')).toMatchObject({ state: 'active', post: '席3' });
});

let password = '';

test('a sheet for each newcomer is printed, and gone from the screen when it is handed over', async () => {
  render(<App tablet={boss.tab.tablet} />);
  go('admin');
  await press('1人分の紙をつくる');
  await screen.findByText('このパスワードが見られるのは、いまだけです。');
  password = document.querySelector('.start-list code')?.textContent ?? '';
  const printed: string[] = [];
  vi.stubGlobal('print', () =>
    printed.push(document.querySelector('.print-sheet')?.textContent ?? ''),
  );
  await press('印刷する');
  await waitFor(() => expect(printed).toHaveLength(1));
  expect(printed[0]).toContain(`架空 新 様`);
  expect(printed[0]).toContain(password);
  await press('渡しました（表示を消す）');
  await waitFor(() => expect(document.body.textContent).not.toContain(password));
  await button('架空 新の紙をつくりなおす');
});

test('people of a post that nobody holds are named with their count, and go to another with a note each', async () => {
  render(<App tablet={boss.tab.tablet} />);
  go('admin');
  await screen.findByText('担当する職員のいない席に、2人います。');
  await press(/席1.*担当する職員がいません/);
  await press('2人の担当を移す');
  await screen.findByText('これからの担当席をえらんでください。');
  fireEvent.change(await field('これからの担当席'), { target: { value: '席2' } });
  await type('みんなに付ける申し送り', '四月からお願いします');
  await type('甲野 試しさんの申し送り', '面接が近い');
  // The line goes down: what is on the screen can be written all the same.
  boss.line.isCut = true;
  await press('2人の担当を移す');
  await screen.findByText('2人の担当を移しました。');
  boss.line.isCut = false;
  await boss.tab.tablet.syncNow();
  await press('とじる');
  await waitFor(() => expect(screen.queryByText(/担当する職員のいない席に/)).toBeNull());
  const { server } = town.area;
  const answer = await boss.tab.tablet.session.peek()?.ask('/api/caseloads?post=席2');
  const moved = answer?.ok ? (answer.value as { people: { id: string }[] }).people : [];
  expect(moved.map(({ id }) => id).toSorted()).toEqual(people.map(({ id }) => id).toSorted());
  const notes = await server().storage.read((tx) => factsOfKind(server(), tx, 'caseTransfer'));
  expect(notes).toHaveLength(2);
  expect(boss.tab.tablet.sync.value.needsCare).toBe(0);
});

test('next morning her name is gone from the lock screen, her last work arrives, and the newcomer begins', async () => {
  const { tablet } = desk.tab;
  const session = tablet.session.peek();
  desk.line.isCut = true;
  const visit = {
    channel: 'inPerson',
    visitKind: 'new',
    purposes: ['careerCounselling'],
    heads: 1,
  };
  must(
    (await session?.write('visit.log', {
      ...visit,
      id: session.newId(),
      arrivedAt: town.area.clock.now,
    })) ?? { ok: false, problem: { code: 'locked' } },
  );
  tablet.lock();
  desk.line.isCut = false;
  town.area.clock.now += 86_400_000;
  await tablet.syncNow();
  render(<App tablet={tablet} />);
  const list = async () => {
    const found = [...document.querySelectorAll('.staff strong')].map((one) => one.textContent);
    expect(found).toContain('架空 新');
    return found;
  };
  const names = await waitFor(list);
  expect(names).not.toContain('例示 太郎');
  expect(tablet.sync.value).toMatchObject({ pending: 0, needsCare: 0 });
  const { server } = town.area;
  const visits = await server().storage.read((tx) => factsOfKind(server(), tx, 'visit'));
  expect(visits).toHaveLength(1);
  await press(/架空 新/);
  await type('パスワード', password);
  await type(/^暗証番号（6〜8けたの数字）/, pin);
  await type('暗証番号（もう一度）', pin);
  await press('登録してひらく');
  await type('ご自分の新しいパスワード（15文字以上）', 'short');
  await press('登録してひらく');
  await screen.findByText(/15文字以上にしてください/);
  await type('ご自分の新しいパスワード（15文字以上）', 'わたしの長い長い合言葉です2027');
  await press('登録してひらく');
  await waitFor(() => expect(tablet.session.value?.name).toBe('架空 新'));
  expect(within(document.body).queryByText('例示 太郎')).toBeNull();
});
