/**
 * 「どちらかに決める」: the one verb that every kind with `amend` has besides, added by the registry. Somebody who may write
 * the field chooses between the current value and the one kept beside it. The arguments carry the chosen values as well, so
 * that a choice about what somebody else has decided meanwhile overturns nothing silently: where it differs, its values are
 * kept beside those that stand, as one more choice. What follows from a chosen value in another part is chosen in the same
 * entry: one press, one entry, all of it or nothing.
 */
import { chosenIn, decidedBy, keptIn } from './chosen.ts';
import { unitOf, type Choice } from './conflict.ts';
import { optional, pick, type Fields } from './field.ts';
import { allFields, personAt, type Kind, type Verb } from './kind.ts';
import { isAllowed } from './permission.ts';
import type { Problem } from './problem.ts';
import { partOf, type Actor, type Change, type Moment, type Rec, type View } from './record.ts';
import { isSameValue, text, type Patch, type Values } from './value.ts';
import { clearField, gone, idField, idOf, inSight, notOwn } from './verbs.ts';

export type Keep = 'current' | 'other';

const choiceFields: Fields = {
  part: { type: 'text', label: '区分', max: 40, required: true },
  field: { type: 'text', label: '項目', max: 40, required: true },
  entry: { type: 'id', label: '残してある記録', required: true },
  keep: { type: 'text', label: '決めたほう', max: 7, required: true },
};

export function withSettle(kind: Kind): Kind {
  const amend = kind.verbs['amend'];
  return amend ? { ...kind, verbs: { ...kind.verbs, settle: settles(kind, amend) } } : kind;
}

/** Arguments of `<kind>.settle` for a choice that a record offers. */
export function settleArgs(
  kind: Kind,
  id: string,
  { part, field, entry, values }: Choice,
  keep: Keep,
): Values {
  const known = namesIn(kind);
  const chosen = values
    .filter((one) => known.includes(one.field))
    .map((one) => [one.field, keep === 'current' ? one.current : one.other] as const);
  const given = chosen.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const gone = chosen.flatMap(([name, value]) => (value === undefined ? [{ name }] : []));
  const clear = gone.length > 0 ? { clear: gone } : {};
  return { id, part, field, entry, keep, ...(Object.fromEntries(given) as Values), ...clear };
}

/** Verbs that set any of a kind's fields to what a person types. */
function amendments(kind: Kind): Verb[] {
  return Object.values(kind.verbs).filter((verb) => 'clear' in verb.args && !('keep' in verb.args));
}

function writable(kind: Kind): Fields {
  const names = amendments(kind).flatMap((verb) => Object.keys(verb.args));
  return optional(pick(allFields(kind), names));
}

const namesIn = (kind: Kind) => Object.keys(writable(kind));

function settles(kind: Kind, amend: Verb): Verb {
  const onlyId = (args: Values): Values => ({ id: idOf(args) });
  return {
    name: `${kind.name}.settle`,
    version: 1,
    title: 'どちらかに決める',
    may: amend.may,
    args: { ...writable(kind), clear: clearField, id: idField, ...choiceFields },
    reads: (args, view) => amend.reads(onlyId(args), view),
    people: (args, view, actor) => [
      ...(amend.people?.(onlyId(args), view, actor) ?? []),
      ...peopleChosen(kind, args, view.get(kind.name, idOf(args))),
    ],
    check: (args, view, actor, moment) => {
      const record = inSight(kind, view.get(kind.name, idOf(args)), actor);
      return (
        gone(kind, record) ??
        notOwn(record, actor, whoAmends(amend)) ??
        badChoice(kind, args) ??
        mayNotWrite(kind, text(args['field']) ?? '', actor) ??
        refusedAs(kind, amend, args, record)?.(view, actor, moment)
      );
    },
    isLate: (args, view) => isDecided(kind, args, view.get(kind.name, idOf(args))),
    apply: (args, view) => changeOf(kind, args, view),
  };
}

/** Whoever may amend what another organisation wrote may choose as well. */
const whoAmends = ({ may, shape }: Verb) => ({
  may,
  ...(shape?.anyOrg ? { anyOrg: shape.anyOrg } : {}),
});

