/**
 * One tablet's surroundings for tests: its own IndexedDB, a bus between its tabs, a line that can be cut, a clock that
 * stands until it is moved, timers that fire only when it passes them. Keys, Argon2id and hashes are the real ones.
 */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Message } from '../../src/device/messages.ts';
import type { Channel, DevicePorts, FetchPort, Timers } from '../../src/device/ports.ts';
import { openTablet, type OpenTablet } from '../../src/device/tablet.ts';
import { createVault } from '../../src/device/vault-core.ts';

export interface TestClock {
  now: number;
}

export interface Surroundings {
  readonly indexedDB: IDBFactory;
  readonly clock: TestClock;
  readonly line: { isCut: boolean };
  /** A tab of this tablet; each has a vault of its own, as each page has its worker. */
  readonly open: (change?: (ports: DevicePorts) => DevicePorts) => Promise<Tab>;
  /** Moves the clock and fires what was due. */
  readonly pass: (ms: number) => void;
  readonly closeAll: () => void;
}

export interface Tab {
  readonly tablet: OpenTablet;
  readonly ports: DevicePorts;
  readonly hide: () => void;
}

export function surroundings(ask: FetchPort, clock: TestClock): Surroundings {
  const indexedDB = new IDBFactory();
  const line = { isCut: false };
  const bus = createBus();
  const timers = createTimers(clock);
  const tabs: Tab[] = [];
  const fetchPort: FetchPort = (path, init) =>
    line.isCut ? Promise.reject(new TypeError('the line is cut')) : ask(path, init);
  return {
    indexedDB,
    clock,
    line,
    pass: timers.pass,
    open: async (change = (ports) => ports) => {
      const hides: (() => void)[] = [];
      const onHide = (hide: () => void) => {
        hides.push(hide);
        return () => undefined;
      };
      const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
      const core = { clock: { now: () => clock.now }, timers, crypto: crypto.subtle, random };
      const ports = change({
        ...core,
        fetch: fetchPort,
        storage: { indexedDB, keyRange: IDBKeyRange },
        channel: bus(),
        vault: createVault({ ...core, newId: () => crypto.randomUUID() }),
        page: { onWake: () => () => undefined, onHide },
        chance: () => 0.5,
      });
      const tab = {
        tablet: await openTablet(ports),
        ports,
        hide: () => hides.forEach((hide) => hide()),
      };
      tabs.push(tab);
      return tab;
    },
    closeAll: () => tabs.forEach(({ tablet }) => tablet.stop()),
  };
}

/** Delivers to every other end, later, as a BroadcastChannel does. */
function createBus(): () => Channel {
  const ends = new Set<{ hear: ((message: Message) => void) | undefined }>();
  return () => {
    const own: { hear: ((message: Message) => void) | undefined } = { hear: undefined };
    ends.add(own);
    return {
      post: (message) => {
        for (const end of ends)
          if (end !== own) queueMicrotask(() => end.hear?.(structuredClone(message)));
      },
      listen: (hear) => {
        own.hear = hear;
        return () => ends.delete(own);
      },
    };
  };
}

function createTimers(clock: TestClock): Timers & { readonly pass: (ms: number) => void } {
  const waiting = new Map<number, { at: number; work: () => void }>();
  let last = 0;
  return {
    after: (ms, work) => {
      const id = ++last;
      waiting.set(id, { at: clock.now + ms, work });
      return () => waiting.delete(id);
    },
    pass: (ms) => {
      clock.now += ms;
      const due = Array.from(waiting).filter(([, { at }]) => at <= clock.now);
      for (const [id, { work }] of due) if (waiting.delete(id)) work();
    },
  };
}

export async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function must<T>(result: { ok: true; value: T } | { ok: false; problem: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}
