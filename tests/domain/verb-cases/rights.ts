/** Complaints and disclosure requests: supervisors and the author, nobody else. */
import { today, type World } from '../../support/world.ts';
import { inState, voidArgs, type Refused, type VerbCase, type VerbCases } from './case.ts';

const said = {
  receivedOn: '2026-04-18',
  channel: 'phone',
  topic: 'waiting',
  content: '一時間待った',
  complainant: '架空 花子',
};
const asked = {
  requestKind: 'disclose',
  receivedOn: '2026-04-10',
  requester: '架空 花子',
  requesterKind: 'self',
  identity: 'photo',
  subject: '相談の記録すべて',
  seeker: 'c-sato',
};

const records = {
  complaint: { verb: 'complaint.receive', args: { id: 'cm-1', ...said } },
  disclosureRequest: { verb: 'disclosureRequest.receive', args: { id: 'dr-1', ...asked } },
} as const;

const standing = (kind: keyof typeof records, state?: string) => (world: World) => {
  const { verb, args } = records[kind];
  world.must(verb, args, 'cityCounsellor');
  if (state !== undefined) inState(kind, args.id, state)(world);
};

/** Written by one counsellor; another of the same organisation and another organisation know of none. */
function unseen(kind: keyof typeof records, args: Refused['args'], state: string): Refused[] {
  const given = standing(kind, state);
  const base = { given, args, code: 'notFound' } as const;
  return [
    { why: 'another organisation knows of none', as: 'hwSupervisor', ...base },
    { why: 'nor does a colleague who did not write it', as: 'cityElsewhere', ...base },
  ];
}

interface Move {
  readonly from: string;
  readonly to: string;
  readonly wrong: string;
  readonly args?: object;
  readonly after?: object;
  /** Where the counsellor who wrote it may do it as well. */
  readonly byAuthor?: true;
}

function move(kind: keyof typeof records, spec: Move): VerbCase {
  const id = records[kind].args.id;
  const args = { id, ...spec.args };
  const as = spec.byAuthor ? 'cityCounsellor' : 'citySupervisor';
  const [abroad, colleague] = unseen(kind, args, spec.from);
  const notHers: Refused = {
    why: 'that is for supervisors',
    as: 'cityCounsellor',
    given: standing(kind, spec.from),
    args,
    code: 'notAllowed',
  };
  return {
    allowed: {
      as,
      given: standing(kind, spec.from),
      args,
      after: { [`${kind}/${id}/facts`]: { state: spec.to, ...spec.after } },
    },
    refused: [
      {
        why: `not from ${spec.wrong}`,
        as,
        given: standing(kind, spec.wrong),
        args,
        code: 'illegalState',
      },
      ...(abroad ? [abroad] : []),
      ...(spec.byAuthor && colleague ? [colleague] : [notHers]),
    ],
  };
}

const request = (spec: Move) => move('disclosureRequest', spec);

