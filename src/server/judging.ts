/**
 * Verdicts for a run of entries in stream order, in memory: reads of the whole run first (up to four rounds), then one
 * entry after another. What was lost since an entry was written (store, employment, a right) quarantines it; a throw
 * quarantines that entry alone; a refusal never stops the next.
 */
import { businessDateJst, isIsoDate } from '../domain/date.ts';
import { wasInService } from '../domain/kinds/staff.ts';
import type { Problem } from '../domain/problem.ts';
import { partOf, type Actor, type Ref, type Role } from '../domain/record.ts';
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
import { upcast } from '../sync/upcast.ts';
import type { Verdict } from '../sync/verdict.ts';
import type { PartRef } from './records.ts';
import type { Past } from './supersede.ts';
import type { Workspace } from './workspace.ts';

const rounds = 4;

export interface Authored {
  readonly entry: Entry;
  readonly actor: Actor;
  /** Refused before a restored server forgot it, and dealt with: whatever else is forgotten, it has no effect now. */
  readonly isPutAway?: boolean;
}

export interface Decided extends Authored {
  readonly verdict: Verdict;
  readonly touched: readonly PartRef[];
  /** People and records named, for the key that seals the body. */
  readonly about: readonly Ref[];
  /** Entries about whose kept values this one has chosen. */
  readonly settled: readonly string[];
  /** Stored before; this is a later verdict. */
  readonly isAgain: boolean;
}

export interface Standing {
  /** The store has been revoked. */
  readonly isRevoked: boolean;
  /** A second try after a throw in the batch: nothing is judged, everything is kept. */
  readonly isForced: boolean;
  /** Where the entries are kept, when they are another history of their stream. */
  readonly lane?: string;
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
  past: Past,
  authored: readonly Authored[],
  standing: Standing,
): Promise<Decided[]> {
  const items = authored.map(prepare);
  const staff = items.map(({ actor }) => ({ kind: 'staff', id: actor.user }));
  await workspace.need([...staff, ...items.flatMap((item) => readsNamed(workspace, item))]);
  await loadReads(workspace, items);
  await past.need(authored.flatMap(({ entry }) => entry.header.supersedes ?? []));
  const decided: Decided[] = [];
  for (const item of items) {
    // A record made earlier in this run may name further reads.
    const about = await loadReads(workspace, [item]);
    const refused = standing.isForced ? undefined : item.isPutAway ? putAway : past.refusal(item);
    const one: Decided = refused
      ? { ...without(item, about), verdict: { code: 'rejected', problem: refused } }
      : decide(workspace, item, about, standing);
    past.note(one);
    decided.push(one);
  }
  return decided;
}

/** One that waited, judged by what is true now. */
export async function decideAgain(
  workspace: Workspace,
  authored: Authored,
  standing: Standing,
): Promise<Decided> {
  const item = prepare(authored);
  const staff = { kind: 'staff', id: authored.actor.user };
  await workspace.need([staff, ...readsNamed(workspace, item)]);
  const about = await loadReads(workspace, [item]);
  return decide(workspace, item, about, standing);
}

/** Answers with what they name in the end. */
async function loadReads(workspace: Workspace, items: readonly Prepared[]): Promise<Ref[]> {
  for (let round = 0; ; round++) {
    const named = items.flatMap((item) => readsNamed(workspace, item));
    const missing = named.filter((ref) => !workspace.has(ref));
    if (missing.length === 0 || round === rounds) return named;
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
  const { args, base, expected } = body;
  return upcast({ entry: header.id, verb: name, version, args, base, expected });
}

/** An entry as far as it has no effect. */
function without({ entry, actor }: Prepared, about: readonly Ref[]): Omit<Decided, 'verdict'> {
  return { entry, actor, about, touched: [], settled: [], isAgain: false };
}

function decide(
  workspace: Workspace,
  prepared: Prepared,
  about: readonly Ref[],
  standing: Standing,
): Decided {
  const item = without(prepared, about);
  const lost = standing.isForced ? trouble : lostSince(workspace, item, standing);
  if (lost) return { ...item, verdict: { code: 'quarantined', problem: lost } };
  try {
    const judged = judgeEntry(workspace, prepared);
    if (!('changes' in judged)) return { ...item, verdict: verdictOf(judged) };
    const barred = barredSince(workspace, prepared);
    if (barred) return { ...item, verdict: { code: 'quarantined', problem: barred } };
    const touched = workspace.put(judged.changes);
    const settled = judged.changes.flatMap((change) => change.settled ?? []);
    return {
      ...item,
      touched,
      settled: [...new Set(settled.map(({ entry }) => entry))],
      verdict: verdictOf(judged),
    };
  } catch {
    return { ...item, verdict: { code: 'quarantined', problem: trouble } };
  }
}

function verdictOf(judged: Judged): Verdict {
  switch (judged.outcome) {
    case 'applied':
    case 'merged':
      return { code: judged.outcome };
    case 'blocked':
      return { code: 'blocked', by: judged.by, problem: judged.problem };
    case 'conflict':
      return { code: 'conflict', problem: judged.problem };
    case 'rejected': {
      // The tablet judged by a consent that has been withdrawn since.
      const isLost = judged.problem.code === 'noConsent';
      return { code: isLost ? 'quarantined' : 'rejected', problem: judged.problem };
    }
  }
}

const trouble: Problem = { code: 'serverTrouble' };
const putAway: Problem = {
  code: 'refused',
  reason: 'この記録は、取り下げられたか、別の記録で直されています。',
};

function judgeEntry(workspace: Workspace, { entry, actor, proposal, parsed }: Prepared): Judged {
  const { occurredAt, businessDate } = entry.header;
  if (!isIsoDate(businessDate))
    return { outcome: 'rejected', problem: { code: 'malformed', reason: 'businessDate' } };
  return judge(proposal, workspace, actor, { occurredAt, businessDate }, parsed);
}

/**
 * Authorship is the lease's; whether it still stands is the server's own record of today. Who has left is believed for what she
 * wrote until the evening of her last day, by the tablet's word; a stopped store (a tablet that is lost) is not believed at all.
 */
function lostSince(workspace: Workspace, item: Authored, standing: Standing): Problem | undefined {
  const { actor } = item;
  if (standing.isRevoked) return { code: 'revoked' };
  if (actor.role === 'counter' || actor.role === 'system') return undefined;
  const facts: Values = partOf(workspace.get('staff', actor.user), 'facts');
  if (!wasInService(facts, writtenOn(item.entry))) return { code: 'revoked' };
  return text(facts['org']) === actor.org ? undefined : notHers(item);
}

const notHers = ({ entry }: Authored): Problem => ({
  code: 'notAllowed',
  action: readVerbRef(entry.header.verb).name,
});

/** What she wrote in a former role stands as far as she might write it in the present one too, raised or not. */
function barredSince(workspace: Workspace, prepared: Prepared): Problem | undefined {
  const { actor } = prepared;
  if (actor.role === 'counter' || actor.role === 'system') return undefined;
  const role = text(partOf(workspace.get('staff', actor.user), 'facts')['role']) as Role; // code list of the kind
  if (role === actor.role) return undefined;
  const now = judgeEntry(workspace, { ...prepared, actor: { ...actor, role } });
  return 'changes' in now ? undefined : notHers(prepared);
}

/** By the later of the two dates that it bears; its clock is put right as far as the tablet knew. */
function writtenOn({ header }: Entry): string {
  const byClock = businessDateJst(header.occurredAt - header.estSkew);
  return byClock > header.businessDate ? byClock : header.businessDate;
}
