/**
 * 求人者との話し合い: one contact with a firm about one job for one person: what was asked, what it agreed to (定年60歳の求人に
 * 62歳の方を、など). The outcome counts without a name; firm and conditions cross a link whose consent names referrals; the memo
 * stays. Asked and answered in one call, or answered later. Source: success story A; domain.md §3 (employerContact memo).
 */
import { codeLabel } from '../codes.ts';
import type { Kind } from '../kind.ts';
import { partOf, type Actor, type Moment } from '../record.ts';
import { searchKey } from '../names.ts';
import { text, texts, type Patch, type Values } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'employerContact',
  label: '求人者との話し合い',
  states: {
    asked: '返事待ち',
    agreed: '合意した',
    declined: '合意しなかった',
    voided: '取消',
  },
  parts: {
    facts: {
      label: '求人者との話し合い',
      audience: 'sites',
      listed: true,
      person: 'shared.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        staff: { type: 'ref', kind: 'staff', label: '話した職員', fixed: true },
        means: { type: 'choice', list: 'talkMeans', label: '方法', required: true },
        topics: { type: 'choices', list: 'negotiationTopic', label: '話したこと', required: true },
        answerDueOn: { type: 'date', label: '返事をもらう日' },
        answeredOn: { type: 'date', label: '返事の日', fixed: true },
        referral: { type: 'ref', kind: 'referral', label: '紹介' },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    shared: {
      label: '相手と合意',
      audience: 'shared',
      listed: true,
      person: 'shared.seeker',
      item: 'referrals',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        employerName: { type: 'text', label: '事業所名', max: 100, required: true },
        jobTitle: { type: 'text', label: '仕事の名前', max: 100 },
        agreedTerms: { type: 'text', label: '合意した条件', max: 400, lines: 2, fixed: true },
      },
    },
    memo: {
      label: '話し合いのメモ',
      audience: 'file',
      listed: false,
      person: 'shared.seeker',
      fields: {
        hwJobNo: { type: 'code', format: 'hwJobNo', label: '求人番号' },
        spokeWith: { type: 'text', label: '相手の担当者', max: 60, sensitivity: 'personal' },
        askedFor: { type: 'text', label: 'お願いしたこと', max: 600, lines: 2, required: true },
        declineReason: {
          type: 'text',
          label: '合意しなかった理由',
          max: 400,
          lines: 2,
          fixed: true,
        },
        contactNote: { type: 'text', label: 'メモ', max: 600, lines: 2 },
      },
    },
  },
};

const told = (actor: Actor, moment: Moment): Patch => ({
  ...atDesk(actor, moment),
  staff: actor.user,
});

const answered = (_args: Values, _actor: Actor, moment: Moment): Patch => ({
  answeredOn: moment.businessDate,
});

export const employerContact: Kind = {
  ...shape,
  number: 19,
  retention: 'placement',
  siteFields: ['site'],
  moves: true,
  // The firm calls back within days: until then her file is at hand.
  atHand: { states: ['asked'], sites: { 'shared.seeker': 'site' } },
  shelf: 'person',
  summary: (record) => {
    const topics = texts(partOf(record, 'facts')['topics']);
    const words = topics.map((code) => codeLabel('negotiationTopic', code)).join('・');
    return [text(partOf(record, 'shared')['employerName']), words].filter(Boolean).join(' ');
  },
  searchKeys: (record) => [searchKey(text(partOf(record, 'shared')['employerName']) ?? '')],
  due: (record) => {
    const { state, answerDueOn, date } = partOf(record, 'facts');
    const day = text(answerDueOn) ?? text(date);
    return state === 'asked' && day ? { date: day, word: '求人者の返事を記録' } : undefined;
  },
  verbs: {
    record: creates(shape, 'record', {
      title: '求人者に連絡した（返事待ち）',
      may: 'referral.write',
      fixed: (_args, actor, moment) => ({ ...told(actor, moment), state: 'asked' }),
    }),
    recordAgreed: creates(shape, 'recordAgreed', {
      title: '求人者と合意した',
      may: 'referral.write',
      extra: {
        agreedTerms: {
          type: 'text',
          label: '合意した条件',
          max: 400,
          lines: 2,
          required: true,
        },
      },
      fixed: (args, actor, moment) => ({
        ...told(actor, moment),
        answeredOn: moment.businessDate,
        agreedTerms: args['agreedTerms'] ?? null,
        state: 'agreed',
      }),
    }),
    agree: moves(shape, 'agree', {
      title: '求人者が合意した',
      may: 'referral.write',
      from: ['asked'],
      to: 'agreed',
      takes: ['agreedTerms'],
      needs: ['agreedTerms'],
      fixed: answered,
    }),
    decline: moves(shape, 'decline', {
      title: '合意にいたらなかった',
      may: 'referral.write',
      from: ['asked'],
      to: 'declined',
      takes: ['declineReason'],
      fixed: answered,
    }),
    reopen: moves(shape, 'reopen', {
      title: '返事待ちにもどす',
      may: 'case.correct',
      from: ['agreed', 'declined'],
      to: 'asked',
      fixed: () => ({ answeredOn: null, agreedTerms: null, declineReason: null }),
    }),
    amend: amends(shape, { title: '求人者との話し合いを訂正', may: 'case.correct' }),
    void: voids(shape, { title: '求人者との話し合いを取り消す', may: 'case.correct' }),
  },
};
