/** peers 1 in real Chromium: a tablet writes offline, the browser throws its database away, and nothing of it is missing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchProfile, untilControlled } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';
import { keptEntries } from '../support/server-entries.ts';

const staff = '見本 花子';
let server: RealServer;
let profile: string;
let context: BrowserContext;
beforeAll(async () => {
  server = await startRealServer();
  profile = mkdtempSync(join(tmpdir(), 'madoguchi-profile-'));
});
afterAll(async () => {
  await context?.close();
  await server?.remove();
  rmSync(profile, { recursive: true, force: true });
});

async function openApp(isOffline: boolean): Promise<Page> {
  context = await launchProfile(profile);
  await context.setOffline(isOffline);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin);
  return page;
}

const visits = () =>
  keptEntries(server.data).filter(
    ({ verb, verdict }) => verb === 'visit.log@1' && verdict === 'applied',
  );

test('what was written offline reaches the server though the browser has thrown its database away', async () => {
  let page = await openApp(false);
  await desk.admit(page, 'あいワーク白石');
  await untilControlled(page);
  await desk.signIn(page, staff);
  await desk.untilSynced(page);
  const before = visits().length;
  await context.setOffline(true);
  // A browser that starts again sends in the background, sooner than it can be told that it is offline.
  await server.stop();
  await desk.visitScreen(page, '受付');
  for (let n = 0; n < 3; n++) await desk.logVisit(page, '仕事の相談', '新規');
  await context.close();
  rmSync(join(profile, 'Default', 'IndexedDB'), { recursive: true });

  page = await openApp(true);
  await page.getByText('この端末にあった記録が見つかりません。').waitFor();
  await page.getByText('送っていない記録の控えが3件あります。つながると自動で送ります。').waitFor();
  if (process.env['MADOGUCHI_SHOTS'])
    await page.screenshot({ path: join(process.env['MADOGUCHI_SHOTS'], 'cleared-offline.png') });
  expect(visits()).toHaveLength(before);
  await server.start();
  await context.setOffline(false);
  await page
    .getByText('控えのあった記録3件は、サーバーに届きました。')
    .waitFor({ timeout: 60_000 });
  if (process.env['MADOGUCHI_SHOTS'])
    await page.screenshot({ path: join(process.env['MADOGUCHI_SHOTS'], 'cleared-sent.png') });
  expect(visits()).toHaveLength(before + 3);

  await desk.admit(page, 'あいワーク白石');
  await desk.signIn(page, staff);
  await desk.untilSynced(page);
  expect(visits()).toHaveLength(before + 3);
}, 180_000);
