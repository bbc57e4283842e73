/**
 * 自立促進の支援: who may make which move. The requesting side moves its own case; the supporting side answers the request, and
 * goes on in the same record only while a live consent lets its status back (plan 4: 福祉事務所 learns of the job search only by
 * consent). Without one it goes on in a record of its own that nothing ties to the case.
 */
import { stateOf, type Verb } from '../kind.ts';
import type { Problem } from '../problem.ts';
import {
  isAtHand,
  partOf,
  type Actor,
  type Change,
  type Moment,
  type Rec,
  type View,
} from '../record.ts';
import { text, type Patch, type Values } from '../value.ts';
import { clearNames, idOf, layOut } from '../verbs.ts';
import { atDesk } from './desk-fields.ts';
import { endOf, isLiveLink, lets, linkAt, readsLink } from './link-ends.ts';
import { welfareShape } from './welfare-case-shape.ts';

type Check = NonNullable<Verb['check']>;

export const caseAt = (args: Values, view: View): Rec | undefined =>
  view.get('welfareCase', idOf(args));
export const factsOf = (args: Values, view: View): Values => partOf(caseAt(args, view), 'facts');
const hwPart = (args: Values, view: View): Values => partOf(caseAt(args, view), 'hw');

export const readsTies: Verb['reads'] = (args, view) => {
  const { consent, link } = factsOf(args, view);
  const given = text(consent);
  return [...(given ? [{ kind: 'consent', id: given }] : []), ...readsLink(view, text(link))];
};

const isConsentLive = (view: View, id: string | undefined, moment: Moment): boolean => {
  const { state, expiresOn } = partOf(view.get('consent', id ?? ''), 'facts');
  return state === 'live' && (text(expiresOn) ?? '') >= moment.businessDate;
};

const noConsent: Problem = {
  code: 'refused',
  reason: '支援要請には、ご本人の同意がいります。同意が終わったときは、もう一度もらってください。',
};

export const consented: Check = (args, view, _actor, moment) =>
  isConsentLive(view, text(factsOf(args, view)['consent']), moment) ? undefined : noConsent;

/** The supporter still sees the facts of a case whose consent is over: nothing new about her welfare is written there. */
export const tellsNoMore: Check = (args, view, _actor, moment) => {
  const names = [...Object.keys(args), ...clearNames(args)];
  const isTold = names.some((name) => name === 'welfareCategory' || name === 'stage');
  return !isTold || !isConsentOver(args, view, moment)
    ? undefined
    : {
        code: 'refused',
        reason:
          '同意が終わっています。福祉の区分や受給の段階は、要請した先にも見えるため、ここでは変えられません。',
      };
};

export const handoffAt = (args: Values, view: View): Rec | undefined =>
  view.get('handoff', text(args['handoff']) ?? '');

export const readsHandoff: Verb['reads'] = (args, view) => {
  const consent = text(partOf(handoffAt(args, view), 'facts')['consent']);
  return consent ? [{ kind: 'consent', id: consent }] : [];
};

/** The handoff that carries the request: hers, of this person, with a name and a consent that lives. */
export const restsOnHandoff: Check = (args, view, actor, moment) => {
  const handoff = handoffAt(args, view);
  const { org, named, consent } = partOf(handoff, 'facts');
  const person = partOf(handoff, 'sender')['fromSeeker'];
  if (org !== actor.org || person !== partOf(caseAt(args, view), 'city')['citySeeker'])
    return { code: 'notFound', kind: 'handoff' };
  return named === true && isConsentLive(view, text(consent), moment) ? undefined : noConsent;
};

export function tiesFrom(args: Values, view: View): Change[] {
  const { toOrg, toSite, consent, link } = partOf(handoffAt(args, view), 'facts');
  const set: Patch = {
    toOrg: toOrg ?? null,
    toSite: toSite ?? null,
    consent: consent ?? null,
    link: link ?? null,
    handoff: text(args['handoff']) ?? null,
  };
  return [{ kind: 'welfareCase', id: idOf(args), part: 'facts', set }];
}

/** The supporting side's own file of the person, through the link. */
export const ownEnd = (args: Values, view: View, actor: Actor): string | undefined =>
  endOf(linkAt(view, text(factsOf(args, view)['link'])), actor.org, view);

export const isReceiver: Check = (args, view, actor) => {
  const { toOrg, toSite } = factsOf(args, view);
  return toOrg === actor.org && isAtHand(actor, toSite)
    ? undefined
    : { code: 'notAllowed', action: 'welfareCase.hw' };
};

/** Only through a link of this very consent: on the case's own word anyone's file could be named. */
export const canScreen: Check = (args, view, actor, moment) => {
  const wrong = isReceiver(args, view, actor, moment);
  if (wrong) return wrong;
  const { link, consent } = factsOf(args, view);
  const held = linkAt(view, text(link));
  const isTied = isLiveLink(held) && partOf(held, 'facts')['consent'] === consent;
  return isTied && ownEnd(args, view, actor) !== undefined
    ? undefined
    : { code: 'refused', reason: '先に「引継ぎ」で、この人の引継ぎを受け入れてください。' };
};

