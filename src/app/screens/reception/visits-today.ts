/**
 * The board: today's visits at this counter as rows, newest first; ticket numbers. Pure; counts are the metrics' affair
 * (domain/metrics).
 */
import { closedBefore } from '../../../domain/closed-site.ts';
import { codeLabel } from '../../../domain/codes.ts';
import { stateOf } from '../../../domain/kind.ts';
import { visit as visitKind } from '../../../domain/kinds/visit.ts';
import { isAtHand, partOf, type Actor, type Rec, type View } from '../../../domain/record.ts';
import { integer, text, texts } from '../../../domain/value.ts';
import { arrival } from './suggested-kind.ts';

export interface BoardRow {
  readonly id: string;
  readonly record: Rec;
  readonly at: number;
  readonly ticket: string;
  readonly purposes: string;
  readonly state: string;
  readonly stateLabel: string;
  readonly isHere: boolean;
  readonly heads: number;
  readonly channel: string;
  readonly kindLabel: string;
  /** Minutes since arrival while waiting, since the talk began while being served. */
  readonly minutes: number | undefined;
}

const hereStates = ['waiting', 'called', 'withCity', 'withHW'];

type Here = Pick<Actor, 'site' | 'alsoSites'>;

export function todaysVisits(visits: readonly Rec[], here: Here, today: string): readonly Rec[] {
  return visits
    .filter((visit) => {
      const facts = partOf(visit, 'facts');
      return isAtHand(here, facts['site']) && facts['date'] === today;
    })
    .toSorted((a, b) => arrival(b) - arrival(a) || (a.id < b.id ? 1 : -1));
}

/** Counted for a counter that had closed by then: the figures of its last days are not what they seem. */
export function isAfterClosing(visit: Rec, view: View): boolean {
  const { site, date } = partOf(visit, 'facts');
  return closedBefore(view.get('site', text(site) ?? ''), text(date) ?? '') !== undefined;
}

export function boardRow(record: Rec, now: number): BoardRow {
  const facts = partOf(record, 'facts');
  const state = stateOf(record) ?? '';
  const isHere = hereStates.includes(state);
  const since = state.startsWith('with') ? integer(facts['servedAt']) : arrival(record);
  return {
    id: record.id,
    record,
    at: arrival(record),
    ticket: text(facts['ticket']) ?? '',
    purposes: texts(facts['purposes'])
      .map((code) => codeLabel('purpose', code))
      .join('・'),
    state,
    stateLabel: stateWords(state, text(facts['channel'])),
    isHere,
    heads: integer(facts['heads']) ?? 1,
    channel: text(facts['channel']) ?? 'inPerson',
    kindLabel: codeLabel('visitKind', text(facts['visitKind']) ?? ''),
    minutes:
      isHere && since !== undefined ? Math.max(0, Math.floor((now - since) / 60_000)) : undefined,
  };
}

/** Nobody sits waiting at the other end of a telephone. */
export function isDistant(channel: string | undefined): boolean {
  return channel === 'phone' || channel === 'online';
}

function stateWords(state: string, channel: string | undefined): string {
  return state === 'waiting' && isDistant(channel)
    ? '対応待ち'
    : (visitKind.states?.[state] ?? state);
}

const letters = 'ABCDEFGHJKLMNPRSTUVWXY';

/** Two tablets of one counter hardly share a letter, so that both can give numbers offline. */
export function deviceLetter(device: string): string {
  const sum = Array.from(device).reduce(
    (total, sign) => (total * 31 + sign.charCodeAt(0)) % 65_521,
    7,
  );
  return letters[sum % letters.length] ?? 'A';
}

export function nextTicket(visits: readonly Rec[], letter: string): string {
  const numbers = visits.flatMap((visit) => {
    const ticket = text(partOf(visit, 'facts')['ticket']) ?? '';
    return ticket.startsWith(letter) ? [Number(ticket.slice(letter.length)) || 0] : [];
  });
  return `${letter}${Math.max(0, ...numbers) + 1}`;
}
