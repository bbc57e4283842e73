/**
 * The part of the tour among records: a person's papers and what can be added to her, the shelves with a list and one record,
 * paper entry, the import of postings and the search among them.
 */
import type { Page } from 'playwright-core';
import { addRecord, answer, sheet } from './desk-driver-records.ts';
import { openPerson, untilSynced, visitScreen } from './desk-driver.ts';
import { feedFile, feedLine } from './job-feed.ts';

export const recordStops = [
  'person-papers',
  'record-add',
  'record-form',
  'records',
  'record-list',
  'record',
  'record-step',
  'papers',
  'paper-day',
] as const;
export const jobStops = [
  'shelf-events',
  'job-import',
  'job-import-plan',
  'job-import-done',
  'jobs',
  'job',
  'survey',
] as const;

type Walk<Name> = AsyncGenerator<Name, void, undefined>;

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();
const shut = (page: Page) => press(page, 'とじる');
const untilCalm = (page: Page) =>
  page.locator('.toast').last().waitFor({ state: 'detached', timeout: 15_000 });

/** For a member of the city's staff. */
export async function* withRecords(page: Page, person: string): Walk<(typeof recordStops)[number]> {
  await openPerson(page, person);
  await press(page, '書類');
  await page.getByRole('list', { name: '印刷できる書類' }).waitFor();
  yield 'person-papers';
  await shut(page);
  await press(page, '記録を足す');
  await sheet(page).getByText('ほかの記録').click();
  yield 'record-add';
  await sheet(page).getByRole('button', { name: '困りごとを聞き取る', exact: true }).click();
  await page.getByRole('heading', { name: '困りごとを聞き取る', exact: true }).waitFor();
  yield 'record-form';
  await shut(page);
  await addRecord(page, '予約する', { 予約の日: '2027-01-12', 用件: '応募書類を見る' });
  await visitScreen(page, '記録');
  await page.getByRole('heading', { name: '記録の一覧' }).waitFor();
  await untilCalm(page);
  yield 'records';
  yield* oneRecord(page);
  await onPaper(page);
  yield 'papers';
  await press(page, 'この日の記録を入れる');
  await page.getByText('紙から入力中').waitFor();
  yield 'paper-day';
  await press(page, '入力を終わる');
}

async function* oneRecord(page: Page): Walk<'record-list' | 'record' | 'record-step'> {
  await press(page, /^予約/);
  const row = page.getByRole('list', { name: '予約の一覧' }).getByRole('button');
  await row.first().waitFor();
  yield 'record-list';
  await row.first().click();
  await page.getByRole('group', { name: 'この記録への操作' }).waitFor();
  await untilSynced(page);
  yield 'record';
  await press(page, '予約を取りやめる');
  await sheet(page).waitFor();
  yield 'record-step';
  await shut(page);
}

async function onPaper(page: Page): Promise<void> {
  await visitScreen(page, '記録');
  await press(page, '紙の用紙・あとから入力');
  await page.getByRole('button', { name: 'この日の記録を入れる' }).waitFor();
}

const postings = 120;
const titles = ['事務員', '介護職員', '警備員', '清掃員', '調理補助'];
const feed = () =>
  feedFile([
    ...Array.from({ length: postings }, (_, at) =>
      feedLine(at + 1, { title: titles[at % titles.length] ?? '' }),
    ),
    feedLine(9999, { wage: '未定' }),
  ]);

/** For a supervisor. */
export async function* withJobs(page: Page): Walk<(typeof jobStops)[number]> {
  await visitScreen(page, '記録');
  await press(page, /^催し/);
  await press(page, /^催しを/);
  await sheet(page).waitFor();
  await untilCalm(page);
  yield 'shelf-events';
  await shut(page);
  await visitScreen(page, '紹介');
  await press(page, '求人をさがす');
  await press(page, '一覧を取りこむ');
  await sheet(page).waitFor();
  yield 'job-import';
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'kyujin.csv', mimeType: 'text/csv', buffer: Buffer.from(feed()) });
  const take = page.getByRole('button', { name: /件を取りこむ$/ });
  await take.waitFor();
  yield 'job-import-plan';
  await take.click();
  await page.getByText('取りこみました。').waitFor();
  yield 'job-import-done';
  await sheet(page).getByRole('button', { name: 'とじる' }).last().click();
  const row = page.getByRole('list', { name: '見つかった求人' }).getByRole('button');
  await row.first().waitFor({ timeout: 70_000 });
  await answer(page.getByRole('search', { name: '求人の条件' }), { ことば: '介護' });
  yield 'jobs';
  await row.first().click();
  await page.getByRole('button', { name: 'とじる', exact: true }).waitFor();
  yield 'job';
  await visitScreen(page, '集計');
  await press(page, 'アンケート');
  await page.getByRole('region', { name: 'アンケート', exact: true }).waitFor();
  yield 'survey';
}
