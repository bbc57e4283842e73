/**
 * A server that was put back from a backup. `--restored` says so and begins a closed epoch; without it a tablet's proof does
 * the same later (forgotten.ts, stores.ts, teachEpochs). And the other side of it: how far a backup reaches.
 */
import { DatabaseSync, backup } from 'node:sqlite';
import { fail, ok, type Result } from '../domain/problem.ts';
import { isChain } from '../sync/epoch.ts';
import type { EpochStatement } from '../sync/protocol.ts';
import type { Receipt } from '../sync/verdict.ts';
import { headSeq, readEpoch } from './log-now.ts';
import type { GivenCursor } from './cursor.ts';
import { beginEpoch, chainOf, knownEpochs, pointTo, refreshEpoch } from './epoch.ts';
import type { Fitness } from './forgotten.ts';
import { openIfReady } from './reoffer.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';

/** By the word of whoever put the backup back. */
export async function beginRestored(server: Server): Promise<void> {
  await server.storage.write(server.tenant, (tx) => beginEpoch(tx, server, { by: 'operator' }));
  await refreshEpoch(server);
  await openIfReady(server);
}

/** A cursor or a receipt did not fit: by what it shows a closed epoch begins, once, however many bring one. */
export async function heed(
  server: Server,
  fit: Exclude<Fitness, 'fits'>,
  proof: GivenCursor | Receipt | undefined,
  store: string,
): Promise<void> {
  if (proof && fit === 'forgotten')
    await server.storage.write(server.tenant, async (tx) => {
      const now = await readEpoch(tx, server.tenant);
      const what = 'hash' in proof ? { receipt: proof.id, seq: proof.seq } : { cursor: proof.seq };
      if (now.epoch === proof.epoch && !now.isClosed)
        await beginEpoch(tx, server, { store, ...what });
    });
  await refreshEpoch(server);
}

/**
 * Epochs that a tablet knows and this server has forgotten: signed by its own identity, hence proof that it was restored.
 * Each once, whichever is the older by the clock: whoever tells them has left the present one and follows a new one alone.
 */
export async function teachEpochs(
  server: Server,
  chain: readonly EpochStatement[],
): Promise<Result<{ readonly epoch: string }>> {
  const { tenant, keys } = server;
  const isOurs = await isChain(tenant, chain, (bytes, sig) => keys.isOwn(bytes, sig));
  if (!isOurs) return fail({ code: 'malformed', reason: 'chain' });
  await server.storage.write(tenant, async (tx) => {
    const known = new Set((await knownEpochs(tx, tenant)).map(({ epoch }) => epoch));
    const forgotten = chain.filter(({ epoch }) => !known.has(epoch));
    const last = forgotten.at(-1)?.epoch;
    if (last === undefined) return;
    await keepForgotten(tx, tenant, forgotten);
    const own = await chainOf(tx, tenant);
    // Where both have gone on from an earlier one, what comes now follows this server's own.
    if (own.every(({ epoch }, index) => chain[index]?.epoch === epoch))
      await pointTo(tx, tenant, last);
    await beginEpoch(tx, server, { epochs: forgotten.length });
  });
  return ok({ epoch: (await refreshEpoch(server)).epoch });
}

async function keepForgotten(tx: Tx, tenant: string, chain: readonly EpochStatement[]) {
  for (const { epoch, before, madeAt, sig } of chain) {
    const rest = { state: 'open' as const, seq: 0, released_by: null, opened_at: null };
    await tx
      .insertInto('epoch')
      .values({ tenant, epoch, before, made_at: madeAt, sig, ...rest })
      .execute();
  }
}

/** A whole copy of the running database; then the sequence that it is sure to hold is noted for the tablets. */
export async function makeBackup(server: Server, from: string, to: string): Promise<number> {
  const { tenant, storage } = server;
  const seq = await storage.read((tx) => headSeq(tx, tenant));
  const source = new DatabaseSync(from, { readOnly: true });
  try {
    await backup(source, to);
  } finally {
    source.close();
  }
  await noteBackup(server, seq);
  return seq;
}

/** Everything up to this sequence is in a backup. */
export async function noteBackup({ tenant, storage }: Server, seq: number): Promise<void> {
  const row = { tenant, name: 'durable', value: String(seq) };
  await storage.write(tenant, (tx) =>
    tx
      .insertInto('meta')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'name']).doUpdateSet({ value: row.value }),
      )
      .execute(),
  );
}
