/**
 * Walks one tablet through every screen of the app, in the order of a day, and stops at each: the city counsellor, the HW
 * counsellor, the supervisor, then what accidents bring (screen-accidents.ts): repair list, handover without a network,
 * rescue, two values, two registrations, the supervisor's inbox. Whoever walks along takes pictures (scripts/screens.ts) or
 * measures (tests/e2e/accessibility.test.ts). Wants a demo server that playDay has filled.
 */
import type { BrowserContext, Page } from 'playwright-core';
import * as desk from './desk-driver.ts';
import { meanwhile, twice } from './screen-accidents.ts';
import { jobStops, recordStops, withJobs, withRecords } from './screen-records.ts';

export const stops = [
  'enrol',
  'lock-first',
  'lock-ready',
  'lock-proof',
  'sign-in',
  'reception',
  'visit',
  'visit-amend',
  'seekers',
  'register',
  'person',
  'consultation',
  'handoff-new',
  'handoff-sent',
  ...recordStops,
  'today',
  'handoff-inbox',
  'handoff-detail',
  'handoff-accept',
  'referrals',
  'referral',
  'referral-new',
  'counts',
  'counts-open',
  'day-close',
  'day-reopen',
  'achievement',
  ...jobStops,
  'admin',
  'ready',
  'proof',
  'cover',
  'lock',
  'pin',
  'outbox',
  'outbox-repair',
  'outbox-decide',
  'give',
  'give-qr',
  'take',
  'lock-rescue',
  'person-conflict',
  'person-asked',
  'compare',
  'admin-inbox',
  'admin-inbox-open',
] as const;
export type Stop = (typeof stops)[number];

export type Walk = AsyncGenerator<Stop, void, undefined>;

const city = '見本 花子';
const hw = '試験 一郎';
const supervisor = '架空 市子';
/** Handed over, referred and placed by playDay; then one whom it only let consult. */
const wellKnown = 'ミホン アオイ';
const person = 'レイジ リョウ';

/** Handed over without a network. */
const handed: desk.Person = {
  family: '受渡',
  given: '試',
  familyKana: 'ウケワタシ',
  givenKana: 'タメス',
  birth: 'S40.4.1',
  phone: '011-000-4321',
};

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();
const firstRow = (page: Page, list: RegExp) =>
  page.getByRole('list', { name: list }).getByRole('button').first();
const sheet = (page: Page) => page.getByRole('dialog').waitFor();
const shut = (page: Page) => press(page, 'とじる');
const proofAnswer = /^(一致しました|一致しません|まだ確かめられません)$/;
/** Waits until no toast hides what is to be seen. */
const untilCalm = (page: Page) =>
  page.locator('.toast').last().waitFor({ state: 'detached', timeout: 15_000 });

async function* atTheDoor(page: Page, origin: string): Walk {
  await page.goto(origin);
  await page.getByRole('heading', { name: /すぐに試せます/ }).waitFor();
  yield 'enrol';
  await desk.admit(page, 'あいワーク白石');
  yield 'lock-first';
  await press(page, '準備チェック');
  await page.getByRole('list', { name: '準備チェック' }).getByRole('listitem').first().waitFor();
  yield 'lock-ready';
  await press(page, '名前の画面にもどる');
  await press(page, 'きょうの照合');
  await page.getByText(proofAnswer).waitFor();
  yield 'lock-proof';
  await press(page, '名前の画面にもどる');
  await desk.openSignIn(page, city);
  yield 'sign-in';
  await desk.choosePin(page);
  await desk.untilSynced(page);
}

async function* atReception(page: Page): Walk {
  await desk.visitScreen(page, '受付');
  await firstRow(page, /今日の来所/).waitFor();
  await page.getByRole('radio', { name: '仕事の相談', exact: true }).click();
  yield 'reception';
  await firstRow(page, /今日の来所/).click();
  await sheet(page);
  yield 'visit';
  await press(page, '訂正する');
  await page.getByRole('dialog', { name: '来所を訂正する' }).waitFor();
  yield 'visit-amend';
  await shut(page);
}

