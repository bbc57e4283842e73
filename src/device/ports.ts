/**
 * What a tablet needs of its surroundings, handed in as arguments: so that days can be simulated in Node and the same
 * code runs in the page, in the service worker and in tests. `WorkerPorts` is the part that uploads without any key.
 */
import type Dexie from 'dexie';
import type { Bytes } from '../sync/bytes.ts';
import type { SendTo } from './crypto.ts';
import type { Message } from './messages.ts';
import type { Vault } from './vault.ts';

export interface Clock {
  /** Epoch milliseconds of the device. */
  readonly now: () => number;
}

export interface StoragePort {
  readonly indexedDB: IDBFactory;
  readonly keyRange: typeof IDBKeyRange;
  /** Another database than IndexedDB, of the same behaviour: simulated days keep theirs in memory. */
  readonly database?: (name: string) => Dexie;
}

export interface Channel {
  readonly post: (message: Message) => void;
  /** Messages of other tabs and of the worker, never one's own. Returns the end of listening. */
  readonly listen: (hear: (message: Message) => void) => () => void;
}

export interface Locks {
  readonly request: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** Works only if nobody else holds it; absent where the browser cannot say. */
  readonly ifFree?: (name: string, work: () => Promise<void>) => Promise<void>;
}

export interface Timers {
  /** Runs once after so many milliseconds; returns the cancellation. */
  readonly after: (ms: number, work: () => void) => () => void;
}

/** Path from the root ('/api/push'); rejects where the network fails. */
export type FetchPort = (path: string, init: RequestInit) => Promise<Response>;

export interface WorkerPorts {
  readonly clock: Clock;
  readonly fetch: FetchPort;
  readonly storage: StoragePort;
  readonly channel: Channel;
  readonly timers: Timers;
  /** For the server's signatures alone: the worker has no key of ours. */
  readonly crypto: SubtleCrypto;
  /** Absent where the browser has no Web Locks: callers are then harmless to each other, only wasteful. */
  readonly locks?: Locks;
}

export interface PageEvents {
  /** Focus, visible again, back from the cache or from frozen, online again. Returns the end of listening. */
  readonly onWake: (wake: () => void) => () => void;
  readonly onHide: (hide: () => void) => () => void;
}

/** Named texts in a place that stands or falls apart from IndexedDB; calls may fail or hang. */
export interface SparePort {
  readonly names: () => Promise<readonly string[]>;
  readonly read: (name: string) => Promise<string | undefined>;
  readonly put: (name: string, text: string) => Promise<void>;
  readonly drop: (names: readonly string[]) => Promise<void>;
}

export interface DevicePorts extends WorkerPorts {
  readonly random: (length: number) => Bytes;
  readonly sendTo?: SendTo;
  /** Like fetch, for an answer that is read while it comes; absent where there are no live hints. */
  readonly stream?: FetchPort;
  readonly vault: Vault;
  readonly page: PageEvents;
  /** 0 ≤ x < 1, for jitter only. */
  readonly chance: () => number;
  /** Asks the browser to call the service worker when there is a connection; absent where it cannot. */
  readonly requestBackgroundSync?: (tag: string) => Promise<void>;
  /** Remembers outside the databases that this browser is a tablet, so that their loss is noticed; absent where it cannot. */
  readonly memento?: { readonly isKept: () => boolean; readonly keep: () => void };
  /** A second copy of what has not been sent; absent where the browser has no such place. */
  readonly spare?: SparePort;
  /** navigator.storage; absent where the browser has none. */
  readonly storageManager?: Pick<StorageManager, 'persist' | 'persisted' | 'estimate'>;
}
