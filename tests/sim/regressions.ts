/** Histories that once broke a rule: each stays, with what it was about. */
import type { Step } from './steps.ts';

export interface Regression {
  readonly what: string;
  readonly seed: number;
  readonly steps: readonly Step[];
}

export const regressions: readonly Regression[] = [];
