/** A yearly target of a counter, as agreed by the 運営協議会. Source: the business plan of the year (事業計画). */
import { kindLabels } from '../kind-labels.ts';
import type { Kind } from '../kind.ts';
import { codeLabel } from '../codes.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'target',
  label: kindLabels.target,
  parts: {
    facts: {
      label: '目標',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        site: { type: 'ref', kind: 'site', label: '窓口', required: true },
        fiscalYear: {
          type: 'integer',
          label: '年度（西暦）',
          min: 1989,
          max: 2100,
          unit: '年度',
          required: true,
        },
        metric: { type: 'choice', list: 'targetMetric', label: '指標', required: true },
        targetType: {
          type: 'choice',
          list: 'targetType',
          label: '目標の決め方',
          required: true,
          default: 'absolute',
        },
        value: { type: 'integer', label: '目標値', min: 0, max: 10_000_000, required: true },
      },
    },
  },
};

export const target: Kind = {
  ...shape,
  number: 4,
  retention: 'area',
  siteFields: [],
  moves: false,
  summary: (record) => codeLabel('targetMetric', text(partOf(record, 'facts')['metric']) ?? ''),
  verbs: {
    set: creates(shape, 'set', {
      title: '目標を決める',
      may: 'target.write',
      fixed: () => ({ state: 'active' }),
    }),
    amend: amends(shape, { title: '目標を訂正', may: 'target.write' }),
    void: voids(shape, { title: '目標を取り消す', may: 'target.write' }),
  },
};
