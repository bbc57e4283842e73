/** Two tabs of one profile in real Chromium: they see each other's writes, write at once, and make one gapless stream. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newTablet, untilControlled } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';
import { faultsIn, keptEntries } from '../support/server-entries.ts';

const city = '見本 花子';
const person: desk.Person = {
  family: '二面',
  given: '試',
  familyKana: 'ニメン',
  givenKana: 'タメス',
  birth: 'S50.5.5',
  phone: '011-000-2222',
};

let server: RealServer;
let browser: Browser;
let tablet: BrowserContext;
let first: Page;
let second: Page;

beforeAll(async () => {
  server = await startRealServer();
  browser = await launch();
  tablet = await newTablet(browser);
  first = await tablet.newPage();
  await first.goto(server.origin);
  await desk.admit(first, 'あいワーク白石');
  await untilControlled(first);
  await desk.signIn(first, city);
  second = await openSecond();
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function openSecond(): Promise<Page> {
  const page = await tablet.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin);
  await desk.unlock(page, city);
  return page;
}

const isOpen = (page: Page) => page.getByRole('navigation', { name: '画面' }).isVisible();
const pushed = (verb: string) =>
  keptEntries(server.data).filter((entry) => entry.verb.startsWith(verb));

test('offline, the second tab shows what the first one writes, and the other way round', async () => {
  await tablet.setOffline(true);
  await desk.visitScreen(first, '受付');
  await desk.visitScreen(second, '受付');
  await desk.logVisit(first, '仕事の相談', '新規');
  await expect.poll(() => desk.visitsOnBoard(second)).toBe(1);
  await desk.logVisit(second, '雇用保険', '再来');
  await expect.poll(() => desk.visitsOnBoard(first)).toBe(2);
  await desk.register(first, person);
  await desk.openPerson(second, person.familyKana);
});

test('both write at once: nothing is lost, and the server gets one stream without a gap', async () => {
  for (const page of [first, second]) await desk.visitScreen(page, '受付');
  const many = async (page: Page) => {
    for (let times = 0; times < 8; times++) await desk.logVisit(page, '仕事の相談', '新規');
  };
  await Promise.all([many(first), many(second)]);
  for (const page of [first, second]) await expect.poll(() => desk.visitsOnBoard(page)).toBe(18);
  await tablet.setOffline(false);
  const again = Promise.all([many(first), many(second)]);
  await again;
  for (const page of [first, second]) {
    await desk.untilSynced(page);
    await expect.poll(() => desk.visitsOnBoard(page)).toBe(34);
  }
  // The last one may still be on its way: 同期済み was true of the moment before it was written.
  await expect.poll(() => pushed('visit.log').length, { timeout: 30_000 }).toBe(34);
  for (const page of [first, second]) await desk.untilSynced(page);
  expect(pushed('seeker.register')).toHaveLength(1);
  const entries = keptEntries(server.data);
  expect(faultsIn(entries)).toEqual([]);
  expect(new Set(entries.map(({ verdict }) => verdict))).toEqual(new Set(['applied']));
  const writing = new Set(pushed('visit.log').map(({ store }) => store));
  expect(writing.size).toBe(1);
});

test('closing one tab leaves the other open; 離席 in one locks both', async () => {
  await second.close({ runBeforeUnload: true });
  await expect.poll(() => tablet.pages().length).toBe(1);
  second = await openSecond();
  await second.reload();
  expect(await isOpen(first)).toBe(true);
  await desk.unlock(second, city);
  await desk.leave(first);
  await second.getByText('名前を押してください').waitFor();
});
