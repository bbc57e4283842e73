/**
 * Entries under an id that another entry has: no tablet of ours makes one. Kept whole under their hash, without effect, for a
 * supervisor to look at.
 */
import type { Entry } from '../sync/entry.ts';
import type { Receipt } from '../sync/verdict.ts';
import type { Appending } from './append.ts';
import { headSeq } from './log-now.ts';
import type { Authored, Decided } from './judging.ts';
import { createSealer } from './person-keys.ts';
import { bodyPlace } from './records.ts';
import { writeRepairs } from './repair.ts';
import type { Tx } from './storage.ts';
import { rowIdOfTaken } from './streams.ts';
import { bodyText, entryRow } from './write-batch.ts';

const verdict = {
  code: 'quarantined',
  problem: { code: 'alreadyExists', kind: 'entry' },
} as const;

export async function keepTaken(
  server: Appending,
  tx: Tx,
  items: readonly Authored[],
  lane: string,
): Promise<Receipt[]> {
  if (items.length === 0) return [];
  const { tenant } = server;
  const [now, seq] = [server.clock(), await headSeq(tx, tenant)];
  const sealer = createSealer(tx, server);
  await sealer.make(items.map(({ entry }) => entry.header.store));
  for (const { entry } of items) {
    const [id, owner] = [rowIdOfTaken(entry.hash), entry.header.store];
    const body = sealer.seal(owner, bodyText(entry), bodyPlace(tenant, id));
    const facts = JSON.stringify({ records: [] });
    const rest = { owner, facts, body, verdict, seq, now, lane, id };
    await tx
      .insertInto('entry')
      .values(entryRow(tenant, entry, rest))
      .execute();
  }
  await writeRepairs({ tx, tenant, now }, items.map(asDecided));
  return items.map(({ entry: { header, hash } }) => ({ id: header.id, hash, seq, verdict }));
}

function asDecided(item: Authored): Decided {
  const entry: Entry = {
    ...item.entry,
    header: { ...item.entry.header, id: rowIdOfTaken(item.entry.hash) },
  };
  return { ...item, entry, verdict, touched: [], about: [], settled: [], isAgain: false };
}
