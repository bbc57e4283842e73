/** Receipts are the identity's signed word (design.md §6.7): given with every answer, checked when they come back. */
import { hasEffect, receiptBytes, type Receipt, type Verdict } from '../sync/verdict.ts';
import type { ServerKeys } from './server-keys.ts';

type Signing = Pick<ServerKeys, 'sign'>;

export function signReceipts(
  keys: Signing,
  epoch: string,
  receipts: readonly Receipt[],
): Promise<Receipt[]> {
  return Promise.all(
    receipts.map(async (receipt) => {
      const said = { ...receipt, epoch };
      return { ...said, sig: await keys.sign(receiptBytes(said)) };
    }),
  );
}

export async function isOwnReceipt(
  keys: Pick<ServerKeys, 'isOwn'>,
  receipt: Receipt,
): Promise<boolean> {
  return receipt.sig !== undefined && (await keys.isOwn(receiptBytes(receipt), receipt.sig));
}

/**
 * By their hashes, the entries whose author has dealt with the refusal that she was given. What waited or lost its standing
 * may have become something else since, and rests or waits again by itself.
 */
export async function putAwayIn(
  keys: Pick<ServerKeys, 'isOwn'>,
  receipts: readonly Receipt[],
): Promise<ReadonlySet<string>> {
  const told = receipts.filter(({ putAway, verdict }) => putAway && isRefusal(verdict));
  const own = await Promise.all(told.map((one) => isOwnReceipt(keys, one)));
  return new Set(told.filter((_, index) => own[index]).map(({ hash }) => hash));
}

const isRefusal = (verdict: Verdict) =>
  verdict.code === 'rejected' || (verdict.code === 'conflict' && !hasEffect(verdict));
