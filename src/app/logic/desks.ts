/** Desks that can take a handoff: an organisation at a counter where somebody works today. The own desk is none. */
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Actor, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';

export interface Desk {
  /** `org/site`, for a chip. */
  readonly key: string;
  readonly org: string;
  readonly site: string;
}

type Here = Pick<Actor, 'org' | 'site'>;

/** The other organisation at the own counter first, then the rest. */
export function desks(staff: readonly Rec[], here: Here): readonly Desk[] {
  const found = new Map<string, Desk>();
  for (const member of staff) {
    const facts = partOf(member, 'facts');
    const [org, site] = [text(facts['org']), text(facts['site'])];
    if (stateOf(member) !== 'active' || !org || !site) continue;
    if (org === here.org && site === here.site) continue;
    found.set(deskKey(org, site), { key: deskKey(org, site), org, site });
  }
  const distance = (desk: Desk) => Number(desk.site !== here.site) + Number(desk.org === here.org);
  return [...found.values()].sort((a, b) => distance(a) - distance(b) || (a.key < b.key ? -1 : 1));
}

export function deskKey(org: string, site: string): string {
  return `${org}/${site}`;
}
