/** The three engines behind one face: tablets of their own, whose screens the desk driver reads. */
import { spawn, type ChildProcess } from 'node:child_process';
import { globSync } from 'node:fs';
import { Builder, type WebDriver } from 'selenium-webdriver';
import { firefox, type Browser, type Page } from 'playwright-core';
import { launch, newTablet } from '../../tests/support/browser.ts';
import { freePort } from '../../tests/support/real-server.ts';
import type { Screen } from '../../tests/support/screen.ts';
import { webdriverScreen } from '../../tests/support/webdriver-screen.ts';

export interface Device {
  readonly screen: Screen;
  readonly open: (url: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  /** Text of an expression in the page. */
  readonly ask: (expression: string) => Promise<unknown>;
  /** The browser's own switch, where it has one; elsewhere a dead server is offline enough. */
  readonly setOffline: (isOffline: boolean) => Promise<void>;
  readonly shoot: (file: string) => Promise<void>;
}

export interface Engine {
  readonly version: string;
  /** Storage of its own: another tablet. */
  readonly device: () => Promise<Device>;
  readonly close: () => Promise<void>;
}

const patienceMs = 20_000;
const size = { width: 1180, height: 820 };

export const engines: Readonly<Record<string, () => Promise<Engine>>> = {
  chromium: async () => overPlaywright(await launch()),
  firefox: async () =>
    overPlaywright(
      await firefox.launch({
        channel: 'moz-firefox',
        executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
        headless: true,
      }),
    ),
  webkitgtk: openWebKit,
};

function overPlaywright(browser: Browser): Engine {
  return {
    version: browser.version(),
    device: async () => {
      const page = await (await newTablet(browser)).newPage();
      page.setDefaultTimeout(patienceMs);
      return deviceOf(page);
    },
    close: () => browser.close(),
  };
}

function deviceOf(page: Page): Device {
  return {
    screen: page,
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    ask: (expression) => page.evaluate(expression),
    setOffline: (isOffline) => page.context().setOffline(isOffline),
    shoot: async (file) => void (await page.screenshot({ path: file })),
  };
}

/** One driver process a device: each session has storage of its own and goes with it. */
async function openWebKit(): Promise<Engine> {
  const screen = await startXvfb();
  const stops: (() => Promise<void>)[] = [];
  let version = '';
  const device = async () => {
    const [process, driver] = await startMiniBrowser(screen.display);
    stops.push(async () => {
      await driver.quit().catch(() => undefined);
      process.kill();
    });
    version = (await driver.getCapabilities()).getBrowserVersion() ?? '';
    return deviceOver(driver);
  };
  return {
    get version() {
      return version;
    },
    device,
    close: async () => {
      for (const stop of stops) await stop();
      screen.process.kill();
    },
  };
}

async function startXvfb(): Promise<{ process: ChildProcess; display: string }> {
  const process = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const told = process.stdio[3];
  const number = await new Promise<string>((resolve, reject) => {
    process.once('error', reject);
    process.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    told?.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  return { process, display: `:${number}` };
}

async function startMiniBrowser(display: string): Promise<readonly [ChildProcess, WebDriver]> {
  const port = await freePort();
  const child = spawn('WebKitWebDriver', [`--port=${port}`], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
  });
  const binary =
    process.env['MINIBROWSER'] ?? globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser').at(-1);
  const options = { binary, args: ['--automation'] };
  const capabilities = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options };
  await untilAnswers(port);
  const driver = await new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities(capabilities)
    .build();
  await driver
    .manage()
    .window()
    .setRect({ x: 0, y: 0, ...size });
  return [child, driver];
}

async function untilAnswers(port: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('WebKitWebDriver does not answer');
}

function deviceOver(driver: WebDriver): Device {
  return {
    screen: webdriverScreen(driver),
    open: (url) => driver.get(url),
    reload: () => driver.navigate().refresh(),
    ask: (expression) => driver.executeScript(`return ${expression}`),
    setOffline: () => Promise.resolve(),
    shoot: async (file) => {
      const { writeFile } = await import('node:fs/promises');
      await writeFile(file, await driver.takeScreenshot(), 'base64');
    },
  };
}
