/**
 * Ten thousand postings in real Chromium: a supervisor brings in the list, it reaches the other tablet, and there, without a
 * line, a posting is found at once and becomes a referral.
 */
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { addDays, businessDateJst } from '../../src/domain/date.ts';
import { landscape, launch, newTablet, portrait } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { answer, sheet } from '../support/desk-driver-records.ts';
import { feedFile, feedLine } from '../support/job-feed.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';

const size = 10_000;
const rare = 7777;
/** From the last key to the list as drawn, on a desk computer that two browsers share. */
const quickly = 1500;

let server: RealServer;
let browser: Browser;
let hwTablet: BrowserContext;
let supervisor: Page;
let hw: Page;

async function signedIn(tablet: BrowserContext, staff: string): Promise<Page> {
  const page = await tablet.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin);
  await desk.admit(page, 'あいワーク白石');
  await desk.signIn(page, staff);
  return page;
}

beforeAll(async () => {
  server = await startRealServer();
  browser = await launch();
  supervisor = await signedIn(await newTablet(browser, landscape), '架空 市子');
  hwTablet = await newTablet(browser, portrait);
  hw = await signedIn(hwTablet, '試験 一郎');
});

/** Set MADOGUCHI_SHOTS to a folder to see where it broke. */
afterEach(async ({ task }) => {
  const folder = process.env['MADOGUCHI_SHOTS'];
  if (!folder || task.result?.state !== 'fail') return;
  await hw.screenshot({ path: join(folder, 'jobs-hw.png') });
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

function feed(): Buffer {
  const today = businessDateJst(Date.now());
  const days = { received: addDays(today, -3), expires: addDays(today, 60) };
  const titles = ['事務員', '介護職員', '警備員', '清掃員', '調理補助'];
  const line = (at: number) =>
    feedLine(at, {
      ...days,
      title: titles[at % titles.length] ?? '',
      ...(at === rare ? { employer: '架空めずらし堂' } : {}),
    });
  return Buffer.from(feedFile(Array.from({ length: size }, (_, at) => line(at + 1))));
}

const search = (page: Page) => page.getByRole('search', { name: '求人の条件' });
const found = (page: Page) => page.locator('.jobs-count');

/** Milliseconds until the count of what was found says so. */
async function timeToFind(page: Page, words: string, count: string): Promise<number> {
  const begun = Date.now();
  await answer(search(page), { ことば: words });
  await found(page).getByText(count, { exact: true }).waitFor();
  return Date.now() - begun;
}

describe('ten thousand postings', () => {
  test('are seen before they are taken, taken at once, and reach the other tablet', async () => {
    await desk.visitScreen(supervisor, '紹介');
    await supervisor.getByRole('button', { name: '求人をさがす', exact: true }).click();
    await supervisor.getByRole('button', { name: '一覧を取りこむ', exact: true }).click();
    await supervisor
      .locator('input[type=file]')
      .setInputFiles({ name: 'kyujin.csv', mimeType: 'text/csv', buffer: feed() });
    const take = supervisor.getByRole('button', { name: /件を取りこむ$/ });
    await take.click();
    await supervisor.getByText('取りこみました。').waitFor({ timeout: 60_000 });
    await desk.visitScreen(hw, '紹介');
    await hw.getByRole('button', { name: '求人をさがす', exact: true }).click();
    await found(hw).getByText('10,000', { exact: true }).waitFor({ timeout: 90_000 });
  });

  test('without a line one of them is found at once, and referred to', async () => {
    await desk.register(hw, {
      family: '架空',
      given: '求人',
      familyKana: 'カクウ',
      givenKana: 'キュウジン',
      birth: 'S55.5.5',
      phone: '011-000-6666',
    });
    await desk.untilSynced(hw);
    await hwTablet.setOffline(true);
    await hw.getByRole('button', { name: '紹介する', exact: true }).click();
    await sheet(hw).getByRole('button', { name: '求人をさがして入れる' }).click();
    await found(hw).getByText('10,000', { exact: true }).waitFor();
    expect(await timeToFind(hw, '介護', '2,000')).toBeLessThan(quickly);
    expect(await timeToFind(hw, 'めずらし', '1')).toBeLessThan(quickly);
    await hw.getByRole('list', { name: '見つかった求人' }).getByRole('button').first().click();
    await hw.getByRole('button', { name: 'この求人で紹介を記録する' }).click();
    expect(
      await sheet(hw)
        .getByLabel(/^求人番号/)
        .inputValue(),
    ).toBe(`01040-${rare}`);
    expect(
      await sheet(hw)
        .getByLabel(/^事業所名/)
        .inputValue(),
    ).toBe('架空めずらし堂');
    await sheet(hw).getByRole('button', { name: '紹介を記録する', exact: true }).click();
    await hw.locator('.referral-detail').getByText('架空めずらし堂').first().waitFor();
  });

  test('found first, the one to refer is chosen beside it', async () => {
    await desk.visitScreen(hw, '紹介');
    await hw.getByRole('button', { name: '求人をさがす', exact: true }).click();
    await answer(search(hw), { ことば: '警備' });
    await found(hw).getByText('2,000', { exact: true }).waitFor();
    await hw.getByRole('list', { name: '見つかった求人' }).getByRole('button').first().click();
    await hw.getByRole('button', { name: 'この求人を紹介する方を選ぶ' }).click();
    await hw.getByRole('searchbox', { name: /^紹介する方/ }).fill('カクウ');
    await hw.getByRole('list', { name: '紹介する方の候補' }).getByRole('button').first().click();
    await sheet(hw).getByText('架空 求人').waitFor();
    expect(
      await sheet(hw)
        .getByLabel(/^求人番号/)
        .inputValue(),
    ).toMatch(/^01040-/);
  });
});
