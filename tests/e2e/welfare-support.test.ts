/**
 * 自立促進の支援 as Kitakyushu's plan has it (plan 4 §5), through the screens of two tablets at one counter: the 福祉事務所 names a
 * candidate, gets the consent with a handoff and asks for support; Hello Work screens, accepts, plans, supports, refers,
 * follows up and ends. Each side sees the other's step only as far as the consent goes; the figures of both are the official
 * ones.
 */
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launch, newTablet, portrait } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import {
  addRecord,
  answer,
  fillIn,
  openRecord,
  sheet,
  yearFigures,
} from '../support/desk-driver-records.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';

const kind = '自立促進の支援';
const cityNote = '内部メモ：通院のことは窓口の中だけ。';
const person: desk.Person = {
  family: '架空',
  given: '自立',
  familyKana: 'カクウ',
  givenKana: 'ジリツ',
  birth: 'S55.5.5',
  phone: '011-000-3333',
};

let server: RealServer;
let browser: Browser;
let tablets: BrowserContext[];
let city: Page;
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
  tablets = [await newTablet(browser), await newTablet(browser, portrait)];
  const [first, second] = tablets;
  if (!first || !second) throw new Error('two tablets');
  city = await signedIn(first, '見本 花子');
  hw = await signedIn(second, '試験 一郎');
});

/** Set MADOGUCHI_SHOTS to a folder to see where a step broke. */
afterEach(async ({ task }) => {
  const folder = process.env['MADOGUCHI_SHOTS'];
  if (!folder || task.result?.state !== 'fail') return;
  await city.screenshot({ path: join(folder, 'welfare-city.png') });
  await hw.screenshot({ path: join(folder, 'welfare-hw.png') });
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const stateShown = (page: Page, state: string) =>
  page.locator('.record-bar').getByText(state, { exact: true }).waitFor({ timeout: 70_000 });

describe('from the candidate to the end of support', () => {
  test('the welfare office names a candidate; without consent there is nothing to tie her to', async () => {
    await desk.register(city, person);
    await addRecord(city, '支援候補者にする', {
      福祉の区分: ['生活保護'],
      要請する側のメモ: cityNote,
    });
    await openRecord(city, kind, /生活保護/);
    await city.getByRole('button', { name: '同意した引継ぎを選ぶ', exact: true }).click();
    await sheet(city).getByRole('button', { name: '引継ぎで同意をもらう', exact: true }).click();
    await city.getByRole('region', { name: '相手に見える内容' }).waitFor();
  });

  test('she consents with a handoff, which carries the request', async () => {
    const form = sheet(city);
    await answer(form, { 目的: '生活・福祉の支援' });
    for (const item of ['福祉のこと', '支援の状況（受ける側から）', '紹介・採否・就職の結果'])
      await form.getByRole('checkbox', { name: new RegExp(`^${item}`) }).check();
    await answer(form, { 同意のとりかた: '署名' });
    await form.getByRole('radio', { name: '生活・福祉の相談', exact: true }).first().check();
    await city.getByRole('button', { name: '同意を記録して引き継ぐ', exact: true }).click();
    await city.getByRole('region', { name: '引継ぎ', exact: true }).waitFor();
    await openRecord(city, kind, /生活保護/);
    await fillIn(city, '同意した引継ぎを選ぶ', { 引継ぎ: '生活・福祉の相談' });
    await fillIn(city, '支援を要請する');
    await stateShown(city, '支援要請ずみ');
    await desk.untilSynced(city);
  });

  test('Hello Work takes her over, screens, accepts, plans and supports', async () => {
    await desk.untilSynced(hw);
    await desk.visitScreen(hw, '引継ぎ');
    await hw
      .getByRole('list', { name: /新しい/ })
      .getByRole('button')
      .first()
      .waitFor({ timeout: 70_000 });
    await desk.acceptFirst(hw);
    await desk.untilSynced(hw);
    await openRecord(hw, kind, /生活保護/);
    expect(await hw.getByText(cityNote).count()).toBe(0);
    await fillIn(hw, '支援するかを検討する');
    await fillIn(hw, '支援対象者にする');
    await fillIn(hw, '支援の計画を立てた', { 支援の計画: '週に一度、職業相談をする' });
    await fillIn(hw, '支援をはじめる');
    await stateShown(hw, '支援中');
    await desk.untilSynced(hw);
  });

  test('the welfare office sees, by the consent, that support has begun', async () => {
    await stateShown(city, '支援中');
    expect(await city.getByText('週に一度、職業相談をする').count()).toBe(0);
  });

  test('referred, hired, placed, settled, ended', async () => {
    await desk.openPerson(hw, 'カクウ');
    await desk.refer(hw, '架空商店', '01040-3300033');
    await desk.hire(hw);
    await openRecord(hw, kind, /生活保護/);
    await fillIn(hw, '就職した');
    await fillIn(hw, '定着支援をはじめる');
    await fillIn(hw, '支援を終える', { 終わった理由: '就職して定着した' });
    await stateShown(hw, '終わり');
    await desk.untilSynced(hw);
    await stateShown(city, '終わり');
  });

  test('要請1、対象1、就職1: as the official figures of the counter say', async () => {
    await desk.leave(city);
    await desk.signIn(city, '架空 市子');
    const expected = {
      '支援要請者数（生活保護等）': 1,
      '支援対象者数（生活保護等）': 1,
      '支援対象者の就職者数（生活保護等）': 1,
      '引継ぎ件数（送った）': 1,
      '引継ぎ件数（受け入れた）': 1,
      紹介件数: 1,
      就職件数: 1,
    };
    expect(await yearFigures(city, Object.keys(expected))).toEqual(expected);
  });
});
