/**
 * A browser that throws all its databases away, and begins anew without a word; the second place of unsent entries
 * (spare.ts) stays. Somebody admits the tablet again, and its people enrol. Only days with such a step have a second place:
 * the usual ones are those of the seeds that are written down.
 */
import type { Received } from './ledger.ts';
import type { SimTab, SimTablet } from './tablet.ts';
import { codeFor } from './template.ts';
import type { Town } from './town.ts';

export function loseDatabases({ schedule, notes }: Town, tablet: SimTablet): void {
  while (tablet.tabs[0]) schedule.kill(tablet.tabs[0].process);
  for (const name of tablet.disk.bases.keys())
    notes.lost.set(name.replace('madoguchi-', ''), tablet.name);
  tablet.disk.bases.clear();
  notes.fault('databases thrown away');
}

/** As at the first time, with a code of her supervisor. */
export async function admitAnew(
  { run, place }: Town,
  { name }: SimTablet,
  { tablet }: SimTab,
): Promise<void> {
  const known = place.tablets.find((one) => name.startsWith(one.name));
  if (!run || !known) return;
  // A full server gives none.
  const given = await codeFor(run, place, known.site).catch(() => undefined);
  if (given) await tablet.admit({ code: given.code, name });
}

/** I1: a copy is no place where an entry may stay. */
export function checkSpare({ notes, tablets }: Town, received: readonly Received[]): void {
  const there = new Set(received.map(({ header }) => header.id));
  for (const { name, disk } of tablets)
    for (const copy of disk.spare.keys())
      if (!there.has(copy.split('/').at(-1) ?? ''))
        notes.violation('I1', `${copy} lies in the second place of ${name} alone`);
}
