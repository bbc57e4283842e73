/**
 * What a tablet can say of itself: the end-of-day proof and the morning's check. Loaded when first asked, so that nobody
 * waits for them at the start. Claims ride along with the sync loop and never stop it: one that fails is made again later.
 */
import type { Net } from './net.ts';
import type { Clock } from './ports.ts';
import { readMeta } from './store-db.ts';
import type { Stores } from './stores.ts';
import type { SyncStep } from './sync-loop.ts';
import { businessDateJst } from '../domain/date.ts';
import { durably } from './durable.ts';
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
      const now = await writtenSoFar(parts);
      if (now === undefined || now === written) return undefined;
      const loaded = await proving();
      const done = loaded.ok ? await loaded.value.claimDays(parts, claimed) : loaded;
      if (done.ok) written = now;
      return undefined;
    },
  };
}

/** Changes with every entry and every day; undefined before the tablet is admitted. */
async function writtenSoFar({ ports, stores }: Parts): Promise<string | undefined> {
  const read = await durably(stores.device, async () => {
    const rows = await stores.device.stores.toArray();
    const heads = rows.map(({ store }) => readMeta(stores.of(store), 'head:write'));
    return (await Promise.all(heads)).map((head) => head?.hash ?? '');
  });
  if (!read.ok || read.value.length === 0) return undefined;
  return [businessDateJst(ports.clock.now()), ...read.value].join(' ');
}
