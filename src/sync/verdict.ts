/** What became of an entry on the server. Every entry gets exactly one; `merged` and `blocked` come with merging. */
import type { Problem } from '../domain/problem.ts';

export type Verdict =
  | { readonly code: 'applied' }
  | { readonly code: 'conflict'; readonly problem: Problem }
  | { readonly code: 'rejected'; readonly problem: Problem }
  /** Kept whole, without effect: permission, link or employment was lost since it was written. */
  | { readonly code: 'quarantined'; readonly problem: Problem };

export type VerdictCode = Verdict['code'];

export interface Receipt {
  readonly id: string;
  readonly hash: string;
  /** Tenant sequence at which the verdict stands; the overlay is dropped once the cursor has passed it. */
  readonly seq: number;
  readonly verdict: Verdict;
}
