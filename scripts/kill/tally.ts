/** What a round of kills adds up to; lost, doubled and torn must stay at nothing. */
export interface Tally {
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly torn: number;
}

export const noneYet: Tally = { acknowledged: 0, lost: 0, doubled: 0, torn: 0 };

export function add(a: Tally, b: Tally): Tally {
  return {
    acknowledged: a.acknowledged + b.acknowledged,
    lost: a.lost + b.lost,
    doubled: a.doubled + b.doubled,
    torn: a.torn + b.torn,
  };
}

export const isClean = ({ lost, doubled, torn }: Tally) => lost + doubled + torn === 0;

export function count(all: readonly string[], one: string): number {
  return all.filter((item) => item === one).length;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
