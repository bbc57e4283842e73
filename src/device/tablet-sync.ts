/** What a run of the sync loop does on a tablet, and what a tab does with the news of other tabs and of the worker. */
import type { Problem } from '../domain/problem.ts';
import { createCounterLogin } from './counter-login.ts';
import type { Desk } from './desk.ts';
import { seeTime } from './device-db.ts';
import { durably } from './durable.ts';
import type { Hub } from './hub.ts';
import type { Message } from './messages.ts';
import { pushAll } from './push.ts';
import type { SyncStep } from './sync-loop.ts';
import { readMeta } from './store-db.ts';
import { revealPulled } from './session-open.ts';
import { pullDesk } from './tablet-pull.ts';

export function syncSteps(hub: Hub): readonly SyncStep[] {
  const { ports, net, stores, state } = hub;
  const renewCounter = createCounterLogin(ports, net, stores, state);
  return [() => watchClock(hub), () => push(hub), () => pull(hub), renewCounter];
}

/** Keeps the highest time seen, so that a clock turned back later lengthens no lease. */
async function watchClock({ ports, stores, counter }: Hub): Promise<Problem | undefined> {
  const store = counter.peek()?.store;
  if (store === undefined) return undefined;
  const db = stores.of(store);
  const seen = await durably(db, async () => {
    const skew = (await readMeta(db, 'skew')) ?? 0;
    await seeTime(stores.device, ports.clock.now() - skew);
  });
  return seen.ok ? undefined : seen.problem;
}

async function push(hub: Hub): Promise<Problem | undefined> {
  const report = await pushAll(hub.ports, hub.net, hub.stores);
  if (report.pushed > 0) {
    await hub.counter.peek()?.refresh();
    await hub.desk()?.refreshEntries();
    await hub.state.refreshCounts();
  }
  return report.problem;
}

/** Locked, the heartbeat alone says whether the server is there. */
async function pull(hub: Hub): Promise<Problem | undefined> {
  const desk = hub.desk();
  if (!desk) return (await hub.net.isThere()) ? undefined : { code: 'offline' };
  const done = await pullDesk(hub.ports, desk);
  await hub.counter.peek()?.refresh();
  await hub.state.refreshCounts();
  return done.ok || desk.isClosed() ? undefined : done.problem;
}

export async function hear(hub: Hub, message: Message): Promise<void> {
  if (message.type === 'lock') return hub.lock();
  if (message.type === 'seated') return hub.closeIf((store) => store !== message.store);
  if (message.type === 'stores') {
    await hub.readAgain();
    return;
  }
  const [desk, counter] = [hub.desk(), hub.counter.peek()];
  if (message.store === counter?.store || message.type === 'rows') await counter?.refresh();
  if (desk && message.type === 'rows' && message.store === desk.keys.store) {
    await desk.reloadRows(message.step, message.refs);
    await revealPulled(desk, message.refs);
  }
  if (desk && message.type === 'entries' && isOwn(desk, message.store)) await desk.refreshEntries();
  await hub.state.refreshCounts();
}

function isOwn(desk: Desk, store: string): boolean {
  return store === desk.keys.store || desk.older.includes(store);
}
