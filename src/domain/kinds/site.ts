/** A counter (窓口), e.g. あいワーク白石. Known to everyone in the area. */
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'site',
  label: '窓口',
  parts: {
    facts: {
      label: '窓口',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        name: { type: 'text', label: '名称', max: 60, required: true },
        ward: { type: 'text', label: '区', max: 20, required: true },
        municipalCode: { type: 'code', format: 'municipal', label: '団体コード', required: true },
        siteType: { type: 'choice', list: 'siteType', label: '型' },
        openedOn: { type: 'date', label: '開設日' },
        closedOn: { type: 'date', label: '閉所日' },
        hours: { type: 'text', label: '開所時間', max: 60 },
        phone: { type: 'code', format: 'phone', label: '電話' },
      },
    },
  },
};

export const site: Kind = {
  ...shape,
  number: 2,
  retention: 'area',
  siteFields: [],
  moves: false,
  summary: (record) => text(partOf(record, 'facts')['name']) ?? '',
  verbs: {
    register: creates(shape, 'register', {
      title: '窓口を登録',
      may: 'area.write',
      fixed: () => ({ state: 'active' }),
    }),
    amend: amends(shape, { title: '窓口を訂正', may: 'area.write' }),
    void: voids(shape, { title: '窓口を取り消す', may: 'area.write' }),
  },
};
