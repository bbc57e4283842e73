/**
 * Two registrations of one person: `seeker.merge` writes on the one where she is found from now on (`mergedInto`).
 * References are never rewritten; whoever reads one asks here whom it means. Trees only: a merge that would close a
 * circle is refused. What a tablet lays over rows may for a moment disagree with them, so a circle ends the walk.
 */
import { stateOf } from './kind.ts';
import { partOf, type Rec } from './record.ts';
import { text } from './value.ts';

/** How many registrations a merge may lead through; a verb's reads are asked four times (judging.ts). */
const longest = 4;

export function mergedInto(record: Rec | undefined): string | undefined {
  return stateOf(record) === 'merged' ? text(partOf(record, 'facts')['mergedInto']) : undefined;
}

/** The registration, the one it was merged into, and so on, as far as a verb can read. */
export function chainFrom(id: string, get: (id: string) => Rec | undefined): readonly string[] {
  const chain = [id];
  while (chain.length < longest) {
    const next = mergedInto(get(chain.at(-1) ?? ''));
    if (next === undefined || chain.includes(next)) break;
    chain.push(next);
  }
  return chain;
}

/** Under which registration the person is found here; one that is gone or not here is not followed. */
export function rootOf(id: string, get: (id: string) => Rec | undefined): string {
  const seen = [id];
  for (;;) {
    const at = seen.at(-1) ?? id;
    const next = mergedInto(get(at));
    const target = next === undefined ? undefined : get(next);
    if (next === undefined || !target || stateOf(target) === 'voided') return at;
    if (seen.includes(next)) return [...seen].sort()[0] ?? at;
    seen.push(next);
  }
}

/** Every registration of the person, this one first. */
export function registrationsOf(id: string, seekers: readonly Rec[]): readonly string[] {
  const ties = seekers.flatMap((one): [string, string][] => {
    const into = mergedInto(one);
    return into === undefined ? [] : [[one.id, into]];
  });
  const all = new Set([id]);
  // A Set visits what is added while it is walked.
  for (const one of all)
    for (const [from, into] of ties) {
      if (from === one) all.add(into);
      if (into === one) all.add(from);
    }
  return [...all];
}
