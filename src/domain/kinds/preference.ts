/**
 * 希望の履歴: what a person wished for, since when, and why it changed. Recording it is how the wishes on her file change, so
 * that the file has the newest and the history all of them; an amendment corrects the history alone. Source: success story A
 * (the desired occupation changed after training).
 */
import { codeLabel } from '../codes.ts';
import type { Kind } from '../kind.ts';
import { partOf, type Change } from '../record.ts';
import { isObject, text, texts, type Value, type Values } from '../value.ts';
import { amends, creates, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';
import { wishFields } from './seeker.ts';

const shape: Shape = {
  name: 'preference',
  label: '希望の履歴',
  states: { recorded: '記録ずみ', voided: '取消' },
  parts: {
    facts: {
      label: '希望の履歴',
      audience: 'file',
      listed: true,
      person: 'wished.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    wished: {
      label: '希望と変わった理由',
      audience: 'file',
      listed: false,
      person: 'wished.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        wishes: { type: 'group', label: '希望', required: true, fields: wishFields },
        wishedFrom: { type: 'date', label: 'いつからの希望か' },
        change: {
          type: 'choice',
          list: 'preferenceChange',
          label: '変わったきっかけ',
          required: true,
        },
        why: { type: 'text', label: '変わった理由', max: 400, lines: 2, sensitivity: 'personal' },
      },
    },
  },
};

const nothingWished = (args: Values) =>
  isObject(args['wishes']) && Object.keys(args['wishes']).length === 0
    ? ({
        code: 'invalidFields',
        fields: [{ field: 'wishes', reason: '希望を一つ以上入れてください。' }],
      } as const)
    : undefined;

const ontoFile = (args: Values): Change[] => [
  {
    kind: 'seeker',
    id: text(args['seeker']) ?? '',
    part: 'file',
    set: { wishes: args['wishes'] as Value },
  },
];

export const preference: Kind = {
  ...shape,
  number: 18,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  shelf: 'person',
  summary: (record) => {
    const { wishes, change } = partOf(record, 'wished');
    const { occupations, jobText } = (isObject(wishes) ? wishes : {}) as Values;
    const jobs = texts(occupations).map((code) => codeLabel('occupation', code));
    return [...jobs, text(jobText), codeLabel('preferenceChange', text(change) ?? '')]
      .filter(Boolean)
      .join('・');
  },
  verbs: {
    record: creates(shape, 'record', {
      title: '希望を聞きなおす',
      may: 'file.write',
      check: nothingWished,
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'recorded' }),
      also: ontoFile,
    }),
    amend: amends(shape, {
      title: '希望の履歴を訂正',
      may: 'file.write',
      check: nothingWished,
    }),
    void: voids(shape, { title: '希望の履歴を取り消す', may: 'file.write' }),
  },
};
