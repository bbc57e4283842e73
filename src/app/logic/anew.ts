/**
 * What was written for a consultation that is gone, or that hung on a visit that is: carried into a new consultation, on the
 * day of the old one. The new entry takes the refused one's place, so that nothing waits and nothing counts twice.
 */
import type { OutboxItem, Session } from '../../device/types.ts';
import { stateOf } from '../../domain/kind.ts';
import { isAllowed } from '../../domain/permission.ts';
import type { Problem } from '../../domain/problem.ts';
import { isAtHand, partOf, type Rec } from '../../domain/record.ts';
import { integer, text, type Values } from '../../domain/value.ts';
import { amended, flatten } from '../../domain/verbs.ts';
import { consultationFields, firstValues, walkInNames } from './consultation-form.ts';
import { othersLike } from './others-like.ts';

export interface Anew {
  /** The refused entry. */
  readonly supersedes: string;
  readonly seeker: Rec;
  readonly values: Values;
  readonly date: string;
  readonly startedAt: number | undefined;
  /** What was to be corrected. */
  readonly record: Rec | undefined;
  /** The visit it belonged to, where that still stands. */
  readonly visit: Rec | undefined;
  /** The temporary counter of the visit that is gone. */
  readonly outpost: string | undefined;
  /** It was at one that this counter does not hold, or does not know. */
  readonly isOutpostLost: boolean;
  /** Others of the same person and day: she may have been written down already. */
  readonly others: readonly Rec[];
}

const verbs = ['consultation.amend', 'consultation.record', 'consultation.recordWalkIn'];

export const isTalk = (verb: string): boolean => verbs.includes(verb);

const isGone = ({ code }: Problem) => code === 'illegalState' || code === 'waitsFor';

export function anewOf(
  session: Pick<Session, 'get' | 'all' | 'actor'>,
  item: Pick<OutboxItem, 'id' | 'verb' | 'businessDate' | 'args'>,
  record: Rec | undefined,
  problem: Problem,
): Anew | undefined {
  const { get, actor } = session;
  const given = amended(flatten(record), item.args ?? {});
  const seeker = get('seeker', text(given['seeker']) ?? '');
  // What this tablet alone does not find may stand elsewhere.
  if (!isTalk(item.verb) || !isGone(problem) || !seeker) return undefined;
  const isOwn = partOf(seeker, 'facts')['org'] === actor.org;
  if (!isOwn || !isAllowed('case.write', actor, 'own')) return undefined;
  const visit = get('visit', text(given['visit']) ?? '');
  const meant = text(given['outpost'] ?? partOf(visit, 'facts')['outpost']);
  const outpost = outpostOf(session, meant);
  const date = text(partOf(record, 'facts')['date']) ?? item.businessDate;
  return {
    supersedes: item.id,
    seeker,
    values: { ...visitValues(session, visit), ...formValues(given) },
    date,
    record,
    startedAt: integer(given['startedAt']),
    visit: stateOf(visit) === 'voided' || isOthers(record, seeker) ? undefined : visit,
    outpost,
    isOutpostLost: outpost !== meant,
    others: othersLike(session, { seeker: seeker.id, given, date, record }),
  };
}

/** It was written for the wrong person: that one's visit is not hers. */
function isOthers(record: Rec | undefined, seeker: Rec): boolean {
  const written = text(flatten(record)['seeker']);
  return written !== undefined && written !== seeker.id;
}

/** Counted as her visit was before it was cancelled; what nobody knows is asked. */
function visitValues({ actor }: Pick<Session, 'actor'>, visit: Rec | undefined): Values {
  const facts = Object.entries(partOf(visit, 'facts'));
  const counted = facts.filter(([name]) => walkInNames.some((walkIn) => walkIn === name));
  return { ...firstValues(actor), ...Object.fromEntries(counted) };
}

/** Where it is not one of her counter's, the server would refuse it, and no field of the form asks for another. */
function outpostOf({ get, actor }: Pick<Session, 'get' | 'actor'>, id = ''): string | undefined {
  return isAtHand(actor, partOf(get('event', id), 'facts')['site']) ? id : undefined;
}

const formValues = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => Object.hasOwn(consultationFields, name)),
  );