/** Whether the person lets the supporting side's moves be seen by the one that asked. */
export function letsBack(args: Values, view: View, actor: Actor, moment: Moment): boolean {
  const { link, consent } = factsOf(args, view);
  const own = ownEnd(args, view, actor);
  return (
    own !== undefined &&
    lets(linkAt(view, text(link)), 'welfareStatus', own) &&
    isConsentLive(view, text(consent), moment)
  );
}

const isOwner = (args: Values, view: View, actor: Actor) =>
  factsOf(args, view)['org'] === actor.org;

const notBack: Problem = {
  code: 'refused',
  reason:
    'ご本人の同意に「支援の状況（受ける側から）」がないか、同意が終わっています。「自分の組織だけで続ける」を使ってください。',
};

/** The supporting side's moves after the request was answered. */
export const supports: Check = (args, view, actor, moment) => {
  if (isOwner(args, view, actor)) return undefined;
  return (
    isReceiver(args, view, actor, moment) ??
    (letsBack(args, view, actor, moment) ? undefined : notBack)
  );
};

/** Whoever asked ends the case in the supporter's sight only while she has consented to that; or before anybody was asked. */
export const isEither: Check = (args, view, actor, moment) => {
  if (!isOwner(args, view, actor)) return supports(args, view, actor, moment);
  return isConsentOver(args, view, moment)
    ? {
        code: 'refused',
        reason:
          '同意が終わっています。ここで終えると、要請した先にも見えます。「自分の組織だけで終える」を使ってください。',
      }
    : undefined;
};

function isConsentOver(args: Values, view: View, moment: Moment): boolean {
  const consent = text(factsOf(args, view)['consent']);
  return consent !== undefined && !isConsentLive(view, consent, moment);
}

/** The way out of the one that asked, once the consent is over: in its own part, of which the supporter sees nothing. */
export const mayEndApart: Check = (args, view, _actor, moment) => {
  const found = endedAs(args, view);
  if (found !== undefined) return { code: 'illegalState', kind: 'welfareCase', found };
  return isConsentOver(args, view, moment)
    ? undefined
    : { code: 'refused', reason: '同意は終わっていません。この記録のまま終えてください。' };
};

function endedAs(args: Values, view: View): string | undefined {
  if (partOf(caseAt(args, view), 'city')['cityEndedOn'] !== undefined)
    return '自分の組織では終わり';
  const state = stateOf(caseAt(args, view)) ?? '';
  const isOver = ['notSelected', 'closed', 'withdrawn', 'transferred'].includes(state);
  return isOver ? welfareShape.states?.[state] : undefined;
}

export function endsApart(args: Values, moment: Moment): Change[] {
  const set = { cityEndReason: args['cityEndReason'] ?? null, cityEndedOn: moment.businessDate };
  return [{ kind: 'welfareCase', id: idOf(args), part: 'city', set }];
}

/** The answer to the request is what it was consented to for; after a withdrawal there is nobody to answer to. */
export const answers: Check = (args, view, actor, moment) =>
  isOwner(args, view, actor)
    ? undefined
    : (isReceiver(args, view, actor, moment) ?? consented(args, view, actor, moment));

export const mayGoApart: Check = (args, view, actor, moment) => {
  const wrong = isReceiver(args, view, actor, moment);
  if (wrong) return wrong;
  const state = stateOf(caseAt(args, view)) ?? '';
  if (!apartFrom.includes(state))
    return { code: 'illegalState', kind: 'welfareCase', found: welfareShape.states?.[state] ?? '' };
  if (hwPart(args, view)['apartCase'] !== undefined)
    return { code: 'alreadyExists', kind: 'welfareCase' };
  if (view.get('welfareCase', text(args['newCase']) ?? ''))
    return { code: 'alreadyExists', kind: 'welfareCase' };
  return letsBack(args, view, actor, moment)
    ? { code: 'refused', reason: 'ご本人の同意があります。この記録のまま進めてください。' }
    : undefined;
};

export const apartFrom = [
  'screening',
  'target',
  'planned',
  'supporting',
  'suspended',
  'placed',
  'retention',
];

/** The case stays as it was last told; only its supporter's own part names the new record, and no fact of that names the case. */
export function goesApart(args: Values, view: View, actor: Actor, moment: Moment): Change[] {
  const newCase = text(args['newCase']) ?? '';
  const { welfareCategory, state } = factsOf(args, view);
  const { hwSeeker, supportPlan, hwNote } = hwPart(args, view);
  const carried = Object.entries({ welfareCategory, hwSeeker, supportPlan, hwNote, state });
  const known = Object.fromEntries(carried.filter(([, value]) => value !== undefined)) as Values;
  return [
    { kind: 'welfareCase', id: idOf(args), part: 'hw', set: { apartCase: newCase } },
    ...layOut(welfareShape, newCase, {
      ...known,
      ...atDesk(actor, moment),
      toSite: actor.site,
      apart: true,
    }),
  ];
}
