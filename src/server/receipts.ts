/** Receipts are the identity's signed word (design.md §6.7): given with every answer, checked when they come back. */
import { needsCare, receiptBytes, type Receipt } from '../sync/verdict.ts';
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

/** By their hashes, the entries whose author has dealt with the refusal that she was given. */
export async function putAwayIn(
  keys: Pick<ServerKeys, 'isOwn'>,
  receipts: readonly Receipt[],
): Promise<ReadonlySet<string>> {
  const told = receipts.filter((one) => one.putAway && needsCare(one.verdict.code));
  const own = await Promise.all(told.map((one) => isOwnReceipt(keys, one)));
  return new Set(told.filter((_, index) => own[index]).map(({ hash }) => hash));
}
