/**
 * Why a handoff can no longer be accepted while its sheet stands open, and what is then hers of the form: what was told goes,
 * as it went from the tablet, and what she wrote herself stays. A text that was told stays told when a word of it is changed
 * (`copiedOnward` in domain/kinds/handoff-rules.ts); a name, a date or a number put right is hers.
 */
import type { Session } from '../../device/types.ts';
import { stateOf } from '../../domain/kind.ts';
import type { Rec } from '../../domain/record.ts';
import { isObject, isSameValue, type Value, type Values } from '../../domain/value.ts';
import { sameInOffer } from './accept-offer.ts';
import { consentEnd } from './consent-ended.ts';
import { handoffSteps } from './handoff-boxes.ts';

const words: Readonly<Record<string, string>> = {
  cancelled: '送った側が、この引継ぎを取りやめました。',
  voided: '送った側が、この引継ぎを取り消しました。',
  expired: '期限が切れたため、この引継ぎは終わりました。',
  returned: 'この引継ぎは、差し戻されています。',
  draft: 'この引継ぎは差し戻され、送った側が直しています。',
  awaitingConsent: 'この引継ぎは差し戻され、送った側が直しています。',
  ready: 'この引継ぎは差し戻され、送った側が直しています。',
  refused: 'この引継ぎは差し戻されたあと、ご本人の同意が得られませんでした。',
};

const taken = ['accepted', 'inProgress', 'reported', 'closed'];

/** Somebody has accepted it: the person is in the file. */
export const isTaken = (record: Rec): boolean => taken.includes(stateOf(record) ?? '');

/** Nothing as long as this desk may accept it. */
export function acceptOver(
  { get, actor }: Pick<Session, 'get' | 'actor'>,
  record: Rec,
): string | undefined {
  if (handoffSteps(record, actor).includes('accept')) return undefined;
  if (isTaken(record)) return 'この引継ぎは、すでに受け入れられています。';
  const state = stateOf(record) ?? '';
  const ended = state === 'cancelled' ? consentEnd(get, record) : undefined;
  return ended ?? words[state] ?? 'この引継ぎは、いまの窓口では受け入れられません。';
}

/** Of what a form holds, all that is not as it was told. */
export function ownWords(told: Values, typed: Values): Values {
  const own = Object.entries(typed).flatMap(([name, value]) => {
    const kept = told[name] === undefined ? value : ownPart(name, told[name], value);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(own);
}

function ownPart(name: string, told: Value, typed: Value): Value | undefined {
  if (isObject(told) && isObject(typed)) {
    const own = ownWords(told as Values, typed as Values);
    return Object.keys(own).length > 0 ? own : undefined;
  }
  return sameInOffer.includes(name) && !isSameValue(told, typed) ? typed : undefined;
}
