/** Official figures by brute force over the oracle's own records. */
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { word } from './word.ts';

const facts = (record: Rec): Values => record.parts['facts'] ?? {};

export function countByHand(
  records: ReadonlyMap<string, Rec>,
  site: string,
): Readonly<Record<string, number>> {
  const byKind = Map.groupBy(records.values(), ({ kind }) => kind);
  const all = (kind: string) => byKind.get(kind) ?? [];
  const ties = [...all('seeker'), ...all('link')].flatMap(tiesOf);
  const of = (kind: string, at: string) =>
    all(kind).filter((one) => facts(one)[at] === site && facts(one)['state'] !== 'voided');
  const arrivals = of('visit', 'site').filter(
    (one) => !['phone', 'online'].includes(word(facts(one)['channel'])),
  );
  const consultations = of('consultation', 'site');
  const byOrg = (types: readonly string[]) =>
    consultations.filter((one) => types.includes(word(facts(one)['orgType']))).length;
  return {
    visits: arrivals.length,
    persons: new Set(arrivals.flatMap((one) => personOf(ties, one))).size,
    consultations: consultations.length,
    consultationsHW: byOrg(['hw']),
    consultationsCity: byOrg(['city', 'contractor']),
    handoffsSent: of('handoff', 'site').filter((one) => facts(one)['sentOn']).length,
    handoffsAccepted: of('handoff', 'toSite').filter((one) => facts(one)['acceptedOn']).length,
  };
}

/** The person of an arrival: the first whom the record names, and whoever links or merges make one with her. */
function personOf(ties: readonly Tie[], visit: Rec): string[] {
  const first = visit.parts['city']?.['citySeeker'] ?? visit.parts['hw']?.['hwSeeker'];
  if (typeof first !== 'string') return [];
  const joined = [first];
  for (const one of joined)
    for (const [a, b] of ties)
      for (const [from, to] of [
        [a, b],
        [b, a],
      ])
        if (from === one && typeof to === 'string' && !joined.includes(to)) joined.push(to);
  return [joined.sort()[0] ?? first];
}

type Tie = readonly [unknown, unknown];

function tiesOf(record: Rec): Tie[] {
  if (record.kind === 'seeker') return [[record.id, facts(record)['mergedInto']]];
  if (facts(record)['state'] === 'voided') return [];
  return [[record.parts['ties']?.['fromSeeker'], record.parts['ties']?.['toSeeker']]];
}
