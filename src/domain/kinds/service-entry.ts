/**
 * 案内先: one service to which people are guided (資格・時間・連絡先・資料), known to every desk of the area. Guidance names it and
 * is counted by it; the entry itself holds nobody. Source: the guidance-only row of domain.md §2 (seeds/service-entries.json).
 */
import { codeLabel } from '../codes.ts';
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'serviceEntry',
  label: '案内先',
  states: { listed: '案内できる', ended: '案内を終えた', voided: '取消' },
  rules: [
    {
      level: 'error',
      fields: ['validTo'],
      breaks: ({ validFrom, validTo }) =>
        (text(validTo) ?? '9999') < (text(validFrom) ?? '')
          ? '「終わる日」は「はじまる日」より後にしてください。'
          : undefined,
    },
  ],
  parts: {
    facts: {
      label: '案内先',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        serviceName: { type: 'text', label: '名前', max: 80, required: true },
        provider: { type: 'text', label: '行っているところ', max: 80, required: true },
        field: { type: 'choice', list: 'serviceField', label: '分野', required: true },
        eligibility: { type: 'text', label: '使える人', max: 400, lines: 2 },
        about: { type: 'text', label: '内容', max: 600, lines: 3 },
        openHours: { type: 'text', label: '受付時間', max: 100 },
        contact: { type: 'text', label: '連絡先', max: 200, lines: 2 },
        place: { type: 'text', label: '場所', max: 120 },
        booking: { type: 'flag', label: '予約がいる' },
        leaflet: { type: 'text', label: '渡す資料', max: 200 },
        validFrom: { type: 'date', label: 'はじまる日' },
        validTo: { type: 'date', label: '終わる日' },
      },
    },
  },
};

export const serviceEntry: Kind = {
  ...shape,
  number: 30,
  retention: 'area',
  siteFields: [],
  moves: false,
  shelf: 'services',
  summary: (record) => {
    const { serviceName, provider } = partOf(record, 'facts');
    return [text(serviceName), text(provider)].filter(Boolean).join('　');
  },
  searchKeys: (record) => {
    const { serviceName, provider, field, eligibility, about } = partOf(record, 'facts');
    const words = [serviceName, provider, eligibility, about].map((word) => text(word) ?? '');
    return [...words, codeLabel('serviceField', text(field) ?? '')];
  },
  verbs: {
    list: creates(shape, 'list', {
      title: '案内先をのせる',
      may: 'directory.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'listed' }),
    }),
    // Whoever learns that a number has changed puts it right: the directory is the area's.
    amend: amends(shape, { title: '案内先を訂正', may: 'directory.write', anyOrg: true }),
    end: moves(shape, 'end', {
      title: '案内を終える',
      may: 'directory.write',
      anyOrg: true,
      from: ['listed'],
      to: 'ended',
      takes: ['validTo'],
    }),
    relist: moves(shape, 'relist', {
      title: 'もう一度のせる',
      may: 'directory.write',
      anyOrg: true,
      from: ['ended'],
      to: 'listed',
      fixed: () => ({ validTo: null }),
    }),
    void: voids(shape, { title: '案内先を取り消す', may: 'directory.write' }),
  },
};
