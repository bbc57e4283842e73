/** A tablet: databases, keys, streams and the sync loop behind the contract of types.ts. Nothing here knows a screen. */
import { computed } from '@preact/signals-core';
import { businessDateJst } from '../domain/date.ts';
import { fail, type Problem, type Result } from '../domain/problem.ts';
import { createChecks } from './checks.ts';
import { liveStore } from './device-db.ts';
import { durably } from './durable.ts';
import { createAdmission, enrolUser } from './enrol.ts';
import { createHub, type Hub } from './hub.ts';
import { pinWait } from './pin-attempts.ts';
import type { DevicePorts } from './ports.ts';
import { createQueue } from './queue.ts';
import { rescueFile } from './rescue.ts';
import { createStorageWatch, type StorageWatch } from './storage.ts';
import { createSyncLoop, type SyncLoop } from './sync-loop.ts';
import { hear, syncSteps } from './tablet-sync.ts';
import type { SyncState, Tablet } from './types.ts';
import { openStore, unlockStore } from './unlock.ts';

/** A tablet that can be put away: for tests and simulated days. */
export interface OpenTablet extends Tablet {
  readonly stop: () => void;
}

/** Without its storage there is no tablet; why, says the problem. */
export class StorageClosed extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`the tablet's storage does not open: ${problem.code}`);
    this.problem = problem;
  }
}

const notAdmitted = fail({
  code: 'refused',
  reason: 'この端末は、まだ窓口に登録されていません。',
});

export async function openTablet(given: DevicePorts): Promise<OpenTablet> {
  const hub = createHub(given, () => loop.trigger());
  const storage = createStorageWatch(given);
  const { claim, ...checks } = createChecks(hub);
  const loop = createSyncLoop(given, [...syncSteps(hub), claim], hub.net.ended);
  const begun = await hub.readAgain();
  if (!begun.ok) {
    loop.stop();
    hub.stores.close();
    throw new StorageClosed(begun.problem);
  }
  const wasCleared = computed(() => !hub.state.enrolment.value && given.memento?.isKept() === true);
  const stopKeeping = hub.state.enrolment.subscribe((known) => known && given.memento?.keep());
  // At the start, and once more when the tablet is admitted.
  const stopAsking = hub.state.enrolment.subscribe(() => void storage.report());
  const heard = createQueue();
  const stops = [
    given.channel.listen((message) => void heard(() => hear(hub, message))),
    given.page.onHide(hub.lock),
    stopKeeping,
    stopAsking,
  ];
  loop.trigger();
  return {
    ...people(hub),
    ...counting(hub),
    ...checks,
    enrolment: hub.state.enrolment,
    wasCleared,
    session: hub.session,
    sync: computed(() => syncState(hub, loop, storage)),
    rescue: () => rescueFile(given, hub.stores),
    syncNow: () => loop.runNow(),
    storage: storage.report,
    now: () => given.clock.now(),
    today: () => businessDateJst(given.clock.now()),
    stop: () => {
      hub.lock();
      loop.stop();
      for (const stop of stops) stop();
      hub.stores.close();
    },
  };
}

function syncState(hub: Hub, loop: SyncLoop, storage: StorageWatch): SyncState {
  const { isLost, ...counts } = hub.state.counts.value;
  return {
    online: hub.net.online.value,
    ...counts,
    busy: loop.busy.value,
    persisted: storage.persisted.value,
    isPortal: hub.net.isPortal.value,
    isRoomLow: storage.isRoomLow.value,
    problem: isLost ? { code: 'storageLost' } : loop.problem.value,
  };
}

type People = Pick<Tablet, 'admit' | 'enrolStaff' | 'unlock' | 'pinWait' | 'lock' | 'lockHere'>;

function people(hub: Hub): People {
  const { ports, net, stores } = hub;
  const admission = createAdmission(ports, net, stores);
  return {
    admit: async (input) => {
      const admitted = await admission(input);
      if (!admitted.ok) return admitted;
      hub.lock();
      ports.channel.post({ type: 'stores' });
      return hub.readAgain();
    },
    enrolStaff: (input) => enrol(hub, input),
    unlock: async (staff, pin) => {
      const context = hub.context();
      if (!context) return notAdmitted;
      const locks = hub.locks();
      const unlocked = await unlockStore(context, staff, pin);
      await hub.readAgain();
      return unlocked.ok ? hub.seat(unlocked.value, locks) : unlocked;
    },
    pinWait: async (staff) => {
      const wait = await durably(stores.device, async () => {
        const live = await liveStore(stores.device, staff);
        return live ? pinWait(stores.device, live.store, ports.clock.now()) : 0;
      });
      return wait.ok ? wait.value : 0;
    },
    lock: () => {
      hub.lock();
      ports.channel.post({ type: 'lock' });
    },
    lockHere: hub.lock,
  };
}

async function enrol(hub: Hub, input: Parameters<Tablet['enrolStaff']>[0]): Promise<Result<void>> {
  const context = hub.context();
  if (!context) return notAdmitted;
  const locks = hub.locks();
  const made = await enrolUser(hub.ports, hub.net, hub.stores, input);
  if (!made.ok) return made;
  hub.ports.channel.post({ type: 'stores' });
  const read = await hub.readAgain();
  const { enrolment } = hub.state.known.peek();
  if (!read.ok || !enrolment) return read;
  const opened = await openStore(context, enrolment, made.value);
  return opened.ok ? hub.seat(opened.value, locks) : opened;
}

function counting(hub: Hub): Pick<Tablet, 'count' | 'undoCount' | 'counted'> {
  const { counter } = hub;
  return {
    count: (input) => counter.peek()?.count(input) ?? Promise.resolve(notAdmitted),
    undoCount: (id) => counter.peek()?.undoCount(id) ?? Promise.resolve(notAdmitted),
    counted: computed(() => counter.value?.counted.value ?? []),
  };
}
