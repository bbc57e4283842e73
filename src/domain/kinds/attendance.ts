/**
 * 参加: one visitor of an event, a seeker or a firm. Who it was is optional (most are counted, not named): a seeker stands in
 * her own organisation's file, a firm's name stays in the organisation that wrote it. Facts count heads without either.
 */
import { codeLabel } from '../codes.ts';
import type { Kind, Verb } from '../kind.ts';
import { partOf, type View } from '../record.ts';
import { text, type Values } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'attendance',
  label: '参加',
  states: { booked: '申込', recorded: '来た', missed: '来なかった', voided: '取消' },
  parts: {
    facts: {
      label: '参加',
      audience: 'sites',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        event: { type: 'ref', kind: 'event', label: '催し', required: true },
        heldOn: { type: 'date', label: '催しの日', fixed: true },
        party: { type: 'choice', list: 'eventParty', label: '参加した人', required: true },
        came: { type: 'flag', label: '来た', fixed: true },
        heads: { type: 'integer', label: '人数', min: 1, max: 100, unit: '人', default: 1 },
        children: { type: 'integer', label: '託児', min: 0, max: 20, unit: '人' },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    person: {
      label: '参加した求職者',
      audience: 'file',
      listed: true,
      person: 'person.seeker',
      fields: {
        seeker: {
          type: 'ref',
          kind: 'seeker',
          label: '求職者',
          shownWhen: ({ party }) => party !== 'firm',
        },
      },
    },
    firm: {
      label: '参加した事業所',
      audience: 'org',
      listed: true,
      fields: {
        firmName: {
          type: 'text',
          label: '事業所名',
          max: 100,
          shownWhen: ({ party }) => party === 'firm',
        },
      },
    },
  },
};

const wrongParty: NonNullable<Verb['check']> = (args) =>
  (args['party'] === 'firm' && args['seeker'] !== undefined) ||
  (args['party'] !== 'firm' && args['firmName'] !== undefined)
    ? { code: 'refused', reason: '求職者の参加か事業所の参加か、どちらかを選んでください。' }
    : undefined;

const eventOf = (args: Values, view: View) =>
  partOf(view.get('event', text(args['event']) ?? ''), 'facts');

const notHeld: NonNullable<Verb['check']> = (args, view, actor, moment) =>
  ['cancelled', 'voided'].includes(text(eventOf(args, view)['state']) ?? '')
    ? { code: 'illegalState', kind: 'event', found: '中止' }
    : wrongParty(args, view, actor, moment);

function entry(name: 'book' | 'record', title: string, state: string): Verb {
  return creates(shape, name, {
    title,
    may: 'attendance.write',
    check: notHeld,
    fixed: (args, actor, moment, view) => ({
      ...atDesk(actor, moment),
      heldOn: eventOf(args, view)['heldOn'] ?? moment.businessDate,
      came: state === 'recorded',
      state,
    }),
  });
}

const notBefore: NonNullable<Verb['check']> = (args, view, _actor, moment) => {
  const { heldOn } = partOf(view.get('attendance', idOf(args)), 'facts');
  return (text(heldOn) ?? '') > moment.businessDate
    ? { code: 'illegalState', kind: 'attendance', found: 'まだ先の日' }
    : undefined;
};

const settled = (name: string, title: string, to: string) =>
  moves(shape, name, {
    title,
    may: 'attendance.write',
    from: ['booked', to === 'missed' ? 'recorded' : 'missed'],
    to,
    check: notBefore,
    fixed: () => ({ came: to === 'recorded' }),
  });

export const attendance: Kind = {
  ...shape,
  number: 28,
  retention: 'count',
  siteFields: ['site'],
  moves: false,
  shelf: 'events',
  sort: 'heldOn',
  summary: (record) => {
    const firm = text(partOf(record, 'firm')['firmName']);
    return firm ?? codeLabel('eventParty', text(partOf(record, 'facts')['party']) ?? '');
  },
  verbs: {
    book: entry('book', '参加の申込を記録', 'booked'),
    record: entry('record', '参加を記録', 'recorded'),
    come: settled('come', '来た', 'recorded'),
    miss: settled('miss', '来なかった', 'missed'),
    amend: amends(shape, {
      title: '参加を訂正',
      may: 'attendance.write',
      only: ['heads', 'children', 'firmName'],
    }),
    void: voids(shape, { title: '参加を取り消す', may: 'attendance.write' }),
  },
};
