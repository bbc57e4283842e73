/**
 * Entries that name a record which is not there, or not for their author. When a transaction makes or changes that record,
 * they are judged again in it, in the order in which they arrived, and so are those that waited for what they make. Judged
 * by today's standing: whoever has lost it meanwhile finds the entry in quarantine. Of one store only so many wait: what is
 * more is refused, kept like every refusal, and may be sent again once the others have gone on or been withdrawn.
 */
import type { Problem } from '../domain/problem.ts';
import { refKey, type Ref } from '../domain/record.ts';
import type { Body, Entry, Header } from '../sync/entry.ts';
import { decideAgain, type Authored, type Decided } from './judging.ts';
import { actorOf, storedLeases } from './leases.ts';
import type { Sealer } from './person-keys.ts';
import { prepared } from './prepared.ts';
import { bodyPlace } from './records.ts';
import type { Tables } from './schema.ts';
import { chunks, type Tx } from './storage.ts';
import type { Workspace } from './workspace.ts';

export interface Waiting {
  readonly workspace: Workspace;
  readonly sealer: Sealer;
  /** Put right by another entry: never judged again. */
  readonly isOver: (entry: string) => boolean;
}

interface Pending {
  readonly item: Authored;
  readonly by: string;
  readonly isStored: boolean;
  readonly isRevoked: boolean;
}

/** The run in the order of its effects: what waited stands after what it waited for. */
export async function withWaiting(
  waiting: Waiting,
  decided: readonly Decided[],
  isRevoked: boolean,
): Promise<Decided[]> {
  const order = new Map(decided.map((one) => [one.entry.header.id, one]));
  const seen = new Set(order.keys());
  let pool = decided.flatMap((one) => pendingOf(one, false, isRevoked));
  let fresh = touchedBy(decided);
  while (fresh.size > 0) {
    const stored = await storedFor(waiting, [...fresh.values()], seen);
    const candidates = [...stored, ...pool].filter(
      ({ item }) => !waiting.isOver(item.entry.header.id),
    );
    const ready = candidates.filter(({ by }) => fresh.has(by));
    const again: Decided[] = [];
    for (const { item } of stored) seen.add(item.entry.header.id);
    pool = candidates.filter(({ by }) => !fresh.has(by));
    for (const { item, by, isStored, isRevoked: isGone } of ready) {
      const standing = { isRevoked: isGone, isForced: false };
      const one = await decideAgain(waiting.workspace, item, standing);
      const { id } = one.entry.header;
      pool.push(...pendingOf(one, isStored, isGone));
      // A change that was not the one: its author has been told already.
      if (one.verdict.code === 'blocked' && one.verdict.by === by) continue;
      order.delete(id);
      order.set(id, { ...one, isAgain: isStored });
      again.push(one);
    }
    fresh = touchedBy(again);
  }
  return [...order.values()];
}

function pendingOf(one: Decided, isStored: boolean, isRevoked: boolean): Pending[] {
  const { entry, actor, verdict } = one;
  if (verdict.code !== 'blocked') return [];
  return [{ item: { entry, actor }, by: verdict.by, isStored, isRevoked }];
}

/** More than a desk writes in months: whoever reaches it waits for what nobody brings. */
export const mostWaiting = 1_000;

const crowded: Problem = {
  code: 'refused',
  reason:
    'もとの記録を待っている入力が多すぎます。「未送信・要確認」で、待っている入力を先に確かめてください。',
};

/** The run, with those refused for which there is no room. */
export async function withinRoom(
  { tx, tenant }: Pick<Workspace, 'tx' | 'tenant'>,
  decided: readonly Decided[],
): Promise<readonly Decided[]> {
  const fresh = decided.filter((one) => one.verdict.code === 'blocked' && !one.isAgain);
  const stores = new Set(fresh.map(({ entry }) => entry.header.store));
  const refused = new Set<Decided>();
  for (const store of stores) {
    const own = fresh.filter(({ entry }) => entry.header.store === store);
    const room = Math.max(0, mostWaiting - (await countWaiting(tx, tenant, store)));
    for (const one of own.slice(room)) refused.add(one);
  }
  return decided.map((one) =>
    refused.has(one) ? { ...one, verdict: { code: 'rejected', problem: crowded } } : one,
  );
}

