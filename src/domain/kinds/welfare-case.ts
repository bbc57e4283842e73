/**
 * 自立促進の支援（生活保護受給者等就労自立促進事業）: the 福祉事務所 picks candidates, gets their consent and asks Hello Work for support;
 * Hello Work screens, accepts, plans, supports until the hire has settled. Machine: domain.md §3; source: plan 4 (Kitakyushu
 * R6 §5), plan 3. The request itself travels as a handoff by consent, which joins the two files; who sees whose moves is in
 * welfare-case-rules.ts.
 */
import { codeLabel } from '../codes.ts';
import type { Fields } from '../field.ts';
import type { Kind, Verb } from '../kind.ts';
import { partOf, type Moment } from '../record.ts';
import { texts } from '../value.ts';
import { amends, creates, idOf, moves, voids } from '../verbs.ts';
import { atDesk } from './desk-fields.ts';
import {
  answers,
  canScreen,
  caseAt,
  consented,
  endsApart,
  factsOf,
  goesApart,
  isEither,
  isReceiver,
  mayEndApart,
  mayGoApart,
  ownEnd,
  readsHandoff,
  readsTies,
  restsOnHandoff,
  supports,
  tellsNoMore,
  tiesFrom,
} from './welfare-case-rules.ts';
import { welfareShape as shape } from './welfare-case-shape.ts';

const on = (field: string) => (_args: unknown, _actor: unknown, moment: Moment) => ({
  [field]: moment.businessDate,
});

/** The actor's own file of the person: the one that asked has hers in the case, the supporter hers through the link. */
const ownPeople: NonNullable<Verb['people']> = (args, view, actor) => {
  const record = caseAt(args, view);
  const isAsking = factsOf(args, view)['org'] === actor.org && actor.orgType === 'city';
  const own = isAsking ? partOf(record, 'city')['citySeeker'] : partOf(record, 'hw')['hwSeeker'];
  return typeof own === 'string' ? [own] : [];
};

const underway = ['target', 'planned', 'supporting', 'suspended', 'placed', 'retention'];

function support(
  name: string,
  title: string,
  from: readonly string[],
  to: string,
  more: Partial<Parameters<typeof moves>[2]> = {},
): Verb {
  return moves(shape, name, {
    title,
    may: 'welfareCase.hw',
    anyOrg: true,
    people: ownPeople,
    from,
    to,
    reads: readsTies,
    check: supports,
    takes: ['hwNote'],
    ...more,
  });
}

function exit(name: string, title: string, from: readonly string[], to: string): Verb {
  return moves(shape, name, {
    title,
    may: 'welfareCase.either',
    anyOrg: true,
    people: ownPeople,
    from,
    to,
    takes: ['endReason'],
    needs: ['endReason'],
    reads: readsTies,
    check: isEither,
    fixed: on('endedOn'),
  });
}

const endReason: Fields = {
  cityEndReason: { type: 'choice', list: 'caseEnd', label: '終わった理由', required: true },
};

