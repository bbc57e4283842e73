/**
 * The server's side of the end-of-day proof: what a tablet claims to have written on a day, signed by the tablet's own key
 * over a fresh nonce, against what the log holds of it. Nobody else can claim for it or ask what it holds. Supervisors see
 * the tablets of their counter: counts and times, nothing of what was written.
 */
import { isIsoDate, minuteOf } from '../domain/date.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import type { ProofRequest, ProofResponse } from '../sync/protocol.ts';
import { claimBytes, dayProof, type DayProof } from '../sync/proof.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import type { Tx } from './storage.ts';

export async function proveDays(
  server: Server,
  request: ProofRequest,
): Promise<Result<ProofResponse>> {
  const now = server.clock();
  const { store: name, nonce, claims, sig } = request;
  const { storage, tenant } = server;
  const days = claims.map(({ day }) => day);
  const said = await storage.read((tx) => storeWithClaims(tx, { tenant, store: name, days }));
  const [store] = said;
  const isFresh = server.sessions.spend(name, nonce, now);
  const signed = claimBytes(name, nonce, claims);
  const isCounter = store?.role === 'counter';
  if (!isCounter || !isFresh || !(await server.keys.cipher.isSigned(store.public_key, signed, sig)))
    return fail({ code: 'unauthorised' });
  if (store.state !== 'active') return fail({ code: 'revoked' });
  if (!claims.every(({ day }) => isIsoDate(day))) return fail({ code: 'malformed', reason: 'day' });
  const { device } = store;
  // Of each day what was said last.
  const each = [...new Map(claims.map((claim) => [claim.day, claim])).values()];
  const news = each.filter((claim) => !said.some((one) => isSameClaim(one, claim, now)));
  const answer = async (tx: Tx) => ok({ now, days: await answers(server, tx, device, claims) });
  if (news.length === 0) return storage.read(answer);
  return storage.write(tenant, async (tx) => {
    await keepClaims(
      tx,
      news.map(({ day, count, hash }) => ({ tenant, device, day, count, hash, at: now })),
    );
    return answer(tx);
  });
}

interface Said {
  readonly day: string | null;
  readonly count: number | null;
  readonly hash: string | null;
  readonly at: number | null;
}

/** To the minute: what a tablet says again within the same one writes nothing. */
function isSameClaim(said: Said, { day, count, hash }: DayProof, now: number): boolean {
  const isSame = said.day === day && Number(said.count) === count && said.hash === hash;
  return isSame && minuteOf(now) === minuteOf(Number(said.at));
}

const keepClaims = preparedInsert((tx, rows: readonly Tables['day_claim'][]) =>
  tx
    .insertInto('day_claim')
    .values(rows)
    .onConflict((same) =>
      same.columns(['tenant', 'device', 'day']).doUpdateSet((row) => ({
        count: row.ref('excluded.count'),
        hash: row.ref('excluded.hash'),
        at: row.ref('excluded.at'),
      })),
    ),
);

/** The store, and beside it what its tablet has said of these days. */
const storeWithClaims = prepared(
  (tx, given: { tenant: string; store: string; days: readonly string[] }) =>
    tx
      .selectFrom('store')
      .leftJoin('day_claim', (on) =>
        on
          .onRef('day_claim.tenant', '=', 'store.tenant')
          .onRef('day_claim.device', '=', 'store.device')
          .on('day_claim.day', 'in', given.days),
      )
      .select(['store.role', 'store.public_key', 'store.state', 'store.device'])
      .select(['day_claim.day', 'day_claim.count', 'day_claim.hash', 'day_claim.at'])
      .where('store.tenant', '=', given.tenant)
      .where('store.store', '=', given.store),
);

async function answers(server: Server, tx: Tx, device: string, claims: readonly DayProof[]) {
  const days = claims.map(({ day }) => day);
  const held = await entriesOn(tx, { tenant: server.tenant, devices: [device], days });
  return Promise.all(
    claims.map(async ({ day, hash }) => {
      const hashes = held.filter((one) => one.day === day).map((one) => one.hash);
      const proof = await dayProof(day, hashes, server.keys.cipher.sha256);
      return proof.hash === hash ? proof : { ...proof, held: hashes };
    }),
  );
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
  (tx, given: { tenant: string; devices: readonly string[]; days: readonly string[] }) =>
    tx
      .selectFrom('entry')
      .select(['store', 'id', 'hash', 'day'])
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
      .where('day', 'in', given.days),
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
  /** Refused, and withdrawn with a reason. */
  readonly withdrawn: number;
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
    const held = await entriesOn(tx, { tenant: server.tenant, devices, days: [day] });
    const claims = await claimsOf(tx, server.tenant, devices, day);
    const repairs = await repairsOf(tx, server.tenant, stores, held);
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
          care: own.filter(({ id }) => repairs.get(id) === 'open').length,
          withdrawn: own.filter(({ id }) => repairs.get(id) === 'discarded').length,
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

async function repairsOf(
  tx: Tx,
  tenant: string,
  stores: readonly { readonly store: string }[],
  held: readonly HeldEntry[],
): Promise<ReadonlyMap<string, Tables['repair']['state']>> {
  if (held.length === 0) return new Map();
  const names = stores.map(({ store }) => store);
  const rows = await tx
    .selectFrom('repair')
    .select(['entry', 'state'])
    .where('tenant', '=', tenant)
    .where('store', 'in', names)
    .where('state', 'in', ['open', 'discarded'])
    .execute();
  return new Map(rows.map(({ entry, state }) => [entry, state]));
}
