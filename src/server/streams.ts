/** A stream as pushed against the stream as held: the same again, its continuation, a hole, or another history. */
import { type Entry, type Lane } from '../sync/entry.ts';
import type { Receipt, Verdict } from '../sync/verdict.ts';
import { uuidv7 } from './ids.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import { chunks, type Tx } from './storage.ts';

export type Head = { readonly seq: number; readonly hash: string } | null;

export type Compared =
  | { readonly kind: 'fits'; readonly known: readonly Receipt[]; readonly fresh: readonly Entry[] }
  | { readonly kind: 'gap'; readonly head: Head }
  | { readonly kind: 'fork'; readonly details: object };

interface Stream {
  readonly store: { readonly store: string };
  readonly lane: Lane;
}

export async function compareStream(
  tx: Tx,
  tenant: string,
  { store: { store }, lane }: Stream,
  after: Head,
  entries: readonly Entry[],
): Promise<Compared> {
  const head = await streamHead(tx, tenant, store, lane);
  if ((after?.seq ?? 0) > (head?.seq ?? 0)) return { kind: 'gap', head };
  const first = entries[0]?.header.seq ?? 1;
  const last = entries.at(-1)?.header.seq ?? 0;
  const held = await heldEntries(tx, tenant, store, lane, first - 1, last);
  const fork = (seq: number): Compared => ({ kind: 'fork', details: { store, lane, seq } });
  if (after && held.get(after.seq)?.hash !== after.hash) return fork(after.seq);
  const known = entries.filter(({ header }) => held.has(header.seq));
  const other = known.find((entry) => held.get(entry.header.seq)?.hash !== entry.hash);
  if (other) return fork(other.header.seq);
  const fresh = entries.filter(({ header }) => !held.has(header.seq));
  const taken = await takenId(tx, tenant, fresh);
  if (taken) return fork(taken.header.seq);
  const receipts = known.flatMap(({ header }) => held.get(header.seq)?.receipt ?? []);
  return { kind: 'fits', known: receipts, fresh };
}

export async function streamHead(tx: Tx, tenant: string, store: string, lane: Lane): Promise<Head> {
  const row = await tx
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('tenant', '=', tenant)
    .where('store', '=', store)
    .where('lane', '=', lane)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

async function heldEntries(
  tx: Tx,
  tenant: string,
  store: string,
  lane: Lane,
  from: number,
  to: number,
): Promise<Map<number, { readonly hash: string; readonly receipt: Receipt }>> {
  const rows = await tx
    .selectFrom('entry')
    .select(['seq', 'id', 'hash', 'verdict', 'verdict_seq'])
    .where('tenant', '=', tenant)
    .where('store', '=', store)
    .where('lane', '=', lane)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .execute();
  return new Map(rows.map((row) => [row.seq, { hash: row.hash, receipt: receiptOf(row) }]));
}

function receiptOf(row: Pick<Tables['entry'], 'id' | 'hash' | 'verdict' | 'verdict_seq'>): Receipt {
  const verdict = JSON.parse(row.verdict) as Verdict; // written by us alone
  return { id: row.id, hash: row.hash, seq: row.verdict_seq, verdict };
}

/** An id is used once in a tenant, whatever the stream; and once in a request. */
async function takenId(
  tx: Tx,
  tenant: string,
  fresh: readonly Entry[],
): Promise<Entry | undefined> {
  const ids = new Set(fresh.map(({ header }) => header.id));
  if (ids.size < fresh.length) return fresh[0];
  for (const some of chunks([...ids])) {
    const row = await tx
      .selectFrom('entry')
      .select('id')
      .where('tenant', '=', tenant)
      .where('id', 'in', some)
      .executeTakeFirst();
    if (row) return fresh.find(({ header }) => header.id === row.id);
  }
  return undefined;
}

export async function raiseAlarm(
  tx: Tx,
  server: Pick<Server, 'tenant' | 'clock' | 'random'>,
  what: string,
  details: object,
): Promise<void> {
  const at = server.clock();
  const row = { tenant: server.tenant, id: uuidv7(at, server.random), what, at };
  await tx
    .insertInto('alarm')
    .values({ ...row, details: JSON.stringify(details) })
    .execute();
}
