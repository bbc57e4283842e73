/**
 * Search among the cards in memory: folded keys, `includes`, a few thousand people per key press. Nothing is stored. Who
 * was merged is found by her old name too, and shown once, as the registration that stands.
 */
import { rootOf } from '../domain/aliases.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { seekerName } from '../domain/kinds/seeker.ts';
import { stateOf } from '../domain/kind.ts';
import { digitsOnly, searchKey } from '../domain/names.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { parseDateInput } from '../domain/wareki.ts';
import type { SearchHit } from './types.ts';

const maxHits = 100;
const phoneDigits = 9;

export function createSearch(
  all: () => readonly Rec[],
  get: (id: string) => Rec | undefined,
): (typed: string) => readonly SearchHit[] {
  const keys = new WeakMap<Rec, readonly string[]>();
  const keysOf = (record: Rec) => {
    const known = keys.get(record) ?? kindNamed(record.kind)?.searchKeys?.(record) ?? [];
    keys.set(record, known);
    return known;
  };
  return (typed) => {
    const wanted = readQuery(typed);
    if (wanted.key === '') return [];
    const first: Match[] = [];
    const rest: Match[] = [];
    for (const record of all()) {
      if (stateOf(record) === 'voided') continue;
      const found = match(record, keysOf(record), wanted);
      if (found) (found.isStart ? first : rest).push(found);
    }
    return onePerPerson([...first, ...rest], get);
  };
}

interface Query {
  readonly key: string;
  readonly birth: string | undefined;
  /** Last four digits of what can only be a telephone number. */
  readonly tail: string | undefined;
}

function readQuery(typed: string): Query {
  const date = parseDateInput(typed);
  const digits = digitsOnly(typed);
  return {
    key: searchKey(typed.replaceAll(/\s/g, '')),
    birth: date.ok ? date.date : undefined,
    tail: digits.length >= phoneDigits ? digits.slice(-4) : undefined,
  };
}

interface Match {
  readonly record: Rec;
  /** The folded key that matched, or which other field did. */
  readonly key: string | { readonly field: 'birth' | 'phone' };
  readonly isStart: boolean;
}

function match(record: Rec, keys: readonly string[], query: Query): Match | undefined {
  const card = partOf(record, 'card');
  if (query.birth && card['birthDate'] === query.birth)
    return { record, key: { field: 'birth' }, isStart: true };
  if (query.tail && card['phoneTail'] === query.tail)
    return { record, key: { field: 'phone' }, isStart: true };
  const key = keys.find((item) => item.includes(query.key));
  return key === undefined ? undefined : { record, key, isStart: key.startsWith(query.key) };
}

/** The standing registration's own match counts before that of a name it had elsewhere. */
function onePerPerson(found: readonly Match[], get: (id: string) => Rec | undefined): SearchHit[] {
  const hits = new Map<string, Match & { readonly root: Rec }>();
  for (const one of found) {
    const root = get(rootOf(one.record.id, get)) ?? one.record;
    const known = hits.get(root.id);
    if (!known || (known.record !== root && one.record === root))
      hits.set(root.id, { ...one, root });
  }
  return [...hits.values()].slice(0, maxHits).map(({ root, ...one }) => ({
    ...hitOf(one),
    record: root,
    ...(one.record === root ? {} : { formerly: seekerName(one.record) }),
  }));
}

/** Which key it was costs folding again, so only what is shown is asked. */
function hitOf({ record, key }: Match): SearchHit {
  return { record, matched: typeof key === 'string' ? nameOfKey(key, record) : key.field };
}

function nameOfKey(key: string, record: Rec): SearchHit['matched'] {
  const card = partOf(record, 'card');
  const folded = (...names: string[]) =>
    searchKey(names.map((name) => text(card[name]) ?? '').join(''));
  if (key === folded('familyName', 'givenName')) return 'name';
  if (key === folded('familyKana', 'givenKana')) return 'kana';
  return key === card['phoneTail'] ? 'phone' : 'alias';
}