export const welfareCase: Kind = {
  ...shape,
  number: 25,
  retention: 'case',
  siteFields: ['site', 'toSite'],
  moves: true,
  atHand: {
    states: ['candidate', 'consented', 'requested', 'screening', ...underway],
    sites: { 'city.citySeeker': 'site', 'hw.hwSeeker': 'toSite' },
    until: { 'city.citySeeker': 'city.cityEndedOn', 'hw.hwSeeker': 'hw.apartCase' },
  },
  shelf: 'person',
  summary: (record) =>
    texts(partOf(record, 'facts')['welfareCategory'])
      .map((code) => codeLabel('welfareCategory', code))
      .join('・'),
  verbs: {
    nominate: creates(shape, 'nominate', {
      title: '支援候補者にする',
      may: 'welfareCase.city',
      only: ['citySeeker', 'welfareCategory', 'stage', 'cityNote'],
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'candidate' }),
    }),
    consent: moves(shape, 'consent', {
      title: '同意した引継ぎを選ぶ',
      may: 'welfareCase.city',
      people: ownPeople,
      from: ['candidate'],
      to: 'consented',
      extra: { handoff: { type: 'ref', kind: 'handoff', label: '引継ぎ', required: true } },
      reads: readsHandoff,
      check: restsOnHandoff,
      also: tiesFrom,
    }),
    request: moves(shape, 'request', {
      title: '支援を要請する',
      may: 'welfareCase.city',
      people: ownPeople,
      from: ['consented'],
      to: 'requested',
      reads: readsTies,
      check: consented,
      fixed: on('requestedOn'),
    }),
    screen: moves(shape, 'screen', {
      title: '支援するかを検討する',
      may: 'welfareCase.hw',
      anyOrg: true,
      people: (args, view, actor) => {
        const own = ownEnd(args, view, actor);
        return own === undefined ? [] : [own];
      },
      from: ['requested'],
      to: 'screening',
      reads: readsTies,
      check: canScreen,
      also: (args, view, actor) => {
        const hwSeeker = ownEnd(args, view, actor) ?? null;
        return [{ kind: 'welfareCase', id: idOf(args), part: 'hw', set: { hwSeeker } }];
      },
    }),
    accept: support('accept', '支援対象者にする', ['screening'], 'target', {
      check: answers,
      fixed: on('targetOn'),
    }),
    decline: support('decline', '支援対象者にしない', ['screening'], 'notSelected', {
      check: answers,
      takes: ['declineReason', 'hwNote'],
      needs: ['declineReason'],
      fixed: on('endedOn'),
    }),
    plan: support('plan', '支援の計画を立てた', ['target'], 'planned', {
      takes: ['supportPlan', 'hwNote'],
      needs: ['supportPlan'],
    }),
    support: support('support', '支援をはじめる', ['planned'], 'supporting'),
    suspend: support('suspend', '支援を休む', ['supporting'], 'suspended'),
    resume: support('resume', '支援にもどる', ['suspended'], 'supporting'),
    place: support('place', '就職した', ['supporting'], 'placed', { fixed: on('placedOn') }),
    retain: support('retain', '定着支援をはじめる', ['placed'], 'retention'),
    transfer: exit(
      'transfer',
      'ほかの支援に引き継いだ',
      ['supporting', 'suspended'],
      'transferred',
    ),
    withdraw: exit(
      'withdraw',
      '支援を取りやめる',
      [
        'candidate',
        'consented',
        'requested',
        'screening',
        'target',
        'planned',
        'supporting',
        'suspended',
      ],
      'withdrawn',
    ),
    close: exit('close', '支援を終える', underway, 'closed'),
    continueApart: amends(
      shape,
      {
        title: '自分の組織だけで続ける',
        may: 'welfareCase.hw',
        anyOrg: true,
        people: ownPeople,
        only: [],
        extra: { newCase: { type: 'id', label: '続きの記録', required: true } },
        reads: (args, view) => [
          ...readsTies(args, view),
          { kind: 'welfareCase', id: typeof args['newCase'] === 'string' ? args['newCase'] : '' },
        ],
        check: mayGoApart,
        also: goesApart,
      },
      'continueApart',
    ),
    endApart: amends(
      shape,
      {
        title: '自分の組織だけで終える',
        may: 'welfareCase.city',
        people: ownPeople,
        only: [],
        extra: endReason,
        reads: readsTies,
        check: mayEndApart,
        also: (args, _view, _actor, moment) => endsApart(args, moment),
      },
      'endApart',
    ),
    amend: amends(shape, {
      title: '自立促進の支援を訂正',
      may: 'welfareCase.either',
      people: ownPeople,
      only: ['welfareCategory', 'stage', 'cityNote'],
      reads: readsTies,
      check: (args, view, actor, moment) =>
        args['cityNote'] !== undefined && actor.orgType !== 'city'
          ? { code: 'notAllowed', action: 'welfareCase.city' }
          : tellsNoMore(args, view, actor, moment),
    }),
    amendSupport: amends(
      shape,
      {
        title: '支援する側の控えを直す',
        may: 'welfareCase.hw',
        anyOrg: true,
        people: ownPeople,
        only: ['supportPlan', 'hwNote'],
        check: (args, view, actor, moment) =>
          factsOf(args, view)['org'] === actor.org
            ? undefined
            : isReceiver(args, view, actor, moment),
      },
      'amendSupport',
    ),
    void: voids(shape, {
      title: '自立促進の支援を取り消す',
      may: 'welfareCase.either',
      people: ownPeople,
    }),
  },
};
