/**
 * A counter (窓口), e.g. あいワーク白石. Known to everyone in the area. One that closes moves into another: first it is said
 * (`close`: last day and successor), and after that day it is done (`move`), by the server together with its staff and
 * tablets. Records keep the counter they were written at, so past figures stay. Refuses chains: a counter takes over
 * one other (tablets follow a limited number of audiences, src/sync/scopes.ts).
 */
import { stateOf, type Kind, type Verb } from '../kind.ts';
import type { Problem } from '../problem.ts';
import { partOf, type Rec, type View } from '../record.ts';
import { text, type Values } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'site',
  label: '窓口',
  states: { active: '開いている', closed: '閉じた' },
  parts: {
    facts: {
      label: '窓口',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        name: { type: 'text', label: '名称', max: 60, required: true },
        ward: { type: 'text', label: '区', max: 20, required: true },
        municipalCode: { type: 'code', format: 'municipal', label: '団体コード', required: true },
        siteType: { type: 'choice', list: 'siteType', label: '型' },
        openedOn: { type: 'date', label: '開設日' },
        closedOn: { type: 'date', label: '閉所日（最後の日）', fixed: true },
        movedTo: { type: 'ref', kind: 'site', label: '移る先の窓口', fixed: true },
        tookOver: { type: 'ref', kind: 'site', label: '引き継いだ窓口', fixed: true },
        hours: { type: 'text', label: '開所時間', max: 60 },
        phone: { type: 'code', format: 'phone', label: '電話' },
      },
    },
  },
};

const factsOf = (record: Rec | undefined): Values => partOf(record, 'facts');
const refused = (reason: string): Problem => ({ code: 'refused', reason });
const siteAt = (args: Values, view: View) => factsOf(view.get('site', idOf(args)));
const successorOf = (args: Values, view: View): Rec | undefined =>
  view.get('site', text(siteAt(args, view)['movedTo']) ?? '');

/** Why work cannot pass from the one to the other. */
export function cannotMove(from: Rec | undefined, to: Rec | undefined): Problem | undefined {
  const own = factsOf(from);
  const next = factsOf(to);
  if (stateOf(to) !== 'active') return { code: 'notFound', kind: 'site' };
  if (from?.id === to?.id) return refused('移る先には、別の窓口を選んでください。');
  if (next['movedTo'] !== undefined)
    return refused('移る先の窓口も、閉じることになっています。別の窓口を選んでください。');
  const isOther = next['tookOver'] !== undefined && next['tookOver'] !== from?.id;
  if (isOther || own['tookOver'] !== undefined)
    return refused(
      'ほかの窓口を引き継いだ窓口は、もう一つの窓口の移る先にも、閉じる窓口にもできません。',
    );
  return undefined;
}

/** Of two supervisors the first has said it; the same again is an answer that was lost. */
const canClose: NonNullable<Verb['check']> = (args, view) => {
  const { movedTo, closedOn } = siteAt(args, view);
  const isOther = movedTo !== args['movedTo'] || closedOn !== args['closedOn'];
  return movedTo !== undefined && isOther
    ? refused('この窓口は、すでに閉じることになっています。変えるときは、先に取りやめてください。')
    : cannotMove(view.get('site', idOf(args)), view.get('site', text(args['movedTo']) ?? ''));
};

/** The last day is over, and both counters still stand as they did when it was said. */
const isOver: NonNullable<Verb['check']> = (args, view, _actor, moment) => {
  const { closedOn, movedTo } = siteAt(args, view);
  if (movedTo === undefined || (text(closedOn) ?? '9999') >= moment.businessDate)
    return refused('まだ閉じる日になっていません。');
  return cannotMove(view.get('site', idOf(args)), successorOf(args, view));
};

export const site: Kind = {
  ...shape,
  number: 2,
  retention: 'area',
  siteFields: [],
  moves: false,
  summary: (record) => text(factsOf(record)['name']) ?? '',
  verbs: {
    register: creates(shape, 'register', {
      title: '窓口を登録',
      may: 'area.write',
      fixed: () => ({ state: 'active' }),
    }),
    amend: amends(shape, { title: '窓口を訂正', may: 'area.write' }),
    close: moves(shape, 'close', {
      title: '窓口を閉じることにする',
      may: 'area.write',
      from: ['active'],
      to: 'active',
      takes: ['movedTo', 'closedOn'],
      needs: ['movedTo', 'closedOn'],
      check: canClose,
    }),
    stay: moves(shape, 'stay', {
      title: '窓口を閉じるのをやめる',
      may: 'area.write',
      from: ['active'],
      to: 'active',
      fixed: () => ({ movedTo: null, closedOn: null }),
    }),
    move: moves(shape, 'move', {
      title: '窓口を移す',
      may: 'area.write',
      from: ['active'],
      to: 'closed',
      reads: (args, view) => {
        const next = text(siteAt(args, view)['movedTo']);
        return next === undefined ? [] : [{ kind: 'site', id: next }];
      },
      check: isOver,
      also: (args, view) => [
        {
          kind: 'site',
          id: successorOf(args, view)?.id ?? '',
          part: 'facts',
          set: { tookOver: idOf(args) },
        },
      ],
    }),
    void: voids(shape, { title: '窓口を取り消す', may: 'area.write' }),
  },
};
