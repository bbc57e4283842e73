/**
 * Two desks that agree on the next talk in the form of a consultation, move it and call it off without hearing of each other:
 * whoever changes what her form showed has her words current or kept, and writes over nothing that her form did not show.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeHere } from '../../src/device/judge-here.ts';
import { conflictsOf } from '../../src/domain/conflict.ts';
import { nextBeside, nextOf } from '../../src/domain/kinds/appointment.ts';
import { applyChange, refKey, type Change, type Rec, type View } from '../../src/domain/record.ts';
import { isObject, type Values } from '../../src/domain/value.ts';
import { flatten } from '../../src/domain/verbs.ts';
import { judge } from '../../src/sync/evaluate.ts';
import { actors, moment } from '../support/world.ts';

const [one, two] = [actors.cityCounsellor, actors.citySupervisor];
const people = [one, two] as const;
const [talk, next] = ['c-1', nextOf('c-1')];
/** Names in the appointment of what the form asks as `next`. */
const asked = { dueOn: 'date', time: 'time', purpose: 'purpose' } as const;

type Records = Map<string, Rec>;
interface Unsent {
  readonly verb: string;
  readonly args: Values;
  readonly shown: Values | undefined;
  readonly body: object;
}
interface Desk {
  records: Records;
  readonly unsent: Unsent[];
  shown: Values | undefined;
}

const viewOf = (records: Records): View => ({
  get: (kind, id) => records.get(refKey({ kind, id })),
});
const lay = (records: Records, changes: readonly Change[]) => {
  for (const change of changes)
    records.set(refKey(change), applyChange(records.get(refKey(change)), change));
};
const begun = (): Records => {
  const { org, orgType, site, user: staff } = one;
  const records: Records = new Map();
  const own = { org, site, date: moment.businessDate };
  const facts = { ...own, orgType, staff, visit: 'v-1', services: ['careerCounselling'] };
  lay(records, [
    { kind: 'seeker', id: 's-1', part: 'facts', set: { ...own, state: 'active' } },
    { kind: 'consultation', id: talk, part: 'facts', set: { ...facts, state: 'recorded' } },
    { kind: 'consultation', id: talk, part: 'shared', set: { seeker: 's-1' } },
  ]);
  return records;
};
const shownIn = (records: Records): Values => ({
  ...flatten(records.get(`consultation/${talk}`)),
  ...nextBeside.shows(talk, viewOf(records)),
});
const nextIn = (values: Values | undefined): Values =>
  isObject(values?.['next']) ? (values['next'] as Values) : {};

/** Whatever the record holds of a field, current or kept. */
function allOf(record: Rec | undefined, field: string) {
  const parts = Object.values(record?.parts ?? {});
  const kept = parts.flatMap(conflictsOf).filter((value) => value.field === field);
  return [flatten(record)[field], ...kept.map(({ value }) => value)];
}

function arrive(server: Records, entry: string, by: number, { verb, args, shown, body }: Unsent) {
  const before = flatten(server.get(`appointment/${next}`));
  const judged = judge(
    { entry, verb, version: 1, args, ...body },
    viewOf(server),
    people[by] ?? one,
    moment,
  );
  if (!('changes' in judged) || (judged.outcome === 'conflict' && judged.changes.length === 0))
    return;
  lay(server, judged.changes);
  if (!shown) return;
  const record = server.get(`appointment/${next}`);
  for (const [field, name] of Object.entries(asked)) {
    const [was, now] = [nextIn(shown)[name], nextIn(args)[name]];
    if (now !== was) expect(allOf(record, field)).toContain(now);
    const isMoved = before['state'] === 'booked' && flatten(record)[field] !== before[field];
    if (isMoved) expect({ [field]: was }).toEqual({ [field]: before[field] });
  }
}

const maybe = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const agreed = fc.record({
  date: fc.constantFrom('2026-12-01', '2026-12-02'),
  time: maybe('10:00', '11:00'),
  purpose: maybe('応募書類', '面接の練習'),
});
const does = fc.oneof(
  { weight: 3, arbitrary: agreed },
  { weight: 4, arbitrary: fc.constantFrom('look', 'sync') },
  { weight: 2, arbitrary: fc.constantFrom('cancel', 'move') },
);
const given = (values: object) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

function saidBy(desk: Desk, what: object | string): Omit<Unsent, 'body'> {
  const id = next;
  if (what === 'cancel')
    return { verb: 'appointment.cancel', args: { id, cancelReason: 'byClient' }, shown: undefined };
  if (what === 'move')
    return { verb: 'appointment.amend', args: { id, dueOn: '2026-12-04' }, shown: undefined };
  const shown = desk.shown ?? shownIn(desk.records);
  return { verb: 'consultation.amend', args: { id: talk, next: given(what as object) }, shown };
}

async function write(desk: Desk, by: number, what: object | string) {
  const said = saidBy(desk, what);
  const read = async (ref: { kind: string; id: string }) =>
    ({ ok: true, value: desk.records.get(refKey(ref)) }) as const;
  const done = await judgeHere(read, people[by] ?? one, moment, said.verb, said.args, said.shown);
  if (!done.ok) return;
  const { body, changes = [] } = done.value.content;
  desk.unsent.push({ ...said, body });
  desk.shown = undefined;
  lay(desk.records, changes);
}

async function play(steps: readonly { by: number; does: object | string }[]) {
  const server = begun();
  const desks = people.map((): Desk => ({ records: begun(), unsent: [], shown: undefined }));
  let arrived = 0;
  const sync = (desk: Desk, by: number) => {
    for (const unsent of desk.unsent.splice(0)) arrive(server, `e-${++arrived}`, by, unsent);
    desk.records = new Map(server);
  };
  for (const { by, does: what } of steps) {
    const desk = desks[by];
    if (!desk) continue;
    if (what === 'look') desk.shown = shownIn(desk.records);
    else if (what === 'sync') sync(desk, by);
    else await write(desk, by, what);
  }
  desks.forEach(sync);
}

test('of any agreements at two desks none is lost, and none writes over what was not shown', async () => {
  const steps = fc.array(fc.record({ by: fc.nat(1), does }), { maxLength: 16, size: 'max' });
  await fc.assert(fc.asyncProperty(steps, play), { numRuns: 1500, seed: 5 });
});