export const rightsCases: VerbCases = {
  'complaint.receive': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'cm-new', ...said, seeker: 'c-sato' },
      after: {
        'complaint/cm-new/facts': { state: 'open', takenBy: 'st-city', topic: 'waiting' },
        'complaint/cm-new/body': { content: '一時間待った', seeker: 'c-sato' },
      },
    },
    refused: [
      {
        why: 'what it is about must be said',
        as: 'cityCounsellor',
        args: { id: 'cm-new', ...said, content: '' },
        code: 'invalidFields',
      },
      {
        why: "about another organisation's person",
        as: 'cityCounsellor',
        args: { id: 'cm-new', ...said, seeker: 'h-mori' },
        code: 'notFound',
      },
    ],
  },
  'complaint.answer': move('complaint', {
    from: 'open',
    to: 'answered',
    wrong: 'closed',
    args: { answer: 'おわびして、番号札を置いた', measures: '番号札' },
    after: { answeredOn: today },
  }),
  'complaint.close': move('complaint', {
    from: 'answered',
    to: 'closed',
    wrong: 'open',
    after: { endedOn: today },
  }),
  'complaint.reopen': move('complaint', { from: 'closed', to: 'open', wrong: 'open' }),
  'complaint.amend': {
    allowed: {
      as: 'cityCounsellor',
      given: standing('complaint'),
      args: { id: 'cm-1', topic: 'facility' },
      after: { 'complaint/cm-1/facts': { topic: 'facility', state: 'open' } },
    },
    refused: [
      ...unseenTuple('complaint', { id: 'cm-1', topic: 'facility' }, 'open'),
      {
        why: 'the answer is given, not amended',
        as: 'citySupervisor',
        given: standing('complaint'),
        args: { id: 'cm-1', answer: 'x' },
        code: 'invalidFields',
      },
    ],
  },
  'complaint.void': {
    allowed: {
      as: 'cityCounsellor',
      given: standing('complaint'),
      args: voidArgs('cm-1'),
      after: { 'complaint/cm-1/facts': { state: 'voided' } },
    },
    refused: [...unseenTuple('complaint', voidArgs('cm-1'), 'open')],
  },

  'disclosureRequest.receive': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'dr-new', ...asked },
      after: {
        'disclosureRequest/dr-new/facts': {
          state: 'received',
          receivedOn: '2026-04-10',
          dueOn: '2026-05-10',
          takenBy: 'st-city',
        },
        'disclosureRequest/dr-new/request': { requester: '架空 花子', seeker: 'c-sato' },
      },
    },
    refused: [
      {
        why: 'in days to come',
        as: 'cityCounsellor',
        args: { id: 'dr-new', ...asked, receivedOn: '2026-04-21' },
        code: 'invalidFields',
      },
      {
        why: 'nobody knows who asks',
        as: 'cityCounsellor',
        args: { id: 'dr-new', ...asked, identity: '' },
        code: 'invalidFields',
      },
      {
        why: "about another organisation's file",
        as: 'cityCounsellor',
        args: { id: 'dr-new', ...asked, seeker: 'h-mori' },
        code: 'notFound',
      },
    ],
  },
  'disclosureRequest.askSupplement': request({
    from: 'received',
    to: 'supplementing',
    wrong: 'decided',
    after: { supplementFrom: today },
  }),
  'disclosureRequest.supplement': request({
    from: 'supplementing',
    to: 'received',
    wrong: 'received',
    byAuthor: true,
    after: { dueOn: '2026-05-10' },
  }),
  'disclosureRequest.extend': request({
    from: 'received',
    to: 'extended',
    wrong: 'extended',
    args: { extensionReason: 'volume' },
    after: { dueOn: '2026-06-09', extendedOn: today },
  }),
  'disclosureRequest.decide': request({
    from: 'extended',
    to: 'decided',
    wrong: 'withdrawn',
    args: { outcome: 'partly', grounds: '第三者の氏名を除く' },
    after: { decidedOn: today, outcome: 'partly' },
  }),
  'disclosureRequest.carryOut': request({
    from: 'decided',
    to: 'done',
    wrong: 'received',
    byAuthor: true,
    args: { handedOver: '写し12枚' },
    after: { endedOn: today },
  }),
  'disclosureRequest.transfer': request({
    from: 'received',
    to: 'transferred',
    wrong: 'decided',
    args: { transferredTo: '架空労働局' },
    after: { endedOn: today },
  }),
  'disclosureRequest.withdraw': request({
    from: 'supplementing',
    to: 'withdrawn',
    wrong: 'done',
    byAuthor: true,
    after: { endedOn: today },
  }),
  'disclosureRequest.reopen': request({ from: 'done', to: 'received', wrong: 'received' }),
  'disclosureRequest.amend': {
    allowed: {
      as: 'cityCounsellor',
      given: standing('disclosureRequest'),
      args: { id: 'dr-1', subject: '今年の相談の記録' },
      after: { 'disclosureRequest/dr-1/request': { subject: '今年の相談の記録' } },
    },
    refused: [
      ...unseenTuple('disclosureRequest', { id: 'dr-1', subject: 'x' }, 'received'),
      {
        why: 'its day sets the due date and is not moved',
        as: 'citySupervisor',
        given: standing('disclosureRequest'),
        args: { id: 'dr-1', receivedOn: '2026-04-12' },
        code: 'invalidFields',
      },
    ],
  },
  'disclosureRequest.void': {
    allowed: {
      as: 'citySupervisor',
      given: standing('disclosureRequest'),
      args: voidArgs('dr-1'),
      after: { 'disclosureRequest/dr-1/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'a request is not made to vanish by its counsellor',
        as: 'cityCounsellor',
        given: standing('disclosureRequest'),
        args: voidArgs('dr-1'),
        code: 'notAllowed',
      },
    ],
  },
};

function unseenTuple(
  kind: keyof typeof records,
  args: Refused['args'],
  state: string,
): [Refused, Refused] {
  const [first, second] = unseen(kind, args, state);
  if (!first || !second) throw new Error('two are unseen');
  return [first, second];
}
