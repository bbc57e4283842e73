/**
 * 職業紹介: one seeker, one job, one issuance. Hello Work issues on its own terminal and the app records what was issued;
 * only a city that may refer (地方版, 独自求人) is issuer here. The selection result and the placement are written together.
 * Machine: domain.md §3. オンライン自主応募 needs no letter and is no referral.
 */
import type { Fields } from '../field.ts';
import type { Kind } from '../kind.ts';
import { codeLabel } from '../codes.ts';
import { partOf, type Actor, type Change, type Moment, type Rec, type View } from '../record.ts';
import { text, type Patch, type Value, type Values } from '../value.ts';
import {
  amends,
  brokenRules,
  creates,
  idOf,
  layOut,
  moves,
  stateFields,
  voids,
  type Shape,
} from '../verbs.ts';
import { placementShape } from './placement.ts';
import { referralRules } from './referral-rules.ts';
import { checksOf, voidsChecks } from './retention-check.ts';

const shape: Shape = {
  name: 'referral',
  label: '紹介',
  states: {
    considering: '検討中',
    employerContacted: '求人者に連絡した',
    issued: '紹介した',
    applied: '応募した',
    interview: '面接',
    resultPending: '採否待ち',
    hired: '採用',
    rejected: '不採用',
    withdrew: '本人が辞退',
    noShow: '面接に来なかった',
    jobClosed: '求人が締め切られた',
    started: '働きはじめた',
    trial: 'トライアル中',
    converted: '本採用になった',
    ended: '離職',
    cancelled: '内定取消',
    voided: '取消',
  },
  rules: referralRules,
  parts: {
    facts: {
      label: '紹介',
      audience: 'sites',
      listed: true,
      person: 'shared.seeker',
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '組織', fixed: true },
        orgType: { type: 'choice', list: 'organisationType', label: '組織の種別', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        date: { type: 'date', label: '紹介日', fixed: true },
        staff: { type: 'ref', kind: 'staff', label: '担当者', fixed: true },
        issuer: {
          type: 'choice',
          list: 'issuer',
          label: '紹介した機関',
          required: true,
          default: 'hw',
        },
        occupation: { type: 'choice', list: 'occupation', label: '職業分類' },
        employmentType: {
          type: 'choice',
          list: 'employmentType',
          label: '雇用形態',
          required: true,
        },
        jobCategory: { type: 'choice', list: 'jobCategory', label: '求人区分' },
        jobMode: {
          type: 'choice',
          list: 'jobMode',
          label: '求人の募集',
          required: true,
          default: 'general',
        },
        referralType: {
          type: 'choice',
          list: 'referralType',
          label: '紹介の種類',
          required: true,
          default: 'general',
        },
        method: {
          type: 'choice',
          list: 'referralMethod',
          label: '方法',
          required: true,
          default: 'counter',
        },
        issuedAt: { type: 'instant', label: '紹介時刻' },
        outcomeOn: { type: 'date', label: '採否が決まった日', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    shared: {
      label: '紹介のあらまし',
      audience: 'shared',
      listed: true,
      person: 'shared.seeker',
      item: 'referrals',
      together: [['interviewOn', 'interviewTime']],
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        employerName: { type: 'text', label: '事業所名', max: 100, required: true },
        jobTitle: { type: 'text', label: '仕事の名前', max: 100 },
        interviewOn: { type: 'date', label: '面接日' },
        interviewTime: { type: 'time', label: '面接時刻' },
        startDate: { type: 'date', label: '働きはじめる日', fixed: true },
      },
    },
    detail: {
      label: '紹介のくわしい内容',
      audience: 'file',
      listed: false,
      person: 'shared.seeker',
      fields: {
        hwJobNo: { type: 'code', format: 'hwJobNo', label: '求人番号' },
        localJobId: { type: 'text', label: '独自求人の番号', max: 40 },
        letterNo: { type: 'text', label: '紹介状の番号', max: 40 },
        trialGrounds: {
          type: 'choices',
          list: 'trialEligibility',
          label: 'トライアル雇用の要件（あてはまるもの）',
          sensitivity: 'special',
          shownWhen: (values) => values['referralType'] === 'trial',
          hint: '要件は改められます。ハローワークの今の要件も確かめてください。',
        },
        trialBars: {
          type: 'choices',
          list: 'trialExclusion',
          label: 'トライアル雇用の対象にならない事情',
          sensitivity: 'personal',
          shownWhen: (values) => values['referralType'] === 'trial',
        },
        contactMemo: { type: 'text', label: '求人者との連絡メモ', max: 1000, lines: 3 },
        conditionsDiffer: {
          type: 'text',
          label: '労働条件の相違',
          max: 400,
          lines: 2,
          fixed: true,
        },
        rejectionReasons: {
          type: 'choices',
          list: 'rejectionReason',
          label: '不調の理由',
          fixed: true,
        },
        resultSource: {
          type: 'choice',
          list: 'resultSource',
          label: 'だれから聞いたか',
          fixed: true,
        },
        confirmedOn: { type: 'date', label: '確認した日', fixed: true },
        confirmedBy: { type: 'text', label: '確認した職員', max: 40, fixed: true },
        resultNote: { type: 'text', label: '結果のメモ', max: 600, lines: 2, fixed: true },
      },
    },
  },
};

const asFixed = (args: Values, actor: Actor, moment: Moment): Patch => ({
  org: actor.org,
  orgType: actor.orgType,
  site: actor.site,
  date: moment.businessDate,
  staff: actor.user,
  ...(args['issuedAt'] === undefined ? {} : { issuedAt: args['issuedAt'] }),
});

const issuerAllowed = (args: Values, _view: View, actor: Actor) =>
  (args['issuer'] === 'hw') === (actor.orgType === 'hw')
    ? undefined
    : ({
        code: 'refused',
        reason: '紹介した機関は、自分の組織のものを選んでください。',
      } as const);

const outcomeFixed = (_args: Values, actor: Actor, moment: Moment): Patch => ({
  outcomeOn: moment.businessDate,
  confirmedOn: moment.businessDate,
  confirmedBy: actor.user,
});

const resultTakes = ['resultSource', 'conditionsDiffer', 'resultNote'];
const open = ['issued', 'applied', 'interview', 'resultPending'];

const placementArgs: Fields = {
  newPlacement: { type: 'id', label: '就職', required: true },
  startDate: { type: 'date', label: '働きはじめる日', required: true },
  term: {
    type: 'choice',
    list: 'employmentTerm',
    label: '雇用期間',
    required: true,
    default: 'regular',
  },
  hiredAs: { type: 'choice', list: 'employmentType', label: '決まった雇用形態', required: true },
  weeklyHours: { type: 'integer', label: '週の時間', min: 1, max: 80, unit: '時間' },
  trialUsed: { type: 'flag', label: 'トライアル雇用を使う' },
  trialEnd: {
    type: 'date',
    label: 'トライアルの終わり',
    required: true,
    shownWhen: (values) => values['trialUsed'] === true,
  },
  wage: { type: 'integer', label: '賃金（月額）', min: 0, max: 10_000_000, unit: '円' },
};

/** A hire confirmed here is a placement of the referring site on the day of confirmation (domain.md §4). */
function placementChanges(args: Values, view: View, _actor: Actor, moment: Moment): Change[] {
  const record = view.get('referral', idOf(args));
  const { org, orgType, site, issuer, occupation } = partOf(record, 'facts');
  const { seeker, employerName, jobTitle } = partOf(record, 'shared');
  const given = Object.fromEntries(
    ['startDate', 'term', 'weeklyHours', 'trialUsed', 'trialEnd', 'wage'].flatMap((name) =>
      args[name] === undefined ? [] : [[name, args[name]]],
    ),
  );
  const carried = { org, orgType, site, issuer, occupation, seeker, employerName, jobTitle };
  const known = Object.fromEntries(
    Object.entries(carried).filter(([, value]) => value !== undefined),
  );
  return layOut(placementShape, text(args['newPlacement']) ?? '', {
    ...(known as Values),
    ...(given as Values),
    employmentType: args['hiredAs'] as Value,
    regular: args['hiredAs'] === '1',
    referral: idOf(args),
    date: moment.businessDate,
    state: 'confirmed',
  });
}

function refusal(name: string, title: string, to: string, extra: readonly string[] = []) {
  return moves(shape, name, {
    title,
    may: 'referral.write',
    from: open,
    to,
    takes: [...resultTakes, 'rejectionReasons'],
    needs: ['resultSource', ...extra],
    fixed: outcomeFixed,
  });
}

function step(
  name: string,
  title: string,
  from: readonly string[],
  to: string,
  takes: readonly string[] = [],
) {
  return moves(shape, name, { title, may: 'referral.write', from, to, takes });
}

const cancelsPlacement = (record: Rec | undefined, date: string): Change[] =>
  record && partOf(record, 'facts')['state'] === 'confirmed'
    ? [
        {
          kind: 'placement',
          id: record.id,
          part: 'facts',
          set: { state: 'cancelled', endedOn: date },
        },
      ]
    : [];

export const referral: Kind = {
  ...shape,
  number: 12,
  retention: 'placement',
  siteFields: ['site'],
  moves: true,
  // The result is heard days later, often by telephone.
  days: ['date', 'outcomeOn'],
  // The result comes days later, often by telephone: her file stays at hand until it is known and trial is over.
  atHand: {
    states: ['considering', 'employerContacted', ...open, 'hired', 'started', 'trial'],
    sites: { 'shared.seeker': 'site' },
  },
  summary: (record) =>
    text(partOf(record, 'shared')['employerName']) ??
    `紹介（${codeLabel('employmentType', text(partOf(record, 'facts')['employmentType']) ?? '')}）`,
  verbs: {
    record: creates(shape, 'record', {
      title: '紹介を記録',
      may: 'referral.write',
      check: issuerAllowed,
      fixed: (args, actor, moment) => ({ ...asFixed(args, actor, moment), state: 'issued' }),
    }),
    consider: creates(shape, 'consider', {
      title: '応募先の検討をはじめる',
      may: 'referral.write',
      check: issuerAllowed,
      fixed: (args, actor, moment) => ({ ...asFixed(args, actor, moment), state: 'considering' }),
    }),
    contactEmployer: step(
      'contactEmployer',
      '求人者に連絡した',
      ['considering'],
      'employerContacted',
      ['contactMemo'],
    ),
    issue: moves(shape, 'issue', {
      title: '紹介する',
      may: 'referral.write',
      from: ['considering', 'employerContacted'],
      to: 'issued',
      takes: ['letterNo', 'interviewOn', 'interviewTime', 'issuedAt'],
      fixed: (_args, _actor, moment) => ({ date: moment.businessDate }),
    }),
    apply: step('apply', '応募した', ['issued'], 'applied'),
    interview: step('interview', '面接が決まった', ['issued', 'applied'], 'interview', [
      'interviewOn',
      'interviewTime',
    ]),
    awaitResult: step(
      'awaitResult',
      '採否を待つ',
      ['issued', 'applied', 'interview'],
      'resultPending',
    ),
    hire: moves(shape, 'hire', {
      title: '採用・就職を記録',
      may: 'referral.write',
      from: open,
      to: 'hired',
      takes: resultTakes,
      needs: ['resultSource'],
      extra: placementArgs,
      reads: (args) => [{ kind: 'placement', id: text(args['newPlacement']) ?? '' }],
      check: (args, view) =>
        view.get('placement', text(args['newPlacement']) ?? '')
          ? { code: 'alreadyExists', kind: 'placement' }
          : brokenRules(placementShape, args),
      fixed: (args, actor, moment) => ({
        ...outcomeFixed(args, actor, moment),
        startDate: args['startDate'] as Value,
      }),
      also: placementChanges,
    }),
    reject: refusal('reject', '不採用を記録', 'rejected', ['rejectionReasons']),
    withdraw: refusal('withdraw', '本人の辞退を記録', 'withdrew'),
    noShow: refusal('noShow', '面接に来なかったことを記録', 'noShow'),
    closeJob: refusal('closeJob', '求人が締め切られた', 'jobClosed'),
    start: step('start', '働きはじめた', ['hired'], 'started'),
    trial: step('trial', 'トライアルがはじまった', ['started'], 'trial'),
    convert: step('convert', '本採用になった', ['started', 'trial'], 'converted'),
    end: step('end', '離職した', ['started', 'trial', 'converted'], 'ended'),
    cancelOffer: moves(shape, 'cancelOffer', {
      title: '内定取消を記録',
      may: 'referral.write',
      from: ['hired'],
      to: 'cancelled',
      extra: { placement: { type: 'ref', kind: 'placement', label: '就職', required: true } },
      check: (args, view) =>
        partOf(view.get('placement', text(args['placement']) ?? ''), 'facts')['referral'] ===
        idOf(args)
          ? undefined
          : { code: 'notFound', kind: 'placement' },
      reads: (args, view) => checksOf(view.get('placement', text(args['placement']) ?? '')),
      also: (args, view, _actor, moment) => {
        const placement = view.get('placement', text(args['placement']) ?? '');
        return [
          ...cancelsPlacement(placement, moment.businessDate),
          ...voidsChecks(placement, view),
        ];
      },
    }),
    amend: amends(shape, { title: '紹介を訂正', may: 'case.correct' }),
    void: voids(shape, {
      title: '紹介を取り消す',
      may: 'case.correct',
      check: (args, view) =>
        ['hired', 'started', 'trial', 'converted', 'ended'].includes(
          text(partOf(view.get('referral', idOf(args)), 'facts')['state']) ?? '',
        )
          ? {
              code: 'refused',
              reason: '就職の記録があります。先に就職の記録を取り消してください。',
            }
          : undefined,
    }),
  },
};
