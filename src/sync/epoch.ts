/**
 * Epochs of the server (design.md §6.7): a chain of statements, each signed by the identity that tablets pinned. Whoever
 * has known one epoch believes another only along such a chain, and never goes back to one that it has left.
 */
import { canonical, utf8, type Bytes } from './bytes.ts';
import type { EpochStatement } from './protocol.ts';

export function epochBytes(
  tenant: string,
  { epoch, before, madeAt }: Omit<EpochStatement, 'sig'>,
): Bytes {
  return utf8(`madoguchi/epoch/v1\n${canonical({ before, epoch, madeAt, tenant })}`);
}

export type IsSigned = (bytes: Bytes, sig: string) => Promise<boolean>;

/** Every statement is the identity's, and each follows the one before it. */
export async function isChain(
  tenant: string,
  chain: readonly EpochStatement[],
  isSigned: IsSigned,
): Promise<boolean> {
  for (const [index, statement] of chain.entries()) {
    if (statement.before !== (chain[index - 1]?.epoch ?? null)) return false;
    if (!(await isSigned(epochBytes(tenant, statement), statement.sig))) return false;
  }
  return chain.length > 0;
}

/** The statements that lead to an epoch, from the first on; what branched off is left out. */
export function lineTo<S extends Pick<EpochStatement, 'epoch' | 'before'>>(
  epoch: string,
  known: readonly S[],
): S[] {
  const byName = new Map(known.map((one) => [one.epoch, one]));
  const line: S[] = [];
  for (let one = byName.get(epoch); one; one = byName.get(one.before ?? '')) line.unshift(one);
  return line;
}

/**
 * A chain leads on from what is known when it goes on from the present one, known last; or when it has an epoch in common
 * and ends in a new one: after a second restore it may branch off before.
 */
export function leadsOn(chain: readonly EpochStatement[], known: readonly string[]): boolean {
  const [present, last] = [known.at(-1), chain.at(-1)];
  if (!last || last.epoch === present) return false;
  const goesOn = chain.some(({ epoch }) => epoch === present);
  if (goesOn || known.includes(last.epoch)) return goesOn;
  return chain.some(({ epoch }) => known.includes(epoch));
}
