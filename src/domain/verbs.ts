/**
 * The few shapes that verbs have: a record is created, amended, voided, or moves between states. A kind names the
 * shape and what is particular; the shape supplies arguments, reads, existence and state checks, and the changes.
 */
import { closedBefore } from './closed-site.ts';
import { withoutConflicts } from './conflict.ts';
import { asked, optional, pick, type Field, type Fields } from './field.ts';
import {
  allFields,
  peopleOf,
  stateOf,
  type Beside,
  type Part,
  type Rule,
  type Verb,
  type Witnesses,
} from './kind.ts';
import type { Action } from './permission.ts';
import type { Problem } from './problem.ts';
import {
  isAtHand,
  partOf,
  type Actor,
  type Change,
  type Moment,
  type Rec,
  type Ref,
  type View,
} from './record.ts';
import { text, type Patch, type Value, type Values } from './value.ts';

/** What the shapes need to know of a kind before it is complete. */
export interface Shape {
  readonly name: string;
  readonly label: string;
  readonly parts: Readonly<Record<string, Part>>;
  readonly states?: Readonly<Record<string, string>>;
  readonly rules?: readonly Rule[];
  readonly persons?: readonly string[];
}

type Check = NonNullable<Verb['check']>;
type Apply = Verb['apply'];
type People = NonNullable<Verb['people']>;

interface Common {
  readonly title: string;
  readonly may: Action;
  readonly version?: number;
  /** Fields of other kinds or of the verb alone, beside those of the kind. */
  readonly extra?: Fields;
  readonly reads?: Verb['reads'];
  readonly people?: People;
  readonly check?: Check;
  /** Leave out the check that the actor's organisation wrote the record; the verb's own check says who may. */
  readonly anyOrg?: true;
  readonly prevails?: true;
  readonly witnesses?: Witnesses;
  readonly beside?: Beside;
  /** Changes to other records in the same write. */
  readonly also?: Apply;
}

export const idField: Field = { type: 'id', label: '番号', required: true };

/** Values of a flat argument list, laid out on the parts that declare them. */
export function layOut(shape: Pick<Shape, 'name' | 'parts'>, id: string, values: Patch): Change[] {
  const changes: Change[] = [];
  for (const part in shape.parts) {
    const set = pickFrom(values, shape.parts[part]?.fields ?? {});
    if (!isEmpty(set)) changes.push({ kind: shape.name, id, part, set });
  }
  return changes;
}

function isEmpty(set: Patch): boolean {
  for (const _ in set) return false;
  return true;
}

export function brokenRules(shape: Pick<Shape, 'rules'>, values: Values): Problem | undefined {
  const fields = (shape.rules ?? [])
    .filter((rule) => rule.level === 'error')
    .flatMap((rule) => {
      const reason = rule.breaks(values);
      return reason === undefined ? [] : [{ field: rule.fields[0] ?? '', reason }];
    });
  return fields.length > 0 ? { code: 'invalidFields', fields } : undefined;
}

/** A field that names a record of this kind. */
interface RefField {
  readonly name: string;
  readonly kind: string;
}

/** Sought once for each verb: most of its fields name nothing. */
export function refFields(fields: Fields): RefField[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    field.type === 'ref' ? [{ name, kind: field.kind }] : [],
  );
}

export function refsIn(fields: readonly RefField[], args: Values): Ref[] {
  const refs: Ref[] = [];
  for (const { name, kind } of fields) {
    const id = text(args[name]);
    if (id !== undefined) refs.push({ kind, id });
  }
  return refs;
}

export function flatten(record: Rec | undefined): Values {
  const parts = Object.values(record?.parts ?? {}).map(withoutConflicts);
  return Object.assign({}, ...parts) as Values;
}

export interface Creation extends Common {
  /** Fields that the verb asks; default: every asked field of the kind. */
  readonly only?: readonly string[];
  readonly fixed: (args: Values, actor: Actor, moment: Moment, view: View) => Patch;
}

