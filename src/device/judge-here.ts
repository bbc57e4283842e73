/**
 * The judgement on the tablet: loads what the verb declares to read (sealed parts too, without showing them), lays the own
 * entries over it, and asks the one `judge`. Nothing is written here.
 */
import { toldBy, toldIn } from '../domain/copied.ts';
import type { Verb } from '../domain/kind.ts';
import { verbNamed } from '../domain/kinds/index.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import {
  partOf,
  type Actor,
  type Moment,
  type Rec,
  type Ref,
  type View,
} from '../domain/record.ts';
import type { Values } from '../domain/value.ts';
import { verbRef } from '../sync/entry.ts';
import { baseOf, expectedOf, judge, parseProposal, readsOf } from '../sync/evaluate.ts';
import { basedOn, expectedBy, saidBy } from '../sync/seen.ts';
import { ByRef } from './by-ref.ts';
import type { Content } from './stream.ts';

const maxRounds = 4;

/** A record whole, as far as this tablet holds it, own entries included. */
export type ReadWhole = (ref: Ref) => Promise<Result<Rec | undefined>>;

export interface JudgedHere {
  readonly content: Content;
  readonly view: View;
}

export async function judgeHere(
  read: ReadWhole,
  actor: Actor,
  moment: Moment,
  verbName: string,
  args: Values,
  seen?: Values,
): Promise<Result<JudgedHere>> {
  const version = verbNamed(verbName)?.version ?? 0;
  const parsed = parseProposal({ verb: verbName, version, args });
  if ('problem' in parsed) return fail(parsed.problem);
  const found = new ByRef<Rec | undefined>();
  const view: View = { get: (kind, id) => found.get(kind, id) };
  for (let round = 0; round < maxRounds; round++) {
    const refs = readsOf(parsed.verb, parsed.args, view, actor);
    const missing = refs.filter(({ kind, id }) => !found.has(kind, id));
    if (missing.length === 0) break;
    const records = await Promise.all(missing.map(read));
    for (const [index, record] of records.entries()) {
      if (!record.ok) return record;
      const ref = missing[index];
      if (ref) found.set(ref, record.value);
    }
  }
  const proposal = { verb: verbName, version, args: parsed.args };
  const judged = judge(proposal, view, actor, moment, parsed);
  // Without a base nothing is merged, and without an entry nothing waits: it is applied or refused.
  if ('problem' in judged) return fail(judged.problem);
  const { changes } = judged;
  const now = {
    args: parsed.args,
    base: baseOf(changes, view),
    expected: expectedOf(changes, view),
  };
  const moved = seen && parsed.verb.beside?.refuses(parsed.args, seen, view);
  if (moved) return fail(moved);
  const base = seen ? basedOn(seen, parsed.verb, parsed.args, changes, now.base, view) : now.base;
  const said = saidBy(parsed.verb, changes, base);
  const body = { ...now, base, expected: expectedBy(said, now.expected) };
  const verb = verbRef(verbName, version);
  const told = toldNow(parsed.verb, parsed.args, seen ?? {}, view);
  return ok({ view, content: { verb, ...moment, body, changes: said, ...told } });
}

/** What she was not told, there now or when her form was begun, she has written herself. */
function toldNow(verb: Verb, args: Values, seen: Values, view: View): Pick<Content, 'told'> {
  const from = toldBy(verb, args);
  if (!from) return {};
  const now = partOf(view.get(from.kind, from.id), from.part);
  return { told: [...new Set([now, seen].flatMap((values) => toldIn(verb, values)))] };
}
