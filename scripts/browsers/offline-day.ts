/**
 * The offline day, the same in every engine: signed in once, the server killed, visits, a person and a consultation logged,
 * the page reloaded from the service worker, the server back, everything arrived exactly once, a second tablet sees it.
 */
import * as desk from '../../tests/support/desk-driver.ts';
import { startRealServer, type RealServer } from '../../tests/support/real-server.ts';
import { faultsIn, keptEntries } from '../../tests/support/server-entries.ts';
import type { Device, Engine } from './engines.ts';

const site = 'あいワーク白石';
const staff = '見本 花子';
const colleague = '試験 一郎';
const person: desk.Person = {
  family: '髙田',
  given: '試',
  familyKana: 'タカダ',
  givenKana: 'タメス',
  birth: 'S40.4.1',
  phone: '011-000-4321',
};
const summary = '介護の仕事を希望。見学の約束をしました。';
const visits = 4;
const isControlled = 'navigator.serviceWorker.controller !== null';

export interface Day {
  /** What was found to be so, in order. */
  readonly checks: readonly string[];
  readonly fault: string | undefined;
}

/** `shots`: a folder for a picture of where it broke. */
export async function offlineDay(engine: Engine, shots: string | undefined): Promise<Day> {
  const checks: string[] = [];
  const server = await startRealServer();
  const first = await engine.device();
  try {
    for (const [name, check] of Object.entries(day(engine, first, server))) {
      await check().catch((error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      });
      checks.push(name);
    }
    return { checks, fault: undefined };
  } catch (error) {
    if (shots) await first.shoot(`${shots}/${checks.length}.png`);
    return { checks, fault: String(error) };
  } finally {
    await server.remove();
  }
}

type Checks = Readonly<Record<string, () => Promise<void>>>;

function day(engine: Engine, first: Device, server: RealServer): Checks {
  const { screen } = first;
  const offlineWords = screen.getByText(/オフライン・この端末に保存済み\d+件/);
  return {
    'the worker takes over': async () => {
      await first.open(server.origin);
      await desk.admit(screen, site);
      await until(async () => (await first.ask(isControlled)) === true, 'a worker in control');
    },
    'signed in, synced': async () => {
      await desk.signIn(screen, staff);
      await desk.untilSynced(screen);
    },
    'offline, a count on the lock screen': async () => {
      await first.setOffline(true);
      await server.kill();
      await desk.leave(screen);
      await desk.logVisit(screen, '仕事の相談', '新規');
    },
    'offline, unlocked by PIN': () => desk.unlock(screen, staff),
    'offline, visits on the board': async () => {
      await desk.visitScreen(screen, '受付');
      await desk.logVisit(screen, '求人検索端末', '再来');
      await desk.logVisit(screen, '生活・福祉の相談', '新規');
    },
    'offline, a person and a consultation': async () => {
      await desk.register(screen, person);
      await desk.consult(screen, summary, '内部メモ');
    },
    'the words say offline and saved': () => offlineWords.waitFor({ timeout: 60_000 }),
    'reloaded offline from the worker': async () => {
      await first.reload();
      await desk.unlock(screen, staff);
    },
    'offline, everything is still there': async () => {
      await desk.visitScreen(screen, '受付');
      await until(async () => (await desk.visitsOnBoard(screen)) === visits, 'the visits');
      await desk.openPerson(screen, 'タカダ');
      await screen.getByText(summary).first().waitFor();
    },
    'back: all of it goes within a minute': async () => {
      await server.start();
      await first.setOffline(false);
      await desk.untilSynced(screen);
    },
    'arrived exactly once': () => arrivedOnce(server),
    'a second tablet sees it': async () => {
      const second = await engine.device();
      await second.open(server.origin);
      await desk.admit(second.screen, site);
      await desk.signIn(second.screen, colleague);
      await desk.visitScreen(second.screen, '受付');
      await until(async () => (await desk.visitsOnBoard(second.screen)) === visits, 'the visits');
    },
  };
}

async function arrivedOnce(server: RealServer): Promise<void> {
  const entries = keptEntries(server.data);
  const faults = faultsIn(entries);
  if (faults.length > 0) throw new Error(faults.join(', '));
  const expected = {
    'visit.log': visits - 1,
    'seeker.register': 1,
    'consultation.recordWalkIn': 1,
  };
  for (const [verb, times] of Object.entries(expected)) {
    const found = entries.filter((entry) => entry.verb.startsWith(`${verb}@`));
    if (found.length !== times) throw new Error(`${verb}: ${found.length} of ${times}`);
  }
  const odd = entries.filter(({ lane, verdict }) => lane === 'write' && verdict !== 'applied');
  if (odd.length > 0) throw new Error(`not applied: ${odd.map(({ verb }) => verb).join(', ')}`);
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
