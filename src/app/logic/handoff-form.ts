/**
 * The handoff form over its verbs. Values of items that are not ticked stay in the form and never become arguments.
 * A handoff that came back is corrected, consented to anew and sent: three writes, each a state of its own.
 */
import { fiscalYearOf, fiscalYearRange } from '../../domain/date.ts';
import { pick, type Fields } from '../../domain/field.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import { consentTerms } from '../../domain/kinds/consent.ts';
import { offerFieldsByItem } from '../../domain/kinds/handoff.ts';
import { texts, type Values } from '../../domain/value.ts';
import { amendArgs } from './amend-args.ts';
import { offerArgs } from './offer.ts';

const copied = Object.values(offerFieldsByItem).flat();
const termNames = Object.keys(consentTerms);
export const headNames: readonly string[] = ['reason', 'urgency', 'accompany', 'dueOn'];
export const consentNames: readonly string[] = termNames;

export const offerFields: Fields = verbNamed('handoff.offer')?.args ?? {};

export function consentExpiry(today: string): string {
  return fiscalYearRange(fiscalYearOf(today)).to;
}

/** What is ticked at first: the name, without which the receiver finds nobody. */
export const firstItems: readonly string[] = ['name'];

/** The offer as it would be sent: message, ticked items and their texts. */
export function offerOf(form: Values): Values {
  const message = form['message'];
  return {
    ...offerArgs(texts(form['items']), form),
    ...(message === undefined ? {} : { message }),
  };
}

export function namedArgs(form: Values): Values {
  const others = Object.entries(form).filter(
    ([name]) => !copied.includes(name) && !['items', 'message'].includes(name),
  );
  return { ...Object.fromEntries(others), ...offerOf(form) };
}

/** Without a name neither items nor consent exist; the verb's own arguments say what is left. */
export function unnamedArgs(form: Values): Values {
  const taken = Object.keys(verbNamed('handoff.offerUnnamed')?.args ?? {});
  return Object.fromEntries(Object.entries(form).filter(([name]) => taken.includes(name)));
}

export function redoArgs(before: Values, form: Values): { amend: Values; consent: Values } {
  const fields = verbNamed('handoff.amend')?.args ?? {};
  const amendable = Object.keys(fields).filter((name) => !['id', 'clear'].includes(name));
  const consent = Object.entries(form).filter(([name]) => termNames.includes(name));
  return {
    amend: amendArgs(pick(fields, amendable), before, namedArgs(form)),
    consent: Object.fromEntries(consent),
  };
}