/** Whose part it is, and whom a kept value names: what moves a record from one to another touches both. */
function peopleChosen(kind: Kind, args: Values, record: Rec | undefined): readonly string[] {
  const fields = allFields(kind);
  const decided = decidedBy(kind, args, namesIn(kind));
  const rows = decided.flatMap((one) => keptIn(one, args, record));
  const named = rows.flatMap(({ field, value }) => {
    const declared = fields[field];
    return declared?.type === 'ref' && declared.kind === 'seeker' ? (text(value) ?? []) : [];
  });
  const owner = record && personAt(record, kind.parts[text(args['part']) ?? '']?.person);
  return owner === undefined ? named : [owner, ...named];
}

function badChoice(kind: Kind, { part, field, keep }: Values): Problem | undefined {
  const fields = kind.parts[text(part) ?? '']?.fields ?? {};
  const reason = '決める項目が正しくありません。画面を開きなおしてください。';
  if (!Object.hasOwn(fields, text(field) ?? ''))
    return { code: 'invalidFields', fields: [{ field: 'field', reason }] };
  return keep === 'current' || keep === 'other'
    ? undefined
    : { code: 'invalidFields', fields: [{ field: 'keep', reason }] };
}

/** Whoever may not write a part's fields does not choose between them either. */
function mayNotWrite(kind: Kind, field: string, actor: Actor): Problem | undefined {
  const may = writersOf(kind, field).map((verb) => verb.may);
  const isMine = may.some(
    (action) => isAllowed(action, actor, 'own') || isAllowed(action, actor, 'none'),
  );
  const [first] = may;
  return first === undefined || isMine ? undefined : { code: 'notAllowed', action: first };
}

const writersOf = (kind: Kind, field: string) =>
  amendments(kind).filter((verb) => Object.hasOwn(verb.args, field));

/** The arguments hold values that this actor could not have written, and is not to read in them either. */
export function holdsOthers(kind: Kind, args: Values, actor: Actor): boolean {
  const names = [...Object.keys(args), text(args['field']) ?? ''];
  return names.some((name) => mayNotWrite(kind, name, actor) !== undefined);
}

/** A choice that changes anything is an amendment, and may be what the verbs that write the field allow. */
function refusedAs(kind: Kind, amend: Verb, args: Values, record: Rec | undefined) {
  const decided = decidedBy(kind, args, namesIn(kind));
  const set = Object.assign({}, ...decided.map((one) => chosenIn(one, args, record))) as Patch;
  const now = Object.assign({}, ...decided.map(({ part }) => partOf(record, part))) as Values;
  const isMoved = Object.entries(set).some(
    ([name, to]) => !isSameValue(to ?? undefined, now[name]),
  );
  if (!isMoved) return undefined;
  const writers = writersOf(kind, text(args['field']) ?? '');
  const said = amendmentOf(idOf(args), set);
  return (...[view, actor, moment]: [View, Actor, Moment]): Problem | undefined =>
    (writers.length > 0 ? writers : [amend])
      .map((verb) => verb.check?.(said, view, actor, moment))
      .find((problem) => problem !== undefined);
}

/** What the choice comes to, said as an amendment. */
function amendmentOf(id: string, set: Patch): Values {
  const given = Object.entries(set).flatMap(([name, to]) => (to === null ? [] : [[name, to]]));
  const gone = Object.entries(set).flatMap(([name, to]) => (to === null ? [{ name }] : []));
  const clear = gone.length > 0 ? { clear: gone } : {};
  return { id, ...(Object.fromEntries(given) as Values), ...clear };
}

/** Nothing is kept any more where it says that it chooses. */
function isDecided(kind: Kind, args: Values, record: Rec | undefined): boolean {
  const part = text(args['part']) ?? '';
  const fields = unitOf(kind.parts[part], text(args['field']) ?? '');
  return keptIn({ part, fields }, args, record).length === 0;
}

function changeOf(kind: Kind, args: Values, view: View): Change[] {
  const id = idOf(args);
  const record = view.get(kind.name, id);
  return decidedBy(kind, args, namesIn(kind)).flatMap((one) => {
    const set = chosenIn(one, args, record);
    const settled = keptIn(one, args, record).map(({ field, entry }) => ({ field, entry }));
    if (settled.length === 0 && Object.keys(set).length === 0) return [];
    return [{ kind: kind.name, id, part: one.part, set, settled }];
  });
}
