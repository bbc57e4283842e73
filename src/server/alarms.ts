/**
 * What the server noticed and a person should know: streams that went on elsewhere, digests that did not agree, restored
 * backups. A supervisor sees those of her counter's tablets, and those that concern the server itself.
 */
import { isObject } from '../domain/value.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { nameOfStaff } from './staff.ts';
import type { Tx } from './storage.ts';

const most = 100;

export interface AlarmLine {
  readonly id: string;
  readonly what: string;
  readonly at: number;
  /** Absent where it concerns no one tablet. */
  readonly deviceName?: string;
  readonly userName?: string;
}

/** Newest first. */
export async function listAlarms(
  server: Server,
  { member }: Asker,
): Promise<{ readonly alarms: readonly AlarmLine[] }> {
  return server.storage.read(async (tx) => {
    const rows = await tx
      .selectFrom('alarm')
      .selectAll()
      .where('tenant', '=', server.tenant)
      .orderBy('at', 'desc')
      .limit(most)
      .execute();
    const alarms: AlarmLine[] = [];
    for (const { id, what, at, details } of rows) {
      const store = storeIn(details);
      const about = store === undefined ? {} : await tabletOf(server, tx, store, member.site);
      if (about) alarms.push({ id, what, at, ...about });
    }
    return { alarms };
  });
}

function storeIn(details: string): string | undefined {
  const said: unknown = JSON.parse(details);
  return isObject(said) && typeof said['store'] === 'string' ? said['store'] : undefined;
}

/** undefined where it is a tablet of another counter. */
async function tabletOf(server: Server, tx: Tx, store: string, site: string) {
  const row = await tx
    .selectFrom('store')
    .leftJoin('device', (on) =>
      on.onRef('device.tenant', '=', 'store.tenant').onRef('device.device', '=', 'store.device'),
    )
    .select(['device.name', 'store.user', 'store.site'])
    .where('store.tenant', '=', server.tenant)
    .where('store.store', '=', store)
    .executeTakeFirst();
  if (row?.site !== site) return undefined;
  const userName = await nameOfStaff(server, tx, row.user);
  return { deviceName: row.name ?? '', ...(userName === undefined ? {} : { userName }) };
}
