/**
 * アンケート in a real Chromium: staff hand the tablet over, a user answers without a network on the one page there is, the answer
 * outlives a reload and waits; nothing behind the lock is in reach of the user, and staff take the tablet back.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newTablet, untilControlled } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';

const staff = '見本 花子';
const comment = '待つ場所があると助かります';
let server: RealServer;
let browser: Browser;
let tablet: BrowserContext;
let page: Page;

beforeAll(async () => {
  server = await startRealServer();
  browser = await launch();
  tablet = await newTablet(browser);
  page = await tablet.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin);
  await desk.admit(page, 'あいワーク白石');
  await untilControlled(page);
  await desk.signIn(page, staff);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const choose = (name: string) =>
  page.getByRole('radio', { name, exact: true }).check({ force: true });

test(
  'a user answers on a locked tablet without a network, and nobody is told who',
  { timeout: 120_000 },
  async () => {
    await desk.visitScreen(page, '集計');
    await press('アンケート');
    await page.getByRole('heading', { name: '紙のアンケートを入れる' }).waitFor();
    await press('この端末で答えてもらう');
    await page.getByRole('heading', { name: 'アンケートのお願い' }).waitFor();
    await tablet.setOffline(true);
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await page.getByText(staff).count()).toBe(0);
    expect(await page.getByRole('button').allTextContents()).toEqual([
      '回答する',
      '職員の方はこちら',
    ]);

    await press('回答する');
    await page.getByText('「今日の窓口は、いかがでしたか」を入れてください。').waitFor();
    await choose('まあ満足');
    await choose('そう思う');
    await page.getByRole('textbox').fill(comment);
    await press('回答する');
    await page.getByRole('heading', { name: '回答をお預かりしました' }).waitFor();
    expect(await page.getByText(comment).count()).toBe(0);

    await press('職員の方はこちら');
    await press('前のページにもどる');
    await page.getByRole('heading', { name: '回答をお預かりしました' }).waitFor();
    await press('職員の方はこちら');
    await press('つぎの方に答えてもらう');
    expect(await page.getByRole('textbox').inputValue()).toBe('');
    await press('職員の方はこちら');
    await press('ロック画面にもどる');
    await page.getByText('名前を押してください').waitFor();

    await page.reload();
    await desk.unlock(page, staff);
    await desk.visitScreen(page, '集計');
    await press('アンケート');
    await page.getByText('この端末からまだ送っていない回答').waitFor();
    expect(await page.getByText('この端末からまだ送っていない回答').textContent()).toContain('1件');

    await choose('満足');
    await press('この一枚を入れる');
    await page.getByText('入れた枚数').waitFor();
    expect(await page.getByText('この端末からまだ送っていない回答').textContent()).toContain('2件');
    expect(await page.getByRole('radio', { name: '満足', exact: true }).isChecked()).toBe(false);
  },
);
