/**
 * The two successes printed on Sapporo's sheet (domain.md §5), walked through the screens in real Chromium against the real
 * server, each at its own counter. Days that lie back are entered as paper is, afterwards. They end on the official figures.
 */
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  businessDateJst,
  fiscalYearOf,
  fiscalYearRange,
} from '../../src/domain/date.ts';
import { formatDateJa } from '../../src/domain/wareki.ts';
import { launch, newTablet, portrait } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import {
  addRecord,
  answer,
  fillIn,
  yearFigures,
  onPaperDay,
  sheet,
} from '../support/desk-driver-records.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';

const today = businessDateJst(Date.now());
const year = fiscalYearRange(fiscalYearOf(today));
/** Of these days, those that the figures of the fiscal year hold. */
const within = (days: readonly string[]) => days.filter((day) => day >= year.from).length;

let server: RealServer;
let browser: Browser;
const tablets: BrowserContext[] = [];

async function tabletAt(site: string, staff: string, size?: typeof portrait): Promise<Page> {
  const context = await newTablet(browser, size);
  tablets.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin);
  await desk.admit(page, site);
  await desk.signIn(page, staff);
  return page;
}

beforeAll(async () => {
  server = await startRealServer();
  browser = await launch();
});

/** Set MADOGUCHI_SHOTS to a folder to see where a story broke. */
afterEach(async ({ task }) => {
  const folder = process.env['MADOGUCHI_SHOTS'];
  if (!folder || task.result?.state !== 'fail') return;
  for (const [at, tablet] of tablets.entries())
    await tablet.pages()[0]?.screenshot({ path: join(folder, `story-${at}.png`) });
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function talk(page: Page, person: string, summary: string): Promise<void> {
  await desk.openPerson(page, person);
  await desk.consult(page, summary, '内部メモ');
}

describe('A: a man of 62 becomes a regular care worker, 豊平, two weeks of support', () => {
  const paperDays = [addDays(today, -12), addDays(today, -5)];
  let page: Page;

  test('trained, then his wish changes; the days before come from paper', async () => {
    page = await tabletAt('あいワーク豊平', '試験 夏男');
    await desk.register(page, {
      family: '架空',
      given: '介護',
      familyKana: 'カクウ',
      givenKana: 'カイゴ',
      birth: 'S39.5.5',
      phone: '011-000-1111',
    });
    await addRecord(page, '受講をあっせんする', {
      あっせんの種類: '受講指示',
      訓練の種類: '委託訓練',
      訓練のはじまり: addDays(today, -90),
      訓練の終わり: addDays(today, -20),
      コースの名前: 'ホームヘルパー2級',
      訓練を行うところ: '架空訓練校',
    });
    await addRecord(page, '希望を聞きなおす', {
      職種: '福祉・介護の職業',
      変わったきっかけ: '訓練・資格のあと',
    });
    for (const [at, day] of paperDays.entries())
      await onPaperDay(page, day, () =>
        talk(page, 'カクウ', `未経験で、選ぶのがむずかしい（${at + 1}回目）`),
      );
    await desk.openPerson(page, 'カクウ');
    expect(await page.getByText('後日入力').count()).toBeGreaterThanOrEqual(paperDays.length);
  });

  test('the firm agrees, he is referred on a trial posting and taken as a regular', async () => {
    await talk(page, 'カクウ', '中高年トライアルの求人をすすめた');
    await addRecord(page, '求人者と合意した', {
      方法: '電話',
      話したこと: ['年齢・定年'],
      事業所名: '架空介護園',
      お願いしたこと: '定年60歳の求人だが、62歳の方が応募できるか',
      合意した条件: '応募できる',
    });
    await referTrial(page, {
      employer: '架空介護園',
      jobNo: '01040-6200062',
      occupation: '福祉・介護の職業',
      grounds: '離職している期間が1年をこえる',
    });
    await hired(page, { trial: false });
    await desk.untilSynced(page);
  });

  test('紹介1、就職1、新規求職0', async () => {
    await desk.leave(page);
    await desk.signIn(page, '架空 冬子');
    const visits = within([...paperDays, today]);
    const expected = {
      '利用者数（延べ）': visits,
      実人員: 1,
      '職業相談件数（HW）': visits,
      紹介件数: 1,
      就職件数: 1,
      就職者数: 1,
      新規求職申込件数: 0,
      訓練の受講あっせん件数: 1,
    };
    expect(await yearFigures(page, Object.keys(expected))).toEqual(expected);
  });
});

describe('B: a man of 52 on welfare is hired on trial, 白石, many visits', () => {
  let city: Page;
  let hw: Page;
  const earlier = [addDays(today, -9), addDays(today, -2)];

  test('he comes to the welfare office first, and is handed over by consent', async () => {
    city = await tabletAt('あいワーク白石', '見本 花子');
    await desk.register(city, {
      family: '架空',
      given: '警備',
      familyKana: 'カクウ',
      givenKana: 'ケイビ',
      birth: 'S49.5.5',
      phone: '011-000-2222',
    });
    await talk(city, 'カクウ', '建設に20年。新聞配達のあと離職し、生活保護');
    await desk.openPerson(city, 'カクウ');
    await desk.handOver(city, ['これからの相談のまとめ（送る側）', '紹介・採否・就職の結果']);
    await desk.untilSynced(city);
  });

  test('visit after visit, one refusal, then a trial that ends in three months', async () => {
    hw = await tabletAt('あいワーク白石', '試験 一郎', portrait);
    await desk.untilSynced(hw);
    await desk.acceptFirst(hw);
    for (const [at, day] of earlier.entries())
      await onPaperDay(hw, day, () => talk(hw, 'カクウ', `${at + 1}週目`));
    await desk.openPerson(hw, 'カクウ');
    await desk.refer(hw, '架空清掃', '01040-5200001');
    await fillIn(hw, '不採用', {
      だれから聞いたか: '求人者',
      不調の理由: ['経験・技能の不足', '年齢・定年（職員だけが見ます）'],
    });
    await talk(hw, 'カクウ', '中高年トライアルをすすめた');
    await referTrial(hw, {
      employer: '架空警備',
      jobNo: '01040-5200052',
      occupation: '警備・保安の職業',
      grounds: '生活保護',
    });
    await hired(hw, { trial: true });
    const ends = new RegExp(
      `トライアルの終わり.*${formatDateJa(addMonths(today, 3))}`.replace(/[()]/g, '.'),
    );
    await desk.openPerson(hw, 'カクウ');
    await hw.getByRole('list', { name: 'これから' }).getByRole('button', { name: ends }).waitFor();
    await addRecord(hw, '定着確認の予定を立てる', { 就職: '架空警備' });
    await desk.untilSynced(hw);
  });

  test('the welfare office reads the result; 延べ4以上、実人員1、就職1、引継ぎ1', async () => {
    await desk.openPerson(city, 'カクウ');
    await city.getByText('架空警備').first().waitFor({ timeout: 70_000 });
    await desk.leave(city);
    await desk.signIn(city, '架空 市子');
    const atHW = within([...earlier, today]);
    const expected = {
      '利用者数（延べ）': atHW + 1,
      実人員: 1,
      紹介件数: 2,
      就職件数: 1,
      就職者数: 1,
      '引継ぎ件数（送った）': 1,
      '引継ぎ件数（受け入れた）': 1,
    };
    expect(await yearFigures(city, Object.keys(expected))).toEqual(expected);
  });
});

interface TrialReferral {
  readonly employer: string;
  readonly jobNo: string;
  readonly occupation: string;
  readonly grounds: string;
}

async function referTrial(page: Page, { employer, jobNo, occupation, grounds }: TrialReferral) {
  await page.getByRole('button', { name: '紹介する', exact: true }).click();
  const form = sheet(page);
  await form.getByText(/^くわしく/).click();
  await answer(form, {
    求人番号: jobNo,
    事業所名: employer,
    雇用形態: '正社員',
    職業分類: occupation,
    求人の募集: '併用',
    紹介の種類: 'トライアル',
    'トライアル雇用の要件（あてはまるもの）': [grounds],
  });
  await form.getByRole('button', { name: '紹介を記録する', exact: true }).click();
  await page.getByRole('region', { name: '紹介', exact: true }).waitFor();
}

async function hired(page: Page, { trial }: { readonly trial: boolean }): Promise<void> {
  await page.getByRole('button', { name: '採用・就職を記録', exact: true }).first().click();
  const form = sheet(page);
  await form
    .getByRole('group', { name: /働きはじめる日/ })
    .getByRole('button', { name: '今日' })
    .click();
  const tick = form.getByRole('checkbox', { name: /トライアル/ }).first();
  if (trial !== (await tick.isChecked())) await tick.click();
  await desk.untilSaved(page, () => form.getByRole('button', { name: '採用・就職を記録' }).click());
}
