/**
 * What can still become of a refused entry: asked of the same judgement that the press would meet, be it of the entry itself
 * or of the choice that it left. Where nothing helps any more, the screen says so instead of offering the press.
 */
import type { OutboxItem, Session } from '../../device/types.ts';
import { peopleOf } from '../../domain/kind.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import { seekerName } from '../../domain/kinds/seeker.ts';
import { isAllowed } from '../../domain/permission.ts';
import { ok, type Problem } from '../../domain/problem.ts';
import { isAtHand, partOf, type Actor, type Rec } from '../../domain/record.ts';
import { text, type Value } from '../../domain/value.ts';
import { flatten } from '../../domain/verbs.ts';
import { anewOf, isTalk, type Anew } from './anew.ts';
import { attachedBefore } from './attached-before.ts';
import { consentOver } from './consent-over.ts';
import { isDeadEnd } from './dead-end.ts';
import { isCorrection } from './laid-over.ts';
import { namesOf } from './names-of.ts';
import { neverComes } from './never-comes.ts';
import { openTarget } from './open-target.ts';
import { discardWords, isTwoValues, type DeadEnd } from './outbox-view.ts';
import { isWrongPerson, stepAgainst } from './step-against.ts';

type Refused = Pick<OutboxItem, 'id' | 'verb' | 'args' | 'problem' | 'site'> &
  Partial<Pick<OutboxItem, 'state' | 'records'>>;

export interface Outlook {
  /** What it corrects, as far as this tablet may show it. */
  readonly record: Rec | undefined;
  /** Whom that is about. */
  readonly people: readonly string[];
  /** Why that could not be opened: nothing may be written over it unseen. */
  readonly unread: Problem | undefined;
  /** Why it cannot be sent now, whatever is changed in its form. */
  readonly deadEnd: DeadEnd | undefined;
}

export async function outlook(session: Session, item: Refused): Promise<Outlook> {
  const { verb, args } = item;
  const opened = args && isCorrection(verb) ? await openTarget(session, verb, args) : ok(undefined);
  const kind = kindNamed(verb.split('.')[0] ?? '');
  const held = kind && session.get(kind.name, text(args?.['id']) ?? '');
  return {
    record: opened.ok ? opened.value : undefined,
    people: kind && held ? peopleOf(kind, held) : [],
    unread: opened.ok ? undefined : opened.problem,
    deadEnd: await deadEndNow(session, item),
  };
}

/** The same of a line in a list, where nothing is opened. */
export async function deadEndNow(session: Session, item: Refused): Promise<DeadEnd | undefined> {
  const { verb, args, problem } = item;
  if (!args) return undefined;
  // That another entry took its place no judgement of its own tells.
  if (problem?.code === 'superseded') return { problem };
  if (isTwoValues(item)) return choiceRefused(session, item);
  const known = foreseen(session, item) ?? (await neverComes(session, item, deadEndNow));
  if (known) return known;
  const found = await session.check(verb, args);
  return isDeadEnd(found, verb) ? { problem: found } : undefined;
}

/** What can be told without the judgement, and better. */
const foreseen = (session: Session, item: Refused) =>
  ofOtherCounter(session, item) ??
  consentOver(session, item) ??
  attachedBefore(session, item) ??
  notShown(session, item);

/** What was counted at one counter must not come to be counted at another because of who sends it. */
function ofOtherCounter({ actor, get }: Session, { verb, site }: Refused): DeadEnd | undefined {
  if (!countsHere(verb) || !isElsewhere(actor, site)) return undefined;
  const name = namesOf(get)('site', site);
  const reason = `「${name}」の窓口の記録です。ここから送ると別の窓口の数になるため、送れません。`;
  const press = `「${name}」の責任者が「職員の要確認」で直せます。「${name}」の窓口で入れなおしたときや、要らないときは、「${discardWords}」を押してください。`;
  return { problem: { code: 'refused', reason }, press };
}

