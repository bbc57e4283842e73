/**
 * Papers in real Chromium, as they come out of the printer: one A4 page each, nothing of the screen, and no name but the one
 * that belongs there.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, newTablet } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { addRecord, sheet } from '../support/desk-driver-records.ts';
import { holdPrints, printed, type Print } from '../support/print-capture.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';

const notes = '内部メモ：紙には出ない。';
const person: desk.Person = {
  family: '架空',
  given: '紙',
  familyKana: 'カクウ',
  givenKana: 'カミ',
  birth: 'S40.4.1',
  phone: '011-000-4444',
};
const other: desk.Person = {
  ...person,
  given: '別人',
  givenKana: 'ベツジン',
  phone: '011-000-5555',
};

let server: RealServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startRealServer();
  browser = await launch();
  page = await (await newTablet(browser)).newPage();
  page.setDefaultTimeout(20_000);
  await holdPrints(page);
  await page.goto(server.origin);
  await desk.admit(page, 'あいワーク白石');
  await desk.signIn(page, '見本 花子');
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

async function everyPaper(list: string): Promise<Record<string, Print>> {
  const papers = page.getByRole('list', { name: list }).getByRole('button', { name: /を印刷$/ });
  await papers.first().waitFor();
  const found: Record<string, Print> = {};
  for (const button of await papers.all()) {
    const name = (await button.getAttribute('aria-label')) ?? '';
    found[name.replace('を印刷', '')] = await printed(page, () => button.click());
  }
  return found;
}

function check(papers: Record<string, Print>): void {
  for (const [title, { words, paper, pages, isWhole }] of Object.entries(papers)) {
    expect([title, pages, isWhole]).toEqual([title, 1, true]);
    expect(paper.startsWith(title)).toBe(true);
    expect(words).toBe(paper);
  }
}

describe('papers', () => {
  test('blank ones: no name of anybody, no day', async () => {
    await desk.visitScreen(page, '記録');
    await page.getByRole('button', { name: '紙の用紙・あとから入力' }).click();
    const papers = await everyPaper('白紙の用紙');
    expect(Object.keys(papers)).toHaveLength(6);
    check(papers);
    for (const { paper } of Object.values(papers)) expect(paper).not.toMatch(/見本|架空|令和/);
  });

  test('for one person: hers alone, and nothing that stays inside', async () => {
    await desk.register(page, other);
    await desk.register(page, person);
    await desk.consult(page, '共有のまとめ', notes);
    await addRecord(page, '利用者カードを渡す', { カード番号: '0001' });
    await addRecord(page, '支援候補者にする', { 福祉の区分: ['生活保護'] });
    await desk.handOver(page, ['これからの相談のまとめ（送る側）']);
    await desk.openPerson(page, 'カクウ カミ');
    await page.getByRole('button', { name: '書類', exact: true }).click();
    const papers = await everyPaper('印刷できる書類');
    expect(Object.keys(papers)).toEqual([
      '求職活動・相談の証明',
      '受付票',
      '情報を伝えることへの同意書',
      '引継ぎ票',
      '就労支援要請書（生活保護受給者等就労自立促進事業）',
      '利用者カード',
    ]);
    check(papers);
    for (const [title, { paper }] of Object.entries(papers)) {
      expect(paper).not.toMatch(/別人|内部メモ|011-000/);
      if (title !== '受付票') expect(paper).toContain('架空 紙');
    }
    await sheet(page).getByRole('button', { name: 'とじる' }).click();
  });

  test('handed over without a name: the slip has none', async () => {
    await desk.openPerson(page, 'カクウ ベツジン');
    await page.getByRole('button', { name: '引き継ぐ', exact: true }).click();
    await sheet(page)
      .getByRole('radio', { name: /^名前を伝えずに引き継ぐ/ })
      .check();
    await sheet(page).getByRole('radio', { name: '職業紹介を受けたい', exact: true }).check();
    await sheet(page).getByRole('button', { name: '引き継いで、番号を出す' }).click();
    const slip = await printed(page, () =>
      page.getByRole('button', { name: '紙に印刷する' }).click(),
    );
    check({ 引継ぎ票: slip });
    expect(slip.paper).not.toMatch(/架空|別人|ベツジン|011-000/);
    await sheet(page).getByRole('button', { name: '渡しました' }).click();
  });

  test('of a referral, however low and far scrolled the window is', async () => {
    await desk.leave(page);
    await desk.signIn(page, '試験 一郎');
    await desk.register(page, { ...person, given: '応募', givenKana: 'オウボ' });
    await desk.refer(page, '見本介護センター', '01230-123456');
    await page.setViewportSize({ width: 1180, height: 420 });
    const button = page.getByRole('button', { name: '控えを印刷' });
    const copy = await printed(page, () => button.click());
    check({ 職業紹介の控え: copy });
    expect(copy.paper).toMatch(/架空 応募 様[^]*見本介護センター[^]*担当 試験 一郎$/);
  });
});
