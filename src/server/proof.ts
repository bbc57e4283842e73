/**
 * The server's side of the end-of-day proof: what a tablet claims to have written on a day, signed by the tablet's own key
 * over a fresh nonce, against what the log holds of it. Nobody else can claim for it or ask what it holds. Supervisors see
 * the tablets of their counter: counts and times, nothing of what was written.
 */
import { isIsoDate } from '../domain/date.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import type { ProofRequest, ProofResponse } from '../sync/protocol.ts';
import { claimBytes, dayProof, type DayProof } from '../sync/proof.ts';
import { prepared } from './prepared.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import type { Tx } from './storage.ts';
import { findStore } from './stores.ts';

export async function proveDays(
  server: Server,
  request: ProofRequest,
): Promise<Result<ProofResponse>> {
  const now = server.clock();
  const { store: name, nonce, claims, sig } = request;
  const store = await findStore(server, name);
  const isFresh = server.sessions.spend(name, nonce, now);
  const signed = claimBytes(name, nonce, claims);
  const isCounter = store?.role === 'counter';
  if (!isCounter || !isFresh || !(await server.keys.cipher.isSigned(store.public_key, signed, sig)))
    return fail({ code: 'unauthorised' });
  if (store.state !== 'active') return fail({ code: 'revoked' });
  if (!claims.every(({ day }) => isIsoDate(day))) return fail({ code: 'malformed', reason: 'day' });
  const { device } = store;
  return server.storage.write(server.tenant, async (tx) => {
    for (const claim of claims) await keepClaim(tx, server.tenant, { ...claim, device, at: now });
    const days = await Promise.all(claims.map((claim) => answer(server, tx, device, claim)));
    return ok({ now, days });
  });
}

async function keepClaim(
  tx: Tx,
  tenant: string,
  claim: DayProof & { readonly device: string; readonly at: number },
): Promise<void> {
  const { day, device, count, hash, at } = claim;
  await claims(tx, { tenant, day, device, count, hash, at });
}

const claims = prepared(
  (
    tx,
    claim: {
      tenant: string;
      day: string;
      device: string;
      count: number;
      hash: string;
      at: number;
    },
  ) =>
    tx
      .insertInto('day_claim')
      .values(claim)
      .onConflict((same) =>
        same.columns(['tenant', 'device', 'day']).doUpdateSet((row) => ({
          count: row.ref('excluded.count'),
          hash: row.ref('excluded.hash'),
          at: row.ref('excluded.at'),
        })),
      ),
);

async function answer(server: Server, tx: Tx, device: string, claim: DayProof) {
  const { day } = claim;
  const held = await entriesOn(tx, { tenant: server.tenant, devices: [device], day });
  const hashes = held.map(({ hash }) => hash);
  const proof = await dayProof(day, hashes, server.keys.cipher.sha256);
  return proof.hash === claim.hash ? proof : { ...proof, held: hashes };
}

interface HeldEntry {
  readonly store: string;
  readonly id: string;
  readonly hash: string;
}

/**
 * Every branch of every stream of these tablets: what arrived, whatever became of it. Asked by store: a join begins, without
 * statistics, with the whole log.
 */
const entriesOn = prepared(
  (tx, given: { tenant: string; devices: readonly string[]; day: string }) =>
    tx
      .selectFrom('entry')
      .select(['store', 'id', 'hash'])
      .where('tenant', '=', given.tenant)
      .where('store', 'in', (from) =>
        from
          .selectFrom('store as own')
          .select('own.store')
          .where('own.tenant', '=', given.tenant)
          .where('own.device', 'in', given.devices),
      )
      // Trunk and branches; a pattern would be planned anew for every question.
      .where('lane', '>=', 'write')
      .where('lane', '<', 'write;')
      .where('day', '=', given.day),
);

export interface TabletDay {
  readonly device: string;
  readonly name: string;
  /** What the tablet said it wrote, and when it last said so; null where it has not spoken of that day. */
  readonly claimed: { readonly count: number; readonly at: number } | null;
  readonly received: number;
  /** The same entries, not only as many. */
  readonly isMatched: boolean;
  readonly care: number;
  readonly pushedAt: number | null;
}

/** Tablets with a store in use at the asker's counter, or with anything of that day. */
export async function tabletDays(
  server: Server,
  { member }: Asker,
  day: string,
): Promise<Result<{ readonly day: string; readonly tablets: readonly TabletDay[] }>> {
  if (!isIsoDate(day)) return fail({ code: 'malformed', reason: 'day' });
  return server.storage.read(async (tx) => {
    const stores = await storesAt(tx, server.tenant, member.site);
    const devices = [...new Set(stores.map(({ device }) => device))];
    if (devices.length === 0) return ok({ day, tablets: [] });
    const held = await entriesOn(tx, { tenant: server.tenant, devices, day });
    const claims = await claimsOf(tx, server.tenant, devices, day);
    const caring = await inNeedOfCare(tx, server.tenant, stores, held);
    const tablets = await Promise.all(
      devices.map(async (device): Promise<TabletDay> => {
        const of = stores.filter((store) => store.device === device);
        const own = held.filter((entry) => of.some(({ store }) => store === entry.store));
        const claim = claims.find((one) => one.device === device);
        const hashes = own.map(({ hash }) => hash);
        const proof = await dayProof(day, hashes, server.keys.cipher.sha256);
        return {
          device,
          name: of[0]?.name ?? '',
          claimed: claim ? { count: claim.count, at: claim.at } : null,
          received: proof.count,
          isMatched: claim?.hash === proof.hash,
          care: own.filter(({ id }) => caring.has(id)).length,
          pushedAt: Math.max(0, ...of.map(({ pushed_at }) => pushed_at ?? 0)) || null,
        };
      }),
    );
    const isUsed = ({ device, claimed, received }: TabletDay) =>
      claimed !== null ||
      received > 0 ||
      stores.some((store) => store.device === device && store.state === 'active');
    return ok({ day, tablets: tablets.filter(isUsed) });
  });
}

function storesAt(tx: Tx, tenant: string, site: string) {
  return tx
    .selectFrom('device')
    .innerJoin('store', (on) =>
      on.onRef('store.tenant', '=', 'device.tenant').onRef('store.device', '=', 'device.device'),
    )
    .select(['device.device', 'device.name', 'store.store', 'store.state', 'store.pushed_at'])
    .where('device.tenant', '=', tenant)
    .where('device.site', '=', site)
    .orderBy('device.made_at')
    .execute();
}

function claimsOf(tx: Tx, tenant: string, devices: readonly string[], day: string) {
  return tx
    .selectFrom('day_claim')
    .select(['device', 'count', 'hash', 'at'])
    .where('tenant', '=', tenant)
    .where('device', 'in', devices)
    .where('day', '=', day)
    .execute();
}

async function inNeedOfCare(
  tx: Tx,
  tenant: string,
  stores: readonly { readonly store: string }[],
  held: readonly HeldEntry[],
): Promise<ReadonlySet<string>> {
  if (held.length === 0) return new Set();
  const names = stores.map(({ store }) => store);
  const rows = await tx
    .selectFrom('repair')
    .select('entry')
    .where('tenant', '=', tenant)
    .where('store', 'in', names)
    .where('state', '=', 'open')
    .execute();
  return new Set(rows.map(({ entry }) => entry));
}
