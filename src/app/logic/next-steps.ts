/**
 * What comes next for a person: appointments, results not yet known, open handoffs, and what runs out. Each says how
 * long it waits or has left, and where to go; what is overdue comes first.
 */
import { daysBetween } from '../../domain/date.ts';
import { stateOf } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { openStates } from '../../domain/kinds/handoff.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { isObject, text, type Value, type Values } from '../../domain/value.ts';
import { formatDateJa } from '../../domain/wareki.ts';
import { dayCount, daysLeft } from './days.ts';
import { waitingStates } from './referral-steps.ts';
import { nextText } from './timeline.ts';

export type Tone = 'overdue' | 'soon' | 'calm';

export interface NextStep {
  readonly key: string;
  readonly label: string;
  readonly text: string;
  readonly tone: Tone;
  /** Screen that deals with it; undefined where this page does. */
  readonly screen?: 'handoffs' | 'referrals' | 'records';
  /** Which record that is, where it is not the key. */
  readonly id?: string;
  readonly kind?: string;
}

const soonDays = 14;
const longWait = 7;
const rank: Readonly<Record<Tone, number>> = { overdue: 0, soon: 1, calm: 2 };

export function nextSteps(
  seeker: Rec | undefined,
  about: readonly Rec[],
  today: string,
  /** How a handoff stands, in words that know more than its record. */
  handoffWords?: (record: Rec) => string,
): NextStep[] {
  const live = about.filter((record) => stateOf(record) !== 'voided');
  return [
    ...appointments(live, today),
    ...live.flatMap((record) => stepOf(record, today, handoffWords)),
    ...live.flatMap((record) => trialOf(record, live, today)),
    ...duesOf(live, today),
    ...seekingUntil(seeker, live, today),
  ].sort((a, b) => rank[a.tone] - rank[b.tone]);
}

function appointments(records: readonly Rec[], today: string): NextStep[] {
  return records.flatMap((record) => {
    const next = agreedNext(record);
    const date = isObject(next) ? next['date'] : undefined;
    const words = nextText(next);
    if (words === undefined || typeof date !== 'string' || date < today) return [];
    const tone = date === today ? 'soon' : 'calm';
    return [{ key: `next-${record.id}`, label: '次回予約', text: words, tone } as const];
  });
}

/** An appointment, or what a consultation of old carries itself. */
function agreedNext(record: Rec): Value | undefined {
  const shared = partOf(record, 'shared');
  if (record.kind === 'consultation') return shared['next'];
  if (record.kind !== 'appointment' || stateOf(record) !== 'booked') return undefined;
  const { dueOn, time } = partOf(record, 'facts');
  const said = { date: dueOn, time, purpose: shared['purpose'] };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined),
  ) as Values; // without the absent ones
}

function stepOf(record: Rec, today: string, handoffWords?: (record: Rec) => string): NextStep[] {
  const facts = partOf(record, 'facts');
  const date = text(facts['date']) ?? today;
  const state = stateOf(record) ?? '';
  const label = kindNamed(record.kind)?.states?.[state] ?? '';
  const days = dayCount(date, today);
  if (record.kind === 'referral' && waitingStates.includes(state)) {
    const employer = text(partOf(record, 'shared')['employerName']) ?? '紹介先';
    const tone = days > longWait ? 'overdue' : 'calm';
    const words = `${employer}（${label}）・紹介から${days}日目`;
    return [{ key: record.id, label: '採否待ち', text: words, tone, screen: 'referrals' }];
  }
  if (record.kind === 'handoff' && [...openStates, 'returned'].includes(state)) {
    const tone = state === 'returned' || isPast(text(facts['dueOn']), today) ? 'overdue' : 'calm';
    const words = `${handoffWords?.(record) ?? label}・${days}日目`;
    return [{ key: record.id, label: '引継ぎ', text: words, tone, screen: 'handoffs' }];
  }
  const expires = text(facts['expiresOn']);
  return record.kind === 'consent' && state === 'live' && expires
    ? [until(record.id, '同意の期限', expires, today)]
    : [];
}

const isPast = (date: string | undefined, today: string) => date !== undefined && date < today;

function until(key: string, label: string, date: string, today: string): NextStep {
  const days = daysBetween(today, date);
  const tone = days < 0 ? 'overdue' : days <= soonDays ? 'soon' : 'calm';
  return { key, label, text: `${formatDateJa(date)}（${daysLeft(date, today)}）`, tone };
}

/** Until it is known whether she stays, or has gone. */
function trialOf(record: Rec, records: readonly Rec[], today: string): NextStep[] {
  const { trialUsed, trialEnd, referral } = partOf(record, 'facts');
  const end = text(trialEnd);
  if (record.kind !== 'placement' || trialUsed !== true || end === undefined) return [];
  const id = text(referral) ?? '';
  const cause = records.find((one) => one.kind === 'referral' && one.id === id);
  if (['converted', 'ended', 'cancelled'].includes(stateOf(cause) ?? '')) return [];
  const step = until(`trial-${record.id}`, 'トライアルの終わり', end, today);
  return [cause ? { ...step, screen: 'referrals', id } : step];
}

/** Appointments and waiting referrals have their own words above. */
const shelved = (record: Rec) =>
  record.kind === 'appointment' ? undefined : kindNamed(record.kind);

/** What the records themselves say is due: all that is near, and of each kind the next one. */
function duesOf(records: readonly Rec[], today: string): NextStep[] {
  const found = records
    .flatMap((record) => {
      const due = shelved(record)?.due?.(record, today);
      return due ? [{ record, due }] : [];
    })
    .sort((a, b) => a.due.date.localeCompare(b.due.date));
  const isFirst = (kind: string, at: number) =>
    found.findIndex(({ record }) => record.kind === kind) === at;
  return found
    .map(({ record, due }, at) => {
      const { text: day, tone } = until('', '', due.date, today);
      const { id, kind } = record;
      const label = kindNamed(kind)?.label ?? '';
      const words = `${due.word}　${day}`;
      return {
        at,
        kind,
        step: { key: id, label, text: words, tone, screen: 'records', kind } as const,
      };
    })
    .filter(({ at, kind, step }) => step.tone !== 'calm' || isFirst(kind, at))
    .map(({ step }) => step);
}

/** The later of what the file says and what the newest registration says. */
function seekingUntil(seeker: Rec | undefined, records: readonly Rec[], today: string): NextStep[] {
  const dates = records
    .filter((record) => record.kind === 'registration')
    .map((record) => text(partOf(record, 'detail')['validTo']));
  const all = [text(partOf(seeker, 'file')['hwValidTo']), ...dates].flatMap((date) => date ?? []);
  const latest = all.sort().at(-1);
  return latest ? [until('hwValidTo', '求職の有効期限', latest, today)] : [];
}
