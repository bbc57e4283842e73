/**
 * The referral form: what is asked at once and what may wait. Hello Work pastes its own number, a city its own job's; the
 * issuer is the organisation itself and is never asked.
 */
import type { Fields } from '../../domain/field.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import type { Actor } from '../../domain/record.ts';
import { text, type Values } from '../../domain/value.ts';

export const referralFields: Fields = verbNamed('referral.record')?.args ?? {};
export const givenNames: readonly string[] = ['id', 'issuer', 'issuedAt', 'seeker'];

/** Hello Work refers to a numbered job only: asked for at once, not after the rest (kinds/referral.ts holds the rule). */
export function fieldsFor(actor: Issuer): Fields {
  const { hwJobNo, ...others } = referralFields;
  if (!hwJobNo || actor.orgType !== 'hw') return referralFields;
  return { hwJobNo: { ...hwJobNo, required: true }, ...others };
}

type Issuer = Pick<Actor, 'orgType'>;

export function issuerOf(actor: Issuer): string {
  return actor.orgType === 'hw' ? 'hw' : 'city';
}

export function firstNames(actor: Issuer): readonly string[] {
  const number = actor.orgType === 'hw' ? ['hwJobNo'] : ['localJobId', 'hwJobNo'];
  return [...number, 'employerName', 'employmentType', 'interviewOn', 'interviewTime'];
}

/** Mandatory with a default, or free: folded, with the defaults said beside the fold. */
export function laterNames(actor: Issuer): readonly string[] {
  const first = firstNames(actor);
  return Object.keys(referralFields).filter(
    (name) => !first.includes(name) && !givenNames.includes(name),
  );
}

/** A scanner or a paste may bring the number among other words: 「求人番号 01040-12345678」. */
export function jobNumberIn(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replaceAll(/[‐‑‒–—―−ー]/g, '-');
  return /(?<!\d)\d{5}-\d{1,8}(?!\d)/.exec(plain)?.[0];
}

/** Whether the paper is a letter of introduction at all: only the city's own referrals are. */
export function isLetter(facts: Values): boolean {
  return text(facts['issuer']) === 'city';
}
