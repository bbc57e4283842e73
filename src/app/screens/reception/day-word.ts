/** 「今日」, or the day that paper is being entered for. */
import { formatDateJa } from '../../../domain/wareki.ts';
import { paperDay } from '../../state/paper-day.ts';

export function useDayWord(): string {
  const day = paperDay.value;
  return day === undefined ? '今日' : formatDateJa(day);
}
