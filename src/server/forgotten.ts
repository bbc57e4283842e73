/**
 * What proves that this server has forgotten something: its own signed word about what it does not know (design.md §6.7).
 * Nothing that a tablet says without that signature counts.
 */
import type { Receipt } from '../sync/verdict.ts';
import { headSeq } from './append.ts';
import { chainOf } from './epoch.ts';
import { isOwnReceipt } from './receipts.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';
import type { Compared, Head } from './streams.ts';

interface Offer {
  readonly store: { readonly store: string };
  readonly lane: string;
  readonly receipts: readonly Receipt[];
}

/** Receipts above the head, or for entries that are not there. Checked only where one of them would say so. */
export async function proofOfForgetting(
  server: Server,
  tx: Tx,
  { store, lane, receipts }: Offer,
  after: Head,
  compared: Compared,
): Promise<object | undefined> {
  if (receipts.length === 0) return undefined;
  const head = await headSeq(tx, server.tenant);
  const unknown = new Set(
    compared.kind === 'gap' ? [after?.hash] : compared.fresh.map(({ hash }) => hash),
  );
  const telling = receipts.filter(({ seq, hash }) => seq > head || unknown.has(hash));
  if (telling.length === 0) return undefined;
  // That something was lost of an epoch that has ended is known since the present one began.
  const ended = (await chainOf(tx, server.tenant)).slice(0, -1).map(({ epoch }) => epoch);
  for (const receipt of telling) {
    const isNew = receipt.epoch !== undefined && !ended.includes(receipt.epoch);
    if (isNew && (await isOwnReceipt(server.keys, receipt)))
      return { store: store.store, lane, receipt: receipt.id, seq: receipt.seq, head };
  }
  return undefined;
}
