/**
 * Chromium is SIGKILLed with all its processes while somebody taps visits in, on the lock screen or at the reception, and
 * every third time the server with it. After each restart the databases are read: what had been confirmed on the screen
 * is there, nothing is there twice or by half. At the end all of it is at the server, once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { untilControlled } from '../../tests/support/browser.ts';
import * as desk from '../../tests/support/desk-driver.ts';
import { startRealServer, type RealServer } from '../../tests/support/real-server.ts';
import { faultsIn, keptEntries } from '../../tests/support/server-entries.ts';
import { startChromium } from './chromium.ts';
import { heldIn, tornIn } from './tablet-entries.ts';
import { add, count, noneYet, pause, type Tally } from './tally.ts';

const staff = '見本 花子';

/** Taps as fast as the screen confirms; each confirmation is told before the next tap. */
function tapAway(page: Page): void {
  const tapping = page.evaluate(async () => {
    const tell = (globalThis as unknown as { told: () => Promise<void> }).told; // the binding below
    const wait = () => new Promise((resolve) => setTimeout(resolve, 2));
    const find = (words: string) =>
      [...document.querySelectorAll<HTMLElement>('.log-panel button')].find((one) =>
        one.textContent?.trim().startsWith(words),
      );
    const fresh = () =>
      [...document.querySelectorAll<HTMLElement>('.toast')].find(
        (one) => one.textContent?.includes('保存しました') && one.dataset['seen'] === undefined,
      );
    for (;;) {
      while (find('仕事の相談')?.getAttribute('aria-checked') !== 'true') {
        find('仕事の相談')?.click();
        await wait();
      }
      find('新規')?.click();
      let toast = fresh();
      while (!toast) {
        await wait();
        toast = fresh();
      }
      toast.dataset['seen'] = '';
      await tell();
    }
  });
  // It ends with the browser.
  void tapping.catch(() => undefined);
}

interface Memory {
  /** Ids of visits ever seen durable on the tablet. */
  readonly durable: Set<string>;
  confirmed: number;
}

async function look(page: Page, memory: Memory): Promise<Tally> {
  const held = await heldIn(page);
  const visits = held.entries.filter(({ verb }) => verb.startsWith('visit.log'));
  const ids = visits.map(({ id }) => id);
  const gone = [...memory.durable].filter((id) => !ids.includes(id)).length;
  const more = ids.filter((id) => !memory.durable.has(id)).length;
  const { confirmed } = memory;
  for (const id of ids) memory.durable.add(id);
  memory.confirmed = 0;
  return {
    acknowledged: confirmed,
    lost: gone + Math.max(0, confirmed - more),
    // One tap may have become durable whose confirmation nobody saw any more.
    doubled: Math.max(0, more - confirmed - 1),
    torn: tornIn(held),
  };
}

async function open(profile: string, server: RealServer, memory: Memory) {
  const chromium = await startChromium(profile);
  await chromium.page.exposeFunction('told', () => void (memory.confirmed += 1));
  await chromium.page.goto(server.origin);
  return chromium;
}

async function oneRound(
  profile: string,
  server: RealServer,
  memory: Memory,
  round: number,
): Promise<Tally> {
  const { page, kill } = await open(profile, server, memory);
  await page.getByText('名前を押してください').waitFor();
  const tally = await look(page, memory);
  if (round % 2 === 1) {
    await desk.unlock(page, staff);
    await desk.visitScreen(page, '受付');
  }
  tapAway(page);
  const withServer = round % 3 === 2;
  await pause(150 + Math.random() * 900);
  await Promise.all([kill(), ...(withServer ? [server.kill()] : [])]);
  if (withServer) await server.start();
  return tally;
}

async function atTheEnd(profile: string, server: RealServer, memory: Memory): Promise<Tally> {
  const { page, kill } = await open(profile, server, memory);
  await desk.unlock(page, staff);
  const tally = await look(page, memory);
  await desk.untilSynced(page);
  await kill();
  await server.stop();
  const kept = keptEntries(server.data);
  const ids = kept.map(({ id }) => id);
  return add(tally, {
    acknowledged: 0,
    lost: [...memory.durable].filter((id) => !ids.includes(id)).length,
    doubled: [...memory.durable].filter((id) => count(ids, id) > 1).length,
    torn: faultsIn(kept).length,
  });
}

export async function browserRounds(rounds: number): Promise<Tally> {
  const server = await startRealServer();
  const profile = mkdtempSync(join(tmpdir(), 'madoguchi-kill-'));
  const memory: Memory = { durable: new Set(), confirmed: 0 };
  const first = await open(profile, server, memory);
  await desk.admit(first.page, 'あいワーク白石');
  await untilControlled(first.page);
  await desk.signIn(first.page, staff);
  await desk.untilSynced(first.page);
  await first.kill();
  let tally = noneYet;
  for (let round = 0; round < rounds; round++)
    tally = add(tally, await oneRound(profile, server, memory, round));
  tally = add(tally, await atTheEnd(profile, server, memory));
  await server.remove();
  rmSync(profile, { recursive: true, force: true });
  console.log(`browser: ${rounds} kills, ${tally.acknowledged} saves confirmed on the screen`);
  return tally;
}
