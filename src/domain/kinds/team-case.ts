/**
 * チーム支援: staff of two or three organisations share one plan for a person. The plan is the leading organisation's and reaches
 * the others through their links by consent, as do the steps that each side writes (team-step.ts); what is private stays at
 * home. It is decided only on a live link whose consent names it. Source: plans 3 (チーム支援対象者数), 4 (障害者チーム支援).
 */
import type { Fields } from '../field.ts';
import type { Kind, Verb } from '../kind.ts';
import { partOf, type Change, type View } from '../record.ts';
import { text, type Values } from '../value.ts';
import {
  amends,
  clearNames,
  creates,
  idOf,
  moves,
  stateFields,
  voids,
  type Shape,
} from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';
import { deskBeyond, endsOf, isLiveLink, lets, linkAt, readsLink } from './link-ends.ts';

const shape: Shape = {
  name: 'teamCase',
  label: 'チーム支援',
  states: {
    draft: '案',
    active: '支援中',
    retention: '定着支援',
    ended: '終わり',
    withdrawn: '取りやめ',
    voided: '取消',
  },
  parts: {
    facts: {
      label: 'チーム支援',
      audience: 'sites',
      listed: true,
      person: 'plan.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        toOrg: { type: 'ref', kind: 'organisation', label: '相手の組織', fixed: true },
        toSite: { type: 'ref', kind: 'site', label: '相手の窓口', fixed: true },
        thirdOrg: { type: 'ref', kind: 'organisation', label: 'もう一つの組織', fixed: true },
        thirdSite: { type: 'ref', kind: 'site', label: 'もう一つの窓口', fixed: true },
        welfareCategory: { type: 'choices', list: 'welfareCategory', label: '福祉の区分' },
        programme: { type: 'ref', kind: 'programme', label: '事業' },
        decidedOn: { type: 'date', label: '決めた日', fixed: true },
        retentionFrom: { type: 'date', label: '定着支援のはじまり', fixed: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        toLink: { type: 'id', label: '相手とのつながり', fixed: true },
        thirdLink: { type: 'id', label: 'もう一つの組織とのつながり', fixed: true },
        personKey: {
          type: 'personKey',
          label: '実人員の符号',
          // It says whose it is to whoever has another record with it: none before the team is decided, on a consent.
          shownWhen: (values) => values['decidedOn'] !== undefined,
        },
      },
    },
    plan: {
      label: '支援の計画',
      audience: 'shared',
      listed: true,
      person: 'plan.seeker',
      item: 'teamPlan',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        goal: {
          type: 'text',
          label: '目標',
          max: 1000,
          lines: 3,
          required: true,
          sensitivity: 'personal',
        },
        members: {
          type: 'list',
          label: 'チームの人',
          max: 20,
          fields: {
            organisation: { type: 'text', label: '組織', max: 60, required: true },
            member: { type: 'text', label: '担当の人', max: 40 },
            duty: { type: 'text', label: '受けもつこと', max: 100 },
          },
        },
        practice: {
          type: 'text',
          label: '実習・体験',
          max: 600,
          lines: 2,
          sensitivity: 'personal',
        },
        // Beside the plan and not in the facts: it crosses as long as the consent lets it, and no further.
        endReason: { type: 'choice', list: 'caseEnd', label: '終わった理由', fixed: true },
      },
    },
    private: {
      label: '自分の組織だけのメモ',
      audience: 'file',
      listed: false,
      person: 'plan.seeker',
      fields: {
        teamNote: { type: 'text', label: '内部メモ', max: 2000, lines: 4, sensitivity: 'special' },
      },
    },
  },
};

const linkArg: Fields = {
  link: { type: 'ref', kind: 'link', label: 'つながり', required: true },
};

const seekerOf = (args: Values, view: View) =>
  text(partOf(view.get('teamCase', idOf(args)), 'plan')['seeker']) ?? '';

const givenLink = (args: Values, view: View) => linkAt(view, text(args['link']));

export const noTeamConsent = {
  code: 'refused',
  reason:
    'ご本人の同意に「チーム支援の計画と取組」がありません。同意をもらってから決めてください。',
} as const;

/** A link of this very person whose consent names the plan; somebody else's is none that she knows of. */
const onLink: NonNullable<Verb['check']> = (args, view) => {
  const link = givenLink(args, view);
  if (!endsOf(link).includes(seekerOf(args, view))) return { code: 'notFound', kind: 'link' };
  return lets(link, 'teamPlan', seekerOf(args, view)) ? undefined : noTeamConsent;
};

