/** Background Sync in real Chromium: what was written offline reaches the server with no page of the app open. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchProfile, untilControlled } from '../support/browser.ts';
import * as desk from '../support/desk-driver.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';
import { faultsIn, keptEntries } from '../support/server-entries.ts';

const city = '見本 花子';
let server: RealServer;
let profile: string;
let tablet: BrowserContext;
let page: Page;

beforeAll(async () => {
  server = await startRealServer();
  profile = mkdtempSync(join(tmpdir(), 'madoguchi-sync-'));
  tablet = await launchProfile(profile);
  page = await openPage();
  await desk.admit(page, 'あいワーク白石');
  await untilControlled(page);
  await desk.signIn(page, city);
  await desk.untilSynced(page);
});

afterAll(async () => {
  await tablet?.close();
  await server?.remove();
  if (profile) rmSync(profile, { recursive: true, force: true });
});

async function openPage(): Promise<Page> {
  const opened = await tablet.newPage();
  opened.setDefaultTimeout(20_000);
  await opened.goto(server.origin);
  return opened;
}

const visits = () => keptEntries(server.data).filter(({ verb }) => verb.startsWith('visit.log'));

/** A profile keeps one page, or the browser ends: a blank one is none of ours. */
async function closeApp(): Promise<void> {
  const others = tablet.pages().filter((one) => one !== page);
  if (others.length === 0) await tablet.newPage();
  await page.close();
  for (const one of tablet.pages()) expect(one.url()).toBe('about:blank');
}

async function logOffline(count: number): Promise<void> {
  await tablet.setOffline(true);
  await desk.visitScreen(page, '受付');
  for (let times = 0; times < count; times++) await desk.logVisit(page, '仕事の相談', '新規');
}

test('written offline, the page closed, the line back: the worker sends it', async () => {
  await logOffline(3);
  expect(visits()).toHaveLength(0);
  await closeApp();
  await tablet.setOffline(false);
  await expect.poll(() => visits().length, { timeout: 60_000 }).toBe(3);
  expect(faultsIn(keptEntries(server.data))).toEqual([]);
  page = await openPage();
  await desk.unlock(page, city);
  await desk.untilSynced(page);
});

test('the lock screen’s count goes the same way, without any key', async () => {
  await desk.leave(page);
  await tablet.setOffline(true);
  await desk.logVisit(page, '仕事の相談', '新規');
  await closeApp();
  await tablet.setOffline(false);
  await expect.poll(() => visits().length, { timeout: 60_000 }).toBe(4);
  page = await openPage();
  await desk.unlock(page, city);
});

/** The natural event, one forced beside it, and the page itself, all at once. */
test('worker and page pushing at the same time send nothing twice', async () => {
  await logOffline(12);
  const registration = await registrationId(page);
  await tablet.setOffline(false);
  await Promise.all([registration.dispatch(), registration.dispatch(), desk.untilSynced(page)]);
  await expect.poll(() => visits().length, { timeout: 60_000 }).toBe(16);
  const entries = keptEntries(server.data);
  expect(faultsIn(entries)).toEqual([]);
  expect(new Set(entries.map(({ verdict }) => verdict))).toEqual(new Set(['applied']));
});

/** No line to come back: the browser's own retry would take minutes, so it is called as that retry would. */
test('the server killed, the page closed, the server back: the next sync event brings it', async () => {
  await server.kill();
  await desk.logVisit(page, '仕事の相談', '新規');
  await desk.logVisit(page, '雇用保険', '再来');
  const blank = await tablet.newPage();
  const registration = await registrationId(page, blank);
  await page.close();
  await server.start();
  await registration.dispatch();
  await expect.poll(() => visits().length, { timeout: 30_000 }).toBe(18);
  expect(faultsIn(keptEntries(server.data))).toEqual([]);
});

/** Seen from the app's page, called from one that outlives it. */
async function registrationId(on: Page, from = on): Promise<{ dispatch: () => Promise<void> }> {
  const devtools = await tablet.newCDPSession(on);
  const found = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(server.origin));
      if (ours) resolve(ours.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const id = await found;
  const caller = from === on ? devtools : await tablet.newCDPSession(from);
  if (from !== on) await caller.send('ServiceWorker.enable');
  return {
    dispatch: async () => {
      await caller.send('ServiceWorker.dispatchSyncEvent', {
        origin: server.origin,
        registrationId: id,
        tag: 'outbox',
        lastChance: false,
      });
    },
  };
}
