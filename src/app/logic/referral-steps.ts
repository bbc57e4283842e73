/**
 * What may be done with a referral in each state, in the order staff need it, and how long it has been waiting. The
 * states and verbs are those of kinds/referral.ts; a test holds this table against them.
 */
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
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
