/** Which counters a closing one may move into: open, not closing, holding no other one and awaiting none. */
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';

export function movesHere(sites: readonly Rec[], site: string): boolean {
  return sites.some((one) => stateOf(one) === 'active' && partOf(one, 'facts')['movedTo'] === site);
}

export function successors(sites: readonly Rec[], own: string): readonly Rec[] {
  return sites.filter((one) => {
    const { movedTo, tookOver } = partOf(one, 'facts');
    const isFree = movedTo === undefined && tookOver === undefined && !movesHere(sites, one.id);
    return one.id !== own && stateOf(one) === 'active' && isFree;
  });
}
