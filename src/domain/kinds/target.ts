/**
 * A yearly target, as agreed by the 運営協議会 or printed in a plan (事業計画): a number to reach, at least last year's, from a
 * baseline of one year to a goal of another, the legal rate, over several years, part of another target (内数) or beside it
 * (外数). What the app cannot count has its result entered by hand (`report`). Printed anomalies are kept, with a note.
 */
import { codeLabel } from '../codes.ts';
import type { Field } from '../field.ts';
import type { Kind } from '../kind.ts';
import { isOfPercent, isPercent, targetOf, valueText } from '../metrics/targets.ts';
import { partOf } from '../record.ts';
import { integer, text, type Values } from '../value.ts';
import { amends, creates, stateFields, voids, type Shape } from '../verbs.ts';

const whole = { type: 'integer', min: 0, max: 10_000_000 } as const;
const year = {
  type: 'integer',
  min: 1989,
  max: 2100,
  unit: '年度',
  hint: '令和8年度は 2026',
} as const;
const counts = (label: string): Field => ({
  ...whole,
  label,
  shownWhen: (values) => !isOfPercent(values),
});
/** As printed, with its one or two decimals: 98.8. */
const percents = (label: string): Field => ({
  type: 'text',
  max: 8,
  label: `${label}（％）`,
  shownWhen: isOfPercent,
});
const isGoal = (values: Values) =>
  values['targetType'] === 'goal' || values['targetType'] === 'legalRate';
const percentFields = ['rate', 'baselineRate', 'previousRate', 'actualRate'];
const lacksValue = (values: Values) =>
  (values['targetType'] === 'absolute' || values['targetType'] === 'goal') &&
  values[isOfPercent(values) ? 'rate' : 'value'] === undefined;

const shape: Shape = {
  name: 'target',
  label: '目標',
  rules: [
    {
      level: 'error',
      fields: ['value'],
      breaks: (values) => (lacksValue(values) ? '目標値を入れてください。' : undefined),
    },
    ...percentFields.map((field) => ({
      level: 'error' as const,
      fields: [field],
      breaks: (values: Values) =>
        values[field] === undefined || isPercent(text(values[field]) ?? '')
          ? undefined
          : '割合は 98.8 のように、小数2桁までで入れてください。',
    })),
    {
      level: 'error',
      fields: ['indicator'],
      breaks: ({ metric, indicator }) =>
        metric === 'other' && indicator === undefined ? '指標の名前を入れてください。' : undefined,
    },
    {
      level: 'error',
      fields: ['untilYear'],
      breaks: ({ fiscalYear, untilYear }) =>
        (integer(untilYear) ?? Infinity) < (integer(fiscalYear) ?? 0)
          ? '最後の年度は、目標の年度より前にできません。'
          : undefined,
    },
    {
      level: 'error',
      fields: ['subTarget'],
      breaks: ({ parent, subTarget }) =>
        (parent === undefined) === (subTarget === undefined)
          ? undefined
          : 'もとの目標と、内数か外数かを、両方選んでください。',
    },
  ],
  parts: {
    facts: {
      label: '目標',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        site: { type: 'ref', kind: 'site', label: '窓口（地域全体の目標なら空欄）' },
        fiscalYear: { ...year, label: '年度（西暦）', required: true },
        untilYear: { ...year, label: '最後の年度（何年かの目標のとき）' },
        metric: { type: 'choice', list: 'targetMetric', label: '指標', required: true },
        indicator: { type: 'text', label: '計画での呼び名（指標とちがうとき）', max: 80 },
        targetType: {
          type: 'choice',
          list: 'targetType',
          label: '目標の決め方',
          required: true,
          default: 'absolute',
        },
        unit: { type: 'choice', list: 'targetUnit', label: '単位' },
        value: counts('目標値'),
        rate: percents('目標値'),
        baseline: { ...counts('もとの値'), shownWhen: isGoal },
        baselineRate: { ...percents('もとの値'), shownWhen: isGoal },
        baselineYear: { ...year, label: 'もとの値の年度', shownWhen: isGoal },
        previous: counts('前年度の実績'),
        previousRate: percents('前年度の実績'),
        parent: { type: 'ref', kind: 'target', label: 'もとの目標（その内数・外数のとき）' },
        subTarget: {
          type: 'choice',
          list: 'subTarget',
          label: '内数・外数',
          shownWhen: ({ parent }) => parent !== undefined,
        },
        targetNote: {
          type: 'text',
          label: '備考（印刷のとおりに残すことなど）',
          max: 300,
          lines: 2,
        },
        actual: { ...counts('実績（このアプリで数えないとき）'), fixed: true },
        actualRate: { ...percents('実績（このアプリで数えないとき）'), fixed: true },
        actualOn: { type: 'date', label: '実績の日（その日まで）', fixed: true },
      },
    },
  },
};

const resultFields = { actual: whole, actualRate: { type: 'text', max: 8 } } as const;

export const target: Kind = {
  ...shape,
  number: 4,
  retention: 'area',
  siteFields: [],
  moves: false,
  shelf: 'plans',
  sort: 'fiscalYear',
  summary: (record) => {
    const facts = partOf(record, 'facts');
    const name = text(facts['indicator']) ?? codeLabel('targetMetric', text(facts['metric']) ?? '');
    return `${integer(facts['fiscalYear']) ?? ''}年度 ${name} ${valueText(targetOf(facts))}`;
  },
  verbs: {
    set: creates(shape, 'set', {
      title: '目標を決める',
      may: 'target.write',
      fixed: () => ({ state: 'active' }),
    }),
    report: amends(
      shape,
      {
        title: '実績を入れる',
        may: 'target.write',
        only: [],
        extra: {
          actual: { ...resultFields.actual, label: '実績' },
          actualRate: { ...resultFields.actualRate, label: '実績（％）' },
          actualOn: { type: 'date', label: 'いつまでの実績か', required: true },
        },
        check: ({ actual, actualRate }) =>
          (actual === undefined) === (actualRate === undefined) ||
          (actualRate !== undefined && !isPercent(text(actualRate) ?? ''))
            ? {
                code: 'invalidFields',
                fields: [
                  {
                    field: 'actual',
                    reason: '実績は、数か割合（98.8 のように）のどちらか一方を入れてください。',
                  },
                ],
              }
            : undefined,
        also: ({ id, actual, actualRate, actualOn }) => [
          {
            kind: 'target',
            id: text(id) ?? '',
            part: 'facts',
            set: {
              actual: actual ?? null,
              actualRate: actualRate ?? null,
              actualOn: actualOn ?? null,
            },
          },
        ],
      },
      'report',
    ),
    amend: amends(shape, { title: '目標を訂正', may: 'target.write' }),
    void: voids(shape, { title: '目標を取り消す', may: 'target.write' }),
  },
};
