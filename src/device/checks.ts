/**
 * What a tablet can say of itself: the end-of-day proof and the morning's check. Loaded when first asked, so that nobody
 * waits for them at the start. Claims ride along with the sync loop and never stop it: one that fails is made again later.
 */
import type { Net } from './net.ts';
import type { Clock } from './ports.ts';
import type { Stores } from './stores.ts';
import type { SyncStep } from './sync-loop.ts';
import type { TabletState } from './tablet-state.ts';
import { businessDateJst } from '../domain/date.ts';
import { later } from './later.ts';
import type { Tablet } from './types.ts';

export interface Checks extends Pick<Tablet, 'dayReport' | 'readiness'> {
  /** A step of the sync loop. */
  readonly claim: SyncStep;
}

interface Parts {
  readonly ports: { readonly clock: Clock; readonly crypto: SubtleCrypto };
  readonly net: Net;
  readonly stores: Stores;
  readonly state: Pick<TabletState, 'written'>;
}

const proving = later(() => import('./proof.ts'));
const readying = later(() => import('./ready.ts'));

export function createChecks(parts: Parts): Checks {
  const claimed = new Map<string, string>();
  let written = '';
  return {
    dayReport: async (day) => {
      const loaded = await proving();
      return loaded.ok ? loaded.value.reportDay(parts, day) : loaded;
    },
    readiness: async () => {
      const loaded = await readying();
      return loaded.ok ? loaded.value.readReadiness(parts) : loaded;
    },
    claim: async () => {
      const now = writtenSoFar(parts);
      if (now === undefined || now === written) return undefined;
      const loaded = await proving();
      const done = loaded.ok ? await loaded.value.claimDays(parts, claimed) : loaded;
      if (done.ok) written = now;
      return undefined;
    },
  };
}

/** Changes with every entry and every day; undefined before the tablet is admitted. */
function writtenSoFar({ ports, state }: Parts): string | undefined {
  const written = state.written();
  return written === undefined ? undefined : `${businessDateJst(ports.clock.now())} ${written}`;
}
