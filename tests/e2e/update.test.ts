/** A new build in real Chromium: it asks, never under a half-filled form here or in another tab, and loses nothing. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newTablet, untilControlled } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { standBefore, type Front } from '../support/new-build.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';
import { faultsIn, keptEntries } from '../support/server-entries.ts';

const city = '見本 花子';
let server: RealServer;
let front: Front;
let browser: Browser;
let tablet: BrowserContext;
let page: Page;

beforeAll(async () => {
  server = await startRealServer();
  front = await standBefore(server.origin);
  browser = await launch();
  tablet = await newTablet(browser);
  page = await openPage();
  await desk.admit(page, 'あいワーク白石');
  await untilControlled(page);
  await desk.signIn(page, city);
});

afterAll(async () => {
  await browser?.close();
  await front?.close();
  await server?.remove();
});

async function openPage(): Promise<Page> {
  const opened = await tablet.newPage();
  opened.setDefaultTimeout(20_000);
  await opened.goto(front.origin);
  return opened;
}

const visits = () => keptEntries(server.data).filter(({ verb }) => verb.startsWith('visit.log'));
const bar = (on: Page) => on.getByRole('button', { name: '更新する' });
/** Lives as long as the document: gone after a reload. */
const mark = (on: Page) =>
  on.evaluate(() => document.documentElement.setAttribute('data-mark', ''));
const isMarked = (on: Page) =>
  on.evaluate(() => document.documentElement.hasAttribute('data-mark'));
const family = (on: Page) => on.getByRole('dialog').getByLabel(/^姓/);

async function beginForm(on: Page): Promise<void> {
  await desk.visitScreen(on, '求職者');
  await on.getByRole('button', { name: '新規登録' }).click();
  await family(on).fill('途中');
}

async function look(on: Page): Promise<void> {
  await on.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
  });
  await on.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.waiting !== null;
  });
}

/** peers.md (b) 18: the update must not cost what already worked offline. */
test('peers 18: a new build that does not arrive whole never takes over: the old one still opens offline', async () => {
  front.isNewBuild = true;
  front.isIncomplete = true;
  const outcome = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const updated = await registration?.update();
    const { installing } = updated ?? {};
    await new Promise<void>((resolve) => {
      if (!installing || installing.state === 'redundant') return resolve();
      installing.addEventListener('statechange', () => {
        if (installing.state === 'redundant') resolve();
      });
    });
    return [installing !== null, registration?.waiting === null];
  });
  expect(outcome).toEqual([true, true]);
  expect(await bar(page).count()).toBe(0);
  await tablet.setOffline(true);
  await page.reload();
  await desk.unlock(page, city);
  await desk.visitScreen(page, '集計');
  await page.getByRole('heading', { name: /集計/ }).first().waitFor();
  await tablet.setOffline(false);
  front.isNewBuild = false;
  front.isIncomplete = false;
});

test('under a half-filled form nothing is offered and nothing reloads', async () => {
  front.isPushRefused = true;
  await desk.visitScreen(page, '受付');
  await desk.logVisit(page, '仕事の相談', '新規');
  await beginForm(page);
  await mark(page);
  front.isNewBuild = true;
  await look(page);
  await page.waitForTimeout(1_500);
  expect(await bar(page).count()).toBe(0);
  expect(await isMarked(page)).toBe(true);
  expect(await family(page).inputValue()).toBe('途中');
});

test('another tab with a half-filled form says no', async () => {
  const other = await openPage();
  await desk.unlock(other, city);
  await mark(other);
  await bar(other).click();
  await other.getByText('ほかのタブに書きかけの入力があります').waitFor();
  expect([await isMarked(page), await isMarked(other)]).toEqual([true, true]);
  await other.close();
});

test('peers 18: when the form is done it is offered; after it the unsent entry is still there, and goes', async () => {
  await family(page).fill('');
  await page.keyboard.press('Escape');
  await desk.visitScreen(page, '受付');
  await bar(page).click();
  await page.getByText('名前を押してください').waitFor();
  expect(await isMarked(page)).toBe(false);
  await desk.unlock(page, city);
  await desk.visitScreen(page, '受付');
  await expect.poll(() => desk.visitsOnBoard(page)).toBe(1);
  expect(await bar(page).count()).toBe(0);
  expect(visits()).toEqual([]);
  front.isPushRefused = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(() => visits().length, { timeout: 90_000 }).toBe(1);
  await desk.untilSynced(page);
  expect(faultsIn(keptEntries(server.data))).toEqual([]);
});
