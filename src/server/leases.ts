/** Leases: what the server lets a store act as for four days, so that a long weekend without a line shuts no desk. */
import { addDays } from '../domain/date.ts';
import type { Actor, OrganisationType, Role } from '../domain/record.ts';
import { leaseBytes, type Lease, type SignedLease } from '../sync/lease.ts';
import { uuidv7 } from './ids.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import { readRecords, tookOver, type Member } from './staff.ts';
import type { Tx } from './storage.ts';
import { storeColumns, storeIn, type StoreHere } from './store-here.ts';

export const leaseHours = 96;

/** What the records say of whom the lease is for, and which counters hers has taken over. */
type Holder = Partial<Pick<Member, 'post' | 'lastDay'>> & Pick<Member, 'alsoSites'>;

/** For a store that is being made: kept with it. */
export async function issueLease(
  server: Server,
  tx: Tx,
  store: StoreHere,
  holder?: Member,
): Promise<SignedLease> {
  const alsoSites =
    holder?.site === store.site ? holder.alsoSites : await sitesOver(server, tx, store.site);
  const signed = await signLease(server, store, { ...holder, alsoSites });
  await keepLeases(tx, server.tenant, [signed]);
  return signed;
}

/**
 * Written down when it comes back with the first entries that name it (push.ts): the signature proves it until then, so that
 * to sign in writes nothing.
 */
export async function signLease(
  server: Server,
  store: StoreHere,
  { post, lastDay, alsoSites }: Holder,
): Promise<SignedLease> {
  const now = server.clock();
  const lease: Lease = {
    v: 1,
    id: uuidv7(now, server.random),
    tenant: server.tenant,
    store: store.store,
    device: store.device,
    user: store.user,
    role: store.role as Role, // written by enrolment from checked values
    org: store.org,
    orgType: store.org_type as OrganisationType,
    site: store.site,
    ...(alsoSites.length > 0 ? { alsoSites } : {}),
    ...(post === undefined ? {} : { post }),
    issuedAt: now,
    expiresAt: Math.min(now + leaseHours * 3_600_000, endOf(lastDay)),
    publicKey: store.public_key,
  };
  return { lease, sig: await server.keys.sign(leaseBytes(lease)) };
}

async function sitesOver(server: Server, tx: Tx, site: string): Promise<readonly string[]> {
  const records = await readRecords(server, tx, [site]);
  return tookOver(records.get(`site/${site}`)?.record);
}

/** Nobody opens a tablet after her last day, with or without a line. */
function endOf(lastDay: string | undefined): number {
  return lastDay === undefined ? Infinity : Date.parse(`${addDays(lastDay, 1)}T00:00:00+09:00`) - 1;
}

export async function keepLeases(tx: Tx, tenant: string, leases: readonly SignedLease[]) {
  const rows = leases.map(({ lease, sig }) => ({
    tenant,
    id: lease.id,
    store: lease.store,
    lease: JSON.stringify(lease),
    sig,
  }));
  await insertLeases(tx, rows);
}

const insertLeases = preparedInsert((tx, rows: readonly Tables['lease'][]) =>
  tx
    .insertInto('lease')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doNothing()),
);

export async function storedLeases(tx: Tx, tenant: string, ids: string[]): Promise<SignedLease[]> {
  if (ids.length === 0) return [];
  const rows = await leasesNamed(tx, { tenant, ids });
  return rows.map(({ lease, sig }) => ({ lease: JSON.parse(lease) as Lease, sig })); // our own JSON
}

/** The store and of the leases named those that are stored, in one question. */
export async function storeWithLeases(
  tx: Tx,
  tenant: string,
  store: string,
  ids: readonly string[],
): Promise<{ readonly store: StoreHere | undefined; readonly leases: readonly SignedLease[] }> {
  const rows = await storeAndLeases(tx, { tenant, store, ids: ids.length > 0 ? ids : [''] });
  const leases = rows.flatMap(({ lease, sig }) =>
    lease === null || sig === null ? [] : [{ lease: JSON.parse(lease) as Lease, sig }],
  ); // our own JSON
  const [first] = rows;
  return { store: first && storeIn(first), leases };
}

const storeAndLeases = prepared(
  (tx, given: { tenant: string; store: string; ids: readonly string[] }) =>
    tx
      .selectFrom('store')
      .leftJoin('lease', (on) =>
        on.onRef('lease.tenant', '=', 'store.tenant').on('lease.id', 'in', given.ids),
      )
      .select(storeColumns)
      .select(['lease.lease', 'lease.sig'])
      .where('store.tenant', '=', given.tenant)
      .where('store.store', '=', given.store),
);

const leasesNamed = prepared((tx, { tenant, ids }: { tenant: string; ids: readonly string[] }) =>
  tx
    .selectFrom('lease')
    .select(['lease', 'sig'])
    .where('tenant', '=', tenant)
    .where('id', 'in', ids),
);

export function actorOf({ user, role, org, orgType, site, alsoSites, post }: Lease): Actor {
  return {
    user,
    role,
    org,
    orgType,
    site,
    ...(alsoSites === undefined ? {} : { alsoSites }),
    ...(post === undefined ? {} : { post }),
  };
}
