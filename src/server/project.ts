/**
 * What follows from changed records, in the transaction of their cause: the pseudonym of each record's person, and who may
 * now receive which part. Reads the people touched whole, and those joined to them; moves nothing else.
 */
import { personOfPart } from '../domain/kind.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { fiscalYearOf, isIsoDate } from '../domain/date.ts';
import { partOf, refKey } from '../domain/record.ts';
import { text, type Values } from '../domain/value.ts';
import { scopesOfPart, type People } from '../sync/scopes.ts';
import { closure, createPeople, indexByPerson, peopleIn, type RecordsOf } from './people.ts';
import { prepared } from './prepared.ts';
import { partKey, type PartRef } from './records.ts';
import { chunks } from './storage.ts';
import type { Held, Workspace } from './workspace.ts';

export interface Moved extends PartRef {
  readonly old: readonly string[];
  readonly now: readonly string[];
}

export interface Projection {
  /** Facts that got another pseudonym than they had. */
  readonly rekeyed: readonly PartRef[];
  /** Scopes of every part looked at, old and new (the same where nothing moved). */
  readonly scoped: readonly Moved[];
}

export async function project(
  workspace: Workspace,
  today: string,
  mac: (use: string, text: string) => string,
): Promise<Projection> {
  const dirty = [...workspace.all()].filter((held) => held.dirty.size > 0);
  const loaded = await loadPeople(workspace, dirty.flatMap(peopleOfBoth));
  const { recordsOf } = loaded;
  const rekeyed = setPersonKeys(workspace, loaded, mac);
  const movers = dirty.filter((held) => kindNamed(held.ref.kind)?.moves === true);
  const affected = closure(movers.flatMap(peopleOfBoth), recordsOf);
  const changed = new Set(dirty.map((held) => refKey(held.ref)));
  const parts = partsToScope([...workspace.all()], changed, affected);
  const people = createPeople(recordsOf);
  return { rekeyed, scoped: await scopeParts(workspace, parts, people, today) };
}

function peopleOfBoth(held: Held): string[] {
  return [...new Set([...peopleIn(held.before), ...peopleIn(held.now)])];
}

/** People whose records are all in memory. */
interface Loaded {
  readonly people: ReadonlySet<string>;
  readonly recordsOf: RecordsOf;
}

/** Brings every record of these people and of whoever is joined to them. */
async function loadPeople(workspace: Workspace, start: readonly string[]): Promise<Loaded> {
  let people = new Set(start);
  for (;;) {
    await workspace.needPeople([...people]);
    const records = [...workspace.all()].flatMap((held) => held.now ?? []);
    const recordsOf = indexByPerson(records);
    const all = closure(people, recordsOf);
    if (all.size === people.size) return { people, recordsOf };
    people = all;
  }
}

function setPersonKeys(
  workspace: Workspace,
  { people, recordsOf }: Loaded,
  mac: (use: string, text: string) => string,
): PartRef[] {
  return [...workspace.all()].flatMap((held) => {
    const facts = held.now && partOf(held.now, 'facts');
    const [person] = peopleIn(held.now);
    // A record that was only read: whom links join its person to has not been loaded.
    if (held.dirty.size === 0 && (!person || !people.has(person))) return [];
    const [field, isKept] = personKeyField(held.ref.kind);
    if (!facts || !field) return [];
    const isNamed = person !== undefined && isKept(facts);
    const key = isNamed ? personKey(person, text(facts['date']), recordsOf, mac) : undefined;
    if (facts[field] === key) return [];
    const { [field]: _, ...rest } = facts;
    workspace.setFacts(held.ref, key === undefined ? rest : { ...rest, [field]: key });
    return [{ ...held.ref, part: 'facts' }];
  });
}

/** The kind's field for it, and which of its records carry one. */
function personKeyField(kind: string): [string | undefined, (facts: Values) => boolean] {
  const fields = kindNamed(kind)?.parts['facts']?.fields ?? {};
  const name = Object.keys(fields).find((one) => fields[one]?.type === 'personKey');
  const shownWhen = name === undefined ? undefined : fields[name]?.shownWhen;
  return [name, shownWhen ?? (() => true)];
}

/** One pseudonym a fiscal year for all whom links have joined; says nothing across years or tenants. */
function personKey(
  person: string,
  date: string | undefined,
  recordsOf: RecordsOf,
  mac: (use: string, text: string) => string,
): string | undefined {
  if (!date || !isIsoDate(date)) return undefined;
  const [root] = [...closure([person], recordsOf)].sort();
  return mac('person-key/v1', `${fiscalYearOf(date)}\n${root}`).slice(0, 22);
}

/** Changed records whole; of others only the parts of people whose presence or links may have changed. */
function partsToScope(
  all: readonly Held[],
  changed: ReadonlySet<string>,
  affected: ReadonlySet<string>,
): [Held, PartRef][] {
  return all.flatMap((held) => {
    const record = held.now;
    const kind = record && kindNamed(record.kind);
    if (!kind) return [];
    const isChanged = changed.has(refKey(held.ref));
    const parts = Object.keys(record.parts).filter((part) => {
      if (isChanged || held.dirty.has(part)) return true;
      const person = personOfPart(kind, record, part);
      return person !== undefined && affected.has(person);
    });
    return parts.map((part): [Held, PartRef] => [held, { ...held.ref, part }]);
  });
}

async function scopeParts(
  workspace: Workspace,
  parts: readonly [Held, PartRef][],
  people: People,
  today: string,
): Promise<Moved[]> {
  // What was not here before has no scopes yet: nearly every run makes its records anew.
  const known = parts.flatMap(([{ rows, ref }]) => (rows.size > 0 ? [ref.id] : []));
  const stored = await storedScopes(workspace, new Set(known));
  return parts.flatMap(([{ now: record }, ref]) => {
    const kind = kindNamed(ref.kind);
    if (!kind || !record) return [];
    const now = scopesOfPart(kind, record, ref.part, people).filter((one) => !isPast(one, today));
    return [{ ...ref, old: stored.get(partKey(ref)) ?? [], now }];
  });
}

/** Days gone by are nobody's window any more; without this a person of many visits would have rows without end. */
function isPast(scope: string, today: string): boolean {
  return scope.startsWith('day:') && scope.slice(-10) < today;
}

async function storedScopes(
  { tx, tenant }: Workspace,
  ids: ReadonlySet<string>,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const some of chunks([...ids])) {
    const rows = await scopesOfIds(tx, { tenant, ids: some });
    for (const row of rows) {
      const key = partKey(row);
      const own = found.get(key);
      if (own) own.push(row.scope);
      else found.set(key, [row.scope]);
    }
  }
  return found;
}

const scopesOfIds = prepared((tx, { tenant, ids }: { tenant: string; ids: readonly string[] }) =>
  tx
    .selectFrom('part_scope')
    .select(['kind', 'id', 'part', 'scope'])
    .where('tenant', '=', tenant)
    .where('id', 'in', ids),
);

export function isMoved({ old, now }: Moved): boolean {
  return old.length !== now.length || now.some((scope) => !old.includes(scope));
}
