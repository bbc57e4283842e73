/**
 * Why a handoff can no longer be accepted while its sheet stands open, and what is then hers of the form: what was told goes,
 * as it went from the tablet, and what she wrote herself stays.
 */
import type { Session } from '../../device/types.ts';
import { stateOf } from '../../domain/kind.ts';
import type { Rec } from '../../domain/record.ts';
import { isObject, isSameValue, type Value, type Values } from '../../domain/value.ts';
import { consentEnd } from './consent-ended.ts';
import { handoffSteps } from './handoff-boxes.ts';

const words: Readonly<Record<string, string>> = {
  cancelled: '送った側が、この引継ぎを取りやめました。',
  expired: '期限が切れたため、この引継ぎは終わりました。',
  returned: 'この引継ぎは、差し戻されています。',
  voided: '送った側が、この引継ぎを取り消しました。',
};

/** Nothing as long as this desk may accept it. */
export function acceptOver({ get, actor }: Session, record: Rec): string | undefined {
  if (handoffSteps(record, actor).includes('accept')) return undefined;
  const state = stateOf(record) ?? '';
  const ended = state === 'cancelled' ? consentEnd(get, record) : undefined;
  return ended ?? words[state] ?? 'この引継ぎは、すでに受け入れられています。';
}

/** Of what a form holds, all that is not as it was told. */
export function ownWords(told: Values, typed: Values): Values {
  const own = Object.entries(typed).flatMap(([name, value]) => {
    const kept = ownPart(told[name], value);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(own);
}

function ownPart(told: Value | undefined, typed: Value): Value | undefined {
  if (isSameValue(told, typed)) return undefined;
  if (!isObject(told) || !isObject(typed)) return typed;
  const own = ownWords(told as Values, typed as Values);
  return Object.keys(own).length > 0 ? own : undefined;
}
