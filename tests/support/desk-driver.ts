/** Drives the real screens by the words a person reads. One function per thing that staff do. */
import type { Screen } from './screen.ts';

export const pin = '135790';

export interface Person {
  readonly family: string;
  readonly given: string;
  readonly familyKana: string;
  readonly givenKana: string;
  readonly birth: string;
  readonly phone: string;
}

const button = (page: Screen, name: string | RegExp, exact = true) =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact } : {}) });

/** Sheets stand over the screen: what is on top is meant. */
const sheet = (page: Screen) => page.locator('dialog[open], [role=dialog]').last();

export async function admit(page: Screen, site: string): Promise<void> {
  await button(page, site).click();
  await page.getByText('名前を押してください').waitFor();
}

export async function openSignIn(page: Screen, staff: string): Promise<void> {
  await button(page, new RegExp(staff)).click();
  await page.getByText('体験用のパスワードを入れてあります').waitFor();
}

export async function signIn(page: Screen, staff: string): Promise<void> {
  await openSignIn(page, staff);
  await choosePin(page);
}

export async function choosePin(page: Screen): Promise<void> {
  await page.getByLabel('暗証番号（6〜8けたの数字）').fill(pin);
  await page.getByLabel('暗証番号（もう一度）').fill(pin);
  await button(page, '登録してひらく').click();
  await page.getByRole('navigation', { name: '画面' }).waitFor({ timeout: 60_000 });
}

export async function typePin(page: Screen, staff: string, typed: string): Promise<void> {
  await button(page, new RegExp(staff)).click();
  await page.locator('#pin').fill(typed);
  await button(page, 'ひらく').click();
}

export async function unlock(page: Screen, staff: string): Promise<void> {
  await typePin(page, staff, pin);
  await page.getByRole('navigation', { name: '画面' }).waitFor({ timeout: 60_000 });
}

export async function leave(page: Screen): Promise<void> {
  await button(page, '離席').click();
  await page.getByText('名前を押してください').waitFor();
}

export async function visitScreen(page: Screen, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: '画面' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
}

/** Two taps: purpose, then 新規 or 再来. */
export async function logVisit(
  page: Screen,
  purpose: string,
  kind: '新規' | '再来',
): Promise<void> {
  await page.getByRole('radio', { name: purpose, exact: true }).click();
  await untilSaved(page, () => button(page, kind).click());
}

/** Its own message, not one that still stands from the save before. */
export async function untilSaved(page: Screen, act: () => Promise<void>): Promise<void> {
  await page.locator('.toast').evaluateAll(markSeen);
  await act();
  await page.locator('.toast:not([data-seen])', { hasText: 'この端末に保存しました' }).waitFor();
}

function markSeen(toasts: Element[]): void {
  for (const toast of toasts) toast.setAttribute('data-seen', '');
}

export function visitsOnBoard(page: Screen): Promise<number> {
  return page
    .getByRole('list', { name: /今日の来所/ })
    .getByRole('button')
    .count();
}

export async function register(page: Screen, person: Person): Promise<void> {
  await visitScreen(page, '求職者');
  await button(page, '新規登録').click();
  const form = sheet(page);
  await form.getByLabel(/^姓/).fill(person.family);
  await form
    .getByLabel(/^名(?!前)/)
    .first()
    .fill(person.given);
  await form.getByLabel(/^セイ/).fill(person.familyKana);
  await form.getByLabel(/^メイ/).fill(person.givenKana);
  await form
    .getByRole('group', { name: /生年月日/ })
    .locator('input')
    .first()
    .fill(person.birth);
  await form.getByRole('textbox', { name: '電話', exact: true }).fill(person.phone);
  await button(page, '登録する').click();
  await page.getByRole('region', { name: '求職者のページ' }).waitFor();
}

export async function openPerson(page: Screen, typed: string): Promise<void> {
  await visitScreen(page, '求職者');
  await page.getByLabel('名前・フリガナ・生年月日・電話の下4けた').fill(typed);
  await page.getByRole('list', { name: '見つかった求職者' }).getByRole('button').first().click();
  await page.getByRole('region', { name: '求職者のページ' }).waitFor();
}

export async function consult(
  page: Screen,
  summary: string,
  notes: string,
  service = 'キャリアカウンセリング',
): Promise<void> {
  await button(page, '相談を記録').click();
  const services = sheet(page).getByRole('group', { name: /^したこと/ });
  await services.getByRole('checkbox', { name: service, exact: true }).check();
  await page.getByLabel('共有のまとめ', { exact: true }).last().fill(summary);
  await page.getByLabel('内部メモ', { exact: true }).fill(notes);
  await button(page, '相談を記録する').click();
  await page.getByText('相談を記録しました').waitFor();
  await button(page, 'この方のページへ').click();
  await page.getByRole('region', { name: '求職者のページ' }).waitFor();
}

export async function handOver(page: Screen, items: readonly string[]): Promise<void> {
  await button(page, '引き継ぐ').click();
  const form = sheet(page);
  await form.getByRole('radio', { name: '職業紹介を受けたい', exact: true }).first().check();
  for (const item of items) {
    const tick = form.getByRole('checkbox', { name: new RegExp(`^${item}`) });
    if (!(await tick.isChecked())) await tick.check();
  }
  await form.getByRole('radio', { name: '署名', exact: true }).first().check();
  await button(page, '同意を記録して引き継ぐ').click();
  await page.getByRole('region', { name: '引継ぎ', exact: true }).waitFor();
}

export async function acceptFirst(page: Screen): Promise<void> {
  await visitScreen(page, '引継ぎ');
  await page
    .getByRole('list', { name: /新しい/ })
    .getByRole('button')
    .first()
    .click();
  await button(page, '受け入れる').click();
  await button(page, '登録して受け入れる').click();
  await page.getByRole('region', { name: '求職者のページ' }).waitFor();
}

export async function refer(page: Screen, employer: string, jobNo: string): Promise<void> {
  await button(page, '紹介する').click();
  const form = sheet(page);
  await form.getByLabel(/^求人番号/).fill(jobNo);
  await form.getByLabel(/^事業所名/).fill(employer);
  await form.getByRole('radio', { name: '正社員', exact: true }).first().check();
  await button(page, '紹介を記録する').click();
  await page.getByRole('region', { name: '紹介', exact: true }).waitFor();
}

export async function hire(page: Screen): Promise<void> {
  await button(page, '採用・就職を記録').first().click();
  const form = sheet(page);
  await form
    .getByRole('group', { name: /働きはじめる日/ })
    .getByRole('button', { name: '今日' })
    .click();
  await untilSaved(page, () => form.getByRole('button', { name: '採用・就職を記録' }).click());
}

export async function withdrawConsent(page: Screen): Promise<void> {
  await button(page, 'その他').click();
  await button(page, '同意を撤回').click();
  await untilSaved(page, () => button(page, '撤回を記録する').click());
}

/** The sync state in words says that everything has gone and come. */
export async function untilSynced(page: Screen): Promise<void> {
  await page.getByText(/^同期済み \d/).waitFor({ timeout: 60_000 });
}
