/**
 * The day of the trunk, in real Chromium on two devices: offline writes, reload and browser restart offline, return, handoff
 * across organisations by consent, referral, placement, withdrawal, and counts equal to a tally kept here by hand.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launch, launchProfile, newTablet, untilControlled } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';

const city = '見本 花子';
const hw = '試験 一郎';
const supervisor = '架空 市子';
const person: desk.Person = {
  family: '髙田',
  given: '試',
  familyKana: 'タカダ',
  givenKana: 'タメス',
  birth: 'S40.4.1',
  phone: '011-000-4321',
};
const summary = '介護の仕事を希望。見学の約束をしました。';
const notes = '内部メモは相手に見えません。';

/** Kept by hand, apart from the app. */
const tally = { visits: 0, consultations: 0, handoffs: 0, referrals: 0, placements: 0 };

let server: RealServer;
let browser: Browser;
let profile: string;
let cityTablet: BrowserContext;
let hwTablet: BrowserContext;
let atCity: Page;
let atHW: Page;

async function freshPage(context: BrowserContext): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin);
  return page;
}

beforeAll(async () => {
  server = await startRealServer();
  browser = await launch();
  profile = mkdtempSync(join(tmpdir(), 'madoguchi-profile-'));
  cityTablet = await launchProfile(profile);
  hwTablet = await newTablet(browser);
  atCity = await freshPage(cityTablet);
  atHW = await freshPage(hwTablet);
  for (const [page, staff] of [
    [atCity, city],
    [atHW, hw],
  ] as const) {
    await desk.admit(page, 'あいワーク白石');
    await untilControlled(page);
    await desk.signIn(page, staff);
  }
});

/** Set MADOGUCHI_SHOTS to a folder to see where a day broke. */
afterEach(async ({ task }) => {
  const folder = process.env['MADOGUCHI_SHOTS'];
  if (!folder || task.result?.state !== 'fail') return;
  await atCity.screenshot({ path: join(folder, 'city.png') });
  await atHW.screenshot({ path: join(folder, 'hw.png') });
});

afterAll(async () => {
  await cityTablet?.close();
  await browser?.close();
  await server?.remove();
  if (profile) rmSync(profile, { recursive: true, force: true });
});

describe('a day at one counter', () => {
  test('offline: a visit from the lock screen, two on the board, a person, a consultation, a handoff', async () => {
    await cityTablet.setOffline(true);
    await desk.leave(atCity);
    await desk.logVisit(atCity, '仕事の相談', '新規');
    await desk.unlock(atCity, city);
    await desk.visitScreen(atCity, '受付');
    await desk.logVisit(atCity, '求人検索端末', '再来');
    await desk.logVisit(atCity, '生活・福祉の相談', '新規');
    tally.visits += 3;
    await desk.register(atCity, person);
    await desk.consult(atCity, summary, notes);
    tally.visits += 1; // she was not on the board: her visit is logged with the consultation
    tally.consultations += 1;
    await desk.openPerson(atCity, 'タカダ');
    await desk.handOver(atCity, [
      '電話・安全な連絡',
      'これからの相談のまとめ（送る側）',
      '紹介・採否・就職の結果',
    ]);
    tally.handoffs += 1;
    await atCity.getByText(/オフライン・この端末に保存済み\d+件/).waitFor();
  });

  test('reload offline: everything is still there after the PIN', async () => {
    await atCity.reload();
    await desk.unlock(atCity, city);
    await desk.visitScreen(atCity, '受付');
    await expect
      .poll(() =>
        atCity
          .getByRole('list', { name: /今日の来所/ })
          .getByRole('button')
          .count(),
      )
      .toBe(4);
    await atCity.getByText(/オフライン・この端末に保存済み\d+件/).waitFor();
  });

  test('browser restarted offline: the app opens, the day is there', async () => {
    await cityTablet.close();
    cityTablet = await launchProfile(profile);
    await cityTablet.setOffline(true);
    atCity = await freshPage(cityTablet);
    await desk.unlock(atCity, city);
    await desk.openPerson(atCity, '高田');
    await atCity.getByText(summary).first().waitFor();
    await atCity.getByText(notes).first().waitFor();
  });

  test('on return everything is sent, and the other desk sees the handoff and no more', async () => {
    await cityTablet.setOffline(false);
    await desk.untilSynced(atCity);
    await desk.visitScreen(atHW, '求職者');
    await desk.visitScreen(atHW, '引継ぎ');
    await atHW
      .getByRole('list', { name: /新しい/ })
      .getByText('髙田')
      .first()
      .waitFor({ timeout: 70_000 });
    await desk.visitScreen(atHW, '求職者');
    expect(await atHW.getByText('髙田').count()).toBe(0);
  });

  test('the HW counsellor accepts, refers, records the placement', async () => {
    await desk.acceptFirst(atHW);
    await desk.untilSynced(atHW);
    await atHW.getByText(summary).first().waitFor({ timeout: 70_000 });
    expect(await atHW.getByText(notes).count()).toBe(0);
    await desk.refer(atHW, '見本介護センター', '01230-123456');
    tally.referrals += 1;
    await desk.hire(atHW);
    tally.placements += 1;
    await desk.untilSynced(atHW);
  });

  test('the result comes back to the city, because the consent names it', async () => {
    await desk.openPerson(atCity, 'タカダ');
    await atCity.getByText('見本介護センター').first().waitFor({ timeout: 70_000 });
  });

  test('withdrawal takes the shared summary from the other device', async () => {
    await desk.withdrawConsent(atCity);
    await desk.untilSynced(atCity);
    await desk.openPerson(atHW, 'タカダ');
    await atHW.getByText(summary).first().waitFor({ state: 'detached', timeout: 70_000 });
    await desk.visitScreen(atHW, '受付');
    await desk.openPerson(atHW, 'タカダ');
    expect(await atHW.getByText(summary).count()).toBe(0);
    await atHW.getByText('見本介護センター').first().waitFor();
  });

  test('the official counts equal the tally', async () => {
    await desk.leave(atCity);
    await desk.signIn(atCity, supervisor);
    await desk.visitScreen(atCity, '集計');
    const official = atCity.getByRole('table', { name: /公式/ });
    const figure = async (label: string) => {
      const row = official.locator('tr', {
        has: atCity.getByRole('rowheader', { name: label, exact: true }),
      });
      const cell = row.locator('td').first();
      return Number((await cell.innerText()).replaceAll(/\D/g, ''));
    };
    await official.waitFor();
    expect({
      visits: await figure('利用者数（延べ）'),
      consultations: await figure('キャリアカウンセリング等の相談件数（市）'),
      handoffs: await figure('引継ぎ件数（送った）'),
      referrals: await figure('紹介件数'),
      placements: await figure('就職件数'),
    }).toEqual(tally);
  });
});
