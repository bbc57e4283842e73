/**
 * 「同じ人かもしれません」: registrations of the own organisation on this tablet that agree in two of name (kana or letters),
 * birth date and telephone, as when two tablets registered one person without a network. Asked once a pair: who said
 * 「別の人」 said it for all registrations of the two. Never merged by itself, never across organisations.
 */
import { rootOf } from '../../domain/aliases.ts';
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { keysOf, likeness, type Keys, type Likeness } from './look-alikes.ts';

export interface Pair {
  /** In the order in which they were registered. */
  readonly first: Rec;
  readonly second: Rec;
  readonly why: readonly Likeness[];
}

const folded = new WeakMap<Rec, Keys>();

function keysOfSeeker(record: Rec): Keys {
  const keys = folded.get(record) ?? keysOf(partOf(record, 'card'));
  folded.set(record, keys);
  return keys;
}

/** What two that agree in two things have in common. */
function marks({ kana, name, birth, phone }: Keys): readonly string[] {
  const both = (kind: string, ...parts: string[]) =>
    parts.every((part) => part !== '') ? [[kind, ...parts].join('\n')] : [];
  return [
    ...both('kb', kana, birth),
    ...both('kp', kana, phone),
    ...both('nb', name, birth),
    ...both('np', name, phone),
    ...both('bp', birth, phone),
  ];
}

export function possiblePairs(
  seekers: readonly Rec[],
  said: readonly Rec[],
  org: string,
): readonly Pair[] {
  const byId = new Map(seekers.map((one) => [one.id, one]));
  const root = (id: string) => rootOf(id, (one) => byId.get(one));
  const settled = new Set(said.filter((one) => stateOf(one) === 'different').map(pairKey));
  const pairs = new Map<string, Pair>();
  for (const [one, other] of alikeIn(seekers.filter((seeker) => isOwn(seeker, org)))) {
    const [a, b] = [byId.get(root(one.id)), byId.get(root(other.id))];
    if (!a || !b || a === b) continue;
    const [first, second] = a.id < b.id ? [a, b] : [b, a];
    const key = `${first.id} ${second.id}`;
    if (settled.has(key) || pairs.has(key)) continue;
    pairs.set(key, { first, second, why: likeness(keysOfSeeker(one), keysOfSeeker(other)) });
  }
  return [...pairs.values()].sort((a, b) => (a.second.id < b.second.id ? 1 : -1));

  function pairKey(record: Rec): string {
    const { first, second } = partOf(record, 'ties');
    return [root(text(first) ?? ''), root(text(second) ?? '')].sort().join(' ');
  }
}

function isOwn(record: Rec, org: string): boolean {
  return partOf(record, 'facts')['org'] === org && stateOf(record) !== 'voided';
}

function alikeIn(seekers: readonly Rec[]): [Rec, Rec][] {
  const byMark = new Map<string, Rec[]>();
  return seekers.flatMap((record) =>
    marks(keysOfSeeker(record)).flatMap((mark): [Rec, Rec][] => {
      const before = byMark.get(mark) ?? [];
      byMark.set(mark, [...before, record]);
      return before.map((one) => [one, record]);
    }),
  );
}
