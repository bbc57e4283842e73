/**
 * 引継ぎ: what its verbs check and what they write beside the handoff itself (consent, link, the receiver's own file). Refuses
 * fields whose item nobody consented to, an acceptance without a live consent, and acts by the wrong desk.
 */
import { conflictsOf } from '../conflict.ts';
import type { Fields } from '../field.ts';
import type { Verb } from '../kind.ts';
import {
  isAtHand,
  partOf,
  type Actor,
  type Change,
  type Moment,
  type Rec,
  type View,
} from '../record.ts';
import { text, texts, type Patch, type Value, type Values } from '../value.ts';
import { idOf, layOut } from '../verbs.ts';
import { consentShape, consentTerms, isOverAlready } from './consent.ts';
import { copied, offerFieldsByItem } from './handoff-shape.ts';
import { seeker } from './seeker.ts';

export const facts = (record: Rec | undefined) => partOf(record, 'facts');
export const find = (args: Values, view: View) => view.get('handoff', idOf(args));

export const nothingTicked = (offer: Values) =>
  texts(offer['items']).length === 0
    ? ({ code: 'refused', reason: '伝える項目を一つ以上選んでください。' } as const)
    : undefined;

/** Fields filled without their item ticked: nobody consented to them. */
export function unticked(args: Values): boolean {
  const ticked = new Set(texts(args['items']).flatMap((item) => offerFieldsByItem[item] ?? []));
  return Object.keys(copied).some((name) => args[name] !== undefined && !ticked.has(name));
}

export function carriesName(args: Values): boolean {
  return (
    Object.keys(copied).some((name) => args[name] !== undefined) || texts(args['items']).length > 0
  );
}

/** What is kept beside would go along in the same part, though nobody has chosen to tell it. */
export const undecided: NonNullable<Verb['check']> = (args, view) =>
  conflictsOf(partOf(find(args, view), 'offer')).length === 0
    ? undefined
    : {
        code: 'refused',
        reason:
          '伝える内容に、まだ決めていない項目があります。先に「どちらかに決める」で選んでください。',
      };

export const isReceiver: NonNullable<Verb['check']> = (args, view, actor) =>
  facts(find(args, view))['toOrg'] === actor.org &&
  isAtHand(actor, facts(find(args, view))['toSite'])
    ? undefined
    : { code: 'notAllowed', action: 'handoff.receive' };

export const fromActor = (actor: Actor, moment: Moment): Patch => ({
  org: actor.org,
  site: actor.site,
  date: moment.businessDate,
});

export function consentChanges(args: Values, actor: Actor, moment: Moment, of: Values): Change[] {
  const terms = Object.fromEntries(
    Object.keys(consentTerms).flatMap((name) =>
      args[name] === undefined ? [] : [[name, args[name]]],
    ),
  ) as Values;
  const tied: Values = {
    ...terms,
    toOrg: of['toOrg'] as Value,
    toSite: of['toSite'] as Value,
    handoff: idOf(args),
    link: args['newLink'] as Value,
    seeker: of['fromSeeker'] as Value,
    items: of['items'] as Value,
    ...(fromActor(actor, moment) as Values),
    state: 'live',
  };
  return layOut(consentShape, text(args['newConsent']) ?? '', tied);
}

export const newIds: Fields = {
  newConsent: { type: 'id', label: '同意', required: true },
  newLink: { type: 'id', label: 'つながり', required: true },
};

const newRefs = (args: Values) => [
  { kind: 'consent', id: text(args['newConsent']) ?? '' },
  { kind: 'link', id: text(args['newLink']) ?? '' },
];

export const badConsent = (args: Values, view: View, moment: Moment) => {
  const taken = newRefs(args).find(({ kind, id }) => view.get(kind, id));
  return taken
    ? ({ code: 'alreadyExists', kind: taken.kind } as const)
    : isOverAlready(args, moment);
};

export const readsNew = newRefs;

export const composed = [
  'toOrg',
  'toSite',
  'reason',
  'urgency',
  'accompany',
  'dueOn',
  'fromSeeker',
  'senderNote',
];
export const offered = ['items', 'message', ...Object.keys(copied)];

export const checkOffer: NonNullable<Verb['check']> = (args, view, _actor, moment) =>
  (unticked(args) ? ({ code: 'noConsent' } as const) : undefined) ?? badConsent(args, view, moment);

