/** Spans of days as staff say them: 「今日」「昨日」「3日前」「あと5日」. */
import { daysBetween } from '../../domain/date.ts';

export function daysAgo(date: string, today: string): string {
  const days = daysBetween(date, today);
  if (days === 0) return '今日';
  if (days === 1) return '昨日';
  return days > 0 ? `${days}日前` : daysLeft(date, today);
}

export function daysLeft(date: string, today: string): string {
  const days = daysBetween(today, date);
  if (days === 0) return '今日まで';
  return days > 0 ? `あと${days}日` : `${-days}日すぎています`;
}

/** 「5日目」: the day itself is the first. */
export function dayCount(date: string, today: string): number {
  return Math.max(1, daysBetween(date, today) + 1);
}

/** A desk's age of a thing: what came today has no days yet. */
export function dayWords(days: number): string {
  return days <= 1 ? '今日' : `${days}日目`;
}
