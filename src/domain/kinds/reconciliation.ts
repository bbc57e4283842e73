/**
 * 突き合わせ: once a month, Hello Work's own figure for a counter beside ours, and why they differ. Ours stays as counted: a
 * difference is explained, never made to vanish (domain.md §0.2, §4: the app's 就職 counts are 速報). One record a counter,
 * month and figure, so that two who enter it meet in it.
 */
import { codeLabel } from '../codes.ts';
import type { Kind, Verb } from '../kind.ts';
import { isMonth, monthOf } from '../month.ts';
import { isAtHand, partOf, sitesOf, type Actor } from '../record.ts';
import { integer, text, texts, type Values } from '../value.ts';
import {
  amended,
  amends,
  brokenRules,
  creates,
  flatten,
  idOf,
  moves,
  stateFields,
  voids,
  type Shape,
} from '../verbs.ts';
import { formatMonthJa } from '../wareki.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const figure = { type: 'integer', min: 0, max: 10_000_000, required: true } as const;

const unexplained = ({ own, official, reasons }: Values) =>
  own !== undefined && official !== undefined && own !== official && texts(reasons).length === 0;

const shape: Shape = {
  name: 'reconciliation',
  label: '突き合わせ',
  states: { recorded: '記録ずみ', voided: '取消' },
  rules: [
    {
      level: 'error',
      fields: ['reasons'],
      breaks: (values) =>
        unexplained(values) ? '数がちがうときは、ちがいの理由を選んでください。' : undefined,
    },
  ],
  parts: {
    facts: {
      label: '突き合わせ',
      audience: 'sites',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        month: { type: 'text', label: '月', max: 7, fixed: true },
        metric: { type: 'choice', list: 'targetMetric', label: '指標', required: true },
        own: { ...figure, label: 'このアプリの数' },
        official: { ...figure, label: 'ハローワークの数' },
        reasons: { type: 'choices', list: 'differenceReason', label: 'ちがいの理由' },
      },
    },
  },
};

export function reconciliationId(site: string, month: string, metric: string): string {
  return `reconciliation-${site}-${month}-${metric.toLowerCase()}`;
}

/** Which of the actor's counters the id names. */
const counterOf = (args: Values, actor: Actor) =>
  sitesOf(actor).find(
    (site) =>
      idOf(args) === reconciliationId(site, text(args['month']) ?? '', text(args['metric']) ?? ''),
  );

const unfit: NonNullable<Verb['check']> = (args, _view, actor, moment) => {
  const month = text(args['month']) ?? '';
  if (!isMonth(month) || month > monthOf(moment.businessDate))
    return {
      code: 'invalidFields',
      fields: [
        { field: 'month', reason: '「月」は、今月までの月を 2026-04 のように入れてください。' },
      ],
    };
  return counterOf(args, actor) !== undefined
    ? undefined
    : { code: 'malformed', reason: 'reconciliation' };
};

/** The counter's supervisors of whichever organisation: the one has our figure, the other the official one. */
const elsewhere: NonNullable<Verb['check']> = (args, view, actor) =>
  isAtHand(actor, partOf(view.get('reconciliation', idOf(args)), 'facts')['site'])
    ? undefined
    : { code: 'notAllowed', action: 'figures.reconcile' };

export function difference(values: Values): number {
  return (integer(values['own']) ?? 0) - (integer(values['official']) ?? 0);
}

export const reconciliation: Kind = {
  ...shape,
  number: 41,
  retention: 'count',
  siteFields: ['site'],
  moves: false,
  idFor: ({ month, metric }, { site }) =>
    reconciliationId(site, text(month) ?? '', text(metric) ?? ''),
  summary: (record) => {
    const { month, metric } = partOf(record, 'facts');
    return `${formatMonthJa(`${text(month) ?? ''}-01`)} ${codeLabel('targetMetric', text(metric) ?? '')}`;
  },
  verbs: {
    record: creates(shape, 'record', {
      title: '突き合わせを記録',
      may: 'figures.reconcile',
      extra: { month: { type: 'text', label: '月', max: 7, required: true } },
      check: unfit,
      fixed: (args, actor, moment) => ({
        ...atDesk(actor, moment),
        site: counterOf(args, actor) ?? actor.site,
        month: text(args['month']) ?? '',
        state: 'recorded',
      }),
    }),
    amend: amends(shape, {
      title: '突き合わせを訂正',
      may: 'figures.reconcile',
      anyOrg: true,
      only: ['own', 'official', 'reasons'],
      check: elsewhere,
    }),
    // Its place is one: taken back by mistake, it is entered in the same place again.
    enterAgain: moves(shape, 'enterAgain', {
      title: '突き合わせを入れなおす',
      may: 'figures.reconcile',
      anyOrg: true,
      from: ['voided'],
      to: 'recorded',
      takes: ['own', 'official', 'reasons'],
      needs: ['own', 'official'],
      check: (args, view, actor, moment) =>
        elsewhere(args, view, actor, moment) ??
        brokenRules(shape, amended(flatten(view.get('reconciliation', idOf(args))), args)),
      fixed: () => ({ voidReason: null }),
    }),
    void: voids(shape, {
      title: '突き合わせを取り消す',
      may: 'figures.reconcile',
      check: elsewhere,
    }),
  },
};
