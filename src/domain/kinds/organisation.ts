/** An organisation of the sharing area: the city, a Hello Work office, the prefecture, a contractor. Known to all. */
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'organisation',
  label: '組織',
  parts: {
    facts: {
      label: '組織',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        name: { type: 'text', label: '名称', max: 60, required: true },
        orgType: { type: 'choice', list: 'organisationType', label: '種別', required: true },
        phone: { type: 'code', format: 'phone', label: '電話' },
      },
    },
  },
};

export const organisation: Kind = {
  ...shape,
  number: 1,
  retention: 'area',
  siteFields: [],
  moves: false,
  summary: (record) => text(partOf(record, 'facts')['name']) ?? '',
  verbs: {
    register: creates(shape, 'register', {
      title: '組織を登録',
      may: 'area.write',
      fixed: () => ({ state: 'active' }),
    }),
    amend: amends(shape, { title: '組織を訂正', may: 'area.write' }),
    void: voids(shape, { title: '組織を取り消す', may: 'area.write' }),
  },
};
