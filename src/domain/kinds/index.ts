/** The only registry of kinds. A new kind is one file, one line here and its name in kind-labels.ts. */
import type { Kind, Verb } from '../kind.ts';
import { withSettle } from '../settle.ts';
import { consent } from './consent.ts';
import { consultation } from './consultation.ts';
import { dayClosing } from './day-closing.ts';
import { handoff } from './handoff.ts';
import { link } from './link.ts';
import { organisation } from './organisation.ts';
import { placement } from './placement.ts';
import { referral } from './referral.ts';
import { registration } from './registration.ts';
import { seeker } from './seeker.ts';
import { seekerPair } from './seeker-pair.ts';
import { site } from './site.ts';
import { staff } from './staff.ts';
import { target } from './target.ts';
import { visit } from './visit.ts';

const declared: readonly Kind[] = [
  organisation,
  site,
  staff,
  target,
  visit,
  seeker,
  registration,
  consent,
  link,
  consultation,
  handoff,
  referral,
  placement,
  dayClosing,
  seekerPair,
];

export const kinds: readonly Kind[] = declared.map(withSettle);

const kindsByName = new Map(kinds.map((kind) => [kind.name, kind]));
const verbsByName = new Map(
  kinds.flatMap((kind) => Object.values(kind.verbs).map((verb) => [verb.name, verb] as const)),
);

export function kindNamed(name: string): Kind | undefined {
  return kindsByName.get(name);
}

export function verbNamed(name: string): Verb | undefined {
  return verbsByName.get(name);
}
