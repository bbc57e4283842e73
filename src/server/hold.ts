/**
 * While a restored server is closed, what tablets push is held: once each, with the sequence of its old receipt where it has
 * one. Nothing takes effect; what was there before the backup is known again by its place in the stream.
 */
import type { Entry } from '../sync/entry.ts';
import type { Receipt } from '../sync/verdict.ts';
import type { Run } from './append-stream.ts';
import { preparedInsert } from './prepared.ts';
import { notePush } from './pushed.ts';
import { isOwnReceipt } from './receipts.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';
import { compareStream, type Head } from './streams.ts';

type Held =
  { readonly kind: 'held'; readonly upTo: Head } | { readonly kind: 'gap'; readonly head: Head };

export async function holdEntries(
  server: Server,
  tx: Tx,
  run: Run,
  after: Head,
  entries: readonly Entry[],
  epoch: string,
): Promise<Held> {
  const { tenant } = server;
  const { store } = run.store;
  const compared = await compareStream(tx, tenant, run, after, entries);
  if (compared.kind === 'gap' && !(await isHeld(tx, tenant, store, run.lane, after)))
    return { kind: 'gap', head: await goOnFrom(tx, tenant, run, after, compared.head) };
  const fresh = compared.kind === 'gap' ? entries : compared.fresh;
  await insertHeld(server, tx, run, fresh);
  await notePush(server, tx, store);
  if (run.left === 0) await noteOffered(tx, tenant, run, epoch);
  const last = entries.at(-1);
  return { kind: 'held', upTo: last ? { seq: last.header.seq, hash: last.hash } : after };
}

async function isHeld(tx: Tx, tenant: string, store: string, lane: Run['lane'], head: Head) {
  const row = await tx
    .selectFrom('reoffer')
    .select('seq')
    .where('tenant', '=', tenant)
    .where('store', '=', store)
    .where('lane', '=', lane)
    .where('hash', '=', head?.hash ?? '')
    .executeTakeFirst();
  return row !== undefined && row.seq === head?.seq;
}

/** The last that is held, where it comes before. */
async function goOnFrom(
  tx: Tx,
  tenant: string,
  { store: { store }, lane }: Run,
  after: Head,
  head: Head,
): Promise<Head> {
  const row = await tx
    .selectFrom('reoffer')
    .select(['seq', 'hash'])
    .where('tenant', '=', tenant)
    .where('store', '=', store)
    .where('lane', '=', lane)
    .where('seq', '<', after?.seq ?? 0)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && row.seq > (head?.seq ?? 0) ? row : head;
}

async function insertHeld(server: Server, tx: Tx, run: Run, fresh: readonly Entry[]) {
  const told = await ownReceipts(server, run.receipts);
  const rows = fresh.flatMap((entry): Tables['reoffer'][] => {
    const envelope = run.envelopes.get(entry.hash);
    if (!envelope) return [];
    return [
      {
        tenant: server.tenant,
        store: run.store.store,
        lane: run.lane,
        seq: entry.header.seq,
        hash: entry.hash,
        old_seq: told.get(entry.hash)?.seq ?? null,
        old_code: told.get(entry.hash)?.verdict.code ?? null,
        put_away: run.putAway.has(entry.hash) ? 1 : null,
        request: JSON.stringify(envelope),
        received_at: server.clock(),
      },
    ];
  });
  await insertOffered(tx, rows);
}

const insertOffered = preparedInsert((tx, rows: readonly Tables['reoffer'][]) =>
  tx
    .insertInto('reoffer')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'store', 'lane', 'hash']).doUpdateSet((row) => ({
        old_seq: row.fn.coalesce('reoffer.old_seq', 'excluded.old_seq'),
        old_code: row.fn.coalesce('reoffer.old_code', 'excluded.old_code'),
        put_away: row.fn.coalesce('reoffer.put_away', 'excluded.put_away'),
      })),
    ),
);

async function ownReceipts(
  server: Server,
  receipts: readonly Receipt[],
): Promise<Map<string, Receipt>> {
  const own = await Promise.all(receipts.map((receipt) => isOwnReceipt(server.keys, receipt)));
  return new Map(receipts.flatMap((one, index) => (own[index] ? [[one.hash, one]] : [])));
}

async function noteOffered(tx: Tx, tenant: string, { store, lane }: Run, epoch: string) {
  await tx
    .updateTable('store')
    .set(lane === 'write' ? { offered_write: epoch } : { offered_access: epoch })
    .where('tenant', '=', tenant)
    .where('store', '=', store.store)
    .execute();
}
