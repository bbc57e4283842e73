/**
 * 今日: what waits for me, most urgent first. Each line says why it is here and what to do. Pure: records in, lines out;
 * names are looked up by the caller, so that nothing here knows where people are kept.
 */
import { codeLabel } from '../../../domain/codes.ts';
import { stateOf } from '../../../domain/kind.ts';
import { isAtHand, partOf, type Actor, type Rec } from '../../../domain/record.ts';
import { isObject, text, texts } from '../../../domain/value.ts';
import { boxes } from '../../logic/handoff-boxes.ts';
import { isDistant } from '../reception/visits-today.ts';
import { daysSinceIssue, waitingStates } from '../../logic/referral-steps.ts';
import { personOfVisit } from '../../logic/visit-of.ts';
import type { Params, ScreenName } from '../../state/nav.ts';

export interface Todo {
  readonly key: string;
  /** Lower is more urgent. */
  readonly rank: number;
  readonly label: string;
  readonly tone: 'danger' | 'warning' | 'accent' | 'plain';
  readonly who: string;
  readonly why: string;
  readonly act: string;
  readonly screen: ScreenName;
  readonly params: Params;
}

export interface Desk {
  readonly actor: Actor;
  readonly today: string;
  readonly now: number;
  readonly nameOf: (seeker: string | undefined) => string;
  readonly siteName: (id: string | undefined) => string;
}

/** Begun and not saved: nobody else knows of it. */
export function begunTodos(seekers: readonly string[], desk: Desk): Todo[] {
  return seekers.map((seeker) => ({
    key: `begun ${seeker}`,
    rank: -10,
    label: '書きかけ',
    tone: 'warning',
    who: `${desk.nameOf(seeker)} 様`,
    why: '相談の記録・まだ保存していません',
    act: '続きを書く',
    screen: 'consultation',
    params: { seeker },
  }));
}

export function handoffTodos(handoffs: readonly Rec[], desk: Desk): Todo[] {
  const { fresh, back } = boxes(handoffs, desk.actor, desk.today);
  const line = (record: Rec, days: number, isUrgent: boolean): Todo => {
    const facts = partOf(record, 'facts');
    const reason = codeLabel('handoffReason', text(facts['reason']) ?? '');
    return {
      key: record.id,
      rank: (isUrgent ? 0 : 20) - Math.min(days, 15),
      label: isUrgent ? '急ぎの引継ぎ' : '引継ぎ',
      tone: isUrgent ? 'danger' : 'accent',
      who: `${desk.siteName(text(facts['site']))}から`,
      why: `${reason}・${days}日目`,
      act: '受け入れる',
      screen: 'handoffs',
      params: { id: record.id },
    };
  };
  const returned = back
    .filter(({ record }) => stateOf(record) === 'returned')
    .map(({ record, days }) => ({
      ...line(record, days, false),
      label: '差し戻し',
      who: desk.nameOf(text(partOf(record, 'sender')['fromSeeker'])),
      act: '直して送る',
    }));
  return [...fresh.map(({ record, days, isUrgent }) => line(record, days, isUrgent)), ...returned];
}

export function referralTodos(referrals: readonly Rec[], desk: Desk): Todo[] {
  return referrals.flatMap((record) => {
    const facts = partOf(record, 'facts');
    const isMine = facts['staff'] === desk.actor.user;
    if (!isMine || !waitingStates.includes(stateOf(record) ?? '')) return [];
    const days = daysSinceIssue(record, desk.today);
    if (days < 3) return [];
    const shared = partOf(record, 'shared');
    return [
      {
        key: record.id,
        rank: 40 - Math.min(days, 30),
        label: '採否未確認',
        tone: days >= 7 ? 'danger' : 'warning',
        who: `${desk.nameOf(text(shared['seeker']))} 様`,
        why: `${text(shared['employerName']) ?? '紹介先'}・${days}日目`,
        act: '結果を記録',
        screen: 'referrals',
        params: { id: record.id },
      },
    ];
  });
}

export function visitorTodos(visits: readonly Rec[], desk: Desk): Todo[] {
  return visits.flatMap((record) => {
    const facts = partOf(record, 'facts');
    const isHere = isAtHand(desk.actor, facts['site']) && facts['date'] === desk.today;
    if (!isHere || !['waiting', 'called'].includes(stateOf(record) ?? '')) return [];
    const minutes = Math.max(0, Math.floor((desk.now - Number(facts['arrivedAt'] ?? 0)) / 60_000));
    const channel = text(facts['channel']) ?? 'inPerson';
    const isAfar = isDistant(channel);
    const purposes = texts(facts['purposes']).map((code) => codeLabel('purpose', code));
    return [
      {
        key: record.id,
        rank: 30 - Math.min(minutes / 5, 20),
        label: isAfar ? codeLabel('channel', channel) : '待っている人',
        tone: minutes >= 20 ? 'warning' : 'plain',
        who: [text(facts['ticket']) ?? '受付番号なし', visitorName(record, desk)].join('　').trim(),
        why: `${purposes.join('・')}・${minutes}分`,
        act: isAfar || stateOf(record) === 'called' ? '相談をはじめる' : '呼び出す',
        screen: 'reception',
        params: { visit: record.id },
      },
    ];
  });
}

const visitorName = (record: Rec, desk: Desk) => {
  const seeker = personOfVisit(record, desk.actor);
  return seeker === undefined ? '' : `${desk.nameOf(seeker)} 様`;
};

export interface Appointment {
  readonly key: string;
  readonly time: string;
  readonly who: string;
  readonly what: string;
  readonly seeker: string | undefined;
  /** The record it is, where that has a page of its own. */
  readonly open?: Params;
}

/** Next talks agreed in consultations, and interviews of my referrals, that fall on today. */
export function appointments(
  consultations: readonly Rec[],
  referrals: readonly Rec[],
  desk: Desk,
): readonly Appointment[] {
  const talks = consultations.flatMap((record): Appointment[] => {
    const { next, seeker } = partOf(record, 'shared');
    const isMine = partOf(record, 'facts')['staff'] === desk.actor.user;
    if (!isMine || stateOf(record) === 'voided' || !isObject(next) || next['date'] !== desk.today)
      return [];
    const what = typeof next['purpose'] === 'string' ? next['purpose'] : '次回の相談';
    const time = typeof next['time'] === 'string' ? next['time'] : '';
    return [{ key: record.id, time, who: desk.nameOf(text(seeker)), what, seeker: text(seeker) }];
  });
  const interviews = referrals.flatMap((record): Appointment[] => {
    const { interviewOn, interviewTime, seeker, employerName } = partOf(record, 'shared');
    const isMine = partOf(record, 'facts')['staff'] === desk.actor.user;
    if (!isMine || interviewOn !== desk.today || stateOf(record) === 'voided') return [];
    return [
      {
        key: record.id,
        time: text(interviewTime) ?? '',
        who: desk.nameOf(text(seeker)),
        what: `面接 ${text(employerName) ?? ''}`,
        seeker: text(seeker),
      },
    ];
  });
  return inTime([...talks, ...interviews]);
}

export function inTime(found: readonly Appointment[]): readonly Appointment[] {
  return found.toSorted((a, b) => (a.time < b.time ? -1 : 1));
}

export function inOrder(todos: readonly Todo[]): readonly Todo[] {
  return todos.toSorted((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));
}