export const consentLive = (args: Values, view: View, _actor: Actor, moment: Moment) => {
  const consent = facts(view.get('consent', text(facts(find(args, view))['consent']) ?? ''));
  const isLive =
    consent['state'] === 'live' && (text(consent['expiresOn']) ?? '') >= moment.businessDate;
  return isLive || facts(find(args, view))['named'] !== true
    ? undefined
    : ({
        code: 'refused',
        reason: 'ご本人の同意が終わっているため、受け入れられません。',
      } as const);
};

/** The link's id was announced with the offer: whoever has used it since must not lose her link to this one. */
const linkTaken = (args: Values, view: View) =>
  view.get('link', text(facts(find(args, view))['link']) ?? '')
    ? ({ code: 'alreadyExists', kind: 'link' } as const)
    : undefined;

export const canAccept: NonNullable<Verb['check']> = (args, view, actor, moment) =>
  isReceiver(args, view, actor, moment) ??
  consentLive(args, view, actor, moment) ??
  linkTaken(args, view);

export const readsConsent: Verb['reads'] = (args, view) => {
  const { consent, link } = facts(find(args, view));
  const refs = [
    { kind: 'consent', id: text(consent) },
    { kind: 'link', id: text(link) },
  ];
  return refs.flatMap(({ kind, id }) => (id ? [{ kind, id }] : []));
};

/** A consent given for a handoff that comes to nothing serves no purpose any more; it ends, and the link with it. */
export function endsConsent(args: Values, view: View, moment: Moment): Change[] {
  const { consent, link } = facts(find(args, view));
  const set = { state: 'ended', endedOn: moment.businessDate };
  return [
    { kind: 'consent', id: text(consent), names: 'handoff', whom: idOf(args) },
    { kind: 'link', id: text(link), names: 'consent', whom: text(consent) },
  ].flatMap(({ kind, id, names, whom }) => {
    const held = facts(view.get(kind, id ?? ''));
    // Both sides must say so: ids in a handoff are its author's word alone.
    return id && held['state'] === 'live' && held[names] === whom
      ? [{ kind, id, part: 'facts', set }]
      : [];
  });
}

/** The link joins the sender's file to the receiver's; without a consent there is none. */
export function tie(args: Values, view: View, toSeeker: string, moment: Moment): Change[] {
  const handoff = find(args, view);
  const id = text(facts(handoff)['link']);
  const receiver = { kind: 'handoff', id: idOf(args), part: 'receiver', set: { toSeeker } };
  if (!id || facts(handoff)['named'] !== true) return [receiver];
  const { org, site, toOrg, toSite, consent } = facts(handoff) as Record<string, Value>;
  const agreedOn = text(facts(view.get('consent', text(consent) ?? ''))['date']) ?? '';
  // What crosses begins with this day, which the receiver's tablet names: never before the consent itself.
  const date = agreedOn > moment.businessDate ? agreedOn : moment.businessDate;
  const linkFacts = { org, site, toOrg, toSite, consent, date, state: 'live' };
  const ties = {
    fromSeeker: partOf(handoff, 'sender')['fromSeeker'] as Value,
    toSeeker,
    linkItems: partOf(handoff, 'offer')['items'] ?? [],
  };
  return [
    receiver,
    { kind: 'link', id, part: 'facts', set: linkFacts as Patch },
    { kind: 'link', id, part: 'ties', set: ties },
  ];
}

export const accepted = (_args: Values, _actor: Actor, moment: Moment): Patch => ({
  acceptedOn: moment.businessDate,
});
export const ended = (_args: Values, _actor: Actor, moment: Moment): Patch => ({
  endedOn: moment.businessDate,
});

export const newSeekerArgs: Fields = {
  newSeeker: { type: 'id', label: '求職者', required: true },
  ...seeker.verbs['register']?.args,
};

/** What the receiver's registration may begin with; corrected there, it is still what was told. */
export const copiedOnward: NonNullable<Verb['copies']> = {
  kind: 'handoff',
  part: 'offer',
  of: 'id',
  args: [
    'familyName',
    'givenName',
    'familyKana',
    'givenKana',
    'birthDate',
    'phone',
    'phoneTail',
    'wishes',
    'considerations',
  ],
  fields: { phoneTail: 'phone', wishes: 'wishesText', considerations: 'considerationsText' },
  isSilent: (record) => facts(record)['named'] === false,
};

export function registersSeeker(
  args: Values,
  view: View,
  actor: Actor,
  moment: Moment,
): readonly Change[] {
  const register = seeker.verbs['register'];
  const own = Object.fromEntries(
    Object.entries(args).filter(([name]) => name !== 'id' && name !== 'newSeeker'),
  );
  return register?.apply({ ...own, id: args['newSeeker'] as Value }, view, actor, moment) ?? [];
}