export function creates(shape: Shape, name: string, spec: Creation): Verb {
  const own = asked(allFields(shape));
  const fields = spec.only ? pick(own, spec.only) : own;
  const args: Fields = { id: idField, ...fields, ...spec.extra };
  const refs = refFields(args);
  return {
    name: `${shape.name}.${name}`,
    version: spec.version ?? 1,
    title: spec.title,
    may: spec.may,
    shape: { does: 'create' },
    ...(spec.prevails ? { prevails: true } : {}),
    args,
    reads: (given, view) => [
      { kind: shape.name, id: idOf(given) },
      ...refsIn(refs, given),
      ...(spec.reads?.(given, view) ?? []),
    ],
    people: spec.people ?? ((given) => seekersIn(refs, given)),
    check: (given, view, actor, moment) =>
      (view.get(shape.name, idOf(given))
        ? ({ code: 'alreadyExists', kind: shape.name } as const)
        : undefined) ??
      missingRef(refs, given, view) ??
      closedRef(refs, given, view, moment) ??
      brokenRules(shape, given) ??
      spec.check?.(given, view, actor, moment),
    apply: (given, view, actor, moment) => [
      ...layOut(shape, idOf(given), {
        ...pickFrom(given, fields),
        ...spec.fixed(given, actor, moment, view),
      }),
      ...(spec.also?.(given, view, actor, moment) ?? []),
    ],
  };
}

export interface Transition extends Common {
  readonly from: readonly string[];
  readonly to: string;
  /** Names of the kind's own fields that the verb takes. */
  readonly takes?: readonly string[];
  /** Of those, the mandatory ones. */
  readonly needs?: readonly string[];
  readonly fixed?: (args: Values, actor: Actor, moment: Moment, record: Rec) => Patch;
}

export function moves(shape: Shape, name: string, spec: Transition): Verb {
  const own = optional(pick(allFields(shape), spec.takes ?? []));
  const taken = Object.fromEntries(
    Object.entries(own).map(([key, field]) => [
      key,
      spec.needs?.includes(key)
        ? { ...askedHere(field), required: true as const }
        : askedHere(field),
    ]),
  );
  const args: Fields = { id: idField, ...taken, ...spec.extra };
  const refs = refFields(args);
  return {
    ...common(shape, name, spec, args),
    shape: { does: 'move', from: spec.from, to: spec.to, ...ofAnyOrg(spec) },
    check: (given, view, actor, moment) => {
      const record = inSight(shape, view.get(shape.name, idOf(given)), actor);
      return (
        wrongState(shape, record, spec.from) ??
        notOwn(record, actor, spec) ??
        missingRef(refs, given, view) ??
        closedRef(refs, given, view, moment) ??
        spec.check?.(given, view, actor, moment)
      );
    },
    apply: (given, view, actor, moment) => {
      const record = view.get(shape.name, idOf(given));
      return [
        ...layOut(shape, idOf(given), {
          ...pickFrom(given, taken),
          ...(record ? spec.fixed?.(given, actor, moment, record) : undefined),
          state: spec.to,
        }),
        ...(spec.also?.(given, view, actor, moment) ?? []),
      ];
    },
  };
}

/** What a transition takes it asks for, though creating and amending never do. */
function askedHere(field: Field): Field {
  const { fixed: _, ...rest } = field;
  return rest as Field;
}

export interface Amendment extends Common {
  /** Names of fields that may be amended; default: every asked field save references. */
  readonly only?: readonly string[];
}

export const clearField: Field = {
  type: 'list',
  label: '空にする項目',
  max: 40,
  fields: { name: { type: 'text', label: '項目', max: 40, required: true } },
};

