/**
 * A stream as pushed against the stream as held: the same again, its continuation, a hole, or another history. A copied
 * profile writes another history under the same name: every branch is kept and judged, each in a lane of its own
 * (`write:<id of its first entry>`), and a later push goes on where its predecessor is.
 */
import { sql } from 'kysely';
import { type Entry, type Lane } from '../sync/entry.ts';
import type { Receipt, Verdict } from '../sync/verdict.ts';
import { uuidv7 } from './ids.ts';
import { prepared } from './prepared.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import { atMost, type Tx } from './storage.ts';

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
  const ids = entries.map(({ header }) => header.id);
  const { held, isBranched, named } = await heldEntries(tx, {
    tenant,
    store,
    lane,
    from,
    to: last,
    ids,
  });
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
  const taken = takenAmong(fresh, named);
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

interface Asked extends Readonly<Record<string, string | number | readonly string[]>> {
  readonly tenant: string;
  readonly store: string;
  readonly lane: Lane;
  readonly from: number;
  readonly to: number;
  readonly ids: readonly string[];
}

interface HeldEntries {
  readonly held: Map<string, HeldRow>;
  readonly isBranched: boolean;
  /** Ids among those asked that some entry has, wherever it is. */
  readonly named: ReadonlySet<string>;
}

async function heldEntries(tx: Tx, asked: Asked): Promise<HeldEntries> {
  const { lane } = asked;
  // Every history of a lane lies between `write:` and `write;`: no lane bears the bare name of an end.
  const all = await inRangeOrNamed(tx, { ...asked, low: `${lane}:`, high: `${lane};` });
  const rows = all.filter((row) => row.lane !== nowhere);
  const held = rows.map((row) => [keyOf(row), { ...row, receipt: receiptOf(row) }] as const);
  const named = all.flatMap((row) => (row.lane === nowhere ? row.id : []));
  return {
    held: new Map(held),
    isBranched: rows.some((row) => row.lane !== lane),
    named: new Set(named),
  };
}

/** The lane of a row that says no more than that its id is used. */
const nowhere = '';

/**
 * Of the trunk and of every branch; one entry of any branch wherever it stands, that there are branches at all; and which
 * of the ids are used in the tenant, by whatever entry.
 */
const inRangeOrNamed = prepared((tx, given: Asked & { low: string; high: string }) => {
  const anywhere = tx.selectFrom('entry').where('tenant', '=', given.tenant);
  const entries = anywhere
    .select(['lane', 'seq', 'id', 'hash', 'header', 'verdict', 'verdict_seq'])
    .where('store', '=', given.store);
  const branches = entries.where('lane', '>', given.low).where('lane', '<', given.high);
  const within = (of: typeof entries) =>
    of.where('seq', '>=', given.from).where('seq', '<=', given.to);
  const [none, zero] = [sql.lit(nowhere), sql.lit(0)];
  return within(entries.where('lane', '=', given.lane))
    .unionAll(within(branches))
    .unionAll((build) => build.selectFrom(branches.limit(atMost(1)).as('one')).selectAll())
    .unionAll(
      anywhere
        .select([none.as('lane'), zero.as('seq'), 'id', none.as('hash'), none.as('header')])
        .select([none.as('verdict'), zero.as('verdict_seq')])
        .where('id', 'in', given.ids),
    );
});

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
function takenAmong(fresh: readonly Entry[], named: ReadonlySet<string>): ReadonlySet<Entry> {
  const used = new Set(named);
  const taken = new Set<Entry>();
  for (const entry of fresh)
    if (used.has(entry.header.id)) taken.add(entry);
    else used.add(entry.header.id);
  return taken;
}

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
