/**
 * 就職率: hires over new applications of the same period, not of a cohort (厚生労働省 一般職業紹介状況). Worked out from whole
 * numbers, one decimal, half up; 「－」 without a denominator.
 */
import { percent } from '../figures.ts';
import type { Fact, Period } from './metric.ts';
import { placements } from './placements.ts';
import { registrations } from './registrations.ts';

export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
  /** One decimal, without the % sign. */
  readonly text: string;
}

export const placementRate = {
  name: 'placementRate',
  version: 1,
  label: '就職率',
  unit: '%',
  basis: '厚生労働省「一般職業紹介状況」（就職率＝就職件数÷新規求職申込件数×100）',
  of: (facts: readonly Fact[], period: Period): Ratio => {
    const numerator = placements.count(facts, period).value;
    const denominator = registrations.count(facts, period).value;
    return { numerator, denominator, text: percent(numerator, denominator) };
  },
} as const;
