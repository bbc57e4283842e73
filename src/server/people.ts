/**
 * What the scopes ask about a person, read from her records in memory: whose she is, when she was or will be at hand, open
 * handoffs, links. Also which people merges and links join (they count as one in 実人員).
 */
import { mergedInto } from '../domain/aliases.ts';
import { peopleOf, personAt } from '../domain/kind.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { isObject, text, texts, type Value } from '../domain/value.ts';
import type { People, Person } from '../sync/scopes.ts';

export type RecordsOf = (person: string) => readonly Rec[];

const isVoided = (record: Rec) => partOf(record, 'facts')['state'] === 'voided';

export function peopleIn(record: Rec | undefined): string[] {
  const kind = record && kindNamed(record.kind);
  return kind ? peopleOf(kind, record) : [];
}

/** Records by every person they are about. */
export function indexByPerson(records: Iterable<Rec>): RecordsOf {
  const index = new Map<string, Rec[]>();
  for (const record of records)
    for (const person of peopleIn(record)) {
      const own = index.get(person);
      if (own) own.push(record);
      else index.set(person, [record]);
    }
  return (person) => index.get(person) ?? [];
}

export function createPeople(recordsOf: RecordsOf): People {
  const known = new Map<string, Person | undefined>();
  return (id) => {
    if (!known.has(id)) known.set(id, personOf(id, recordsOf));
    return known.get(id);
  };
}

/**
 * Registrations that were merged are one person: wherever one is at hand, all are. What consent lets cross stays each
 * one's own: links are not shared among them.
 */
function personOf(id: string, recordsOf: RecordsOf): Person | undefined {
  const own = recordsOf(id);
  const org = text(partOf(seekerIn(own, id), 'facts')['org']);
  if (!org) return undefined;
  const ids = registrationsOf(id, recordsOf);
  const records = [...new Set([...ids].flatMap((one) => recordsOf(one)))];
  const posts = [...ids].flatMap(
    (one) => text(partOf(seekerIn(records, one), 'file')['post']) ?? [],
  );
  return {
    org,
    posts: [...new Set(posts)],
    days: records.flatMap(daysOf),
    openAt: records.flatMap((one) => openAt(one, ids)),
    links: own.filter((record) => record.kind === 'link').flatMap((one) => linkOf(one, id)),
  };
}

function seekerIn(records: readonly Rec[], id: string): Rec | undefined {
  return records.find((record) => record.kind === 'seeker' && record.id === id);
}

function registrationsOf(id: string, recordsOf: RecordsOf): ReadonlySet<string> {
  const all = new Set([id]);
  // A Set visits what is added while it is walked.
  for (const one of all) for (const other of mergedWith(one, recordsOf)) all.add(other);
  return all;
}

/** The one it was merged into, and those merged into it. */
function mergedWith(id: string, recordsOf: RecordsOf): string[] {
  return recordsOf(id).flatMap((record) => {
    const into = record.kind === 'seeker' ? mergedInto(record) : undefined;
    return into === undefined ? [] : [record.id, into].filter((end) => end !== id);
  });
}

/** The days that its kind names, and the appointment that consultations of old carry themselves. */
function daysOf(record: Rec): Person['days'] {
  const facts = partOf(record, 'facts');
  const named = kindNamed(record.kind)?.days;
  const site = text(facts['site']);
  if (!named || !site || (isVoided(record) && record.kind !== 'seeker')) return [];
  const next: Value | undefined = partOf(record, 'shared')['next'];
  const dates = [
    ...named.map((field) => facts[field]),
    isObject(next) ? next['date'] : undefined,
  ].map(text);
  const days = dates.flatMap((date) => (date ? [{ site, date }] : []));
  const [at, on] = [text(facts['calledUpAt']), text(facts['calledUpOn'])];
  return at && on ? [...days, { site: at, date: on }] : days;
}

function openAt(record: Rec, ids: ReadonlySet<string>): string[] {
  const kept = kindNamed(record.kind)?.atHand;
  const facts = partOf(record, 'facts');
  if (!kept?.states.includes(text(facts['state']) ?? '')) return [];
  return Object.entries(kept.sites).flatMap(([path, field]) => {
    const site = text(facts[field]);
    const isOver = personAt(record, kept.until?.[path]) !== undefined;
    return site && !isOver && ids.has(personAt(record, path) ?? '') ? [site] : [];
  });
}

function linkOf(record: Rec, id: string): Person['links'] {
  const { state, date } = partOf(record, 'facts');
  if (state !== 'live') return [];
  const { fromSeeker, toSeeker, linkItems } = partOf(record, 'ties');
  const isSender = fromSeeker === id;
  const other = text(isSender ? toSeeker : fromSeeker);
  const since = text(date) ?? '';
  return other && since ? [{ id: record.id, other, items: texts(linkItems), isSender, since }] : [];
}

/** Merged registrations, and the other ends of links, live or ended; a voided link never was. */
export function joinedTo(id: string, recordsOf: RecordsOf): string[] {
  return [...mergedWith(id, recordsOf), ...linkedTo(id, recordsOf)];
}

function linkedTo(id: string, recordsOf: RecordsOf): string[] {
  return recordsOf(id)
    .filter((record) => record.kind === 'link' && !isVoided(record))
    .flatMap((record) => {
      const { fromSeeker, toSeeker } = partOf(record, 'ties');
      return [text(fromSeeker), text(toSeeker)].flatMap((end) => (end && end !== id ? [end] : []));
    });
}

/** Everyone whom merges and links join to these people, themselves included. */
export function closure(people: Iterable<string>, recordsOf: RecordsOf): Set<string> {
  const all = new Set(people);
  // A Set visits what is added while it is walked.
  for (const id of all) for (const other of joinedTo(id, recordsOf)) all.add(other);
  return all;
}
