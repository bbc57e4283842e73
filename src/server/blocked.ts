/**
 * Entries that name a record which is not there, or not for their author. When a transaction makes or changes that record,
 * they are judged again in it, in the order in which they arrived, and so are those that waited for what they make. Judged
 * by today's standing: whoever has lost it meanwhile finds the entry in quarantine.
 */
import { refKey, type Ref } from '../domain/record.ts';
import type { Body, Entry, Header } from '../sync/entry.ts';
import { needsCare, type Receipt, type Verdict } from '../sync/verdict.ts';
import { decideAgain, type Authored, type Decided } from './judging.ts';
import { actorOf, storedLeases } from './leases.ts';
import type { Sealer } from './person-keys.ts';
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
    all.push(...(await waitingRows(tx, tenant, some)));
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

function waitingRows(tx: Tx, tenant: string, ids: readonly string[]): Promise<Row[]> {
  return tx
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
    .where('blocked.id', 'in', ids)
    .execute();
}

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

/**
 * Verdicts of these stores' entries that have changed, or need nobody any more, since a sequence: to be sent with every page
 * of a pull that begins there. More than once does no harm.
 */
export async function changedVerdicts(
  tx: Tx,
  tenant: string,
  stores: readonly string[],
  sinceSeq: number,
): Promise<Receipt[]> {
  if (stores.length === 0) return [];
  const rows = await tx
    .selectFrom('verdict_change')
    .innerJoin('entry', (join) =>
      join
        .onRef('entry.tenant', '=', 'verdict_change.tenant')
        .onRef('entry.id', '=', 'verdict_change.entry'),
    )
    .leftJoin('repair', (join) =>
      join.onRef('repair.tenant', '=', 'entry.tenant').onRef('repair.entry', '=', 'entry.id'),
    )
    .select(['entry.id', 'entry.hash', 'entry.verdict', 'entry.verdict_seq', 'repair.state'])
    .where('verdict_change.tenant', '=', tenant)
    .where('verdict_change.store', 'in', stores)
    .where('verdict_change.seq', '>', sinceSeq)
    .orderBy('verdict_change.seq')
    .execute();
  const receipts = rows.map(({ id, hash, verdict, verdict_seq: seq, state }): Receipt => {
    const said = JSON.parse(verdict) as Verdict; // written by us alone
    const isClosed = needsCare(said.code) && state !== null && state !== 'open';
    return { id, hash, seq, verdict: said, ...(isClosed ? { closed: true as const } : {}) };
  });
  return [...new Map(receipts.map((receipt) => [receipt.id, receipt])).values()];
}
