/**
 * A stream as pushed against the stream as held: the same again, its continuation, a hole, or another history. A copied
 * profile writes another history under the same name: every branch is kept and judged, each in a lane of its own
 * (`write:<id of its first entry>`), and a later push goes on where its predecessor is.
 */
import { type Entry, type Lane } from '../sync/entry.ts';
import type { Receipt, Verdict } from '../sync/verdict.ts';
import { uuidv7 } from './ids.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import { atMost, chunks, type Tx } from './storage.ts';

export type Head = { readonly seq: number; readonly hash: string } | null;

export interface Fits {
  readonly kind: 'fits';
  readonly known: readonly Receipt[];
  /** Of the entry before these. */
  readonly before: Receipt | undefined;
  readonly fresh: readonly Entry[];
  /** Lane in which the fresh ones are kept. */
  readonly lane: string;
  /** The stream has another history beside this one. */
  readonly isForked: boolean;
  /** Begins with the fresh ones. */
  readonly isNewBranch: boolean;
  /** Of the fresh ones, those whose id another entry has. */
  readonly taken: ReadonlySet<Entry>;
}

export type Compared = Fits | { readonly kind: 'gap'; readonly head: Head };

interface Stream {
  readonly store: { readonly store: string };
  readonly lane: Lane;
}

interface HeldRow {
  readonly seq: number;
  readonly hash: string;
  readonly lane: string;
  readonly receipt: Receipt;
}

export async function compareStream(
  tx: Tx,
  tenant: string,
  { store: { store }, lane }: Stream,
  after: Head,
  entries: readonly Entry[],
): Promise<Compared> {
  const from = after?.seq ?? 0;
  const last = entries.at(-1)?.header.seq ?? from;
  const { held, isBranched } = await heldEntries(tx, tenant, store, lane, from, last);
  const before = after ? held.get(keyOf(after)) : undefined;
  if (after && !before) return { kind: 'gap', head: await goOnFrom(tx, tenant, store, lane, from) };
  const known = entries.map(({ header, hash }) => held.get(keyOf({ seq: header.seq, hash })));
  const firstFresh = known.indexOf(undefined);
  const isAllKnown = firstFresh < 0;
  const fresh = isAllKnown ? [] : entries.slice(firstFresh);
  const receipts = (isAllKnown ? known : known.slice(0, firstFresh)).flatMap(
    (row) => row?.receipt ?? [],
  );
  const parent = (isAllKnown ? undefined : known[firstFresh - 1]) ?? before;
  const [first] = fresh;
  const on = parent?.lane ?? lane;
  const rows = [...held.values()];
  const isNewBranch =
    first !== undefined && rows.some((row) => row.lane === on && row.seq === first.header.seq);
  const taken = await takenIds(tx, tenant, fresh);
  return {
    kind: 'fits',
    known: receipts,
    before: before?.receipt,
    fresh,
    lane: isNewBranch ? `${lane}:${first.header.id}` : on,
    isForked: isBranched || isNewBranch || taken.size > 0,
    isNewBranch,
    taken,
  };
}

const keyOf = ({ seq, hash }: { readonly seq: number; readonly hash: string }) => `${seq} ${hash}`;

/** A predecessor that nobody here has: back to the head, or to the beginning where that head is not before it. */
async function goOnFrom(
  tx: Tx,
  tenant: string,
  store: string,
  lane: Lane,
  from: number,
): Promise<Head> {
  const head = await streamHead(tx, tenant, store, lane);
  return head && head.seq < from ? head : null;
}

/** Of the first history that arrived. */
export async function streamHead(tx: Tx, tenant: string, store: string, lane: Lane): Promise<Head> {
  const [row] = await lastEntry(tx, { tenant, store, lane });
  return row ?? null;
}

const lastEntry = prepared((tx, given: { tenant: string; store: string; lane: string }) =>
  tx
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('tenant', '=', given.tenant)
    .where('store', '=', given.store)
    .where('lane', '=', given.lane)
    .orderBy('seq', 'desc')
    .limit(atMost(1)),
);

async function heldEntries(
  tx: Tx,
  tenant: string,
  store: string,
  lane: Lane,
  from: number,
  to: number,
): Promise<{ readonly held: Map<string, HeldRow>; readonly isBranched: boolean }> {
  // Every history of a lane lies between `write:` and `write;`: no lane bears the bare name of an end.
  const [low, high] = [`${lane}:`, `${lane};`];
  const rows = await inRange(tx, { tenant, store, lane, low, high, from, to });
  const held = rows.map((row) => [keyOf(row), { ...row, receipt: receiptOf(row) }] as const);
  return { held: new Map(held), isBranched: rows.some((row) => row.lane !== lane) };
}

/** Of the trunk and of every branch, and one entry of any branch wherever it stands: that there are branches at all. */
const inRange = prepared(
  (
    tx,
    given: {
      tenant: string;
      store: string;
      lane: string;
      low: string;
      high: string;
      from: number;
      to: number;
    },
  ) => {
    const entries = tx
      .selectFrom('entry')
      .select(['lane', 'seq', 'id', 'hash', 'header', 'verdict', 'verdict_seq'])
      .where('tenant', '=', given.tenant)
      .where('store', '=', given.store);
    const branches = entries.where('lane', '>', given.low).where('lane', '<', given.high);
    const within = (of: typeof entries) =>
      of.where('seq', '>=', given.from).where('seq', '<=', given.to);
    return within(entries.where('lane', '=', given.lane))
      .unionAll(within(branches))
      .unionAll((build) => build.selectFrom(branches.limit(atMost(1)).as('one')).selectAll());
  },
);

function receiptOf(
  row: Pick<Tables['entry'], 'id' | 'hash' | 'header' | 'verdict' | 'verdict_seq'>,
): Receipt {
  const verdict = JSON.parse(row.verdict) as Verdict; // written by us alone
  const id = row.id === rowIdOfTaken(row.hash) ? idIn(row.header) : row.id;
  return { id, hash: row.hash, seq: row.verdict_seq, verdict };
}

function idIn(header: string): string {
  const { id } = JSON.parse(header) as { readonly id: string }; // written by us alone
  return id;
}

/** An id is used once in a tenant, whatever the stream; and once in a request. */
async function takenIds(
  tx: Tx,
  tenant: string,
  fresh: readonly Entry[],
): Promise<ReadonlySet<Entry>> {
  const used = new Set<string>();
  for (const some of chunks(fresh)) {
    const ids = some.map(({ header }) => header.id);
    for (const { id } of await entriesNamed(tx, { tenant, ids })) used.add(id);
  }
  const taken = new Set<Entry>();
  for (const entry of fresh)
    if (used.has(entry.header.id)) taken.add(entry);
    else used.add(entry.header.id);
  return taken;
}

const entriesNamed = prepared((tx, { tenant, ids }: { tenant: string; ids: readonly string[] }) =>
  tx.selectFrom('entry').select('id').where('tenant', '=', tenant).where('id', 'in', ids),
);

/** An entry under an id that another has is kept under its hash: 64 hexadecimal digits. */
export function rowIdOfTaken(hash: string): string {
  return Buffer.from(hash, 'base64url').toString('hex');
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
