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
  { seed: 104, what: 'the bench took for waiting what had been withdrawn before its visit came' },
  {
    seed: 5002655,
    what: 'an answer that came again to a closed desk left a readable copy of what the rows had',
    steps: [
      { kind: 'write', tablet: 30, seed: 1368683994, turns: 10000 },
      { kind: 'write', tablet: 26, seed: 1545361017, turns: 10000 },
      { kind: 'write', tablet: 0, seed: 1794889322, turns: 10000 },
      { kind: 'open', tablet: 38, seed: 1464960664, turns: 10000 },
      { kind: 'sync', tablet: 33, seed: 315955127, turns: 10000 },
      { kind: 'write', tablet: 24, seed: 274268796, turns: 7 },
      { kind: 'undo', tablet: 47, seed: 951646053, turns: 2 },
      { kind: 'write', tablet: 20, seed: 810271633, turns: 9 },
      { kind: 'check', tablet: 54, seed: 127392656, turns: 10000 },
    ],
  },
  {
    seed: 5004529,
    what: 'a store enrolled after the backup that had written nothing stayed unknown to the restored server',
    steps: [
      { kind: 'write', tablet: 12, seed: 79389006, turns: 10_000 },
      { kind: 'backup', tablet: 18, seed: 981760169, turns: 10_000 },
      { kind: 'revoke', tablet: 45, seed: 554218008, turns: 10_000 },
      { kind: 'write', tablet: 23, seed: 99284583, turns: 10_000 },
      { kind: 'pass', tablet: 37, seed: 1600086921, turns: 10_000 },
      { kind: 'write', tablet: 10, seed: 1964582556, turns: 10_000 },
      { kind: 'unlock', tablet: 18, seed: 595417134, turns: 10_000 },
      { kind: 'restore', tablet: 20, seed: 303613432, turns: 10_000 },
      { kind: 'count', tablet: 57, seed: 1938485385, turns: 10_000 },
    ],
  },
  {
    seed: 9005527,
    what: 'somebody sat down at a store that was put away while her key was derived',
    steps: [
      { kind: 'write', tablet: 20, seed: 733936572, turns: 3 },
      { kind: 'weather', tablet: 45, seed: 247982611, turns: 2 },
      { kind: 'write', tablet: 21, seed: 518352063, turns: 6 },
      { kind: 'check', tablet: 32, seed: 865630842, turns: 6 },
      { kind: 'write', tablet: 48, seed: 1362324053, turns: 10000 },
      { kind: 'skew', tablet: 10, seed: 98285599, turns: 10000 },
      { kind: 'write', tablet: 36, seed: 550517550, turns: 10000 },
      { kind: 'worker', tablet: 43, seed: 2145104289, turns: 10000 },
      { kind: 'clone', tablet: 47, seed: 1312067557, turns: 10000 },
      { kind: 'unlock', tablet: 23, seed: 5675404, turns: 6 },
      { kind: 'write', tablet: 22, seed: 1459083714, turns: 2 },
      { kind: 'write', tablet: 14, seed: 420831101, turns: 10000 },
      { kind: 'weather', tablet: 1, seed: 2037751835, turns: 10000 },
      { kind: 'write', tablet: 33, seed: 1105202669, turns: 10 },
      { kind: 'write', tablet: 49, seed: 596343522, turns: 10 },
      { kind: 'write', tablet: 22, seed: 833039042, turns: 10 },
      { kind: 'write', tablet: 42, seed: 1248579960, turns: 10000 },
      { kind: 'restore', tablet: 31, seed: 1861855530, turns: 10000 },
      { kind: 'write', tablet: 50, seed: 536524134, turns: 10 },
      { kind: 'write', tablet: 36, seed: 240173354, turns: 3 },
      { kind: 'write', tablet: 11, seed: 182619663, turns: 8 },
      { kind: 'write', tablet: 37, seed: 2111668172, turns: 10 },
      { kind: 'staff', tablet: 13, seed: 1278030422, turns: 2 },
      { kind: 'write', tablet: 3, seed: 999265001, turns: 10000 },
      { kind: 'write', tablet: 49, seed: 409618576, turns: 2 },
      { kind: 'write', tablet: 31, seed: 1912084697, turns: 4 },
      { kind: 'write', tablet: 39, seed: 1460146087, turns: 10000 },
    ],
  },
  {
    seed: 8001074,
    what: 'one tab rebuilt its rows by a restored server before the other had offered its entries again',
    steps: [
      { kind: 'backup', tablet: 44, seed: 131018213, turns: 10000 },
      { kind: 'write', tablet: 10, seed: 2061300346, turns: 10000 },
      { kind: 'write', tablet: 22, seed: 530411567, turns: 10000 },
      { kind: 'weather', tablet: 38, seed: 856080699, turns: 10000 },
      { kind: 'open', tablet: 1, seed: 273958749, turns: 0 },
      { kind: 'restore', tablet: 41, seed: 2069611206, turns: 10000 },
      { kind: 'pass', tablet: 58, seed: 278327855, turns: 10000 },
      { kind: 'open', tablet: 53, seed: 1950319138, turns: 10000 },
    ],
  },
  {
    seed: 32000259,
    what: 'rows of a restored server that had gone on took what it had forgotten from the screen',
    steps: [
      { kind: 'backup', tablet: 42, seed: 1891774252, turns: 10000 },
      { kind: 'serverFull', tablet: 13, seed: 751530167, turns: 10000 },
      { kind: 'write', tablet: 27, seed: 1100186498, turns: 10000 },
      { kind: 'write', tablet: 28, seed: 1387887865, turns: 10000 },
      { kind: 'write', tablet: 51, seed: 874021216, turns: 10000 },
      { kind: 'write', tablet: 19, seed: 1983697416, turns: 10000 },
      { kind: 'write', tablet: 51, seed: 1016348453, turns: 10000 },
      { kind: 'write', tablet: 42, seed: 11230847, turns: 10000 },
      { kind: 'write', tablet: 24, seed: 1896258608, turns: 10000 },
      { kind: 'serverFull', tablet: 13, seed: 1214520607, turns: 10000 },
      { kind: 'write', tablet: 25, seed: 2046680140, turns: 25 },
      { kind: 'restore', tablet: 50, seed: 977981062, turns: 10000 },
      { kind: 'weather', tablet: 6, seed: 1488750259, turns: 10000 },
      { kind: 'open', tablet: 7, seed: 652364592, turns: 10000 },
    ],
  },
  {
    seed: 11005598,
    what: 'a call that its author had withdrawn took effect at a restored server that heard of the other call later',
    steps: [
      { kind: 'weather', tablet: 54, seed: 879112708, turns: 10000 },
      { kind: 'clone', tablet: 27, seed: 443332277, turns: 10000 },
      { kind: 'write', tablet: 53, seed: 1349199997, turns: 8 },
      { kind: 'count', tablet: 36, seed: 1244035512, turns: 10000 },
      { kind: 'count', tablet: 10, seed: 2118254979, turns: 10000 },
      { kind: 'backup', tablet: 31, seed: 2001611888, turns: 10000 },
      { kind: 'write', tablet: 55, seed: 1132590043, turns: 10000 },
      { kind: 'write', tablet: 57, seed: 116010462, turns: 10000 },
      { kind: 'write', tablet: 3, seed: 1204935334, turns: 10000 },
      { kind: 'restore', tablet: 43, seed: 435810847, turns: 10000 },
      { kind: 'repair', tablet: 11, seed: 2147050060, turns: 10000 },
    ],
  },
];
