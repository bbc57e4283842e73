/**
 * 担当の引継ぎ: one person goes from the caseload of one post to that of another, with what the next one must know. Caseloads
 * belong to posts, not to people (design.md §6.1); this moves the post on her file in the same write and keeps the note
 * with the date. It does not take her away from whoever meets her today, and voiding it moves nobody back.
 */
import type { Kind } from '../kind.ts';
import type { Problem } from '../problem.ts';
import { partOf, type View } from '../record.ts';
import { text, type Values } from '../value.ts';
import { amends, creates, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'caseTransfer',
  label: '担当の引継ぎ',
  states: { recorded: '記録ずみ', voided: '取消' },
  parts: {
    facts: {
      label: '担当の引継ぎ',
      audience: 'file',
      listed: true,
      person: 'handing.seeker',
      fields: { ...stateFields, ...deskFields },
    },
    handing: {
      label: '引継ぎの内容',
      audience: 'file',
      listed: true,
      person: 'handing.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        fromPost: { type: 'text', label: 'これまでの担当席', max: 40 },
        toPost: { type: 'text', label: 'これからの担当席', max: 40, required: true },
        note: { type: 'text', label: '申し送り', max: 600, lines: 3, sensitivity: 'personal' },
      },
    },
  },
};

/** Empty where she has none; undefined where her file is not here. */
const postOf = (args: Values, view: View): string | undefined => {
  const file = view.get('seeker', text(args['seeker']) ?? '')?.parts['file'];
  return file && (text(file['post']) ?? '');
};

/** Said where the file is at hand: on the tablet of whoever writes it, and always on the server. */
function hasMoved(args: Values, view: View): Problem | undefined {
  const [now, from, to] = [postOf(args, view), text(args['fromPost']), text(args['toPost'])];
  if (now === undefined) return undefined;
  if (now === to) return { code: 'refused', reason: 'すでに、その席の担当です。' };
  // Nobody has her by her own file: she may be with a post by a registration that was merged with hers.
  if (from === undefined || from === now || now === '') return undefined;
  return { code: 'refused', reason: `担当席は、すでに「${now}」に変わっています。` };
}

export const caseTransfer: Kind = {
  ...shape,
  number: 43,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  shelf: 'person',
  summary: (record) => {
    const { fromPost, toPost } = partOf(record, 'handing');
    return `${text(fromPost) ?? '担当なし'}から${text(toPost) ?? ''}へ`;
  },
  verbs: {
    write: creates(shape, 'write', {
      title: '担当を引き継ぐ',
      may: 'file.write',
      // A supervisor hands over people whose files are not on her tablet: what the file said is asked of the server alone.
      prevails: true,
      check: hasMoved,
      fixed: (args, actor, moment, view) => {
        const fromPost = postOf(args, view);
        return { ...atDesk(actor, moment), state: 'recorded', ...(fromPost ? { fromPost } : {}) };
      },
      also: (args) => [
        {
          kind: 'seeker',
          id: text(args['seeker']) ?? '',
          part: 'file',
          set: { post: text(args['toPost']) ?? '' },
        },
      ],
    }),
    amend: amends(shape, { title: '申し送りを訂正', may: 'file.write', only: ['note'] }),
    void: voids(shape, { title: '担当の引継ぎを取り消す', may: 'file.write' }),
  },
};
