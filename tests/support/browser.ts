/** Debian's Chromium at tablet size. A missing browser is a failure, never a skip. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Where a machine names no language, Chromium gives Japanese file names up and saves everything as "download". */
const env = { ...process.env, LC_ALL: 'C.UTF-8' } as Record<string, string>;
export const landscape = { width: 1180, height: 820 };
export const portrait = { width: 820, height: 1180 };

export function chromiumPath(): string {
  if (!existsSync(executablePath))
    throw new Error(`no browser at ${executablePath}: apt-get install chromium`);
  return executablePath;
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArgs],
    env,
    headless: true,
  });
}

/** A profile folder that outlives the browser: restart offline, or scan it afterwards. */
export function launchProfile(
  folder: string,
  more: readonly string[] = [],
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath: chromiumPath(),
    args: [...chromiumArgs, ...more],
    env,
    headless: true,
    viewport: landscape,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
  });
}

export function newTablet(browser: Browser, viewport = landscape): Promise<BrowserContext> {
  return browser.newContext({ viewport, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
}

export async function untilControlled(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, {
    timeout: 30_000,
  });
}
