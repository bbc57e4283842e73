/**
 * 受講あっせん: Hello Work sends a person to a course of ハロートレーニング (受講指示・受講推薦・支援指示): start, end, completion, and
 * whether she works three months after the end. Only Hello Work decides it; a city desk guides to it. Source: domain.md §2,
 * plans 0 and 4; which of the three it is follows from 雇用保険 (marked unverified there, so no rule here ties them).
 */
import { addMonths } from '../date.ts';
import { codeLabel } from '../codes.ts';
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { text, type Values } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'trainingReferral',
  label: '受講あっせん',
  states: {
    referred: 'あっせんした',
    notAdmitted: '受講しなかった',
    training: '受講中',
    finished: '修了した',
    left: '途中でやめた',
    followedUp: '就職を確かめた',
    voided: '取消',
  },
  rules: [
    {
      level: 'error',
      fields: ['endOn'],
      breaks: ({ startOn, endOn }) =>
        (text(endOn) ?? '9999') < (text(startOn) ?? '')
          ? '「訓練の終わり」は「訓練のはじまり」より後にしてください。'
          : undefined,
    },
  ],
  parts: {
    facts: {
      label: '受講あっせん',
      audience: 'sites',
      listed: true,
      person: 'course.seeker',
      together: [['startOn', 'endOn']],
      fields: {
        ...stateFields,
        ...deskFields,
        trainingKind: {
          type: 'choice',
          list: 'trainingKind',
          label: 'あっせんの種類',
          required: true,
        },
        courseType: { type: 'choice', list: 'trainingCourse', label: '訓練の種類', required: true },
        childcare: { type: 'flag', label: '託児サービスつき' },
        startOn: { type: 'date', label: '訓練のはじまり', required: true },
        endOn: { type: 'date', label: '訓練の終わり', required: true },
        leftOn: { type: 'date', label: '受講をやめた日', fixed: true },
        leftReason: {
          type: 'choice',
          list: 'trainingLeaving',
          label: '受講をやめた理由',
          fixed: true,
        },
        followUpOn: { type: 'date', label: '就職を確かめる日', fixed: true },
        outcome: { type: 'choice', list: 'trainingOutcome', label: '訓練のあと', fixed: true },
        outcomeOn: { type: 'date', label: '確かめた日', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    course: {
      label: '受講する人とコース',
      audience: 'file',
      listed: true,
      person: 'course.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        courseName: { type: 'text', label: 'コースの名前', max: 100, required: true },
        provider: { type: 'text', label: '訓練を行うところ', max: 100, required: true },
        notAdmittedReason: {
          type: 'text',
          label: '受講しなかった理由',
          max: 200,
          fixed: true,
        },
        trainingNote: { type: 'text', label: 'メモ', max: 600, lines: 2 },
      },
    },
  },
};

/** 修了または中退から3か月 (domain.md §2). */
const followUp = (end: string) => ({ followUpOn: addMonths(end, 3) });

const endOf = (args: Values, planned: Values) =>
  text(args['endOn']) ?? text(planned['endOn']) ?? '';

export const trainingReferral: Kind = {
  ...shape,
  number: 26,
  retention: 'placement',
  siteFields: ['site'],
  moves: true,
  days: ['followUpOn'],
  shelf: 'person',
  sort: 'startOn',
  summary: (record) => {
    const { trainingKind, outcome } = partOf(record, 'facts');
    const result = text(outcome);
    return [
      text(partOf(record, 'course')['courseName']) ??
        codeLabel('trainingKind', text(trainingKind) ?? ''),
      result && codeLabel('trainingOutcome', result),
    ]
      .filter(Boolean)
      .join(' ');
  },
  due: (record) => {
    const { state, startOn, endOn, followUpOn } = partOf(record, 'facts');
    const [start, end, follow] = [text(startOn), text(endOn), text(followUpOn)];
    if (state === 'referred' && start) return { date: start, word: '受講がはじまったか確かめる' };
    if (state === 'training' && end) return { date: end, word: '修了を記録' };
    return (state === 'finished' || state === 'left') && follow
      ? { date: follow, word: '訓練後の就職を確かめる' }
      : undefined;
  },
  verbs: {
    refer: creates(shape, 'refer', {
      title: '受講をあっせんする',
      may: 'training.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'referred' }),
    }),
    start: moves(shape, 'start', {
      title: '受講がはじまった',
      may: 'training.write',
      from: ['referred'],
      to: 'training',
    }),
    refuse: moves(shape, 'refuse', {
      title: '受講しなかった',
      may: 'training.write',
      from: ['referred'],
      to: 'notAdmitted',
      takes: ['notAdmittedReason'],
    }),
    finish: moves(shape, 'finish', {
      title: '修了した',
      may: 'training.write',
      from: ['training'],
      to: 'finished',
      takes: ['endOn'],
      fixed: (args, _actor, _moment, record) => followUp(endOf(args, partOf(record, 'facts'))),
    }),
    leave: moves(shape, 'leave', {
      title: '途中でやめた',
      may: 'training.write',
      from: ['training'],
      to: 'left',
      takes: ['leftOn', 'leftReason'],
      needs: ['leftOn', 'leftReason'],
      fixed: (args) => followUp(text(args['leftOn']) ?? ''),
    }),
    followUp: moves(shape, 'followUp', {
      title: '訓練後の就職を記録',
      may: 'training.write',
      from: ['finished', 'left'],
      to: 'followedUp',
      takes: ['outcome', 'outcomeOn'],
      needs: ['outcome'],
      fixed: (args, _actor, moment) => ({ outcomeOn: args['outcomeOn'] ?? moment.businessDate }),
    }),
    reopen: moves(shape, 'reopen', {
      title: '受講中にもどす',
      may: 'case.correct',
      from: ['finished', 'left', 'followedUp'],
      to: 'training',
      fixed: () => ({
        leftOn: null,
        leftReason: null,
        followUpOn: null,
        outcome: null,
        outcomeOn: null,
      }),
    }),
    amend: amends(shape, { title: '受講あっせんを訂正', may: 'training.write' }),
    void: voids(shape, { title: '受講あっせんを取り消す', may: 'training.write' }),
  },
};
