/**
 * つながり: by consent, one person's files at two organisations. Shared parts cross through a live link and leave with
 * it; each organisation keeps its own file (design.md §4). Made by accepting a handoff, ended with the consent.
 * The facts join the two pseudonyms when people are counted once (実人員).
 */
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, moves, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'link',
  label: 'つながり',
  states: { live: '有効', ended: '終わり', voided: '取消' },
  persons: ['ties.toSeeker'],
  parts: {
    facts: {
      label: 'つながり',
      audience: 'sites',
      listed: true,
      person: 'ties.fromSeeker',
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '伝える組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        toOrg: { type: 'ref', kind: 'organisation', label: '受け取る組織', fixed: true },
        toSite: { type: 'ref', kind: 'site', label: '受け取る窓口', fixed: true },
        date: { type: 'date', label: 'はじまり', fixed: true },
        endedOn: { type: 'date', label: 'おわり', fixed: true },
        consent: { type: 'ref', kind: 'consent', label: '同意', fixed: true },
      },
    },
    ties: {
      label: '結ばれた二つの台帳',
      audience: 'shared',
      listed: true,
      person: 'ties.fromSeeker',
      fields: {
        fromSeeker: { type: 'ref', kind: 'seeker', label: '伝える側の求職者', fixed: true },
        toSeeker: { type: 'ref', kind: 'seeker', label: '受け取る側の求職者', fixed: true },
        linkItems: { type: 'choices', list: 'sharedItem', label: '伝える項目', fixed: true },
      },
    },
  },
};

export const link: Kind = {
  ...shape,
  number: 9,
  retention: 'case',
  siteFields: ['site', 'toSite'],
  moves: true,
  summary: (record) => shape.states?.[text(partOf(record, 'facts')['state']) ?? ''] ?? '',
  verbs: {
    end: moves(shape, 'end', {
      title: 'つながりを終える',
      may: 'consent.write',
      from: ['live'],
      to: 'ended',
      fixed: (_args, _actor, moment) => ({ endedOn: moment.businessDate }),
    }),
    amend: amends(shape, { title: 'つながりを訂正', may: 'consent.write', only: [] }),
    void: voids(shape, { title: 'つながりを取り消す', may: 'consent.write' }),
  },
};
