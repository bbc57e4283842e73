/**
 * 催し: a joint interview, a seminar, a matching day, often at a temporary place. How many came is confirmed after it, in whole
 * numbers (seekers, firms, hired, childcare, times): that is what the plans print. Single visitors are `attendance`.
 * Known to the whole area, since both organisations guide people to it; counted for the counter that holds it.
 * Source: plans 0, 3 (241 seekers, 101 firms, 17 hired; 11 times, 71 children), 4 (89 visitors in three days).
 */
import { codeLabel } from '../codes.ts';
import type { Field } from '../field.ts';
import type { Kind, Verb } from '../kind.ts';
import { partOf, type Rec } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const count = (label: string, unit: string, hint?: string): Field => ({
  type: 'integer',
  label,
  min: 0,
  max: 1_000_000,
  unit,
  ...(hint === undefined ? {} : { hint }),
  fixed: true,
});

const shape: Shape = {
  name: 'event',
  label: '催し',
  states: { planned: '予定', confirmed: '結果確定', cancelled: '中止', voided: '取消' },
  rules: [
    {
      level: 'error',
      fields: ['heldTo'],
      breaks: ({ heldOn, heldTo }) =>
        (text(heldTo) ?? '9999') < (text(heldOn) ?? '')
          ? '「終わる日」は「行う日」より前にできません。'
          : undefined,
    },
  ],
  parts: {
    facts: {
      label: '催し',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        eventType: { type: 'choice', list: 'eventType', label: '催しの種類', required: true },
        eventName: { type: 'text', label: '催しの名前', max: 100, required: true },
        programme: { type: 'ref', kind: 'programme', label: '事業' },
        heldOn: { type: 'date', label: '行う日', required: true },
        heldTo: { type: 'date', label: '終わる日（何日も行うとき）' },
        place: { type: 'text', label: '場所', max: 120 },
        temporary: { type: 'flag', label: '臨時窓口・巡回' },
        withChildcare: { type: 'flag', label: '託児あり' },
        partners: { type: 'text', label: 'いっしょに行うところ', max: 200 },
        seekers: count('来た人', '人'),
        firms: count('参加した事業所', '社'),
        hired: count('採用', '人'),
        childcare: count('託児', '人'),
        times: count('回数', '回', '何回かの催しを一つにまとめたとき'),
        confirmedOn: { type: 'date', label: '結果を確定した日', fixed: true },
      },
    },
  },
};

export const eventCounts = ['seekers', 'firms', 'hired', 'childcare', 'times'] as const;

const notYet: NonNullable<Verb['check']> = (args, view, _actor, moment) =>
  (text(partOf(view.get('event', idOf(args)), 'facts')['heldOn']) ?? '') > moment.businessDate
    ? { code: 'refused', reason: 'まだ行っていない催しの結果は、確定できません。' }
    : undefined;

/** A counter held elsewhere for a day or some days (臨時窓口・巡回), and this is one of them. */
export function isOutpostOn(record: Rec | undefined, date: string): boolean {
  const { temporary, eventType, heldOn, heldTo } = partOf(record, 'facts');
  const from = text(heldOn) ?? '9999';
  const isOutpost = temporary === true || eventType === 'outreach';
  return isOutpost && from <= date && date <= (text(heldTo) ?? from);
}

export const event: Kind = {
  ...shape,
  number: 27,
  retention: 'count',
  siteFields: ['site'],
  moves: false,
  shelf: 'events',
  sort: 'heldOn',
  summary: (record) => {
    const { eventName, eventType } = partOf(record, 'facts');
    return text(eventName) ?? codeLabel('eventType', text(eventType) ?? '');
  },
  searchKeys: (record) => [text(partOf(record, 'facts')['eventName']) ?? ''],
  due: (record) => {
    const { state, heldOn, heldTo } = partOf(record, 'facts');
    const date = text(heldTo) ?? text(heldOn);
    return state === 'planned' && date ? { date, word: '催しの結果を入れる' } : undefined;
  },
  verbs: {
    plan: creates(shape, 'plan', {
      title: '催しを登録',
      may: 'event.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'planned' }),
    }),
    // Also again: a hire from an interview is often heard of weeks later.
    confirm: moves(shape, 'confirm', {
      title: '催しの結果を入れる',
      may: 'event.write',
      from: ['planned', 'confirmed'],
      to: 'confirmed',
      takes: eventCounts,
      needs: ['seekers'],
      check: notYet,
      fixed: (_args, _actor, moment) => ({ confirmedOn: moment.businessDate }),
    }),
    cancel: moves(shape, 'cancel', {
      title: '催しを中止した',
      may: 'event.write',
      from: ['planned'],
      to: 'cancelled',
    }),
    amend: amends(shape, { title: '催しを訂正', may: 'event.write' }),
    void: voids(shape, { title: '催しを取り消す', may: 'event.write' }),
  },
};
