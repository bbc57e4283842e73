/**
 * What may be done with a referral in each state, in the order staff need it, and how long it has been waiting. The
 * states and verbs are those of kinds/referral.ts; a test holds this table against them.
 */
import { addMonths, isIsoDate } from '../../domain/date.ts';
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text, type Values } from '../../domain/value.ts';
import { dayCount } from './days.ts';

/** Result not known yet. */
export const waitingStates: readonly string[] = ['issued', 'applied', 'interview', 'resultPending'];

const outcomes = ['hire', 'reject', 'withdraw', 'noShow', 'closeJob'];

const stepsByState: Readonly<Record<string, readonly string[]>> = {
  considering: ['contactEmployer', 'issue'],
  employerContacted: ['issue'],
  issued: ['apply', 'interview', 'awaitResult', ...outcomes],
  applied: ['interview', 'awaitResult', ...outcomes],
  interview: ['awaitResult', ...outcomes],
  resultPending: outcomes,
  hired: ['start', 'cancelOffer'],
  started: ['trial', 'convert', 'end'],
  trial: ['convert', 'end'],
  converted: ['end'],
};

/** Verbs (without the kind's name) that the state allows; voiding stands apart. */
export function referralSteps(state: string | undefined): readonly string[] {
  return stepsByState[state ?? ''] ?? [];
}

export function isVoidable(state: string | undefined): boolean {
  return !['voided', 'hired', 'started', 'trial', 'converted', 'ended'].includes(state ?? '');
}

export const stepTitles: Readonly<Record<string, string>> = {
  contactEmployer: '求人者に連絡した',
  issue: '紹介する',
  apply: '応募した',
  interview: '面接が決まった',
  awaitResult: '採否を待つ',
  hire: '採用・就職を記録',
  reject: '不採用',
  withdraw: '本人が辞退',
  noShow: '面接に来なかった',
  closeJob: '求人が締め切られた',
  start: '働きはじめた',
  trial: 'トライアルがはじまった',
  convert: '本採用になった',
  end: '離職した',
  cancelOffer: '内定取消',
};

/** Steps that need nothing more than the tap. */
export const plainSteps: readonly string[] = [
  'apply',
  'awaitResult',
  'start',
  'trial',
  'convert',
  'end',
];

/** How it goes on, and how it ends: two rows of buttons. */
export function progressSteps(state: string | undefined): readonly string[] {
  return referralSteps(state).filter((step) => !outcomes.includes(step));
}

export function outcomeSteps(state: string | undefined): readonly string[] {
  return referralSteps(state).filter((step) => outcomes.includes(step));
}

/** What is asked first of a step; the other arguments follow in the verb's order. */
const firstAsked: Readonly<Record<string, readonly string[]>> = {
  hire: [
    'startDate',
    'hiredAs',
    'term',
    'resultSource',
    'trialUsed',
    'trialEnd',
    'weeklyHours',
    'wage',
  ],
  reject: ['rejectionReasons', 'resultSource'],
  withdraw: ['resultSource', 'rejectionReasons'],
  noShow: ['resultSource', 'rejectionReasons'],
  closeJob: ['resultSource', 'rejectionReasons'],
};

export function askedInOrder(step: string, fields: readonly string[]): readonly string[] {
  const first = (firstAsked[step] ?? []).filter((name) => fields.includes(name));
  return [...first, ...fields.filter((name) => !first.includes(name))];
}

/** What the tap means for the counts, where that is not plain. */
export const stepNotes: Readonly<Record<string, string>> = {
  hire: 'この窓口の就職として、今日の日付で1件数えます。',
  cancelOffer: '内定取消として記録します。就職の記録もいっしょに取り消され、就職件数から外れます。',
  void: 'まちがえて記録した紹介を取り消します。紹介件数から外れます。',
};

const trialMonths = 3;

/** A trial is three months in principle: its end follows the start until somebody gives another. */
export function trialEndFor(values: Values, proposed: Values): Values {
  const start = text(values['startDate']);
  if (values['trialUsed'] !== true || !start || !isIsoDate(start)) return {};
  const isOurs = values['trialEnd'] === proposed['trialEnd'];
  return isOurs ? { trialEnd: addMonths(start, trialMonths) } : {};
}

export type Column = 'preparing' | 'waiting' | 'working' | 'ended';

export const columnLabels: Readonly<Record<Column, string>> = {
  waiting: '採否を待っている',
  preparing: '紹介の前',
  working: '採用・就職',
  ended: '終わった',
};

export function columnOf(state: string | undefined): Column {
  if (waitingStates.includes(state ?? '')) return 'waiting';
  if (['considering', 'employerContacted'].includes(state ?? '')) return 'preparing';
  return ['hired', 'started', 'trial', 'converted'].includes(state ?? '') ? 'working' : 'ended';
}

export interface BoardRow {
  readonly record: Rec;
  readonly days: number;
}

/** The longest waiting first; what has ended, newest first. */
export function referralBoard(
  referrals: readonly Rec[],
  org: string,
  today: string,
): Readonly<Record<Column, readonly BoardRow[]>> {
  const rows = referrals
    .filter((record) => partOf(record, 'facts')['org'] === org)
    .map((record) => ({ record, days: daysSinceIssue(record, today) }));
  const column = (name: Column) => rows.filter(({ record }) => columnOf(stateOf(record)) === name);
  const longest = (a: BoardRow, b: BoardRow) => b.days - a.days;
  const newest = (a: BoardRow, b: BoardRow) => (a.record.id < b.record.id ? 1 : -1);
  return {
    waiting: column('waiting').sort(longest),
    preparing: column('preparing').sort(longest),
    working: column('working').sort(newest),
    ended: column('ended').sort(newest),
  };
}

export function daysSinceIssue(record: Rec, today: string): number {
  return dayCount(text(partOf(record, 'facts')['date']) ?? today, today);
}