async function countWaiting(tx: Tx, tenant: string, store: string): Promise<number> {
  const row = await tx
    .selectFrom('blocked')
    .innerJoin('entry', (join) =>
      join.onRef('entry.tenant', '=', 'blocked.tenant').onRef('entry.id', '=', 'blocked.entry'),
    )
    .select((build) => build.fn.countAll().as('count'))
    .where('blocked.tenant', '=', tenant)
    .where('entry.store', '=', store)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

function touchedBy(decided: readonly Decided[]): Map<string, Ref> {
  return new Map(decided.flatMap(({ touched }) => touched.map((ref) => [refKey(ref), ref])));
}

type Row = Pick<Tables['entry'], 'id' | 'hash' | 'header' | 'owner' | 'body'> &
  Pick<Tables['blocked'], 'kind' | 'arrived'> & { readonly named: string; readonly state: string };

async function storedFor(
  { workspace: { tx, tenant }, sealer }: Waiting,
  refs: readonly Ref[],
  known: ReadonlySet<string>,
): Promise<Pending[]> {
  const keys = new Set(refs.map(refKey));
  const all: Row[] = [];
  for (const some of chunks([...new Set(refs.map(({ id }) => id))]))
    all.push(...(await waitingRows(tx, { tenant, ids: some })));
  const rows = all
    .filter((row) => keys.has(`${row.kind}/${row.named}`) && !known.has(row.id))
    .sort((a, b) => a.arrived - b.arrived);
  await sealer.load(rows.map(({ owner }) => owner));
  const entries = rows.flatMap((row) => {
    const entry = entryOf(tenant, sealer, row);
    return entry ? [{ row, entry }] : [];
  });
  const leases = await leasesOf(
    tx,
    tenant,
    entries.map(({ entry }) => entry.header.lease),
  );
  return entries.flatMap(({ row, entry }): Pending[] => {
    const lease = leases.get(entry.header.lease);
    if (!lease) return [];
    const by = `${row.kind}/${row.named}`;
    const item = { entry, actor: actorOf(lease) };
    return [{ item, by, isStored: true, isRevoked: row.state !== 'active' }];
  });
}

const waitingRows = prepared((tx, { tenant, ids }: { tenant: string; ids: readonly string[] }) =>
  tx
    .selectFrom('blocked')
    .innerJoin('entry', (join) =>
      join.onRef('entry.tenant', '=', 'blocked.tenant').onRef('entry.id', '=', 'blocked.entry'),
    )
    .innerJoin('store', (join) =>
      join.onRef('store.tenant', '=', 'entry.tenant').onRef('store.store', '=', 'entry.store'),
    )
    .select(['entry.id', 'entry.hash', 'entry.header', 'entry.owner', 'entry.body'])
    .select(['blocked.kind', 'blocked.arrived', 'store.state'])
    .select('blocked.id as named')
    .where('blocked.tenant', '=', tenant)
    .where('blocked.id', 'in', ids),
);

async function leasesOf(tx: Tx, tenant: string, ids: readonly string[]) {
  const stored = [];
  for (const some of chunks([...new Set(ids)]))
    stored.push(...(await storedLeases(tx, tenant, some)));
  return new Map(stored.map(({ lease }) => [lease.id, lease]));
}

/** undefined where the key of whom it is about has been destroyed: it waits for ever, and nobody can read it. */
function entryOf(tenant: string, sealer: Sealer, row: Row): Entry | undefined {
  const header = JSON.parse(row.header) as Header; // written by us alone, like the body
  const text = sealer.open(row.owner, row.body, bodyPlace(tenant, row.id));
  if (text === undefined) return undefined;
  const { sig, ...body } = JSON.parse(text) as Body & { readonly sig: string };
  return { header, body, hash: row.hash, sig };
}

/** Keeps the table of those that wait in step with a run; who goes on waiting keeps her place. */
export async function writeBlocked(
  tx: Tx,
  tenant: string,
  decided: readonly Decided[],
  superseded: readonly string[],
): Promise<void> {
  const isWaiting = (one: Decided) =>
    one.verdict.code === 'blocked' && !superseded.includes(one.entry.header.id);
  const over = decided.filter((one) => one.isAgain && !isWaiting(one));
  await dropBlocked(tx, tenant, [...over.map(({ entry }) => entry.header.id), ...superseded]);
  const waiting = decided.filter(isWaiting);
  if (waiting.length === 0) return;
  const last = await tx
    .selectFrom('blocked')
    .select((build) => build.fn.max('arrived').as('arrived'))
    .where('tenant', '=', tenant)
    .executeTakeFirst();
  let arrived = Number(last?.arrived ?? 0);
  for (const { entry, verdict, isAgain } of waiting) {
    const [kind = '', id = ''] = verdict.code === 'blocked' ? verdict.by.split('/') : [];
    const row = { tenant, entry: entry.header.id, kind, id };
    if (isAgain)
      await tx
        .updateTable('blocked')
        .set({ kind, id })
        .where('tenant', '=', tenant)
        .where('entry', '=', row.entry)
        .execute();
    else
      await tx
        .insertInto('blocked')
        .values({ ...row, arrived: ++arrived })
        .execute();
  }
}

export async function dropBlocked(
  tx: Tx,
  tenant: string,
  entries: readonly string[],
): Promise<void> {
  for (const some of chunks(entries))
    await tx
      .deleteFrom('blocked')
      .where('tenant', '=', tenant)
      .where('entry', 'in', some)
      .execute();
}
