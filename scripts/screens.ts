/**
 * `npm run screens`: draws every screen at 1180×820 into docs/screens, from a demo day played into a server of its own. The
 * build must be there. With MADOGUCHI_SHOTS set, every stop of the tour goes to that folder instead, in portrait too.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { landscape, launch, newTablet, portrait } from '../tests/support/browser.ts';
import { startRealServer } from '../tests/support/real-server.ts';
import { tour, type Stop } from '../tests/support/screen-tour.ts';
import { playDay } from './demo/play-day.ts';

/** The stops that the documents show, by the name of their picture. */
const shown: Partial<Record<Stop, string>> = {
  lock: 'lock',
  today: 'today',
  reception: 'reception',
  person: 'person',
  consultation: 'consultation',
  'handoff-new': 'handoff-new',
  'handoff-detail': 'handoff-inbox',
  referral: 'referrals',
  'counts-open': 'counts',
  achievement: 'achievement',
  records: 'records',
  record: 'record',
  'person-papers': 'papers',
  job: 'jobs',
  outbox: 'outbox',
  'admin-inbox': 'admin',
};

const everything = process.env['MADOGUCHI_SHOTS'];
const folder = everything ?? 'docs/screens';

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  console.log(join(folder, `${name}.png`));
}

async function atStop(page: Page, stop: Stop): Promise<void> {
  const name = everything ? stop : shown[stop];
  if (name === undefined) return;
  await shoot(page, name);
  if (!everything) return;
  await page.setViewportSize(portrait);
  await shoot(page, `${name}-portrait`);
  await page.setViewportSize(landscape);
}

mkdirSync(folder, { recursive: true });
const server = await startRealServer();
const browser = await launch();
try {
  await playDay(server.origin, () => undefined);
  const page = await (await newTablet(browser)).newPage();
  for await (const stop of tour(page, server.origin)) await atStop(page, stop);
} finally {
  await browser.close();
  await server.remove();
}
process.exit(0);
