/**
 * The boxes of the handoff screen: new to this desk, accepted by either side, not yet gone from this tablet, waiting for the
 * other desk, and what came back or was left as a draft. Age in days is counted from the day of the handoff. What may be
 * done follows state and side.
 */
import { stateOf } from '../../domain/kind.ts';
import { handoff } from '../../domain/kinds/handoff.ts';
import { normaliseNumberText } from '../../domain/names.ts';
import { isAtHand, partOf, type Actor, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { dayCount } from './days.ts';
import type { Leaving } from './handoff-leaving.ts';

export type Box = 'fresh' | 'mine' | 'unsent' | 'waiting' | 'back' | 'ended';

export const boxLabels: Readonly<Record<Box, string>> = {
  fresh: '新しい',
  mine: '受け入れた',
  unsent: 'まだ送っていない',
  waiting: '返事待ち',
  back: '差し戻し・下書き',
  ended: '終わった',
};

export interface BoxRow {
  readonly record: Rec;
  readonly days: number;
  readonly isUrgent: boolean;
}

type Desk = Pick<Actor, 'org' | 'site' | 'alsoSites'>;

const fresh = ['sent', 'received'];
const working = ['accepted', 'inProgress', 'reported'];
const unsent = ['draft', 'awaitingConsent', 'ready', 'returned'];

export function isReceiver(record: Rec, desk: Desk): boolean {
  const facts = partOf(record, 'facts');
  return facts['toOrg'] === desk.org && isAtHand(desk, facts['toSite']);
}

export function isSender(record: Rec, desk: Desk): boolean {
  return partOf(record, 'facts')['org'] === desk.org;
}

/** What was told has left this desk: it was sent back, cancelled, or the consent withdrawn. */
export function isGone(record: Rec): boolean {
  return record.parts['offer'] === undefined && partOf(record, 'facts')['named'] === true;
}

export function boxOf(record: Rec, desk: Desk, leaving?: Leaving): Box | undefined {
  const state = stateOf(record) ?? '';
  const [to, from] = [isReceiver(record, desk), isSender(record, desk)];
  if (!to && !from) return undefined;
  if (to && fresh.includes(state)) return 'fresh';
  if (working.includes(state)) return 'mine';
  if (fresh.includes(state)) return leaving === 'here' ? 'unsent' : 'waiting';
  if (from && unsent.includes(state)) return 'back';
  return 'ended';
}

export function boxes(
  handoffs: readonly Rec[],
  desk: Desk,
  today: string,
  leavingOf: (record: Rec) => Leaving | undefined = () => undefined,
): Readonly<Record<Box, readonly BoxRow[]>> {
  const rows = handoffs.map((record) => ({
    box: boxOf(record, desk, leavingOf(record)),
    record,
    days: dayCount(text(partOf(record, 'facts')['date']) ?? today, today),
    isUrgent: !['normal', undefined].includes(text(partOf(record, 'facts')['urgency'])),
  }));
  const inBox = (box: Box) => rows.filter((row) => row.box === box).sort(urgentThenOld);
  return {
    fresh: inBox('fresh'),
    mine: inBox('mine'),
    unsent: inBox('unsent'),
    waiting: inBox('waiting'),
    back: inBox('back'),
    ended: inBox('ended').reverse(),
  };
}

function urgentThenOld(a: BoxRow, b: BoxRow): number {
  return Number(b.isUrgent) - Number(a.isUrgent) || b.days - a.days;
}

/** To the receiver 「相手が見た」 would be herself, and it is she who owes the answer. */
const receiverWords: Readonly<Record<string, string>> = {
  sent: '未開封',
  received: '返事がまだ',
};

const senderWords: Readonly<Record<string, string>> = {
  accepted: '相手が受け入れた',
  inProgress: '相手が対応中',
  reported: '結果が届いた',
};

const leavingWords: Readonly<Record<Leaving, string>> = {
  here: 'まだ送っていません（この端末に保存）',
  byHand: '手渡しずみ（サーバーへはこれから）',
  waits: 'サーバーで待っています',
};

export function stateWords(record: Rec, desk: Desk, leaving?: Leaving): string {
  const state = stateOf(record) ?? '';
  if (isReceiver(record, desk) && receiverWords[state]) return receiverWords[state];
  if (state === 'sent' && leaving) return leavingWords[leaving];
  const own = isReceiver(record, desk) ? undefined : senderWords[state];
  return own ?? handoff.states?.[state] ?? '';
}

const receiverSteps: Readonly<Record<string, readonly string[]>> = {
  sent: ['accept', 'return'],
  received: ['accept', 'return'],
  accepted: ['start', 'report'],
  inProgress: ['report'],
};

const senderSteps: Readonly<Record<string, readonly string[]>> = {
  draft: ['recordConsent', 'cancel'],
  awaitingConsent: ['recordConsent', 'refuseConsent', 'cancel'],
  ready: ['send', 'cancel'],
  sent: ['cancel'],
  received: ['cancel'],
  // Accepted, it is the other desk's: what is no longer wanted is said to it, and a consent is withdrawn on her page.
  reported: ['close'],
  returned: ['redraft', 'cancel'],
};

/** Without a name there is no consent to take anew: what came back goes again as it is, or is given up. */
const unnamedSenderSteps: Readonly<Record<string, readonly string[]>> = {
  ...senderSteps,
  draft: ['sendUnnamed', 'cancel'],
};

/** Verbs (without the kind's name) open to this desk; both sides may be the same organisation at two counters. */
export function handoffSteps(record: Rec, desk: Desk): readonly string[] {
  const state = stateOf(record) ?? '';
  const isNamed = partOf(record, 'facts')['named'] === true;
  const sending = isNamed ? senderSteps : unnamedSenderSteps;
  return [
    ...(isReceiver(record, desk) ? (receiverSteps[state] ?? []) : []),
    ...(isSender(record, desk) ? (sending[state] ?? []) : []),
  ];
}

/** The unnamed handoff whose slip the client brought; only those addressed to this desk. */
export function bySlip(handoffs: readonly Rec[], typed: string, desk: Desk): Rec | undefined {
  const slip = normaliseNumberText(typed.normalize('NFKC')).replaceAll(/\D/g, '');
  if (slip.length !== 6) return undefined;
  const found = handoffs.filter(
    (record) => partOf(record, 'facts')['slip'] === slip && isReceiver(record, desk),
  );
  return found.find((record) => fresh.includes(stateOf(record) ?? '')) ?? found[0];
}
