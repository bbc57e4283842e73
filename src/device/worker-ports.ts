/** The browser's own clock, network, storage, channel and locks: what page and service worker have alike. */
import { channelName, type Message } from './messages.ts';
import type { Channel, Locks, WorkerPorts } from './ports.ts';

export function workerPorts(): WorkerPorts {
  const locks = ownLocks();
  return {
    clock: { now: () => Date.now() },
    fetch: (path, init) => fetch(path, init),
    storage: { indexedDB, keyRange: IDBKeyRange },
    channel: ownChannel(),
    timers: {
      after: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
    ...(locks ? { locks } : {}),
  };
}

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

const patienceMs = 60_000;

/**
 * Older engines have no Web Locks, whatever the types say. A tab that was put to sleep with the lock in its hand does not
 * hold up the others for good: what is guarded here is harmless twice, only wasteful.
 */
function ownLocks(): Locks | undefined {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return undefined;
  return {
    request: async (name, work) => {
      let result: ReturnType<typeof work> | undefined;
      const guarded = () => (result = work());
      const signal = AbortSignal.timeout(patienceMs);
      await locks.request(name, { signal }, guarded).catch((error: unknown) => {
        if (result) throw error;
      });
      return result ?? work();
    },
  };
}
