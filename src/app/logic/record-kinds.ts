/**
 * The kinds that the general record screens list, by shelf. Everything about them is read from their declaration: a new
 * kind appears here by its `shelf` alone. Kinds with screens of their own have none.
 */
import { stateOf, type Kind, type Shelf, type Verb } from '../../domain/kind.ts';
import { kindNamed, kinds } from '../../domain/kinds/index.ts';
import { isAllowed } from '../../domain/permission.ts';
import type { Actor, Rec } from '../../domain/record.ts';

export const shelfLabels: Readonly<Record<Shelf, string>> = {
  person: '相談者ごとの記録',
  services: '案内先（サービスの一覧）',
  events: '催し・アンケート',
  firms: '事業所',
  jobs: '求人',
  plans: '計画・目標',
  rights: '苦情・開示の求め',
};

export const shelves = (Object.keys(shelfLabels) as Shelf[]) // the keys of a literal are its type
  .filter((shelf) => kindsOn(shelf).length > 0);

/** By permanent number: what is used most was numbered first, and the order never changes. */
export function kindsOn(shelf: Shelf): readonly Kind[] {
  return kinds.filter((kind) => kind.shelf === shelf).toSorted((a, b) => a.number - b.number);
}

/** One that she can neither write nor has any of says nothing to her. */
export function shownOn(
  shelf: Shelf,
  actor: Actor,
  hasAny: (kind: string) => boolean,
): readonly Kind[] {
  return kindsOn(shelf).filter((kind) => hasAny(kind.name) || creations(kind, actor).length > 0);
}

/** Kinds of the shelves that name a person: part of her story. */
export const personKinds: readonly string[] = kinds
  .filter((kind) => kind.shelf !== undefined && isPersonal(kind))
  .map(({ name }) => name);

export function isPersonal(kind: Pick<Kind, 'parts' | 'persons'>): boolean {
  const parts = Object.values(kind.parts);
  return parts.some(({ person }) => person !== undefined) || (kind.persons ?? []).length > 0;
}

/** Looked up by name; neither the day nor the counter of its entry says anything. */
export const isRegister = ({ shelf }: Kind) => shelf === 'services';

export type Group = 'open' | 'ended' | 'voided';

/**
 * Ended where no step is left to a state declared later, save one that can be taken back at once (came, did not come); the
 * first state is always open.
 */
export function groupOf(kind: Kind, record: Rec): Group {
  const state = stateOf(record);
  if (state === 'voided') return 'voided';
  return state === undefined || isOpenState(kind, state) ? 'open' : 'ended';
}

export function isOpenState(kind: Kind, state: string): boolean {
  const verbs = Object.values(kind.verbs);
  const isFirst = Object.keys(kind.states ?? {}).indexOf(state) <= 0;
  return (
    isFirst || verbs.some((verb) => leads(kind, verb, state) && !isSwapped(verbs, verb, state))
  );
}

const isSwapped = (verbs: readonly Verb[], { shape }: Verb, state: string) =>
  shape?.does === 'move' &&
  verbs.some(
    ({ shape: other }) =>
      other?.does === 'move' && other.to === state && other.from.includes(shape.to),
  );

/** From this state the verb goes on to one that is declared later. */
export function leads(kind: Kind, { shape }: Verb, state: string): boolean {
  if (shape?.does !== 'move' || !shape.from.includes(state) || shape.to === 'voided') return false;
  const order = Object.keys(kind.states ?? {});
  return order.indexOf(shape.to) > order.indexOf(state);
}

/** Verbs that make a record, as far as this person's role and organisation may use them at all. */
export function creations(kind: Kind, actor: Actor): readonly Verb[] {
  return Object.values(kind.verbs).filter(
    ({ shape, may }) =>
      shape?.does === 'create' &&
      (isAllowed(may, actor, 'own') || (!isPersonal(kind) && isAllowed(may, actor, 'none'))),
  );
}

/** Of these, what can be made for a person: the verb asks who she is, or which of the records about her it is for. */
export function creationsFor(kind: Kind, actor: Actor): readonly Verb[] {
  return creations(kind, actor).filter(
    (verb) => personField(verb) !== undefined || asksPersonal(verb),
  );
}

/** It names a record that is about somebody: she has to be known before one can be picked. */
export function asksPersonal({ args }: Verb): boolean {
  return Object.values(args).some((field) => field.type === 'ref' && needsPerson(field.kind));
}

/** Records of this kind are picked from those about one person. */
export function needsPerson(kind: string): boolean {
  const declared = kindNamed(kind);
  return kind !== 'seeker' && declared !== undefined && isPersonal(declared);
}

export function personField({ args }: Verb): string | undefined {
  return Object.entries(args).find(
    ([, field]) => field.type === 'ref' && field.kind === 'seeker',
  )?.[0];
}

export interface Addable {
  /** In sight: one way to begin each of the kinds that are used most. */
  readonly usual: readonly Verb[];
  readonly others: readonly { readonly shelf: Shelf; readonly verbs: readonly Verb[] }[];
}

const inSight = 8;

/** Written while she sits there, the most frequent first; what is not named here follows by its number. */
const atTheTable = [
  'appointment',
  'issueChecklist',
  'guidance',
  'preference',
  'selfApplication',
  'employerContact',
  'trainingReferral',
  'individualSupport',
  'userCard',
];

const byUse = (a: Kind, b: Kind) => useOf(a) - useOf(b);

function useOf({ name, number }: Kind): number {
  const place = atTheTable.indexOf(name);
  return place < 0 ? atTheTable.length + number : place;
}

/** What can be written for a person from her page; not what hangs on a record of hers while there is none (`hasOne`). */
export function addableFor(actor: Actor, hasOne: (kind: string) => boolean): Addable {
  const possible = (kind: Kind) =>
    creationsFor(kind, actor).filter((verb) => restsOn(verb).every(hasOne));
  const first = kindsOn('person')
    .toSorted(byUse)
    .flatMap((kind) => possible(kind).slice(0, 1));
  const usual = first.slice(0, inSight);
  const rest = (shelf: Shelf) =>
    kindsOn(shelf)
      .flatMap(possible)
      .filter((verb) => !usual.includes(verb));
  const others = shelves.map((shelf) => ({ shelf, verbs: rest(shelf) }));
  return { usual, others: others.filter(({ verbs }) => verbs.length > 0) };
}

/** Records of hers that the verb cannot do without. Consent can be asked for from its form, so it is not among them. */
function restsOn({ args }: Verb): readonly string[] {
  return Object.values(args).flatMap((field) =>
    field.type === 'ref' &&
    field.required &&
    needsPerson(field.kind) &&
    !consentKinds.includes(field.kind)
      ? [field.kind]
      : [],
  );
}

/** Kinds by which her consent is named: where there is none yet, the form shows the way to it. */
export const consentKinds: readonly string[] = ['link', 'handoff'];