/** It makes a record, and that is one of the counter from which it is sent. */
export function countsHere(verb: string): boolean {
  const sites = kindNamed(verb.split('.')[0] ?? '')?.siteFields ?? [];
  return verbNamed(verb)?.shape?.does === 'create' && sites.includes('site');
}

const isElsewhere = (actor: Actor, site: Value | undefined) =>
  site !== undefined && !isAtHand(actor, site);

/** What is not shown here (a merged registration leads to another) is not written over either. */
function notShown({ get }: Session, { verb, args = {} }: Refused): DeadEnd | undefined {
  if (!isCorrection(verb)) return undefined;
  const id = text(args['id']) ?? '';
  const held = get(verb.split('.')[0] ?? '', id);
  if (held?.id === id) return undefined;
  return held ? mergedInto(held) : notHeld;
}

function mergedInto(held: Rec): DeadEnd {
  const name = seekerName(held);
  const whose = name === '' ? 'ほかの方' : `「${name}」さん`;
  const reason = `この台帳は、${whose}の台帳にまとめられています。もとの台帳は、もう直せません。`;
  const press = `要るところは、${whose}の台帳に入れてください。済んだら「${discardWords}」を押してください。`;
  return { problem: { code: 'refused', reason }, press };
}

const notHeld: DeadEnd = {
  problem: {
    code: 'refused',
    reason: '直すもとの記録が、この端末にはありません。いまの内容を見られないため、送れません。',
  },
  press: `書いた内容は下に出ています。要るところを写してから、「${discardWords}」を押してください。`,
};

/** Why none of its choices is taken any more; undefined where one may be. */
async function choiceRefused({ check }: Session, item: Refused): Promise<DeadEnd | undefined> {
  const asked = choicesAsked(item);
  const found = await Promise.all(asked.map(({ verb, args }) => check(verb, args)));
  const [first] = found;
  const isOver = found.every((problem, at) => isDeadEnd(problem, asked[at]?.verb ?? ''));
  return isOver && first ? { problem: first } : undefined;
}

/** The least that can be said: that the value stays as it is. Its sealed part need not be open for that. */
function choicesAsked({ id: entry, problem, records = [] }: Refused) {
  if (problem?.code !== 'baseChanged') return [];
  const [field] = problem.fields;
  const parts = Object.entries(kindNamed(problem.kind)?.parts ?? {});
  const part = parts.find(([, { fields }]) => Object.hasOwn(fields, field ?? ''))?.[0];
  if (field === undefined || part === undefined) return [];
  return records
    .filter((one) => one.kind === problem.kind)
    .map(({ id }) => ({
      verb: `${problem.kind}.settle`,
      args: { id, part, field, entry, keep: 'current' },
    }));
}

/** Whose consultation it is has to be said first; with whom it cannot be. */
export function asksWhom(
  session: Session,
  item: Refused,
  record: Rec | undefined,
  { problem, neverComes: isLost }: DeadEnd,
): { readonly not: string | undefined } | undefined {
  const { actor, get } = session;
  const site = partOf(record, 'facts')['site'] ?? item.site;
  const mayBe = isTalk(item.verb) && isAllowed('case.write', actor, 'own');
  if (!mayBe || isElsewhere(actor, site)) return undefined;
  const seeker = text(item.args?.['seeker'] ?? flatten(record)['seeker']);
  if (isLost) return get('seeker', seeker ?? '') ? undefined : { not: undefined };
  const isWrong = isWrongPerson(session, stepAgainst(item, problem, record));
  return isWrong ? { not: seeker } : undefined;
}

/** Its words as something new, on its own day: never at another counter, and not while it waits by itself. */
export function anewFrom(
  session: Session,
  item: Refused & Pick<OutboxItem, 'businessDate'>,
  record: Rec | undefined,
  deadEnd: DeadEnd | undefined,
): Anew | undefined {
  const site = partOf(record, 'facts')['site'] ?? item.site;
  const isWaiting = item.problem?.code === 'waitsFor' && !deadEnd?.neverComes;
  if (!deadEnd || isWaiting || isElsewhere(session.actor, site)) return undefined;
  return anewOf(session, item, record, deadEnd.problem);
}
