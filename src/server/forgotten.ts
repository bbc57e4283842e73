/**
 * What proves that this server has forgotten something: its own signed word about what it does not know (design.md §6.7).
 * Nothing that a tablet says without that signature counts. A cursor is such a word too, by its MAC.
 */
import type { Receipt } from '../sync/verdict.ts';
import type { GivenCursor } from './cursor.ts';
import { epochsHeardOf, noteEpoch } from './epoch.ts';
import type { LogNow } from './log-now.ts';
import { prepared } from './prepared.ts';
import { isOwnReceipt } from './receipts.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';
import { rowIdOfTaken, type Compared, type Head } from './streams.ts';

interface Offer {
  readonly store: { readonly store: string };
  readonly lane: string;
  readonly receipts: readonly Receipt[];
  readonly seen: GivenCursor | undefined;
}

/**
 * What the tablet has read; receipts above the head of this epoch, for entries that are not there, or for one that has
 * another verdict here. Checked only where one of them would say so.
 */
export async function proofOfForgetting(
  server: Server,
  tx: Tx,
  { store, lane, receipts, seen }: Offer,
  after: Head,
  compared: Compared,
  now: LogNow,
): Promise<object | undefined> {
  if (seen && (await isForgotten(tx, server.tenant, seen, now)))
    return { store: store.store, lane, cursor: seen.seq };
  if (receipts.length === 0) return undefined;
  const { head } = now;
  const unknown = new Set(
    compared.kind === 'gap' ? [after?.hash] : compared.fresh.map(({ hash }) => hash),
  );
  // Of another epoch a sequence tells nothing about an entry that is here: each begins anew where it was restored to.
  const present = receipts.filter(({ epoch }) => epoch === now.epoch);
  const telling = [
    ...(await notHeld(
      tx,
      server.tenant,
      receipts.filter(({ hash }) => unknown.has(hash)),
    )),
    ...present.filter(({ seq }) => seq > head),
    ...(await judgedAnew(tx, { tenant: server.tenant, store: store.store }, present, compared)),
  ];
  if (telling.length === 0) return undefined;
  // That something was lost of an epoch that has been left is known since the present one began.
  const known = await epochsHeardOf(tx, server.tenant);
  const isNew = ({ epoch }: Receipt) =>
    epoch !== undefined && (epoch === now.epoch || !known.has(epoch));
  const found = await firstOwn(server, telling.filter(isNew));
  if (found?.epoch === undefined) return undefined;
  if (!known.has(found.epoch)) await noteEpoch(tx, server.tenant, found.epoch);
  return { store: store.store, lane, receipt: found.id, seq: found.seq, head };
}

/**
 * Receipts for entries that have another verdict here. Only what waits becomes something else, and then that is written down;
 * any other was judged anew, brought by a copy of its tablet.
 */
async function judgedAnew(
  tx: Tx,
  of: { readonly tenant: string; readonly store: string },
  receipts: readonly Receipt[],
  compared: Compared,
): Promise<Receipt[]> {
  if (compared.kind === 'gap') return [];
  const held = new Map([...compared.known, compared.before].map((one) => [one?.hash, one]));
  const others = receipts.filter(({ hash, seq, verdict }) => {
    const now = held.get(hash);
    return now !== undefined && (now.seq !== seq || now.verdict.code !== verdict.code);
  });
  const isWaited = ({ verdict }: Receipt) => verdict.code === 'blocked';
  const changed = await changesOf(tx, of, others.filter(isWaited), held);
  return others.filter((one) => !isWaited(one) || !changed.has(one.id));
}

/** Which of these became what they are now by being judged again. */
async function changesOf(
  tx: Tx,
  of: { readonly tenant: string; readonly store: string },
  waited: readonly Receipt[],
  held: ReadonlyMap<string | undefined, Receipt | undefined>,
): Promise<ReadonlySet<string>> {
  if (waited.length === 0) return new Set();
  const seqOf = new Map(waited.map(({ id, hash }) => [id, held.get(hash)?.seq ?? 0]));
  const [from, to] = [Math.min(...seqOf.values()), Math.max(...seqOf.values())];
  const rows = await changesAt(tx, { ...of, from, to, entries: [...seqOf.keys()] });
  return new Set(rows.flatMap(({ seq, entry }) => (seqOf.get(entry) === seq ? entry : [])));
}

