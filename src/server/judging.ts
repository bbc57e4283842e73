/**
 * Verdicts for a run of entries in stream order, in memory: reads of the whole run first (up to four rounds), then one
 * entry after another. What was lost since an entry was written (store, employment, role) quarantines it; a throw
 * quarantines that entry alone; a refusal never stops the next.
 */
import { isIsoDate } from '../domain/date.ts';
import type { Problem } from '../domain/problem.ts';
import { partOf, type Actor, type Ref } from '../domain/record.ts';
import { text, type Values } from '../domain/value.ts';
import { readVerbRef, type Entry } from '../sync/entry.ts';
import {
  judge,
  parseProposal,
  readsOf,
  type Judged,
  type Parsed,
  type Proposal,
} from '../sync/evaluate.ts';
import type { Verdict } from '../sync/verdict.ts';
import type { PartRef } from './records.ts';
import type { Workspace } from './workspace.ts';

const rounds = 4;

export interface Authored {
  readonly entry: Entry;
  readonly actor: Actor;
}

export interface Decided extends Authored {
  readonly verdict: Verdict;
  readonly touched: readonly PartRef[];
  /** People and records named, for the key that seals the body. */
  readonly about: readonly Ref[];
}

export interface Standing {
  /** The store has been revoked. */
  readonly isRevoked: boolean;
  /** A second try after a throw in the batch: nothing is judged, everything is kept. */
  readonly isForced: boolean;
}

/** Parsed once: an entry is looked at several times before it is judged. */
interface Prepared extends Authored {
  readonly proposal: Proposal;
  /** undefined where parsing throws: judging throws the same again and quarantines this entry. */
  readonly parsed: Parsed | undefined;
}

function prepare(item: Authored): Prepared {
  const proposal = proposalOf(item.entry);
  try {
    return { ...item, proposal, parsed: parseProposal(proposal) };
  } catch {
    return { ...item, proposal, parsed: undefined };
  }
}

export async function decideAll(
  workspace: Workspace,
  authored: readonly Authored[],
  standing: Standing,
): Promise<Decided[]> {
  const items = authored.map(prepare);
  await workspace.need(items.map(({ actor }) => ({ kind: 'staff', id: actor.user })));
  await loadReads(workspace, items);
  const decided: Decided[] = [];
  for (const item of items) {
    // A record made earlier in this run may name further reads.
    await loadReads(workspace, [item]);
    decided.push(decide(workspace, item, standing));
  }
  return decided;
}

async function loadReads(workspace: Workspace, items: readonly Prepared[]): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const missing = items
      .flatMap((item) => readsNamed(workspace, item))
      .filter((ref) => !workspace.has(ref));
    if (missing.length === 0) return;
    await workspace.need(missing);
  }
}

function readsNamed(workspace: Workspace, { parsed, actor }: Prepared): Ref[] {
  try {
    return parsed && 'verb' in parsed ? readsOf(parsed.verb, parsed.args, workspace, actor) : [];
  } catch {
    return []; // judging throws the same again and quarantines this entry
  }
}

function proposalOf({ header, body }: Entry): Proposal {
  const { name, version } = readVerbRef(header.verb);
  return { verb: name, version, args: body.args, base: body.base, expected: body.expected };
}

function decide(workspace: Workspace, prepared: Prepared, standing: Standing): Decided {
  const about = readsNamed(workspace, prepared);
  const item: Authored = { entry: prepared.entry, actor: prepared.actor };
  const lost = standing.isForced ? trouble : lostSince(workspace, item, standing);
  if (lost) return { ...item, about, touched: [], verdict: { code: 'quarantined', problem: lost } };
  try {
    const judged = judgeEntry(workspace, prepared);
    if (judged.outcome !== 'applied')
      return {
        ...item,
        about,
        touched: [],
        verdict: { code: judged.outcome, problem: judged.problem },
      };
    const touched = workspace.put(judged.changes);
    return { ...item, about, touched, verdict: { code: 'applied' } };
  } catch {
    return { ...item, about, touched: [], verdict: { code: 'quarantined', problem: trouble } };
  }
}

const trouble: Problem = { code: 'serverTrouble' };

function judgeEntry(workspace: Workspace, { entry, actor, proposal, parsed }: Prepared): Judged {
  const { occurredAt, businessDate } = entry.header;
  if (!isIsoDate(businessDate))
    return { outcome: 'rejected', problem: { code: 'malformed', reason: 'businessDate' } };
  return judge(proposal, workspace, actor, { occurredAt, businessDate }, parsed);
}

/** Authorship is the lease's; whether it still stands is the server's own record of today. */
function lostSince(workspace: Workspace, item: Authored, standing: Standing): Problem | undefined {
  const { actor } = item;
  if (standing.isRevoked) return { code: 'revoked' };
  if (actor.role === 'counter' || actor.role === 'system') return undefined;
  const facts: Values = partOf(workspace.get('staff', actor.user), 'facts');
  if (facts['state'] !== 'active') return { code: 'revoked' };
  return text(facts['org']) === actor.org && text(facts['role']) === actor.role
    ? undefined
    : { code: 'notAllowed', action: readVerbRef(item.entry.header.verb).name };
}
