/**
 * What people carry from tablet to tablet (one sealed container, two uses): a handoff for the colleague beside her, with its
 * passphrase, and the unsent entries of a whole tablet. A file lies about: it is brought soon, late, twice or never, to
 * whoever sits there, before or after its entries came by themselves, to a server that has been put back meanwhile.
 */
import { stateOf } from '../../src/domain/kind.ts';
import { partOf } from '../../src/domain/record.ts';
import type { Session, Tablet } from '../../src/device/types.ts';
import type { Holding } from './holdings.ts';
import type { Notes } from './notes.ts';
import type { Rng } from './rng.ts';

export type PaperFile =
  | { readonly text: string; readonly passphrase: string }
  | { readonly text: string; readonly entries: number };

export async function makeFile(tablet: Tablet, rng: Rng): Promise<PaperFile | undefined> {
  const session = tablet.session.peek();
  const handoff = session && rng.pick(givable(session));
  if (session && handoff !== undefined && rng.chance(0.7)) {
    const made = await session.giveHandoff(handoff);
    return made.ok ? made.value : undefined;
  }
  const made = await tablet.rescue();
  return made.ok && made.value.entries > 0 ? made.value : undefined;
}

function givable(session: Session): string[] {
  const { org } = session.actor;
  const isOurs = (facts: Readonly<Record<string, unknown>>) => facts['org'] === org;
  const handoffs = session.all('handoff').peek();
  return handoffs
    .filter((one) => stateOf(one) === 'sent' && isOurs(partOf(one, 'facts')))
    .map(({ id }) => id);
}

/** Somebody else's file is refused, and nothing has changed. Of a rescue file the supervisor is told what became of it. */
export async function bringFile(session: Session, file: PaperFile, notes: Notes): Promise<void> {
  if ('passphrase' in file) {
    await session.takeHandoff(file.text, file.passphrase);
    return;
  }
  const done = await session.importFile(file.text);
  if (!done.ok || done.value.problems.length > 0) return;
  const { stores } = done.value;
  const told = stores.reduce((sum, one) => sum + one.arrived + one.known + one.missing, 0);
  const isOdd = stores.some(({ missing, problem }) => missing > 0 !== (problem !== undefined));
  if (told !== file.entries || isOdd)
    notes.violation('I1', `of ${file.entries} brought by hand: ${JSON.stringify(stores)}`);
}

/** At rest the server has it, and whoever has read on since reads it from there alone. */
export function checkByHand(
  notes: Notes,
  tablet: string,
  held: readonly Holding[],
  head: number,
): void {
  for (const { store, carried, meta } of held)
    for (const { handoff, share, containers, heldUp } of carried) {
      const isReadable = share !== undefined && meta.get('seq') === head;
      if (store.state !== 'live' || (!isReadable && containers.length === 0)) continue;
      const words = `${handoff}, brought by hand, is not over for ${store.staff} on ${tablet}`;
      const left = { heldUp, containers: containers.length, isReadable };
      notes.violation('stall', `${words}: ${JSON.stringify(left)}`);
    }
}
