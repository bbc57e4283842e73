/**
 * How often one may ask. Answers are seconds to wait, 0 when free. Sign-in waits grow per account and device, so that a
 * stranger elsewhere locks nobody out; pushes are counted after their signatures are known to be good.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { oneAtATime } from './one-at-a-time.ts';

export interface Limits {
  /** Every request, by address. */
  readonly address: (address: string) => Promise<number>;
  readonly push: (store: string) => Promise<number>;
  /** By address: one request may bring sixty pushes, of nobody who is known. */
  readonly container: (address: string) => Promise<number>;
  /** By address: answers of nobody who is known. */
  readonly survey: (address: string) => Promise<number>;
  readonly pull: (store: string) => Promise<number>;
  readonly search: (store: string) => Promise<number>;
  readonly signIn: Guarded;
  readonly deviceCode: Guarded;
}

/** An attempt counts as failed from its beginning, so that guesses sent all at once gain nothing; success clears. */
export interface Guarded {
  readonly attempt: (who: string) => Promise<number>;
  readonly passed: (who: string) => Promise<void>;
}

export interface Rates {
  readonly addressPerMinute: number;
  readonly pushPerMinute: number;
  readonly containerPerMinute: number;
  readonly surveyPerMinute: number;
  readonly pullPerMinute: number;
  readonly searchPerMinute: number;
  /** Failures before waits begin. */
  readonly freeFailures: number;
}

/** A counter shares one address with every tablet behind it, hence the wide first row. */
export const usualRates: Rates = {
  addressPerMinute: 6_000,
  pushPerMinute: 1_200,
  containerPerMinute: 120,
  surveyPerMinute: 60,
  pullPerMinute: 600,
  searchPerMinute: 60,
  freeFailures: 5,
};

export function createLimits(rates: Rates = usualRates): Limits {
  return {
    address: perMinute(rates.addressPerMinute),
    push: perMinute(rates.pushPerMinute),
    container: perMinute(rates.containerPerMinute),
    survey: perMinute(rates.surveyPerMinute),
    pull: perMinute(rates.pullPerMinute),
    search: perMinute(rates.searchPerMinute),
    signIn: guarded(rates.freeFailures),
    deviceCode: guarded(rates.freeFailures),
  };
}

const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));

function perMinute(points: number): (who: string) => Promise<number> {
  const limiter = new RateLimiterMemory({ points, duration: 60 });
  return async (who) => {
    try {
      await limiter.consume(who);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return seconds(refusal.msBeforeNext);
      throw refusal;
    }
  };
}

const longestWait = 15 * 60;

function guarded(free: number): Guarded {
  const failures = new RateLimiterMemory({ points: free, duration: 24 * 3600 });
  const blocks = new RateLimiterMemory({ points: 1, duration: longestWait });
  const inTurn = oneAtATime();
  const attempt = async (who: string) => {
    const block = await blocks.get(who);
    if (block && block.msBeforeNext > 0) return seconds(block.msBeforeNext);
    const { consumedPoints } = await failures.penalty(who);
    if (consumedPoints >= free)
      await blocks.block(who, Math.min(longestWait, 30 * 2 ** (consumedPoints - free)));
    return 0;
  };
  return {
    attempt: (who) => inTurn(() => attempt(who)),
    passed: async (who) => {
      await failures.delete(who);
      await blocks.delete(who);
    },
  };
}
