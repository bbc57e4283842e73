/**
 * The day that paper is being entered for. While it is set, the screens live on that day: what they call today is it, and
 * every write is of that business date (design.md §6.8: staff confirm it). The entry itself keeps the time it was made.
 */
import { computed, signal } from '@preact/signals';
import type { Session, Tablet } from '../../device/types.ts';
import { businessDateJst, daysBetween, isIsoDate } from '../../domain/date.ts';

export const longestBack = 31;

const chosen = signal<string | undefined>(undefined);
export const paperDay = computed(() => chosen.value);

export function isPaperDay(day: string, today: string): boolean {
  return isIsoDate(day) && day < today && daysBetween(day, today) <= longestBack;
}

export function startPaperDay(day: string): void {
  chosen.value = day;
}

export function endPaperDay(): void {
  chosen.value = undefined;
}

const dayMs = 86_400_000;

/** The same tablet on another day, at the same time of day. */
export function tabletOn(tablet: Tablet, day: string | undefined): Tablet {
  if (day === undefined) return tablet;
  const now = () => tablet.now() - daysBetween(day, businessDateJst(tablet.now())) * dayMs;
  return { ...tablet, now, today: () => day };
}

export function sessionOn(session: Session, day: string | undefined): Session {
  if (day === undefined) return session;
  return {
    ...session,
    write: (verb, args, options) => session.write(verb, args, { businessDate: day, ...options }),
  };
}
