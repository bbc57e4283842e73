/** What every part of the server works with: given at start, never global, so that tests and simulated days bring their own. */
import type { Logger } from 'pino';
import type { KnownCursors } from './cursor.ts';
import type { EpochNow } from './log-now.ts';
import type { Hints } from './hints.ts';
import type { Limits } from './limits.ts';
import type { KeyCache } from './person-keys.ts';
import type { Pushers } from './pushers.ts';
import type { SearchIndex } from './search-index.ts';
import type { ServerKeys } from './server-keys.ts';
import type { Sessions } from './sessions.ts';
import type { Storage } from './storage.ts';

export interface Server {
  readonly storage: Storage;
  readonly tenant: string;
  readonly area: string;
  /** The present one; a restored server begins another while it runs. */
  readonly epochNow: EpochNow;
  /** A closed epoch is being opened. */
  readonly opening: { isUnderWay: boolean };
  readonly keys: ServerKeys;
  readonly personKeys: KeyCache;
  readonly cursors: KnownCursors;
  readonly pushers: Pushers;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly random: (length: number) => Uint8Array;
  readonly sessions: Sessions;
  readonly hints: Hints;
  readonly limits: Limits;
  readonly index: SearchIndex;
  /** Set when a consent was stored whose date is already past: expiries run before the next answer. */
  readonly late: { isWaiting: boolean };
  readonly log: Logger;
  readonly isDemo: boolean;
}
