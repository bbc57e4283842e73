/**
 * What of the shelves' records is due: each kind says so itself (Kind.due). Shown to those who can take the next step, at
 * the counter where it was written unless the whole area reads it, and to the colleague it names.
 */
import { stateOf, type Due, type Kind } from '../../domain/kind.ts';
import { kinds } from '../../domain/kinds/index.ts';
import { isAtHand, partOf, type Rec } from '../../domain/record.ts';
import { offeredVerbs, type Desk } from './record-verbs.ts';
import { leads } from './record-kinds.ts';

export interface DueRecord {
  readonly kind: Kind;
  readonly record: Rec;
  readonly due: Due;
}

export const dueKinds: readonly Kind[] = kinds.filter(({ due }) => due !== undefined);

export function dueRecords(
  all: (kind: string) => readonly Rec[],
  today: string,
  desk: Desk,
): readonly DueRecord[] {
  return dueKinds.flatMap((kind) =>
    all(kind.name).flatMap((record) => {
      const due = kind.due?.(record, today);
      return due && (due.from ?? due.date) <= today && waitsHere(kind, record, desk)
        ? [{ kind, record, due }]
        : [];
    }),
  );
}

function waitsHere(kind: Kind, record: Rec, desk: Desk): boolean {
  const { site, staff } = partOf(record, 'facts');
  const isElsewhere = kind.parts['facts']?.audience === 'sites' && !isAtHand(desk.actor, site);
  if (isElsewhere || (staff !== undefined && staff !== desk.actor.user)) return false;
  const state = stateOf(record) ?? '';
  return offeredVerbs(kind, record, desk).some((verb) => leads(kind, verb, state));
}
