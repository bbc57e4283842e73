/**
 * What became of an entry on the server. Every entry has exactly one verdict at a time; `blocked` alone may still become
 * another, when what it waits for arrives. The receipt is the server's signed word for it, kept with the envelope: after
 * a restored backup it proves what had been acknowledged, and in which order (design.md §6.7).
 */
import type { Problem } from '../domain/problem.ts';
import { canonical, utf8, type Bytes } from './bytes.ts';

export type Verdict =
  | { readonly code: 'applied' }
  /** Applied; somebody had already set one of its values. */
  | { readonly code: 'merged' }
  /** Fields that met another value are kept beside it until a person chooses; the server's value stays current. */
  | { readonly code: 'conflict'; readonly problem: Problem }
  /** Names a record (kind/id) that is not there, or not for the author. Judged again when it arrives. */
  | { readonly code: 'blocked'; readonly by: string; readonly problem: Problem }
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
  /** Nobody needs to look at it any more: put right, withdrawn or settled elsewhere. No part of what is signed. */
  readonly closed?: true;
  /** Closed because somebody withdrew it with a reason. No part of what is signed either. */
  readonly withdrawn?: true;
  /** Said by its tablet to a server that may have forgotten it: refused without effect, and its author has dealt with that. */
  readonly putAway?: true;
  /** In which of the server's epochs it was given. */
  readonly epoch?: string;
  /** By the server's identity over `receiptBytes`, base64url. */
  readonly sig?: string;
}

export function receiptBytes({ id, hash, seq, verdict, epoch = '' }: Receipt): Bytes {
  return utf8(`madoguchi/receipt/v1\n${canonical({ code: verdict.code, epoch, hash, id, seq })}`);
}

/** The entry's changes, all or some, are in the server's records. */
export function hasEffect(verdict: Verdict): boolean {
  if (verdict.code === 'conflict') return !isAboutState(verdict.problem);
  return verdict.code === 'applied' || verdict.code === 'merged';
}

/** It came to nothing; what waits may still have an effect. */
export function isRefused(verdict: Verdict): boolean {
  return verdict.code !== 'blocked' && !hasEffect(verdict);
}

/** A state that moved meanwhile keeps the whole entry out; other fields are taken or kept beside. */
function isAboutState(problem: Problem): boolean {
  return problem.code !== 'baseChanged' || problem.fields.includes('state');
}

/** A person has to look at it. */
export function needsCare(code: VerdictCode): boolean {
  return code !== 'applied' && code !== 'merged';
}

/** Of what needs care: it goes on by itself when the rest arrives. */
export function waitsByItself(code: string): boolean {
  return code === 'blocked';
}
