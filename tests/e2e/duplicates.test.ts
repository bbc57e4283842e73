/**
 * One person registered on two tablets without a network, in real Chromium: both ask whether she is the same, one merges, the
 * other is led to the registration that stands, and the merge is taken apart. Then the day is closed, and what another
 * tablet had kept back stands beside the closed figure.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { landscape, launch, newTablet, portrait, untilControlled } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';

const [first, second, supervisor] = ['見本 花子', '例示 太郎', '架空 市子'] as const;
const written: desk.Person = {
  family: '髙田',
  given: '試',
  familyKana: 'タカダ',
  givenKana: 'タメス',
  birth: 'S40.4.1',
  phone: '011-000-4321',
};
/** The same, as a colleague hears and types it. */
const heard: desk.Person = {
  ...written,
  family: '高田',
  familyKana: 'たかだ',
  birth: '1965-04-01',
};

let server: RealServer;
let browser: Browser;
const tablets: BrowserContext[] = [];
const pages: Page[] = [];

async function tablet(staff: string): Promise<Page> {
  const context = await newTablet(browser);
  const page = await context.newPage();
  tablets.push(context);
  pages.push(page);
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin);
  await desk.admit(page, 'あいワーク白石');
  await untilControlled(page);
  await desk.signIn(page, staff);
  return page;
}

beforeAll(async () => {
  server = await startRealServer();
  browser = await launch();
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  for (const [index, page] of pages.entries()) await shot(page, `failed-${index}`);
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

/** Set MADOGUCHI_SHOTS to a folder to look at the screens. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['MADOGUCHI_SHOTS'];
  if (!folder) return;
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await page.setViewportSize(portrait);
  await page.screenshot({ path: join(folder, `${name}-portrait.png`), animations: 'disabled' });
  await page.setViewportSize(landscape);
}

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();
const asked = (page: Page) => page.getByText('同じ人かもしれません');
/** The counter hears of what the other did. */
const syncNow = async (page: Page) => {
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await desk.untilSynced(page);
};

describe('peers 23: one person, two tablets', () => {
  let one: Page;
  let two: Page;

  test('registered on both without a network, she is asked about on both', async () => {
    one = await tablet(first);
    two = await tablet(second);
    for (const context of tablets) await context.setOffline(true);
    await desk.register(one, written);
    await desk.register(two, heard);
    expect(await asked(one).count()).toBe(0);
    for (const context of tablets) await context.setOffline(false);
    await syncNow(one);
    await syncNow(two);
    await syncNow(one);
    for (const page of [one, two]) {
      await asked(page).waitFor({ timeout: 60_000 });
      await desk.visitScreen(page, '今日');
      await page.getByText('同じ人かも', { exact: true }).waitFor();
    }
    await shot(one, 'today');
  });

  test('compared side by side and merged, she is one on both tablets, found by either name', async () => {
    await press(one, /同じ人かも/);
    await asked(one).waitFor();
    await shot(one, 'person-asked');
    await press(one, 'くらべる');
    await one.getByRole('table', { name: '二つの台帳の比較' }).waitFor();
    await shot(one, 'compare');
    await press(one, '統合する');
    await one.getByRole('list', { name: '統合した登録' }).waitFor();
    expect(await asked(one).count()).toBe(0);
    await shot(one, 'merged');
    await desk.untilSynced(one);
    await syncNow(two);
    await desk.visitScreen(two, '求職者');
    const rows = two.getByRole('list', { name: '見つかった求職者' }).getByRole('button');
    await expect.poll(() => rows.count(), { timeout: 60_000 }).toBe(1);
    await two.getByLabel('名前・フリガナ・生年月日・電話の下4けた').fill('たかだ');
    expect(await rows.count()).toBe(1);
    await shot(two, 'search');
    await rows.first().click();
    await two.getByRole('list', { name: '統合した登録' }).waitFor();
  });

  test('taken apart she is two, and 「別の人」 is remembered on both', async () => {
    await press(two, /統合を解く/);
    await asked(two).waitFor();
    await press(two, 'くらべる');
    await press(two, '別の人として覚える');
    await expect.poll(() => asked(two).count()).toBe(0);
    await desk.untilSynced(two);
    await syncNow(one);
    await desk.visitScreen(one, '今日');
    await expect
      .poll(() => one.getByText('同じ人かも', { exact: true }).count(), { timeout: 60_000 })
      .toBe(0);
  });

  test('a closed day keeps its figure; what a tablet had kept back stands beside it', async () => {
    const [late] = tablets;
    await desk.visitScreen(two, '受付');
    await desk.logVisit(two, '仕事の相談', '新規');
    await desk.untilSynced(two);
    await late?.setOffline(true);
    await desk.visitScreen(one, '受付');
    await desk.logVisit(one, '仕事の相談', '新規');
    const head = await tablet(supervisor);
    await desk.visitScreen(head, '集計');
    await head.getByRole('heading', { name: '日ごとの締め' }).waitFor();
    await shot(head, 'counts-open');
    await press(head, '締める');
    await head.getByRole('dialog').waitFor();
    await shot(head, 'close-day');
    await head
      .getByRole('dialog')
      .getByRole('button', { name: /締める$/ })
      .click();
    await head.getByText('確定', { exact: true }).waitFor();
    await late?.setOffline(false);
    await syncNow(one);
    await press(head, '数えなおす');
    await head.getByText('締め後の追加 1件').click();
    const visits = head.getByRole('row', { name: /^利用者数（延べ）/ }).last();
    expect(await visits.textContent()).toContain('1人締め後 ＋1');
    await shot(head, 'counts-closed');
    await press(head, '締めを解く');
    await head.getByRole('radio', { name: '遅れて届いた記録を入れる' }).check();
    await shot(head, 'reopen');
    await head.getByRole('dialog').getByRole('button', { name: '締めを解く' }).click();
    await head.getByText(/締めを解いた：遅れて届いた記録/).waitFor();
    expect(await visits.textContent()).toContain('2人');
  });
});
