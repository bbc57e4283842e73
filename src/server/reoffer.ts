/**
 * The end of a closed epoch: when every store that is known and in use has offered all it has, or two supervisors say so,
 * everything held is judged in the old order, then what is new; only then the epoch opens.
 */
import type { Entry } from '../sync/entry.ts';
import type { Envelope } from '../sync/envelope.ts';
import { appendStream, type Run } from './append-stream.ts';
import { refreshEpoch } from './epoch.ts';
import { readEpoch } from './log-now.ts';
import { storedLeases } from './leases.ts';
import { missingStores, releasesOf } from './epoch-state.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';
import { raiseAlarm } from './streams.ts';
import { inOldOrder, type Offered } from './old-order.ts';
import { findStore } from './stores.ts';
import { openEnvelope } from './unseal.ts';

/** After every push that was held, every release, and at start. True where it has opened. */
export async function openIfReady(server: Server): Promise<boolean> {
  const isReady = await server.storage.read(async (tx) => {
    const { epoch, isClosed } = await readEpoch(tx, server.tenant);
    if (!isClosed) return false;
    const releases = await releasesOf(tx, server.tenant, epoch);
    return releases.length > 1 || (await missingStores(tx, server.tenant, epoch)).length === 0;
  });
  if (!isReady || server.opening.isUnderWay) return false;
  server.opening.isUnderWay = true;
  try {
    await judgeHeld(server);
  } finally {
    server.opening.isUnderWay = false;
    await refreshEpoch(server);
  }
  // Nothing expired meanwhile: what was held counts first.
  server.late.isWaiting = true;
  return true;
}

/** Piece by piece, each in a transaction of its own; what comes meanwhile joins the end. A kill between loses nothing. */
async function judgeHeld(server: Server): Promise<void> {
  const stuck = new Set<string>();
  for (;;) {
    const pieces = await nextPieces(server, stuck);
    for (const piece of pieces) if (!(await judgePiece(server, piece))) stuck.add(streamOf(piece));
    if (pieces.length === 0 && (await openEpoch(server, stuck))) return;
  }
}

const streamOf = ([first]: readonly Offered[]) => `${first?.store} ${first?.lane}`;

async function nextPieces(server: Server, stuck: ReadonlySet<string>): Promise<Offered[][]> {
  const rows = await server.storage.read((tx) =>
    tx
      .selectFrom('reoffer')
      .select(['store', 'lane', 'seq', 'hash', 'old_seq', 'old_code', 'put_away', 'received_at'])
      .where('tenant', '=', server.tenant)
      .execute(),
  );
  return inOldOrder(rows.filter((row) => !stuck.has(streamOf([row]))));
}

/** False where it cannot be joined on: it stays, its tablet has it too, and somebody is told. */
async function judgePiece(server: Server, piece: readonly Offered[]): Promise<boolean> {
  const [first] = piece;
  const store = first && (await findStore(server, first.store));
  if (!first || !store) return false;
  const envelopes = await envelopesOf(server, piece);
  const opened = await Promise.all(
    envelopes.map((one) => openEnvelope(one, store.public_key, server.keys)),
  );
  const entries = opened.flatMap((one) => (one.ok ? [one.value] : []));
  if (entries.length < piece.length) return false;
  const ids = [...new Set(entries.map((entry) => entry.header.lease))];
  const leases = await server.storage.read((tx) => storedLeases(tx, server.tenant, ids));
  const run: Run = {
    store,
    lane: first.lane,
    leases: new Map(leases.map((signed) => [signed.lease.id, signed])),
    freshLeases: [],
    envelopes: new Map(),
    receipts: [],
    putAway: new Set(piece.filter((row) => row.put_away === 1).map(({ hash }) => hash)),
    left: undefined,
    seen: undefined,
    isOpening: true,
  };
  for (const chain of chainsIn(entries)) {
    const { seq = 1, prevHash = '' } = chain[0]?.header ?? {};
    const after = seq > 1 ? { seq: seq - 1, hash: prevHash } : null;
    const outcome = await appendStream(server, run, after, chain);
    if (outcome.kind !== 'receipts') return false;
  }
  await dropHeld(server, piece);
  return true;
}

/** Two histories of one stream lie side by side. */
function chainsIn(entries: readonly Entry[]): Entry[][] {
  const chains: Entry[][] = [];
  for (const entry of entries) {
    const chain = chains.at(-1);
    if (chain && chain.at(-1)?.hash === entry.header.prevHash) chain.push(entry);
    else chains.push([entry]);
  }
  return chains;
}

async function envelopesOf(server: Server, piece: readonly Offered[]): Promise<Envelope[]> {
  const rows = await server.storage.read((tx) => whereHeld(tx, server.tenant, piece).execute());
  const byHash = new Map(rows.map((row) => [row.hash, row.request]));
  return piece.flatMap(({ hash }) => {
    const text = byHash.get(hash);
    return text === undefined ? [] : [JSON.parse(text) as Envelope]; // parsed by the wire's schema when it came
  });
}

function whereHeld(tx: Tx, tenant: string, piece: readonly Offered[]) {
  const [first] = piece;
  return tx
    .selectFrom('reoffer')
    .select(['hash', 'request'])
    .where('tenant', '=', tenant)
    .where('store', '=', first?.store ?? '')
    .where('lane', '=', first?.lane ?? 'write')
    .where(
      'hash',
      'in',
      piece.map(({ hash }) => hash),
    );
}

async function dropHeld(server: Server, piece: readonly Offered[]): Promise<void> {
  const [first] = piece;
  await server.storage.write(server.tenant, (tx) =>
    tx
      .deleteFrom('reoffer')
      .where('tenant', '=', server.tenant)
      .where('store', '=', first?.store ?? '')
      .where('lane', '=', first?.lane ?? 'write')
      .where(
        'hash',
        'in',
        piece.map(({ hash }) => hash),
      )
      .execute(),
  );
}

/** Under the lock: nothing has been held since the last look. */
async function openEpoch(server: Server, stuck: ReadonlySet<string>): Promise<boolean> {
  return server.storage.write(server.tenant, async (tx) => {
    const { tenant } = server;
    const rest = await tx
      .selectFrom('reoffer')
      .select(['store', 'lane'])
      .where('tenant', '=', tenant)
      .groupBy(['store', 'lane'])
      .execute();
    if (rest.some(({ store, lane }) => !stuck.has(`${store} ${lane}`))) return false;
    for (const { store, lane } of rest)
      await raiseAlarm(tx, server, 'restore', { store, lane, stuck: true });
    const { epoch } = await readEpoch(tx, tenant);
    await tx
      .updateTable('epoch')
      .set({ state: 'open', opened_at: server.clock() })
      .where('tenant', '=', tenant)
      .where('epoch', '=', epoch)
      .execute();
    return true;
  });
}
