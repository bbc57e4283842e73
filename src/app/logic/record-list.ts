/**
 * One kind's records as a list: newest first by the date the kind names, a register by name; open ones by themselves, found
 * by folded words in what the kind offers for searching and in the name of the person. Pure; made for ten thousand records.
 */
import { peopleOf, stateOf, type Kind } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { seekerName } from '../../domain/kinds/seeker.ts';
import { searchKey } from '../../domain/names.ts';
import { partOf, type Rec, type View } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { groupOf, isRegister, type Group } from './record-kinds.ts';

export interface Wanted {
  readonly group: Group;
  /** One state of the group; all of them without it. */
  readonly state?: string | undefined;
  readonly words: string;
}

export function dateOf(kind: Kind, record: Rec): string {
  const facts = partOf(record, 'facts');
  return text(facts[kind.sort ?? 'date']) ?? text(facts['date']) ?? '';
}

export type ByGroup = Readonly<Record<Group, readonly Rec[]>>;

export function byGroup(kind: Kind, records: readonly Rec[]): ByGroup {
  const found: Record<Group, Rec[]> = { open: [], ended: [], voided: [] };
  for (const record of records) found[groupOf(kind, record)].push(record);
  return found;
}

export function listed(
  kind: Kind,
  groups: ByGroup,
  wanted: Wanted,
  view: View,
  own?: string,
): readonly Rec[] {
  const words = wanted.words.split(/\s+/u).map(searchKey).filter(Boolean);
  return groups[wanted.group]
    .filter((record) => wanted.state === undefined || stateOf(record) === wanted.state)
    .filter((record) => words.length === 0 || isFound(record, words, view))
    .toSorted(isRegister(kind) ? byName(kind) : (a, b) => newestFirst(kind, a, b, own));
}

const byName = (kind: Kind) => (a: Rec, b: Rec) =>
  kind.summary(a).localeCompare(kind.summary(b), 'ja');

/** Of one date (the targets of a year) those of the own counter come first. */
function newestFirst(kind: Kind, a: Rec, b: Rec, own: string | undefined): number {
  const [first, second] = [dateOf(kind, a), dateOf(kind, b)];
  if (first !== second) return first < second ? 1 : -1;
  const isOwn = (record: Rec) => Number(partOf(record, 'facts')['site'] === own);
  return isOwn(b) - isOwn(a) || (a.id < b.id ? 1 : -1);
}

/** States of the group that records are in, as declared. */
export function statesIn(
  kind: Kind,
  group: readonly Rec[],
): readonly { code: string; label: string }[] {
  const present = new Set(group.map(stateOf));
  return Object.entries(kind.states ?? {})
    .filter(([state]) => present.has(state))
    .map(([code, label]) => ({ code, label }));
}

const keys = new WeakMap<Rec, string>();

/** Every word is somewhere; a record that changes is another object, so that what was folded stays true. */
export function isFound(record: Rec, words: readonly string[], view: View): boolean {
  const kind = kindNamed(record.kind);
  const own = keys.get(record) ?? fold(ownWords(kind, record));
  keys.set(record, own);
  const all = `${own} ${fold(peopleWords(kind, record, view))}`;
  return words.every((word) => all.includes(word));
}

const fold = (words: readonly string[]) => words.map(searchKey).join(' ');

const ownWords = (kind: Kind | undefined, record: Rec) => [
  kind?.summary(record) ?? '',
  ...(kind?.searchKeys?.(record) ?? []),
];

function peopleWords(kind: Kind | undefined, record: Rec, view: View): readonly string[] {
  const people = kind ? peopleOf(kind, record) : [];
  return people.flatMap((id) => {
    const { familyKana, givenKana } = partOf(view.get('seeker', id), 'card');
    return [nameOfPerson(id, view), `${text(familyKana) ?? ''}${text(givenKana) ?? ''}`];
  });
}

export function nameOfPerson(id: string, view: View): string {
  const seeker = view.get('seeker', id);
  return seeker ? seekerName(seeker) : '';
}

/** 「佐藤 花子 様」, of people whose name this tablet has. */
export function personWords(record: Rec, view: View): string {
  const kind = kindNamed(record.kind);
  const names = (kind ? peopleOf(kind, record) : []).map((id) => nameOfPerson(id, view));
  return [...new Set(names.filter(Boolean))].map((name) => `${name} 様`).join('、');
}
