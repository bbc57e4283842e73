/**
 * A member of staff and the post she holds. Caseloads hang on posts, so a transfer rewrites no case (design.md §6.1).
 * Names of staff are known in the area: every record says who wrote it.
 */
import { kindLabels } from '../kind-labels.ts';
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'staff',
  label: kindLabels.staff,
  states: { active: '在職', ended: '退任' },
  parts: {
    facts: {
      label: '職員',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        name: { type: 'text', label: '氏名', max: 40, required: true },
        kana: { type: 'kana', label: 'フリガナ', max: 60, required: true },
        org: { type: 'ref', kind: 'organisation', label: '所属', required: true },
        site: { type: 'ref', kind: 'site', label: '窓口', required: true },
        role: { type: 'choice', list: 'staffRole', label: '役割', required: true },
        post: { type: 'text', label: '担当席', max: 40 },
        validFrom: { type: 'date', label: '着任日' },
        validTo: { type: 'date', label: '退任日' },
      },
    },
  },
};

export const staff: Kind = {
  ...shape,
  number: 3,
  retention: 'area',
  siteFields: [],
  moves: false,
  summary: (record) => text(partOf(record, 'facts')['name']) ?? '',
  verbs: {
    register: creates(shape, 'register', {
      title: '職員を登録',
      may: 'area.write',
      fixed: () => ({ state: 'active' }),
    }),
    amend: amends(shape, { title: '職員を訂正', may: 'area.write' }),
    end: moves(shape, 'end', {
      title: '職員を退任にする',
      may: 'area.write',
      from: ['active'],
      to: 'ended',
      takes: ['validTo'],
    }),
    void: voids(shape, { title: '職員を取り消す', may: 'area.write' }),
  },
};
