/** A tablet: databases, keys, streams and the sync loop behind the contract of types.ts. Nothing here knows a screen. */
import { computed } from '@preact/signals-core';
import { businessDateJst } from '../domain/date.ts';
import { fail, type Problem } from '../domain/problem.ts';
import { createChecks } from './checks.ts';
import { liveStore } from './device-db.ts';
import { durably } from './durable.ts';
import { createHintStream } from './hints.ts';
import { createHub, type Hub } from './hub.ts';
import { later } from './later.ts';
import { pinWait } from './pin-attempts.ts';
import type { DevicePorts } from './ports.ts';
import { createQueue } from './queue.ts';
import { createStorageWatch, type StorageWatch } from './storage.ts';
import { createSurveys } from './surveys.ts';
import { createSyncLoop, type SyncLoop } from './sync-loop.ts';
import { hear, syncSteps } from './tablet-sync.ts';
import type { SyncState, Tablet } from './types.ts';

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
const letIn = later(() => import('./let-in.ts'));
const joining = later(() => import('./enrol.ts'));
const rescuing = later(() => import('./rescue.ts'));

export async function openTablet(given: DevicePorts): Promise<OpenTablet> {
  const hub = createHub(given, () => loop.trigger());
  const storage = createStorageWatch(given);
  const { claim, ...checks } = createChecks(hub);
  const surveys = createSurveys(given, hub.net, hub.stores);
  const steps = [...syncSteps(hub), claim, surveys.step];
  const loop = createSyncLoop(given, steps, hub.net.ended);
  const begun = await hub.readAgain();
  if (!begun.ok) {
    loop.stop();
    hub.stores.close();
    throw new StorageClosed(begun.problem);
  }
  const wasCleared = computed(() => !hub.state.enrolment.value && isMissed(hub));
  const stopKeeping = hub.state.enrolment.subscribe((known) => known && given.memento?.keep());
  const stopsOfStorage = watchStorage(hub, storage);
  const heard = createQueue();
  const hints = createHintStream(given, loop.trigger);
  const stops = [
    given.channel.listen((message) => {
      if (message.type === 'hint') hints.hear(message.seq);
      else void heard(() => hear(hub, message));
    }),
    hub.session.subscribe((session) => hints.follow(session && hub.desk())),
    hints.stop,
    given.page.onHide(hub.lock),
    stopKeeping,
    ...stopsOfStorage,
  ];
  loop.trigger();
  // Behind the first picture, so that the PIN opens the desk at once.
  void letIn();
  void surveys.look();
  return {
    ...people(hub),
    ...counting(hub),
    ...checks,
    enrolment: hub.state.enrolment,
    wasCleared,
    spared: hub.spared,
    session: hub.session,
    sync: computed(() => syncState(hub, loop, storage)),
    rescue: async () => {
      const loaded = await rescuing();
      return loaded.ok ? loaded.value.rescueFile(given, hub.stores) : loaded;
    },
    answerSurvey: surveys.answer,
    surveysWaiting: surveys.waiting,
    syncNow: () => loop.runNow(),
    storage: storage.report,
    now: () => given.clock.now(),
    today: () => businessDateJst(given.clock.now()),
    stop: () => {
      hub.lock();
      loop.stop();
      for (const stop of stops) stop();
      hub.stores.close();
      surveys.close();
    },
  };
}

function watchStorage({ state }: Hub, storage: StorageWatch): (() => void)[] {
  return [
    // At the start, and once more when the tablet is admitted.
    state.enrolment.subscribe(() => void storage.report()),
    // Room goes with what is written; the browser, which may ask the user, is not asked for its promise each time.
    state.counts.subscribe(() => void storage.lookAtRoom()),
  ];
}

const isMissed = ({ ports, spared }: Hub) =>
  spared.value?.isCleared === true || ports.memento?.isKept() === true;

function syncState(hub: Hub, loop: SyncLoop, storage: StorageWatch): SyncState {
  const { isLost, isCounterLost: _, isForked, ...counts } = hub.state.counts.value;
  return {
    online: hub.net.online.value,
    ...counts,
    // What is gone from the database and not taken by the server yet waits as well.
    pending: counts.pending + (hub.spared.value?.left ?? 0),
    busy: loop.busy.value,
    persisted: storage.persisted.value,
    isPortal: hub.net.isPortal.value,
    isRoomLow: storage.isRoomLow.value,
    problem: isLost ? { code: 'storageLost' } : isForked ? { code: 'forked' } : loop.problem.value,
  };
}

type People = Pick<Tablet, 'admit' | 'enrolStaff' | 'unlock' | 'pinWait' | 'lock' | 'lockHere'>;

function people(hub: Hub): People {
  const { ports, net, stores } = hub;
  let admission: Tablet['admit'] | undefined;
  return {
    admit: async (input) => {
      const loaded = await joining();
      if (!loaded.ok) return loaded;
      admission ??= loaded.value.createAdmission(ports, net, stores);
      const admitted = await admission(input);
      if (!admitted.ok) return admitted;
      hub.lock();
      ports.channel.post({ type: 'stores' });
      return hub.readAgain();
    },
    enrolStaff: async (input) => {
      const locks = hub.locks();
      const loaded = await letIn();
      return loaded.ok ? loaded.value.enrol(hub, locks, input) : loaded;
    },
    unlock: async (staff, pin) => {
      const locks = hub.locks();
      const loaded = await letIn();
      return loaded.ok ? loaded.value.unlock(hub, locks, staff, pin) : loaded;
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

function counting(hub: Hub): Pick<Tablet, 'count' | 'undoCount' | 'counted'> {
  const { counter } = hub;
  return {
    count: (input) => counter.peek()?.count(input) ?? Promise.resolve(notAdmitted),
    undoCount: (id) => counter.peek()?.undoCount(id) ?? Promise.resolve(notAdmitted),
    counted: computed(() => counter.value?.counted.value ?? []),
  };
}
