/**
 * Tablets of a counter that nobody has heard from for a working day, told to the one that is admitted next: a browser that
 * was cleared remembers nothing, and only the server knows that "窓口1" went silent with work that may never come.
 */
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';

export interface SilentTablet {
  readonly name: string;
  readonly heardAt: number;
}

const silentMs = 8 * 3_600_000;

/** Its own name and site alone; a tablet that was turned off by a supervisor is not missed. */
export async function silentTablets(
  { tenant, clock }: Server,
  tx: Tx,
  site: string,
  asking: string,
): Promise<readonly SilentTablet[]> {
  const rows = await tx
    .selectFrom('device')
    .innerJoin('store', (on) =>
      on.onRef('store.tenant', '=', 'device.tenant').onRef('store.device', '=', 'device.device'),
    )
    .select(['device.device', 'device.name', 'device.made_at', 'store.state', 'store.role'])
    .select(['store.pushed_at', 'store.pulled_at'])
    .where('device.tenant', '=', tenant)
    .where('device.site', '=', site)
    .where('device.device', '!=', asking)
    .execute();
  const heard = new Map<string, SilentTablet>();
  const off = new Set<string>();
  for (const { device, name, made_at, pushed_at, pulled_at, state, role } of rows) {
    const at = Math.max(made_at, pushed_at ?? 0, pulled_at ?? 0, heard.get(device)?.heardAt ?? 0);
    heard.set(device, { name, heardAt: at });
    if (role === 'counter' && state === 'revoked') off.add(device);
  }
  return [...heard]
    .filter(([device, { heardAt }]) => !off.has(device) && clock() - heardAt >= silentMs)
    .map(([, tablet]) => tablet);
}