/** Absent arguments stay as they are; names in `clear` are taken out. */
export function amends(shape: Shape, spec: Amendment, name = 'amend'): Verb {
  const all = asked(allFields(shape));
  const names = spec.only ?? Object.keys(all).filter((key) => all[key]?.type !== 'ref');
  const own = pick(all, names);
  const fields = optional(own);
  const args: Fields = { id: idField, ...fields, clear: clearField, ...spec.extra };
  return {
    ...common(shape, name, spec, args),
    shape: { does: 'amend', ...ofAnyOrg(spec) },
    check: (given, view, actor, moment) => {
      const record = inSight(shape, view.get(shape.name, idOf(given)), actor);
      return (
        gone(shape, record) ??
        notOwn(record, actor, spec) ??
        brokenClear(own, given, args) ??
        brokenRules(shape, amended(flatten(record), given)) ??
        spec.check?.(given, view, actor, moment)
      );
    },
    apply: (given, view, actor, moment) => [
      ...layOut(shape, idOf(given), { ...pickFrom(given, fields), ...cleared(given) }),
      ...(spec.also?.(given, view, actor, moment) ?? []),
    ],
  };
}

/** Voided records stay, with reason; they are shown and not counted. */
export function voids(shape: Shape, spec: Omit<Common, 'extra'>): Verb {
  const args: Fields = {
    id: idField,
    voidReason: { type: 'choice', list: 'voidReason', label: '取り消す理由', required: true },
    voidNote: { type: 'text', label: '理由の補足', max: 400, lines: 2 },
  };
  return {
    ...common(shape, 'void', spec, args),
    shape: { does: 'void', ...ofAnyOrg(spec) },
    check: (given, view, actor, moment) => {
      const record = inSight(shape, view.get(shape.name, idOf(given)), actor);
      return (
        gone(shape, record) ??
        notOwn(record, actor, spec) ??
        spec.check?.(given, view, actor, moment)
      );
    },
    apply: (given, view, actor, moment) => [
      {
        kind: shape.name,
        id: idOf(given),
        part: 'facts',
        set: { state: 'voided', voidReason: given['voidReason'] as Value },
      },
      ...(spec.also?.(given, view, actor, moment) ?? []),
    ],
  };
}

const ofAnyOrg = (spec: Pick<Common, 'anyOrg'>) => (spec.anyOrg ? { anyOrg: spec.anyOrg } : {});

/** Fields that every kind's facts carry. */
export const stateFields: Fields = {
  state: { type: 'text', label: '状態', max: 20, fixed: true },
  voidReason: { type: 'choice', list: 'voidReason', label: '取消の理由', fixed: true },
};

function common(
  shape: Shape,
  name: string,
  spec: Common,
  args: Fields,
): Omit<Verb, 'check' | 'apply'> {
  const refs = refFields(args);
  return {
    name: `${shape.name}.${name}`,
    version: spec.version ?? 1,
    title: spec.title,
    may: spec.may,
    args,
    ...(spec.prevails ? { prevails: true } : {}),
    ...(spec.witnesses ? { witnesses: spec.witnesses } : {}),
    ...(spec.beside ? { beside: spec.beside } : {}),
    reads: (given, view) => [
      { kind: shape.name, id: idOf(given) },
      ...refsIn(refs, given),
      ...peopleRefs(shape, given, view),
      ...(spec.reads?.(given, view) ?? []),
    ],
    people: spec.people ?? ((given, view, actor) => ownPeople(shape, given, view, actor)),
  };
}

function peopleRefs(shape: Shape, given: Values, view: View): Ref[] {
  const record = view.get(shape.name, idOf(given));
  return record ? peopleOf(shape, record).map((id) => ({ kind: 'seeker', id })) : [];
}

/**
 * A joint record names people of both organisations: the actor answers for hers, or for the first if none is hers. A record
 * of her own organisation that names only the other's people (a handoff without a name, once accepted) touches none of hers.
 */
function ownPeople(shape: Shape, given: Values, view: View, actor: Actor): readonly string[] {
  const record = view.get(shape.name, idOf(given));
  const people = record ? peopleOf(shape, record) : [];
  const own = people.filter((id) => partOf(view.get('seeker', id), 'facts')['org'] === actor.org);
  if (own.length > 0) return own;
  const isHers = partOf(record, 'facts')['org'] === actor.org;
  return isHers && people.every((id) => view.get('seeker', id)) ? [] : people.slice(0, 1);
}

function seekersIn(fields: readonly RefField[], given: Values): string[] {
  return refsIn(fields, given)
    .filter((ref) => ref.kind === 'seeker')
    .map((ref) => ref.id);
}

