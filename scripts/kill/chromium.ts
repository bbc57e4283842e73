/** Chromium as a process of its own, so that it can be killed with all its children, on a profile that stays. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArgs, chromiumPath, landscape } from '../../tests/support/browser.ts';

export interface Chromium {
  readonly page: Page;
  readonly kill: () => Promise<void>;
}

/** The address of its debugger, which it says on stderr. */
function debuggerOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (some: Buffer) => {
      said += some.toString();
      const [, address] = /listening on (ws:\S+)/.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`chromium ended with ${code}: ${said}`)));
  });
}

export async function startChromium(profile: string): Promise<Chromium> {
  const args = [
    ...chromiumArgs,
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    `--window-size=${landscape.width},${landscape.height}`,
    'about:blank',
  ];
  // A group of its own: the kill takes renderer, storage and network processes along.
  const child = spawn(chromiumPath(), args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const browser: Browser = await chromium.connectOverCDP(await debuggerOf(child));
  const context = browser.contexts()[0];
  if (!context) throw new Error('chromium has no default context');
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    kill: async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended;
      await browser.close().catch(() => undefined);
    },
  };
}