async function* withThePerson(page: Page): Walk {
  await desk.visitScreen(page, '求職者');
  await firstRow(page, /見つかった求職者/).waitFor();
  yield 'seekers';
  await press(page, '新規登録');
  await sheet(page);
  yield 'register';
  await shut(page);
  await desk.openPerson(page, wellKnown);
  await desk.untilSynced(page);
  yield 'person';
  await desk.openPerson(page, person);
  await press(page, '相談を記録');
  await page.getByRole('checkbox', { name: 'キャリアカウンセリング' }).first().check();
  await page.getByLabel('内部メモ', { exact: true }).fill('生活のリズムを気にしている。');
  await press(page, /これまでの経験と強みを整理した/);
  yield 'consultation';
  await shut(page);
  await press(page, '引き継ぐ');
  await page.getByRole('region', { name: '相手に見える内容' }).waitFor();
  await page.getByRole('radio', { name: '職業紹介を受けたい', exact: true }).first().check();
  await page.getByRole('checkbox', { name: /^希望する仕事/ }).check();
  yield 'handoff-new';
  await shut(page);
  await page.getByRole('region', { name: '求職者のページ' }).waitFor();
  await desk.handOver(page, ['電話・安全な連絡', 'これからの相談のまとめ（送る側）']);
  await untilCalm(page);
  yield 'handoff-sent';
  yield* withRecords(page, person);
  await desk.untilSynced(page);
  await desk.leave(page);
}

async function* atHelloWork(page: Page): Walk {
  await desk.signIn(page, hw);
  await desk.untilSynced(page);
  await desk.visitScreen(page, '今日');
  await firstRow(page, /すること/).waitFor();
  yield 'today';
  await desk.visitScreen(page, '引継ぎ');
  await firstRow(page, /新しい/).waitFor();
  yield 'handoff-inbox';
  await firstRow(page, /新しい/).click();
  await page.getByRole('button', { name: '受け入れる', exact: true }).waitFor();
  await desk.untilSynced(page);
  yield 'handoff-detail';
  await press(page, '受け入れる');
  await sheet(page);
  yield 'handoff-accept';
  await shut(page);
  await desk.visitScreen(page, '紹介');
  await firstRow(page, /結果待ち|待/).waitFor();
  yield 'referrals';
  await firstRow(page, /結果待ち|待/).click();
  await desk.untilSynced(page);
  yield 'referral';
  await press(page, 'この方のページへ');
  await page.getByRole('region', { name: '求職者のページ' }).waitFor();
  await press(page, '紹介する');
  await sheet(page);
  yield 'referral-new';
  await shut(page);
  await desk.untilSynced(page);
  await desk.leave(page);
}

async function* withTheSupervisor(page: Page): Walk {
  await desk.signIn(page, supervisor);
  await desk.untilSynced(page);
  await desk.visitScreen(page, '集計');
  await page.getByRole('table', { name: /公式/ }).waitFor();
  yield 'counts';
  await press(page, /^利用者数（延べ）/);
  yield 'counts-open';
  yield* closing(page);
  await press(page, /^実績と目標/);
  await page.getByRole('table').first().waitFor();
  yield 'achievement';
  yield* withJobs(page);
  await desk.visitScreen(page, '管理');
  await press(page, '端末コードを出す');
  await page.locator('.device-code').waitFor();
  await page.getByRole('table').first().waitFor();
  yield 'admin';
  await press(page, '準備チェック');
  await page.getByRole('list', { name: '準備チェック' }).getByRole('listitem').first().waitFor();
  yield 'ready';
  await desk.visitScreen(page, '管理');
  await press(page, 'きょうの照合');
  await page.getByText(proofAnswer).waitFor();
  yield 'proof';
  await press(page, '画面を隠す');
  await sheet(page);
  yield 'cover';
  await press(page, /触れるともどります/);
  await desk.leave(page);
}

async function* closing(page: Page): Walk {
  const days = page.getByRole('region', { name: '日ごとの締め' });
  await days.getByRole('button', { name: '締める', exact: true }).first().click();
  await sheet(page);
  yield 'day-close';
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /締める$/ })
    .click();
  await days.getByText('確定', { exact: true }).waitFor();
  await press(page, '締めを解く');
  await sheet(page);
  yield 'day-reopen';
  await shut(page);
}

