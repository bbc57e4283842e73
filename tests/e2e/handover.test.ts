/**
 * peers 22 and the rescue file in real Chromium: two tablets without a network, a file from hand to hand, the receiver goes
 * on, both come online, everything is there once. And unsent work saved from a lock screen, brought in by a supervisor.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Download, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Sha256 } from '../../src/sync/entry.ts';
import { framesOf } from '../../src/sync/qr-frames.ts';
import {
  landscape,
  launch,
  launchProfile,
  newTablet,
  portrait,
  untilControlled,
} from '../support/browser.ts';
import { writeQrVideo } from '../support/qr-video.ts';
import * as desk from '../support/desk-driver.ts';
import { startRealServer, type RealServer } from '../support/real-server.ts';

const [city, hw, supervisor] = ['見本 花子', '試験 一郎', '架空 市子'];
const person: desk.Person = {
  family: '手渡',
  given: '試',
  familyKana: 'テワタシ',
  givenKana: 'タメス',
  birth: 'S40.4.1',
  phone: '011-000-4321',
};

let server: RealServer;
let browser: Browser;
let cityTablet: BrowserContext;
let hwTablet: BrowserContext;
let atCity: Page;
let atHW: Page;

async function admitted(context: BrowserContext, staff: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(server.origin);
  await desk.admit(page, 'あいワーク白石');
  await untilControlled(page);
  await desk.signIn(page, staff);
  await desk.untilSynced(page);
  return page;
}

beforeAll(async () => {
  server = await startRealServer();
  browser = await launch();
  cityTablet = await newTablet(browser);
  hwTablet = await newTablet(browser);
  atCity = await admitted(cityTablet, city);
  atHW = await admitted(hwTablet, hw);
});

/** Set MADOGUCHI_SHOTS to a folder to see the steps, upright and lying. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['MADOGUCHI_SHOTS'];
  if (!folder) return;
  for (const [way, size] of Object.entries({ landscape, portrait })) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(folder, `${name}-${way}.png`) });
  }
  await page.setViewportSize(landscape);
}

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await shot(atCity, 'failed-city');
  await shot(atHW, 'failed-hw');
});

afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const sha256: Sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .last()
    .click();

async function saved(
  page: Page,
  act: () => Promise<void>,
): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all<[Promise<Download>, Promise<void>]>([
    page.waitForEvent('download'),
    act(),
  ] as never);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

const asFile = ({ name, text }: { name: string; text: string }) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(text),
});

describe('peers 22: a handoff from hand to hand', () => {
  let file: { name: string; text: string };
  let passphrase: string;

  test('without a network the giver gets a file and a passphrase', async () => {
    await cityTablet.setOffline(true);
    await hwTablet.setOffline(true);
    await desk.register(atCity, person);
    await desk.handOver(atCity, ['電話・安全な連絡']);
    await atCity.getByRole('radio', { name: /まだ送っていない 1/ }).check();
    await atCity
      .getByRole('list', { name: 'まだ送っていない' })
      .getByRole('button')
      .first()
      .click();
    await shot(atCity, 'give-0');
    await press(atCity, 'つながらないときの受け渡し');
    await shot(atCity, 'give-1');
    await press(atCity, '受け渡しを始める');
    await atCity.getByLabel(/^合言葉/).waitFor();
    await press(atCity, '画面のQRを読んでもらう');
    await atCity.getByText(/枚がくり返し出ます/).waitFor();
    await shot(atCity, 'give-2');
    file = await saved(atCity, () => press(atCity, 'ファイルを保存して渡す'));
    passphrase = ((await atCity.getByLabel(/^合言葉/).textContent()) ?? '').replace('合言葉', '');
    await shot(atCity, 'give-3');
    expect(file.name).toMatch(/^窓口-受け渡し-\d{8}-\d{4}\.madoguchi$/);
    expect(file.text).not.toContain('手渡');
    await press(atCity, '渡しました');
    await atCity.getByRole('radio', { name: /返事待ち 1/ }).waitFor();
    await atCity.getByText('手渡しずみ').first().waitFor();
  });

  test('the receiver reads it with the passphrase, accepts and records, still without a network', async () => {
    await desk.visitScreen(atHW, '引継ぎ');
    await press(atHW, 'つながらないときに受け取る');
    await shot(atHW, 'take-1');
    await atHW.locator('dialog[open] input[type=file]').setInputFiles(asFile(file));
    await atHW.getByLabel('相手の画面に出ている8文字').fill('AAAA-AAAA');
    await press(atHW, '受け取る');
    await atHW.getByText('合言葉が違うか、ファイルが途中で壊れています。').waitFor();
    await shot(atHW, 'take-2');
    await atHW.getByLabel('相手の画面に出ている8文字').fill(passphrase.toLowerCase());
    await press(atHW, '受け取る');
    await atHW.getByText('サーバー未確認').first().waitFor();
    await atHW.getByText('手渡').first().waitFor();
    await shot(atHW, 'take-3');
    await desk.acceptFirst(atHW);
    await desk.consult(atHW, '手渡しの引継ぎから相談しました。', 'HWのメモ');
    await atHW.getByText(/オフライン・この端末に保存済み\d+件/).waitFor();
  });

  test('both come online, the receiver first: everything is there, once', async () => {
    await hwTablet.setOffline(false);
    await desk.untilSynced(atHW);
    await cityTablet.setOffline(false);
    await desk.untilSynced(atCity);
    await desk.visitScreen(atHW, '引継ぎ');
    await atHW.getByRole('radio', { name: /受け入れた 1/ }).waitFor();
    expect(await atHW.getByText('サーバー未確認').count()).toBe(0);
    await desk.visitScreen(atHW, '求職者');
    await desk.openPerson(atHW, 'テワタシ');
    expect(await atHW.getByText('手渡しの引継ぎから相談しました。').count()).toBeGreaterThan(0);
    await desk.visitScreen(atCity, '引継ぎ');
    await atCity.getByRole('radio', { name: /受け入れた 1/ }).check({ timeout: 70_000 });
    const accepted = atCity.getByRole('list', { name: '受け入れた' });
    await accepted.getByText('相手が受け入れた').waitFor();
    expect(await accepted.getByRole('button').count()).toBe(1);
  });
});

test('peers 22: the pictures on the giver’s screen are read by the camera', async () => {
  const text = 'QR'.padEnd(3_000, 'AbC_-9"{}:,');
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-camera-'));
  writeQrVideo(join(folder, 'qr.y4m'), (await framesOf(text, sha256)) ?? []);
  const context = await launchProfile(join(folder, 'profile'), [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${join(folder, 'qr.y4m')}`,
  ]);
  try {
    const page = await admitted(context, '仮名 京子');
    await context.setOffline(true);
    await desk.visitScreen(page, '引継ぎ');
    await press(page, 'つながらないときに受け取る');
    await press(page, '相手の画面のQRを読む');
    await page.getByText(/\d枚を読みました/).waitFor();
    await shot(page, 'qr-read');
    await page.getByText('QR を読みました。').waitFor({ timeout: 60_000 });
    await page.getByLabel('相手の画面に出ている8文字').fill('ABCD-EFGH');
    await press(page, '受け取る');
    await page
      .getByText('このファイルは、窓口のファイルではないか、途中で壊れています。')
      .waitFor();
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('unsent work of a locked tablet (peers 3, 11)', () => {
  test('written out on the lock screen, brought in by a supervisor, then sent by the tablet: once', async () => {
    await cityTablet.setOffline(true);
    await desk.visitScreen(atCity, '受付');
    await desk.logVisit(atCity, '仕事の相談', '新規');
    await desk.leave(atCity);
    await desk.logVisit(atCity, '求人検索端末', '再来');
    await press(atCity, '未送信の記録を書き出す');
    const file = await saved(atCity, () => press(atCity, 'ファイルに書き出す'));
    await atCity.getByText(/未送信の記録\d+件を書き出しました/).waitFor();
    await shot(atCity, 'rescue-1');
    expect(file.name).toMatch(/^窓口-未送信の控え-\d{8}-\d{4}\.madoguchi$/);
    const office = await newTablet(browser);
    const page = await admitted(office, supervisor);
    await desk.visitScreen(page, '管理');
    const bring = () => page.locator('input[type=file]').setInputFiles(asFile(file));
    await bring();
    await page.getByText('すべて届きました。').waitFor();
    await page.getByText(/見本 花子.*届いた1件・すでに届いていた0件/).waitFor();
    await shot(page, 'rescue-2');
    await bring();
    await page.getByText(/見本 花子.*届いた0件・すでに届いていた1件/).waitFor();
    await cityTablet.setOffline(false);
    await press(atCity, '名前の画面にもどる');
    await desk.unlock(atCity, city);
    await desk.untilSynced(atCity);
    await desk.visitScreen(atCity, '受付');
    // One from the lock screen, one from the board, and the one that the other desk's consultation began.
    await expect.poll(() => desk.visitsOnBoard(atCity)).toBe(3);
  });
});
