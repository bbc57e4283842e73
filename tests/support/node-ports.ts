/**
 * A tablet's surroundings in Node: the real device code over fake IndexedDB, real WebCrypto and a server of any address. The
 * clock is the caller's; every tablet has a storage of its own.
 */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { createVault } from '../../src/device/vault-core.ts';
import type { Channel, DevicePorts, FetchPort } from '../../src/device/ports.ts';

export interface SettableClock {
  now: () => number;
  set: (at: number) => void;
}

export function settableClock(at: number): SettableClock {
  let now = at;
  return { now: () => now++, set: (next) => (now = Math.max(now, next)) };
}

const silent: Channel = { post: () => undefined, listen: () => () => undefined };

export function nodePorts(fetchPort: FetchPort, clock: SettableClock): DevicePorts {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const timers = {
    after: (ms: number, work: () => void) => {
      const timer = setTimeout(work, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
  return {
    clock,
    fetch: fetchPort,
    storage: { indexedDB: new IDBFactory(), keyRange: IDBKeyRange },
    channel: silent,
    timers,
    random,
    crypto: crypto.subtle,
    vault: createVault({
      clock,
      timers,
      crypto: crypto.subtle,
      random,
      newId: () => crypto.randomUUID(),
    }),
    page: { onWake: () => () => undefined, onHide: () => () => undefined },
    chance: Math.random,
  };
}

export function fetchFrom(origin: string): FetchPort {
  return (path, init) => fetch(`${origin}${path}`, init);
}
