/**
 * WCAG 2.2 AA and JIS X 8341-3 as far as a machine can tell, in real Chromium over a played demo day: every stop of the
 * tour by axe in landscape and portrait, targets of 44 px, no sideways scrolling on a phone or at 200 %, and the keys alone.
 */
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { playDay } from '../../scripts/demo/play-day.ts';
import { landscape, launch, newTablet, portrait } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { clearOfMidnight } from '../support/midnight.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';
import { smallTargets, sidewaysBy } from '../support/measure-page.ts';
import { stops, tour } from '../support/screen-tour.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
/** A phone held upright, and the tablet in landscape at 200 %. */
const narrow = [
  { width: 390, height: 844 },
  { width: 590, height: 410 },
];

let server: RealServer;
let browser: Browser;

beforeAll(async () => {
  // The tour goes through the played day for a minute.
  await clearOfMidnight(120_000);
  server = await startRealServer();
  browser = await launch();
  await playDay(server.origin, () => undefined);
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

/** Scripts of the debugger are not the page's: the page's own policy stays in force. */
async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const run = `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })`;
  const found = (await page.evaluate(run)) as AxeResults; // axe's own answer
  if (found.passes.length < 5) return ['axe looked at next to nothing'];
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}

async function faultsAt(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const size of [landscape, portrait]) {
    await page.setViewportSize(size);
    const about = size === landscape ? 'landscape' : 'portrait';
    for (const fault of await violations(page)) found.push(`${about} ${fault}`);
    for (const fault of await page.evaluate(smallTargets)) found.push(`${about} small: ${fault}`);
  }
  for (const size of narrow) {
    await page.setViewportSize(size);
    for (const fault of await page.evaluate(sidewaysBy)) found.push(`${size.width} px: ${fault}`);
  }
  await page.setViewportSize(landscape);
  return found;
}

describe('every screen', () => {
  test('axe finds nothing, targets are large enough, nothing scrolls sideways', async () => {
    const page = await (await newTablet(browser)).newPage();
    const faults: Record<string, readonly string[]> = {};
    for await (const stop of tour(page, server.origin)) faults[stop] = await faultsAt(page);
    await page.context().close();
    expect(Object.keys(faults)).toEqual([...stops]);
    expect(
      Object.fromEntries(Object.entries(faults).filter(([, list]) => list.length > 0)),
    ).toEqual({});
  });
});

const hasFocus = (item: Locator) => item.evaluate((node) => node === document.activeElement);

/** Presses Tab until it has the focus; more than this many steps is no way. */
async function tabTo(page: Page, item: Locator, most = 120): Promise<void> {
  for (let step = 0; step < most; step++) {
    if (await hasFocus(item)) return;
    await page.keyboard.press('Tab');
  }
  expect(await hasFocus(item), `focus reaches ${item.toString()}`).toBe(true);
}

describe('with keys alone', () => {
  test('unlock, rail, search, purposes, a visit, a sheet and back', async () => {
    const page = await (await newTablet(browser)).newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(server.origin);
    const named = (name: string | RegExp) => page.getByRole('button', { name }).first();
    await tabTo(page, named('あいワーク豊平'));
    await page.keyboard.press('Enter');
    await page.getByText('名前を押してください').waitFor();
    await desk.signIn(page, '見本 春子');
    await desk.untilSynced(page);

    const rail = page.getByRole('navigation', { name: '画面' });
    const home = rail.getByRole('button', { name: /^受付/ });
    await tabTo(page, home);
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('radio', { name: '仕事の相談', exact: true }));
    await page.keyboard.press('ArrowRight');
    const second = page.getByRole('radio', { name: '求人検索端末', exact: true });
    expect(await hasFocus(second)).toBe(true);
    expect(await second.getAttribute('aria-checked')).toBe('true');
    const board = page.getByRole('list', { name: /今日の来所/ }).getByRole('button');
    const before = await board.count();
    await page.keyboard.press('Tab');
    expect(await hasFocus(named('新規'))).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => board.count()).toBe(before + 1);

    await tabTo(page, board.first());
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: '来所' });
    await sheet.waitFor();
    expect(await sheet.evaluate((node) => node.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(board.first())).toBe(true);

    await page.keyboard.press('/');
    const search = page.getByRole('search').getByRole('searchbox');
    expect(await hasFocus(search)).toBe(true);
    await page.keyboard.type('ミホン');
    await page.keyboard.press('Enter');
    await page
      .getByRole('list', { name: '見つかった求職者' })
      .getByRole('button')
      .first()
      .waitFor();
    await page.context().close();
  });
});
