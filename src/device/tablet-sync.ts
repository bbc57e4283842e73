/** What a run of the sync loop does on a tablet, and what a tab does with the news of other tabs and of the worker. */
import type { Problem, Result } from '../domain/problem.ts';
import { createCounterLogin } from './counter-login.ts';
import type { Desk } from './desk.ts';
import { seeTime } from './device-db.ts';
import { durably } from './durable.ts';
import type { Hub } from './hub.ts';
import { later } from './later.ts';
import type { Message } from './messages.ts';
import { pushAll, type PushReport } from './push.ts';
import { HangingPlace } from './spare.ts';
import type { SyncStep } from './sync-loop.ts';
import { readMeta } from './store-db.ts';

const pulling = later(() => import('./tablet-pull.ts'));
const opening = later(() => import('./session-open.ts'));
const leaving = later(() => import('./gone.ts'));
const sparing = later(() => import('./spare-sync.ts'));

/** The shortest pause of the loop while all is well (sync-loop.ts). */
const clockPauseMs = 15_000;

export function syncSteps(hub: Hub): readonly SyncStep[] {
  const { ports, net, stores, state } = hub;
  const renewCounter = createCounterLogin(ports, net, stores, state);
  return [
    leavingStep(hub, (gone) => gone.createEmptyingStep),
    clockStep(hub),
    () => push(hub),
    sparedStep(hub),
    () => pull(hub),
    leavingStep(hub, (gone) => gone.createEvictionStep),
    renewCounter,
  ];
}

/** Keeps the highest time seen, so that a clock turned back later lengthens no lease; whoever unlocks looks herself. */
function clockStep({ ports, stores, counter }: Hub): SyncStep {
  let lookedAt = -Infinity;
  return async () => {
    const store = counter.peek()?.store;
    const now = ports.clock.now();
    // Runs that follow each other closely see no more than the first: a tablet at rest looks no oftener.
    if (store === undefined || Math.abs(now - lookedAt) < clockPauseMs) return undefined;
    const db = stores.of(store);
    const seen = await durably(db, async () => {
      const skew = (await readMeta(db, 'skew')) ?? 0;
      await seeTime(stores.device, now - skew);
    });
    if (!seen.ok) return seen.problem;
    lookedAt = now;
    return undefined;
  };
}

async function push(hub: Hub): Promise<Problem | undefined> {
  const report = await pushAll(hub.ports, hub.net, hub.stores);
  if (report.problem?.code === 'forked') await hub.readAgain();
  await showPushed(hub, report);
  if (!report.problem && hub.desk()) {
    // The pull that follows counts the others too, however it ends.
    if (report.touched.length > 0) await hub.state.refreshCounts(report.touched);
    return undefined;
  }
  // Also when nothing was sent here: a tab that sent it all may have died before it told anybody.
  await hub.state.refreshCounts();
  return report.problem;
}

/** What an answer says of one stream changes nothing that is shown of another. */
async function showPushed(hub: Hub, { touched, problem }: PushReport): Promise<void> {
  const isRestoring = problem?.code === 'restoring';
  const [desk, counter] = [hub.desk(), hub.counter.peek()];
  if (counter && (isRestoring || touched.includes(counter.store))) await counter.refresh();
  if (desk && (isRestoring || touched.some((store) => isOwn(desk, store))))
    await desk.refreshEntries();
}

/** Locked, the heartbeat alone says whether the server is there. */
async function pull(hub: Hub): Promise<Problem | undefined> {
  const desk = hub.desk();
  if (!desk) return (await hub.net.isThere()) ? undefined : { code: 'offline' };
  const done = await pullFor(hub, desk);
  if (done.ok || desk.isClosed()) return undefined;
  // A restored server, or one of another epoch: which one, the heartbeat says, and the next run meets it.
  if (done.problem.code === 'restoring' || done.problem.code === 'serverTrouble')
    await hub.net.isThere();
  return done.problem;
}

async function pullFor(hub: Hub, desk: Desk): Promise<Result<void>> {
  try {
    const loaded = await pulling();
    return loaded.ok ? await loaded.value.pullDesk(hub.ports, desk) : loaded;
  } finally {
    await hub.state.refreshCounts();
  }
}

type Leaving = Extract<Awaited<ReturnType<typeof leaving>>, { readonly ok: true }>['value'];

function leavingStep(hub: Hub, chosen: (gone: Leaving) => (hub: Hub) => SyncStep): SyncStep {
  let step: SyncStep | undefined;
  return async () => {
    const loaded = await leaving();
    if (!loaded.ok) return loaded.problem;
    step ??= chosen(loaded.value)(hub);
    return step();
  };
}

/** No copy of anything holds up what is here. */
function sparedStep({ ports: { spare }, net, stores, spared }: Hub): SyncStep {
  let step: SyncStep | undefined;
  return async () => {
    if (!spare) return undefined;
    const loaded = await sparing();
    if (!loaded.ok) return loaded.problem;
    step ??= loaded.value.createSpareStep({ spare, net, stores, spared });
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof HangingPlace)) console.warn('the second place', error);
      return undefined;
    }
  };
}

export async function hear(
  hub: Hub,
  message: Exclude<Message, { readonly type: 'hint' }>,
): Promise<void> {
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
    const loaded = await opening();
    if (loaded.ok) await loaded.value.revealPulled(desk, message.refs);
  }
  if (desk && message.type === 'entries' && isOwn(desk, message.store)) await desk.refreshEntries();
  // What a pull brings may be verdicts for other stores as well.
  await hub.state.refreshCounts(message.type === 'entries' ? [message.store] : undefined);
}

function isOwn(desk: Desk, store: string): boolean {
  return store === desk.keys.store || desk.older.includes(store);
}
