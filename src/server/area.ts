/** Makes a sharing area (a tenant) and opens one: its head row, keys, epoch. The area's records come through `author`. */
import type { Logger } from 'pino';
import type { Cipher } from './cipher.ts';
import { ensureEpoch } from './epoch.ts';
import { createHints, type HintTimers } from './hints.ts';
import { epochIn, type EpochNow, type Pointers } from './log-now.ts';
import { prepared } from './prepared.ts';
import { createPushers } from './pushers.ts';
import { createLimits, type Rates } from './limits.ts';
import { createSearchIndex } from './search-index.ts';
import { buildIndex } from './search.ts';
import { makeServerKeys, openServerKeys } from './server-keys.ts';
import type { Server } from './server.ts';
import { createSessions } from './sessions.ts';
import type { Storage } from './storage.ts';

export interface Ports {
  readonly storage: Storage;
  readonly master: Uint8Array;
  readonly clock: () => number;
  readonly random: (length: number) => Uint8Array;
  readonly log: Logger;
  readonly rates?: Rates;
  /** Absent: the real one. */
  readonly cipher?: Cipher;
  readonly timers?: HintTimers;
}

export interface NewArea {
  readonly tenant: string;
  readonly area: string;
  readonly isDemo: boolean;
}

export async function makeArea(ports: Ports, { tenant, area, isDemo }: NewArea): Promise<void> {
  const now = ports.clock();
  const epoch = Buffer.from(ports.random(9)).toString('hex');
  await ports.storage.write(tenant, async (tx) => {
    await tx.insertInto('tenant_head').values({ tenant, area, made_at: now }).execute();
    const facts = { epoch, demo: String(isDemo), schema: '1' };
    const rows = Object.entries(facts).map(([name, value]) => ({ tenant, name, value }));
    await tx.insertInto('meta').values(rows).execute();
    await makeServerKeys(tx, tenant, ports.master, now, ports.cipher);
  });
}

const areas = prepared((tx) =>
  tx
    .selectFrom('tenant_head')
    .leftJoin('meta', 'meta.tenant', 'tenant_head.tenant')
    .leftJoin('epoch', (on) =>
      on.onRef('epoch.tenant', '=', 'meta.tenant').onRef('epoch.epoch', '=', 'meta.value'),
    )
    .select(['tenant_head.tenant', 'tenant_head.area', 'meta.name', 'meta.value'])
    .select('epoch.state as epochState'),
);

interface Found {
  readonly meta: ReadonlyMap<string | null, string | null>;
  /** Of the present one, where a statement of it is there. */
  readonly epochState: Pointers['epochState'] | undefined;
}

/** The one area of this database; undefined where none has been made. */
export async function openArea(ports: Ports): Promise<Server | undefined> {
  const found = await ports.storage.read(async (tx) => {
    const rows = await areas(tx, {});
    const [head] = rows;
    const own = rows.filter(({ tenant }) => tenant === head?.tenant);
    const meta = new Map(own.map(({ name, value }) => [name, value]));
    const epochState = own.find(({ name }) => name === 'epoch')?.epochState;
    return head && { head, meta, epochState };
  });
  if (!found) return undefined;
  const { tenant, area } = found.head;
  const keys = await openServerKeys(ports.storage, tenant, ports.master, ports.cipher);
  const epochNow =
    statedEpoch(found) ?? (await ensureEpoch(ports.storage, tenant, keys, ports.clock()));
  const sessions = createSessions(ports.random);
  const server: Server = {
    storage: ports.storage,
    tenant,
    area,
    epochNow,
    opening: { isUnderWay: false },
    keys,
    personKeys: new Map(),
    cursors: new Map(),
    pushers: createPushers(),
    clock: ports.clock,
    random: ports.random,
    sessions,
    hints: createHints({ tenant, sessions, clock: ports.clock, timers: ports.timers }),
    limits: createLimits(ports.rates),
    index: createSearchIndex(),
    late: { isWaiting: false },
    log: ports.log,
    isDemo: found.meta.get('demo') === 'true',
  };
  await buildIndex(server);
  return server;
}

/** undefined where no statement says which one it is: of an area that is new, or older than statements. */
function statedEpoch({ meta, epochState }: Found): EpochNow | undefined {
  const epoch = meta.get('epoch');
  if (epoch == null || epochState == null) return undefined;
  return epochIn({ epoch, epochState, durable: meta.get('durable') ?? null });
}

export async function setPassword(server: Server, staff: string, hash: string): Promise<void> {
  const row = { tenant: server.tenant, staff, hash, start: null };
  await server.storage.write(server.tenant, (tx) =>
    tx
      .insertInto('credential')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'staff']).doUpdateSet({ hash, start: null }),
      )
      .execute(),
  );
}
