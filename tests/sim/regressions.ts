/**
 * Days that once broke a rule, with what they showed. Most did so with a fault planted (planted.ts): they are known to go
 * through the places where such faults hurt, and run with every run of the tests.
 */
import type { Step } from './steps.ts';

export interface Regression {
  readonly what: string;
  readonly seed: number;
  /** Absent: those of the seed. */
  readonly steps?: readonly Step[];
}

export const regressions: readonly Regression[] = [
  { seed: 1, what: 'more was acknowledged than the server had answered for: entries never came' },
  { seed: 2, what: 'what was acknowledged left the screen before the rows had it' },
  { seed: 5, what: 'entries stood in the order of a clock that had been moved' },
  { seed: 10, what: 'a restored server was not told again what it had forgotten' },
  { seed: 17, what: 'an entry whose answer was lost had its effect twice' },
  { seed: 18, what: 'a server that died had acknowledged what it had not committed' },
  { seed: 39, what: 'a cursor was stored without the rows that it stands for' },
  { seed: 40, what: 'an evicted part stayed on the tablet' },
  { seed: 64, what: 'an amendment was acknowledged and gone after the crash of the server' },
];
