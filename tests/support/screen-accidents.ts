/**
 * What goes wrong around the tablet on its tour, by real tablets and the real server: a colleague was faster with a visit and
 * with a telephone number, registered somebody a second time, and one tablet's rows are not what the server gave it.
 */
import type { BrowserContext, Page } from 'playwright-core';
import { openDesk } from '../../scripts/demo/desk.ts';
import { demoPerson, type DemoPerson } from '../../scripts/demo/people.ts';
import type { Session } from '../../src/device/types.ts';
import { kinds } from '../../src/domain/kinds/index.ts';
import { partOf } from '../../src/domain/record.ts';
import { isObject } from '../../src/domain/value.ts';
import { digestBuckets } from '../../src/sync/digest.ts';
import { protocolVersion } from '../../src/sync/protocol.ts';
import * as desk from './desk-driver.ts';
import { must } from './device-surroundings.ts';

const kanaOf = ({ familyKana, givenKana }: DemoPerson) => `${familyKana} ${givenKana}`;
/** The one of the demo's day who is registered again. */
const again = demoPerson(6);
export const twice = kanaOf(again);

/** The tablet, offline, calls a visitor and changes a person's number; the colleague's word on both comes first. */
export async function meanwhile(
  page: Page,
  context: BrowserContext,
  origin: string,
  person: string,
): Promise<void> {
  const colleague = await openDesk(origin, 'shiroishi', 'city');
  const session = colleague.tablet.session.value;
  if (!session) throw new Error('the colleague is not signed in');
  await colleague.tablet.syncNow();
  await context.setOffline(true);
  const ticket = await callFirst(page);
  await changePhone(page, person);
  const visit = session.all('visit').value.find((one) => partOf(one, 'facts')['ticket'] === ticket);
  must(await session.write('visit.leave', { id: visit?.id ?? '' }));
  const seeker = session.all('seeker').value.find((one) => isNamed(partOf(one, 'card'), person));
  must(await session.write('seeker.amend', { id: seeker?.id ?? '', phone: '011-000-1111' }));
  must(await session.write('seeker.register', { id: session.newId(), ...again }));
  await colleague.tablet.syncNow();
  await compareWrongly(session);
  colleague.tablet.lock();
  await context.setOffline(false);
  await page
    .getByText(/^要確認2件/)
    .first()
    .waitFor({ timeout: 70_000 });
  // The verdict comes with the push, both values with the pull; her page is still open.
  await page.getByRole('region', { name: 'どちらかに決める' }).waitFor({ timeout: 70_000 });
}

const isNamed = (card: Readonly<Record<string, unknown>>, kana: string) =>
  `${String(card['familyKana'])} ${String(card['givenKana'])}` === kana;

async function callFirst(page: Page): Promise<string> {
  await desk.visitScreen(page, '受付');
  const row = page
    .getByRole('list', { name: /今日の来所/ })
    .getByRole('button')
    .first();
  const ticket = (await row.locator('.visit-ticket').innerText()).trim();
  await row.click();
  await page.getByRole('button', { name: '呼び出す', exact: true }).click();
  await page.getByRole('button', { name: 'とじる', exact: true }).first().click();
  return ticket;
}

async function changePhone(page: Page, person: string): Promise<void> {
  await desk.openPerson(page, person);
  await page.getByRole('button', { name: 'その他', exact: true }).click();
  await page.getByRole('button', { name: '台帳を訂正', exact: true }).click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: '電話', exact: true }).fill('011-000-2222');
  await form.getByRole('button', { name: '訂正を保存する', exact: true }).click();
  await form.waitFor({ state: 'detached' });
}

/** Says of a tablet that has everything that it has nothing: the server raises its alarm. */
async function compareWrongly(session: Session): Promise<void> {
  let cursor: unknown = null;
  for (let more: unknown = true; more === true;) {
    const body = { protocol: protocolVersion, cursor, kinds: kinds.map(({ name }) => name) };
    const page = must(await session.ask('/api/pull', { body }));
    if (!isObject(page)) throw new Error('no page');
    ({ cursor, more } = page);
  }
  const buckets = Array.from({ length: digestBuckets }, () => ({ count: 0, hash: '' }));
  const answer = must(await session.ask('/api/digest', { body: { cursor, buckets } }));
  if (!isObject(answer) || answer['kind'] === 'behind') throw new Error('nothing was compared');
}
