/**
 * 困りごとの聞き取り: the sixteen items of the 自立相談支援 form, each ○ or ◎ or asked without an answer. A city record: no part
 * of it, not even that it exists, reaches the placement side or crosses a link (domain.md §6). What is to be told is told
 * in a handoff's own words. DV・虐待 has no field until restricted people have a compartment of their own: what has no field
 * stands in no draft either.
 */
import { codeLabel, codesOf } from '../codes.ts';
import type { Fields } from '../field.ts';
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { amends, creates, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const items = codesOf('issueItem').filter((row) => !row.restricted);

const itemFields: Fields = Object.fromEntries(
  items.map(({ code, label }) => [
    code,
    { type: 'choice', list: 'issueWeight', label, absence: true, sensitivity: 'special' } as const,
  ]),
);

const shape: Shape = {
  name: 'issueChecklist',
  label: '困りごと',
  states: { recorded: '記録ずみ', voided: '取消' },
  rules: [
    {
      level: 'error',
      fields: ['other'],
      breaks: (values) =>
        items.some(({ code }) => values[code] !== undefined)
          ? undefined
          : '困りごとを一つ以上選んでください。',
    },
  ],
  parts: {
    facts: {
      label: '困りごとの聞き取り',
      audience: 'file',
      listed: true,
      person: 'issues.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    issues: {
      label: '困りごと（市だけが見る欄）',
      audience: 'file',
      listed: false,
      person: 'issues.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        ...itemFields,
        otherText: {
          type: 'text',
          label: 'その他の内容',
          max: 200,
          sensitivity: 'special',
          shownWhen: (values) => values['other'] !== undefined,
        },
        issueNote: {
          type: 'text',
          label: 'メモ',
          max: 1000,
          lines: 3,
          sensitivity: 'special',
          hint: 'DV・虐待のことは、ここに書かず、紙の手順で責任者に引き継いでください。',
        },
      },
    },
  },
};

export const issueChecklist: Kind = {
  ...shape,
  number: 16,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  shelf: 'person',
  summary: (record) => {
    const said = partOf(record, 'issues');
    const worst = items.filter(({ code }) => said[code] === 'worst');
    const some = worst.length > 0 ? worst : items.filter(({ code }) => said[code] === 'applies');
    return some.map(({ code }) => codeLabel('issueItem', code)).join('・');
  },
  verbs: {
    record: creates(shape, 'record', {
      title: '困りごとを聞き取る',
      may: 'welfare.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'recorded' }),
    }),
    amend: amends(shape, { title: '困りごとの聞き取りを訂正', may: 'welfare.write' }),
    void: voids(shape, { title: '困りごとの聞き取りを取り消す', may: 'welfare.write' }),
  },
};
