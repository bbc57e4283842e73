/**
 * The stores that the server knows. One that it has forgotten (it was enrolled after the backup) is known again by a lease
 * that this server signed with the store's own key in it, and by nothing else.
 */
import { successorOf } from '../domain/closed-site.ts';
import { leaseBytes, type Lease, type SignedLease } from '../sync/lease.ts';
import { beginEpoch, chainOf, refreshEpoch } from './epoch.ts';
import { readEpoch } from './log-now.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import { readRecords } from './staff.ts';
import type { Tx } from './storage.ts';

export function findStore(server: Server, store: string): Promise<Tables['store'] | undefined> {
  return server.storage.read((tx) => storeOf(tx, server.tenant, store));
}

const storesNamed = prepared((tx, { tenant, store }: { tenant: string; store: string }) =>
  tx.selectFrom('store').selectAll().where('tenant', '=', tenant).where('store', '=', store),
);

export async function storeOf(
  tx: Tx,
  tenant: string,
  store: string,
): Promise<Tables['store'] | undefined> {
  const [row] = await storesNamed(tx, { tenant, store });
  return row;
}

export async function recallStore(
  server: Server,
  store: string,
  leases: readonly SignedLease[],
): Promise<Tables['store'] | undefined> {
  for (const { lease, sig } of leases) {
    const isFitting = lease.tenant === server.tenant && lease.store === store;
    if (!isFitting || lease.publicKey === undefined) continue;
    if (!(await server.keys.isOwn(leaseBytes(lease), sig))) continue;
    return recall(server, { ...lease, publicKey: lease.publicKey });
  }
  return undefined;
}

type Known = Lease & { readonly publicKey: string };

/** A store is written down before its first lease is given out, and never deleted: that it is not there proves that it was forgotten. */
async function recall(server: Server, lease: Known): Promise<Tables['store'] | undefined> {
  const row = await server.storage.write(server.tenant, async (tx) => {
    const known = await storeOf(tx, server.tenant, lease.store);
    if (known) return known;
    const now = await readEpoch(tx, server.tenant);
    const begun = (await chainOf(tx, server.tenant)).at(-1);
    // One given out before the present epoch began was lost with the one before.
    const isNew = begun?.before === null || lease.issuedAt > (begun?.madeAt ?? 0);
    if (isNew && !now.isClosed)
      await beginEpoch(tx, server, { store: lease.store, lease: lease.id });
    const site = await siteNow(server, tx, lease.site);
    const made = rowOf({ ...lease, site });
    await tx.insertInto('store').values(made).execute();
    if (lease.role === 'counter') await recallDevice(tx, { ...lease, site });
    return made;
  });
  await refreshEpoch(server);
  return row;
}

/** A tablet that has not heard since its counter closed stands where that has moved. */
async function siteNow(server: Server, tx: Tx, site: string): Promise<string> {
  const record = (await readRecords(server, tx, [site])).get(`site/${site}`)?.record;
  return successorOf(record) ?? site;
}

function rowOf(lease: Known): Tables['store'] {
  return {
    tenant: lease.tenant,
    store: lease.store,
    device: lease.device,
    user: lease.user,
    role: lease.role,
    org: lease.org,
    org_type: lease.orgType,
    site: lease.site,
    public_key: lease.publicKey,
    state: 'active',
    made_at: lease.issuedAt,
    pushed_at: null,
    pulled_at: null,
    revoked_at: null,
    revoked_by: null,
    offered_write: null,
    offered_access: null,
  };
}

/** Its name is gone; the key of the counter is the key of the tablet. */
async function recallDevice(tx: Tx, lease: Known): Promise<void> {
  const row = {
    tenant: lease.tenant,
    device: lease.device,
    name: '（名前を忘れた端末）',
    site: lease.site,
    public_key: lease.publicKey,
    admitted_by: '',
    made_at: lease.issuedAt,
  };
  await tx
    .insertInto('device')
    .values(row)
    .onConflict((conflict) => conflict.columns(['tenant', 'device']).doNothing())
    .execute();
}