const changesAt = prepared(
  (
    tx,
    given: { tenant: string; store: string; from: number; to: number; entries: readonly string[] },
  ) =>
    tx
      .selectFrom('verdict_change')
      .select(['seq', 'entry'])
      .where('tenant', '=', given.tenant)
      .where('store', '=', given.store)
      .where('seq', '>=', given.from)
      .where('seq', '<=', given.to)
      .where('entry', 'in', given.entries),
);

/** The first that this server has given in the present epoch, for an entry that is not there. */
export async function answeredAndLost(
  server: Server,
  tx: Tx,
  receipts: readonly Receipt[],
  { epoch: present }: LogNow,
): Promise<Receipt | undefined> {
  const given = receipts.filter(({ epoch }) => epoch === present);
  if (given.length === 0) return undefined;
  return firstOwn(server, await notHeld(tx, server.tenant, given));
}

/** Of entries that are nowhere here: in a hole of the stream a predecessor may be named that stands at another place. */
async function notHeld(
  tx: Tx,
  tenant: string,
  receipts: readonly Receipt[],
): Promise<readonly Receipt[]> {
  if (receipts.length === 0) return [];
  // One that came under the id of another rests under a name of its own.
  const ids = receipts.flatMap(({ id, hash }) => [id, rowIdOfTaken(hash)]);
  const held = new Set((await hashesOf(tx, { tenant, ids })).map(({ hash }) => hash));
  return receipts.filter(({ hash }) => !held.has(hash));
}

const hashesOf = prepared((tx, { tenant, ids }: { tenant: string; ids: readonly string[] }) =>
  tx.selectFrom('entry').select('hash').where('tenant', '=', tenant).where('id', 'in', ids),
);

async function firstOwn(
  server: Server,
  receipts: readonly Receipt[],
): Promise<Receipt | undefined> {
  for (const receipt of receipts) if (await isOwnReceipt(server.keys, receipt)) return receipt;
  return undefined;
}

/** `closed`: nothing is given now; this process may know of an epoch that another has ended. */
export type Fitness = 'fits' | 'closed' | 'forgotten';

export async function fitness(
  server: Server,
  tx: Tx,
  cursor: GivenCursor | undefined,
  now: LogNow,
): Promise<Fitness> {
  if (now.isClosed || now.epoch !== server.epochNow.epoch) return 'closed';
  // It was read before this process heard of the present epoch: there it leads nowhere.
  if (cursor && cursor.epoch !== now.epoch) return 'closed';
  return cursor && (await isForgotten(tx, server.tenant, cursor, now)) ? 'forgotten' : 'fits';
}

/** Every sequence up to the head has its change: one that has none, or another than the cursor was given for, was lost. */
async function isForgotten(
  tx: Tx,
  tenant: string,
  cursor: GivenCursor,
  now: LogNow,
): Promise<boolean> {
  if (cursor.seq === 0 || cursor.epoch !== now.epoch) return false;
  const mark = await markHeld(tx, tenant, cursor.seq, now);
  return mark === undefined || (cursor.mark !== undefined && cursor.mark !== mark);
}

/** The mark of the change at which a cursor stands; rows of an older release have none. */
export async function markAt(
  tx: Tx,
  tenant: string,
  seq: number,
  now?: LogNow,
): Promise<{ mark?: string }> {
  const mark = await markHeld(tx, tenant, seq, now);
  return typeof mark === 'string' ? { mark } : {};
}

const marks = prepared((tx, { tenant, seq }: { tenant: string; seq: number }) =>
  tx.selectFrom('change').select('mark').where('tenant', '=', tenant).where('seq', '=', seq),
);

/** undefined where there is no such change; asked for only where it is not known already. */
async function markHeld(
  tx: Tx,
  tenant: string,
  seq: number,
  now?: LogNow,
): Promise<string | null | undefined> {
  if (now && (now.marks.has(seq) || seq > now.head)) return now.marks.get(seq);
  const [row] = await marks(tx, { tenant, seq });
  return row?.mark;
}
