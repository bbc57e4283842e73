/**
 * 予約: a day and time agreed with a person at a counter. On its day her file is at hand there, on every tablet of the
 * organisation, and the counter sees the nameless slot. A consultation that agrees on a next talk writes it as one
 * (`nextOf`); the name crosses a link whose consent names consultations. Source: 担当者制は予約で (plans 3, 4).
 */
import { codeLabel } from '../codes.ts';
import type { Field } from '../field.ts';
import { stateOf, type Beside, type Kind, type Seen, type Verb } from '../kind.ts';
import { partOf, refKey, type Actor, type Change, type Moment, type View } from '../record.ts';
import { isObject, isSameValue, text, type Patch, type Value, type Values } from '../value.ts';
import { amends, creates, idOf, layOut, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'appointment',
  label: '予約',
  states: {
    booked: '予約ずみ',
    kept: '来た',
    missed: '来なかった',
    cancelled: '取りやめ',
    voided: '取消',
  },
  parts: {
    facts: {
      label: '予約',
      audience: 'sites',
      listed: true,
      person: 'shared.seeker',
      together: [['dueOn', 'time']],
      fields: {
        ...stateFields,
        ...deskFields,
        dueOn: { type: 'date', label: '予約の日', required: true },
        time: { type: 'time', label: '時刻' },
        minutes: { type: 'integer', label: '所要時間', min: 5, max: 480, unit: '分' },
        channel: { type: 'choice', list: 'channel', label: '方法', default: 'inPerson' },
        counsellor: { type: 'ref', kind: 'staff', label: '相談する職員' },
        bookedBy: { type: 'ref', kind: 'staff', label: '約束した職員', fixed: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        cancelReason: {
          type: 'choice',
          list: 'appointmentCancel',
          label: '取りやめの理由',
          fixed: true,
        },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    shared: {
      label: '約束した人と用件',
      audience: 'shared',
      listed: true,
      person: 'shared.seeker',
      item: 'consultations',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        purpose: { type: 'text', label: '用件', max: 60 },
      },
    },
  },
};

const at: Field = { type: 'ref', kind: 'site', label: '予約の窓口（ほかの窓口のとき）' };

const booked = (actor: Actor, moment: Moment): Patch => ({
  ...atDesk(actor, moment),
  bookedBy: actor.user,
  state: 'booked',
});

const ended = (_args: Values, _actor: Actor, moment: Moment): Patch => ({
  endedOn: moment.businessDate,
});

const openAgain: Patch = { endedOn: null, cancelReason: null };

/** The appointment of a consultation has an id made of the consultation's: whoever says it again means the same one. */
export const nextOf = (consultation: string) => `${consultation}-next`;

/** 「次回予約」 of a consultation, as an appointment: made, or moved to another day and open again. */
export function bookNext(args: Values, view: View, actor: Actor, moment: Moment): Change[] {
  const { next, seeker, id } = args;
  const date = isObject(next) ? text((next as Values)['date']) : undefined;
  if (date === undefined) return [];
  const { time, purpose } = next as Record<string, Value>;
  const said = { dueOn: date, time: time ?? null, purpose: purpose ?? null };
  const appointment = nextOf(text(id) ?? '');
  if (view.get('appointment', appointment))
    return layOut(shape, appointment, { ...said, ...openAgain, voidReason: null, state: 'booked' });
  const made = { ...booked(actor, moment), channel: 'inPerson', seeker: seeker ?? null };
  const set = Object.entries({ ...made, ...said }).filter(([, value]) => value !== null);
  return layOut(shape, appointment, Object.fromEntries(set) as Patch);
}

const nextIn = (consultation: string, view: View) => view.get('appointment', nextOf(consultation));

/** As the form of the consultation shows it: one that is over is none. */
function nextShown(consultation: string, view: View): Values {
  const record = nextIn(consultation, view);
  const { dueOn, time } = partOf(record, 'facts');
  const { purpose } = partOf(record, 'shared');
  if (stateOf(record) !== 'booked' || dueOn === undefined) return {};
  const more = Object.entries({ time, purpose }).filter(([, value]) => value !== undefined);
  return { next: { date: dueOn, ...(Object.fromEntries(more) as Values) } };
}

/** Whoever was shown none may book it again where it was called off, and writes over no other. */
const isFreeAgain = (shown: Values, state: string | undefined) =>
  !isObject(shown['next']) && (state === 'cancelled' || state === 'voided');

const asked = ['dueOn', 'time', 'purpose'];

/** Day and time, or the purpose, as she was shown them: then neither they nor its state are her affair. One that is over was not. */
function isAsShown(change: Change, base: Seen): boolean {
  const { set, part } = change;
  const seen = base[`${refKey(change)}/${part}`];
  const facts = base[`${refKey(change)}/facts`];
  const isSame = (name: string) =>
    isSameValue(set[name] ?? undefined, (seen?.[name] ?? undefined) as Value | undefined);
  const isShown = seen !== undefined && facts?.['state'] === 'booked';
  return isShown && Object.keys(set).every((name) => !asked.includes(name) || isSame(name));
}

export const nextBeside: Beside = {
  asks: 'next',
  shows: nextShown,
  seen: (consultation, shown, view) => {
    const { next } = shown;
    if (isFreeAgain(shown, stateOf(nextIn(consultation, view)))) return [];
    const { date = null, time = null, purpose = null } = isObject(next) ? (next as Values) : {};
    const state = isObject(next) ? 'booked' : null;
    return layOut(shape, nextOf(consultation), { dueOn: date, time, purpose, state });
  },
  said: (changes, base) =>
    changes.filter((change) => change.kind !== shape.name || !isAsShown(change, base)),
  refuses: (args, shown, view) => {
    const state = stateOf(nextIn(idOf(args), view));
    const isOpen = state === undefined || state === 'booked' || isFreeAgain(shown, state);
    if (args['next'] === undefined || isOpen) return undefined;
    const reason = `前の予約は、いま「${shape.states?.[state] ?? state}」です。この画面を開きなおし、次回予約を空にすれば、ほかの内容を送れます。新しい予約は「予約する」で入れてください。`;
    return { code: 'invalidFields', fields: [{ field: 'next', reason }] };
  },
};

/** Its id is made, not given: whoever finds one there that is not her organisation's own leaves it alone. */
function ownNext(consultation: string, view: View, actor: Actor) {
  const record = view.get('appointment', nextOf(consultation));
  return partOf(record, 'facts')['org'] === actor.org ? record : undefined;
}

/** Nobody came or stayed away before the day; whoever comes early has her appointment changed to the day she came. */
const notBefore: NonNullable<Verb['check']> = (args, view, _actor, moment) => {
  const { dueOn } = partOf(view.get('appointment', idOf(args)), 'facts');
  return (text(dueOn) ?? '') > moment.businessDate
    ? { code: 'illegalState', kind: 'appointment', found: 'まだ先の日' }
    : undefined;
};

/** A new consultation makes its appointment; an amended one may find it made, by its own organisation. */
export function nextTaken(args: Values, view: View, actor: Actor, isNew: boolean) {
  const consultation = text(args['id']) ?? '';
  const isThere = view.get('appointment', nextOf(consultation)) !== undefined;
  const isFree = !isThere || (!isNew && ownNext(consultation, view, actor) !== undefined);
  return args['next'] === undefined || isFree
    ? undefined
    : ({ code: 'alreadyExists', kind: 'appointment' } as const);
}

/** Whoever the talk was with after all is whom the next one was agreed with. */
export function moveNext(consultation: string, seeker: string, view: View, actor: Actor): Change[] {
  const id = nextOf(consultation);
  return ownNext(consultation, view, actor)
    ? [{ kind: 'appointment', id, part: 'shared', set: { seeker } }]
    : [];
}

/** A consultation that was none has no next one, unless that has been dealt with already. */
export function voidNext(
  consultation: string,
  voidReason: string,
  view: View,
  actor: Actor,
): Change[] {
  const id = nextOf(consultation);
  return stateOf(ownNext(consultation, view, actor)) === 'booked'
    ? [{ kind: 'appointment', id, part: 'facts', set: { state: 'voided', voidReason } }]
    : [];
}

export const appointment: Kind = {
  ...shape,
  number: 17,
  retention: 'case',
  siteFields: ['site'],
  moves: true,
  days: ['dueOn'],
  shelf: 'person',
  sort: 'dueOn',
  summary: (record) => {
    const { time, channel } = partOf(record, 'facts');
    const purpose = text(partOf(record, 'shared')['purpose']);
    return [text(time), purpose ?? codeLabel('channel', text(channel) ?? '')]
      .filter(Boolean)
      .join(' ');
  },
  due: (record) => {
    const { state, dueOn, time } = partOf(record, 'facts');
    const [date, at] = [text(dueOn), text(time)];
    return state === 'booked' && date
      ? { date, word: '来たかどうかを記録', ...(at === undefined ? {} : { time: at }) }
      : undefined;
  },
  verbs: {
    book: creates(shape, 'book', {
      title: '予約する',
      may: 'case.write',
      extra: { at },
      fixed: (args, actor, moment) => ({
        ...booked(actor, moment),
        ...(args['at'] ? { site: args['at'] } : {}),
      }),
    }),
    keep: moves(shape, 'keep', {
      title: '来た',
      may: 'case.write',
      from: ['booked'],
      to: 'kept',
      check: notBefore,
      fixed: ended,
    }),
    miss: moves(shape, 'miss', {
      title: '来なかった',
      may: 'case.write',
      from: ['booked'],
      to: 'missed',
      check: notBefore,
      fixed: ended,
    }),
    cancel: moves(shape, 'cancel', {
      title: '予約を取りやめる',
      may: 'case.write',
      from: ['booked'],
      to: 'cancelled',
      takes: ['cancelReason'],
      needs: ['cancelReason'],
      fixed: ended,
    }),
    reopen: moves(shape, 'reopen', {
      title: '予約ずみにもどす',
      may: 'case.correct',
      from: ['kept', 'missed', 'cancelled'],
      to: 'booked',
      fixed: () => openAgain,
    }),
    amend: amends(shape, {
      title: '予約を変える',
      may: 'case.write',
      only: ['dueOn', 'time', 'minutes', 'channel', 'counsellor', 'purpose'],
    }),
    void: voids(shape, { title: '予約の記録を取り消す', may: 'case.correct' }),
  },
};
