/**
 * 事業: a system or programme of the public plans, as data (seeds/programmes.json, one a row of domain.md §2). Records name it
 * and are counted by it; screens know none by name. Written by the server from the seed, known to the whole area.
 */
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'programme',
  label: '事業',
  states: { active: '行っている', ended: '終わった', voided: '取消' },
  parts: {
    facts: {
      label: '事業',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        code: { type: 'text', label: '事業の符号', max: 60, required: true },
        programmeName: { type: 'text', label: '事業の名前', max: 300, required: true },
        operator: { type: 'text', label: '行うところ', max: 300, required: true },
        clients: { type: 'text', label: '対象', max: 200 },
        plans: { type: 'text', label: 'もとの計画', max: 300 },
        needsConsent: { type: 'flag', label: '本人の同意がいる' },
        validFrom: { type: 'date', label: 'はじまり' },
        validTo: { type: 'date', label: 'おわり' },
      },
    },
  },
};

export const programme: Kind = {
  ...shape,
  number: 36,
  retention: 'area',
  siteFields: [],
  moves: false,
  shelf: 'plans',
  summary: (record) => text(partOf(record, 'facts')['programmeName']) ?? '',
  verbs: {
    register: creates(shape, 'register', {
      title: '事業を登録',
      may: 'area.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'active' }),
    }),
    amend: amends(shape, { title: '事業を訂正', may: 'area.write' }),
    end: moves(shape, 'end', {
      title: '事業が終わった',
      may: 'area.write',
      from: ['active'],
      to: 'ended',
      takes: ['validTo'],
      needs: ['validTo'],
    }),
    void: voids(shape, { title: '事業を取り消す', may: 'area.write' }),
  },
};