function partner(args: Values, view: View, which: 'to' | 'third'): Change[] {
  const beyond = deskBeyond(givenLink(args, view), seekerOf(args, view));
  const set = {
    [`${which}Org`]: beyond.org ?? null,
    [`${which}Site`]: beyond.site ?? null,
    [`${which}Link`]: text(args['link']) ?? null,
  };
  return [{ kind: 'teamCase', id: idOf(args), part: 'facts', set }];
}

function linksOf(args: Values, view: View): readonly string[] {
  const { toLink, thirdLink } = partOf(view.get('teamCase', idOf(args)), 'facts');
  return [text(toLink), text(thirdLink)].flatMap((link) => link ?? []);
}

/** A partner at the same counter still sees its facts: nothing new about her is written there once her consent is over. */
const tellsNoMore: NonNullable<Verb['check']> = (args, view) => {
  const names = [...Object.keys(args), ...clearNames(args)];
  const isTold = names.some((name) => name === 'welfareCategory' || name === 'programme');
  const isOver = linksOf(args, view).some((link) => !isLiveLink(linkAt(view, link)));
  return isTold && isOver
    ? {
        code: 'refused',
        reason:
          '同意が終わっています。福祉の区分や事業は、同じ窓口の相手にも見えるため、ここでは変えられません。',
      }
    : undefined;
};

const readsGiven: Verb['reads'] = (args, view) => readsLink(view, text(args['link']));

const end = (name: string, title: string, from: readonly string[], to: string): Verb =>
  moves(shape, name, {
    title,
    may: 'team.write',
    from,
    to,
    takes: ['endReason'],
    needs: ['endReason'],
    fixed: (_args, _actor, moment) => ({ endedOn: moment.businessDate }),
  });

export const teamCase: Kind = {
  ...shape,
  number: 24,
  retention: 'case',
  // The partners have its facts with the plan, as long as that crosses.
  siteFields: ['site'],
  moves: true,
  atHand: { states: ['draft', 'active', 'retention'], sites: { 'plan.seeker': 'site' } },
  shelf: 'person',
  summary: (record) => text(partOf(record, 'plan')['goal']) ?? 'チーム支援',
  verbs: {
    draft: creates(shape, 'draft', {
      title: 'チーム支援の案を作る',
      may: 'team.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'draft' }),
    }),
    // Its day is the one on which it is decided: what crosses begins there, never before the consent.
    decide: moves(shape, 'decide', {
      title: 'チーム支援を決める',
      may: 'team.write',
      from: ['draft'],
      to: 'active',
      extra: linkArg,
      reads: readsGiven,
      check: onLink,
      fixed: (_args, _actor, { businessDate }) => ({ decidedOn: businessDate, date: businessDate }),
      also: (args, view) => partner(args, view, 'to'),
    }),
    addPartner: amends(
      shape,
      {
        title: 'もう一つの組織を加える',
        may: 'team.write',
        only: [],
        extra: linkArg,
        reads: readsGiven,
        check: (args, view, actor, moment) =>
          partOf(view.get('teamCase', idOf(args)), 'facts')['state'] === 'active'
            ? onLink(args, view, actor, moment)
            : { code: 'refused', reason: '支援中のチームにだけ、組織を加えられます。' },
        also: (args, view) => partner(args, view, 'third'),
      },
      'addPartner',
    ),
    retain: moves(shape, 'retain', {
      title: '定着支援にうつる',
      may: 'team.write',
      from: ['active'],
      to: 'retention',
      fixed: (_args, _actor, moment) => ({ retentionFrom: moment.businessDate }),
    }),
    end: end('end', 'チーム支援を終える', ['active', 'retention'], 'ended'),
    withdraw: end(
      'withdraw',
      'チーム支援を取りやめる',
      ['draft', 'active', 'retention'],
      'withdrawn',
    ),
    amend: amends(shape, {
      title: 'チーム支援を訂正',
      may: 'team.write',
      reads: (args, view) => linksOf(args, view).flatMap((link) => readsLink(view, link)),
      check: tellsNoMore,
    }),
    void: voids(shape, { title: 'チーム支援を取り消す', may: 'team.write' }),
  },
};