export function idOf(given: Values): string {
  return text(given['id']) ?? '';
}

/** Values of these fields, in the order in which they were given. */
function pickFrom(values: Patch, fields: Fields): Patch {
  const own: Record<string, Value | null> = {};
  for (const name in values)
    if (Object.hasOwn(fields, name)) own[name] = values[name] as Value | null;
  return own;
}

function missingRef(fields: readonly RefField[], given: Values, view: View): Problem | undefined {
  const missing = refsIn(fields, given).find((ref) => !view.get(ref.kind, ref.id));
  return missing && { code: 'notFound', kind: missing.kind };
}

function closedRef(
  fields: readonly RefField[],
  given: Values,
  view: View,
  { businessDate }: Moment,
): Problem | undefined {
  const sites = refsIn(fields, given).filter(({ kind }) => kind === 'site');
  return sites
    .map(({ kind, id }) => closedBefore(view.get(kind, id), businessDate))
    .find((problem) => problem !== undefined);
}

export function gone(shape: Shape, record: Rec | undefined): Problem | undefined {
  if (!record) return { code: 'notFound', kind: shape.name };
  return stateOf(record) === 'voided'
    ? { code: 'illegalState', kind: shape.name, found: '取消ずみ' }
    : undefined;
}

function wrongState(
  shape: Shape,
  record: Rec | undefined,
  from: readonly string[],
): Problem | undefined {
  if (!record) return { code: 'notFound', kind: shape.name };
  const state = stateOf(record) ?? '';
  if (from.includes(state)) return undefined;
  const found = state === 'voided' ? '取消ずみ' : (shape.states?.[state] ?? state);
  return { code: 'illegalState', kind: shape.name, found };
}

/** To whom no part of a record is ever sent, it is as if there were none: refusals tell her nothing of its state. */
export function inSight(shape: Shape, record: Rec | undefined, actor: Actor): Rec | undefined {
  const { org, site, toSite, toOrg, consentedOn, takenBy } = partOf(record, 'facts');
  const audience = shape.parts['facts']?.audience;
  const isHome = org === actor.org;
  if (actor.role === 'system') return record;
  if (audience === 'lead')
    return isHome && (actor.role === 'supervisor' || takenBy === actor.user) ? record : undefined;
  // A firm that has agreed is known at every counter of the organisation that it let be told.
  const isTold = consentedOn !== undefined && toOrg === actor.org;
  const isHere = isHome || isAtHand(actor, site) || isAtHand(actor, toSite);
  return audience !== 'sites' || isHere || isTold ? record : undefined;
}

/** Records carry the organisation that wrote them; only that one corrects them. */
export function notOwn(
  record: Rec | undefined,
  actor: Actor,
  spec: Pick<Common, 'anyOrg' | 'may'>,
): Problem | undefined {
  const owner = partOf(record, 'facts')['org'];
  return !spec.anyOrg && owner !== undefined && owner !== actor.org && actor.role !== 'system'
    ? { code: 'notAllowed', action: spec.may }
    : undefined;
}

/** Values as an amendment would leave them. */
export function amended(before: Values, given: Values): Values {
  const gone = clearNames(given);
  const entries = Object.entries({ ...before, ...given });
  return Object.fromEntries(entries.filter(([name]) => name !== 'clear' && !gone.includes(name)));
}

function brokenClear(fields: Fields, given: Values, asked: Fields): Problem | undefined {
  const problems = clearNames(given).flatMap((name) => {
    const field = fields[name];
    if (field && !field.required) return [];
    const { label = name } = field ?? asked[name] ?? {};
    return [{ field: name, reason: `「${label}」は空にできません。` }];
  });
  return problems.length > 0 ? { code: 'invalidFields', fields: problems } : undefined;
}

export function clearNames(given: Values): string[] {
  const list = given['clear'];
  return Array.isArray(list) ? list.map((item: Values) => text(item['name']) ?? '') : [];
}

function cleared(given: Values): Patch {
  return Object.fromEntries(clearNames(given).map((name) => [name, null]));
}