async function* withAccidents(page: Page, context: BrowserContext, origin: string): Walk {
  yield 'lock';
  await press(page, new RegExp(city));
  await page.locator('#pin').waitFor();
  yield 'pin';
  await page.locator('#pin').fill(desk.pin);
  await press(page, 'ひらく');
  await page.getByRole('navigation', { name: '画面' }).waitFor({ timeout: 60_000 });
  await meanwhile(page, context, origin, person);
  await context.setOffline(true);
  await desk.visitScreen(page, '受付');
  await desk.logVisit(page, '求人検索端末', '再来');
  await press(page, /^(オフライン・)?要確認2件/);
  await page.getByRole('region', { name: '未送信・要確認' }).waitFor();
  await untilCalm(page);
  yield 'outbox';
  await press(page, '内容を確かめる');
  await sheet(page);
  yield 'outbox-repair';
  await shut(page);
  await press(page, 'どちらかに決める');
  await page.getByRole('button', { name: 'いまの値のままにする', exact: true }).waitFor();
  yield 'outbox-decide';
  await shut(page);
  yield* withoutNetwork(page);
  await context.setOffline(false);
  await desk.unlock(page, city);
  await page.getByText('要確認2件', { exact: true }).first().waitFor({ timeout: 60_000 });
}

/** Ends on the lock screen, with entries unsent. */
async function* withoutNetwork(page: Page): Walk {
  await desk.register(page, handed);
  await desk.handOver(page, ['電話・安全な連絡']);
  await page.getByRole('radio', { name: /まだ送っていない/ }).check();
  const waiting = page.getByRole('list', { name: 'まだ送っていない' }).getByRole('button');
  await waiting.filter({ hasText: handed.family }).click();
  await press(page, 'つながらないときの受け渡し');
  await page.getByRole('button', { name: '受け渡しを始める', exact: true }).waitFor();
  await untilCalm(page);
  yield 'give';
  await press(page, '受け渡しを始める');
  await page.getByLabel(/^合言葉/).waitFor();
  await press(page, '画面のQRを読んでもらう');
  await page.getByText(/枚がくり返し出ます/).waitFor();
  yield 'give-qr';
  await press(page, '渡しました');
  await desk.visitScreen(page, '引継ぎ');
  await press(page, 'つながらないときに受け取る');
  await sheet(page);
  yield 'take';
  await shut(page);
  await desk.leave(page);
  await press(page, '未送信の記録を書き出す');
  await page.getByRole('button', { name: 'ファイルに書き出す', exact: true }).waitFor();
  yield 'lock-rescue';
  await press(page, '名前の画面にもどる');
}

async function* withDoubts(page: Page): Walk {
  await desk.openPerson(page, person);
  await page.getByRole('region', { name: 'どちらかに決める' }).waitFor();
  await untilCalm(page);
  yield 'person-conflict';
  await desk.openPerson(page, twice);
  await page.getByText('同じ人かもしれません').waitFor();
  yield 'person-asked';
  await press(page, 'くらべる');
  await page.getByRole('table', { name: '二つの台帳の比較' }).waitFor();
  yield 'compare';
  await shut(page);
  await desk.leave(page);
}

async function* withTheInbox(page: Page): Walk {
  await desk.unlock(page, supervisor);
  await desk.visitScreen(page, '管理');
  const inbox = page.getByRole('list', { name: /の要確認$/ }).getByRole('button');
  await inbox.first().waitFor();
  await page.getByRole('list', { name: 'サーバーが見つけた異常' }).getByRole('listitem').waitFor();
  yield 'admin-inbox';
  await inbox.first().click();
  await sheet(page);
  yield 'admin-inbox-open';
  await shut(page);
}

export async function* tour(page: Page, origin: string): Walk {
  page.setDefaultTimeout(20_000);
  yield* atTheDoor(page, origin);
  yield* atReception(page);
  yield* withThePerson(page);
  yield* atHelloWork(page);
  yield* withTheSupervisor(page);
  yield* withAccidents(page, page.context(), origin);
  yield* withDoubts(page);
  yield* withTheInbox(page);
}
