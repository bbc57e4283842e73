/**
 * Two desks that correct and choose without hearing of each other: more of it on one person than a simulated day brings.
 * The code and the naive re-execution find the same, and what stands is moved by no choice about what is decided already.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choicesOf, conflictsOf } from '../../src/domain/conflict.ts';
import { seeker } from '../../src/domain/kinds/seeker.ts';
import { applyChange, refKey, type Change, type Rec, type View } from '../../src/domain/record.ts';
import { settleArgs, type Keep } from '../../src/domain/settle.ts';
import type { Values } from '../../src/domain/value.ts';
import { flatten } from '../../src/domain/verbs.ts';
import { baseOf, expectedOf, judge, parseProposal } from '../../src/sync/evaluate.ts';
import { actors, moment } from '../support/world.ts';
import type { Received } from './ledger.ts';
import { replay } from './replay.ts';
import { word } from './word.ts';

const id = 's-1';
const people = [actors.cityCounsellor, actors.citySupervisor] as const;
type Records = Map<string, Rec>;
interface Unsent {
  readonly verb: string;
  readonly body: Received['body'];
}
interface Desk {
  records: Records;
  unsent: Unsent[];
}

const viewOf = (records: Records): View => ({
  get: (kind, name) => records.get(refKey({ kind, id: name })),
});
const lay = (records: Records, changes: readonly Change[]) => {
  for (const one of changes) records.set(refKey(one), applyChange(records.get(refKey(one)), one));
};
const person = (records: Records) => records.get(refKey({ kind: 'seeker', id }));
const standing = (records: Records) => {
  const record = person(records);
  return record && flatten(record);
};

function write({ records, unsent }: Desk, by: number, verb: string, args: Values): void {
  const actor = people[by] ?? people[0];
  const view = viewOf(records);
  const parsed = parseProposal({ verb, version: 1, args });
  const seen = judge({ verb, version: 1, args }, view, actor, moment, parsed);
  if (!('changes' in seen) || !('args' in parsed))
    throw new Error(`${verb}: ${JSON.stringify(seen)}`);
  const { changes } = seen;
  const said = { args: parsed.args, base: baseOf(changes, view), salt: '' };
  const body = { ...said, expected: expectedOf(changes, view) };
  unsent.push({ verb, body });
  lay(records, changes);
}

interface Server {
  readonly records: Records;
  readonly received: Received[];
  late: number;
}

function arrive(server: Server, by: number, { verb, body }: Unsent): void {
  const actor = people[by] ?? people[0];
  const entry = `e-${server.received.length + 1}`;
  const before = standing(server.records);
  const isLate = verb === 'seeker.settle' && !isOpen(server.records, body.args);
  const proposal = { entry, verb, version: 1, ...body };
  const judged = judge(proposal, viewOf(server.records), actor, moment);
  if (!('changes' in judged)) throw new Error(`${verb}: ${JSON.stringify(judged.problem)}`);
  lay(server.records, judged.changes);
  if (isLate) expect(standing(server.records)).toEqual(before);
  server.late += Number(isLate && judged.outcome === 'conflict');
  server.received.push(receivedOf(server, entry, by, { verb, body }, judged));
}

const isOpen = (records: Records, { part, entry }: Values) =>
  conflictsOf(person(records)?.parts[word(part)]).some((one) => one.entry === entry);

function receivedOf(
  { received }: Server,
  entry: string,
  by: number,
  { verb, body }: Unsent,
  judged: { readonly outcome: string },
): Received {
  const actor = people[by] ?? people[0];
  const header = { id: entry, verb: `${verb}@1`, store: `d-${by}`, actor: actor.user, ...moment };
  const at = received.length;
  const one = { header, hash: '', body, verdict: { code: judged.outcome }, actor };
  return { ...one, verdictSeq: at + 1, isMover: true, at } as unknown as Received; // what replay reads
}

const values = fc.constantFrom('1', '2', '3');
const amendment = fc
  .record({ phone: values, address: values, postal: values, post: values }, { requiredKeys: [] })
  .filter((some) => Object.keys(some).length > 0);
const step = fc.record({
  by: fc.nat(1),
  does: fc.oneof(
    { weight: 2, arbitrary: amendment },
    { weight: 2, arbitrary: fc.constantFrom<Keep>('current', 'other') },
    { weight: 1, arbitrary: fc.constant('sync' as const) },
  ),
});

const typed = ({ phone, postal, ...rest }: Partial<Record<string, string>>): Values => ({
  ...(rest as Values),
  ...(phone && { phone: `090-1111-000${phone}`, phoneTail: `000${phone}` }),
  ...(postal && { postal: `003-000${postal}` }),
});

function play(steps: readonly { by: number; does: string | object }[]): Server {
  const server: Server = { records: new Map(), received: [], late: 0 };
  const desks: Desk[] = people.map(() => ({ records: new Map(), unsent: [] }));
  const sync = (by: number) => {
    const desk = desks[by];
    for (const one of desk?.unsent.splice(0) ?? []) arrive(server, by, one);
    if (desk) desk.records = new Map(server.records);
  };
  const [first] = desks;
  if (first) write(first, 0, 'seeker.register', { id, familyName: '架空', familyKana: 'カクウ' });
  for (const by of [0, 1]) sync(by);
  for (const { by, does } of steps) {
    const desk = desks[by];
    if (!desk) continue;
    const [choice] = choicesOf(seeker, person(desk.records));
    if (typeof does === 'object') write(desk, by, 'seeker.amend', { id, ...typed(does) });
    else if (does === 'sync') sync(by);
    else if (choice) write(desk, by, 'seeker.settle', settleArgs(seeker, id, choice, does as Keep));
  }
  for (const by of [0, 1, 0]) sync(by);
  return server;
}

test('of any corrections and choices at two desks the naive re-execution finds the same, and no late choice moves anything', () => {
  let late = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 24, size: 'max' }), (steps) => {
      const server = play(steps);
      late += server.late;
      const found = replay(server.received, () => undefined, String);
      expect(found.disputes).toEqual([]);
      expect(found.records.get(`seeker/${id}`)).toEqual(person(server.records));
    }),
    { numRuns: 400, seed: 7 },
  );
  expect(late).toBeGreaterThan(10);
});
