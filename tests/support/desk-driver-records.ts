/**
 * Drives the general record screens, paper entry and the figures by the words a person reads: choose a button, answer its
 * form by labels, save. Works on Playwright's pages; desk-driver.ts has what other browsers are driven by too.
 */
import type { Locator, Page } from 'playwright-core';
import { untilSaved, visitScreen } from './desk-driver.ts';

/** Label → what is typed, or the chips that are pressed. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

const press = (page: Page | Locator, name: string) =>
  page.getByRole('button', { name, exact: true }).first();

export const sheet = (page: Page): Locator => page.locator('dialog[open]').last();

const labelled = (label: string) => new RegExp(`^${label}(※必須)?$`);

export async function answer(form: Locator, answers: Answers): Promise<void> {
  for (const [label, given] of Object.entries(answers)) await one(form, label, given);
}

async function one(form: Locator, label: string, given: string | readonly string[]): Promise<void> {
  const group = form.getByRole('group', { name: labelled(label) });
  const input = form.getByLabel(labelled(label));
  await group.or(input).first().waitFor();
  if ((await group.count()) === 0) return single(input, given);
  if ((await group.locator('.date-inputs').count()) > 0) return typeDay(group, String(given));
  for (const name of [given].flat())
    await group
      .locator('label', { hasText: new RegExp(`^${name}$`) })
      .first()
      .click();
}

async function typeDay(group: Locator, day: string): Promise<void> {
  await group.locator('select').selectOption('西暦');
  for (const [at, part] of day.split('-').entries())
    await group
      .locator('input')
      .nth(at)
      .fill(String(Number(part)));
}

async function single(input: Locator, given: string | readonly string[]): Promise<void> {
  const tag = await input.evaluate((element) => element.tagName);
  if (tag !== 'SELECT') return input.fill(String(given));
  const options = input.locator('option', { hasText: String(given) });
  await input.selectOption((await options.first().getAttribute('value')) ?? '');
}

/** A button of the screen opens a form; the form is answered, saved and gone. */
export async function fillIn(page: Page, button: string, answers: Answers = {}): Promise<void> {
  await press(page, button).click();
  await save(page, button, answers);
}

export async function save(page: Page, button: string, answers: Answers = {}): Promise<void> {
  const form = sheet(page);
  await answer(form, answers);
  await untilSaved(page, () => press(form, button).click());
  await form.waitFor({ state: 'hidden' });
}

/** 「記録を足す」 on a person's page. */
export async function addRecord(page: Page, title: string, answers: Answers = {}): Promise<void> {
  await press(page, '記録を足す').click();
  const choice = press(sheet(page), title);
  if (!(await choice.isVisible())) await sheet(page).getByText('ほかの記録').click();
  await choice.click();
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
  await save(page, title, answers);
}

/** One record out of the lists of 記録. */
export async function openRecord(page: Page, kind: string, name: string | RegExp): Promise<void> {
  await visitScreen(page, '記録');
  await page.getByRole('button', { name: new RegExp(`^${kind}`) }).click();
  await page
    .getByRole('list', { name: `${kind}の一覧` })
    .getByRole('button', { name })
    .first()
    .click();
  await page.getByRole('group', { name: 'この記録への操作' }).waitFor();
}

/** 後日入力: the screens stand on that day until it is ended. */
export async function onPaperDay(page: Page, day: string, work: () => Promise<void>) {
  await visitScreen(page, '記録');
  await press(page, '紙の用紙・あとから入力').click();
  await answer(page.getByRole('region', { name: '紙の用紙' }), { 紙に書いた日: day });
  await press(page, 'この日の記録を入れる').click();
  await page.getByText('紙から入力中').waitFor();
  await work();
  await press(page, '入力を終わる').click();
}

/** 公式の集計 of the fiscal year, by the label of each figure; folded groups are opened. */
export async function yearFigures(
  page: Page,
  labels: readonly string[],
): Promise<Record<string, number>> {
  await visitScreen(page, '集計');
  await page.getByRole('radio', { name: /年度$/ }).check();
  await page.getByRole('heading', { name: /^公式の集計（.+〜/ }).waitFor();
  const table = page.getByRole('table', { name: '公式の集計' });
  await table.waitFor();
  const folded = table.locator('.figure-group button[aria-expanded=false]');
  while ((await folded.count()) > 0) await folded.first().click();
  const found: Record<string, number> = {};
  for (const label of labels) {
    const head = page.getByRole('rowheader', { name: label, exact: true });
    const cell = table.locator('tr', { has: head }).locator('td').first();
    found[label] = Number((await cell.innerText()).replaceAll(/\D/g, ''));
  }
  return found;
}
