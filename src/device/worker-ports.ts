/** The browser's own clock, network, storage, channel and locks: what page and service worker have alike. */
import { patientLocks } from './locks.ts';
import { channelName, type Message } from './messages.ts';
import type { Channel, Locks, Timers, WorkerPorts } from './ports.ts';

export function workerPorts(): WorkerPorts {
  // Older engines have no Web Locks, whatever the types say.
  const locks = navigator.locks as LockManager | undefined;
  return {
    clock: { now: () => Date.now() },
    fetch: (path, init) => fetch(path, init),
    storage: { indexedDB, keyRange: IDBKeyRange },
    channel: ownChannel(),
    timers,
    crypto: crypto.subtle,
    ...(locks ? { locks: { ...patientLocks(locks, timers), ifFree: ifFree(locks) } } : {}),
  };
}

const timers: Timers = {
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

const ifFree =
  (locks: LockManager): NonNullable<Locks['ifFree']> =>
  async (name, work) => {
    await locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
  };

function ownChannel(): Channel {
  const channel = new BroadcastChannel(channelName);
  return {
    post: (message) => channel.postMessage(message),
    listen: (hear) => {
      const listener = ({ data }: MessageEvent<Message>) => hear(data);
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
  };
}
