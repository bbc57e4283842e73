/**
 * 締め: the figures of one counter on one business date are final as of the entry's arrival at the server, which keeps the
 * facts they were counted from (src/server/closing.ts). What comes later is listed beside them; `reopen` makes it part of
 * them again. One record a counter and date, so that two supervisors meet in it. Closing never waits for a tablet: how
 * many had not reported is kept.
 */
import { codeLabel } from '../codes.ts';
import { asked } from '../field.ts';
import { allFields, stateOf, type Kind } from '../kind.ts';
import { isAtHand, partOf, sitesOf, type Actor, type Moment, type View } from '../record.ts';
import { text, type Values } from '../value.ts';
import { amends, idField, idOf, layOut, moves, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'dayClosing',
  label: '締め',
  states: { closed: '締めた', open: '締めを解いた', voided: '取消' },
  parts: {
    facts: {
      label: '締め',
      audience: 'sites',
      listed: true,
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '締めた組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        date: { type: 'date', label: '業務日', required: true },
        missing: {
          type: 'integer',
          label: 'まだ届いていない端末',
          min: 0,
          max: 999,
          unit: '台',
          required: true,
        },
        closedAt: { type: 'instant', label: '締めた時刻', fixed: true },
        reopenReason: {
          type: 'choice',
          list: 'reopenReason',
          label: '締めを解く理由',
          fixed: true,
        },
      },
    },
  },
};

export function closingId(site: string, date: string): string {
  return `closing-${site}-${date}`;
}

/** Of the month a day belongs to: while it is closed, none of its days is opened again (month-closing.ts). */
export function monthClosingId(site: string, month: string): string {
  return `month-${site}-${month}`;
}

const dateOf = (args: Values) => text(args['date']) ?? '';

/** Which of the actor's counters the id names: of one that moved here, days may be left. */
const counterOf = (args: Values, actor: Actor) =>
  sitesOf(actor).find((site) => idOf(args) === closingId(site, dateOf(args)));

function unfit(args: Values, view: View, actor: Actor, moment: Moment) {
  if (counterOf(args, actor) === undefined)
    return { code: 'malformed', reason: 'closing' } as const;
  if (dateOf(args) > moment.businessDate)
    return { code: 'refused', reason: 'まだ来ていない日は締められません。' } as const;
  return stateOf(view.get('dayClosing', idOf(args))) === 'closed'
    ? ({ code: 'illegalState', kind: 'dayClosing', found: '締めた' } as const)
    : undefined;
}

/** The closing of a day's month has the day's own name but for the day: reads know no actor. */
const ofMonth = (args: Values) =>
  idOf(args).replace(/^closing-(.*)-\d{2}$/, (_all, day: string) => `month-${day}`);

const readsMonth = (args: Values) => [{ kind: 'monthClosing', id: ofMonth(args) }];

const monthIsClosed = (args: Values, view: View) =>
  stateOf(view.get('monthClosing', ofMonth(args))) === 'closed'
    ? ({
        code: 'refused',
        reason: 'この日の月は締めてあります。先に月の締めを解いてください。',
      } as const)
    : undefined;

/** The counter's supervisors of whichever organisation; a closing is nobody's alone. */
const elsewhere = (args: Values, view: View, actor: Actor) =>
  isAtHand(actor, partOf(view.get('dayClosing', idOf(args)), 'facts')['site'])
    ? undefined
    : ({ code: 'notAllowed', action: 'day.close' } as const);

export const dayClosing: Kind = {
  ...shape,
  number: 14,
  retention: 'count',
  siteFields: ['site'],
  moves: false,
  summary: (record) => {
    const { state, reopenReason } = partOf(record, 'facts');
    const reason = text(reopenReason);
    const why = state === 'open' && reason ? `（${codeLabel('reopenReason', reason)}）` : '';
    return `${shape.states?.[text(state) ?? ''] ?? ''}${why}`;
  },
  verbs: {
    close: {
      name: 'dayClosing.close',
      version: 1,
      title: '一日の集計を締める',
      may: 'day.close',
      args: { id: idField, ...asked(allFields(shape)) },
      reads: (args) => [{ kind: 'dayClosing', id: idOf(args) }, ...readsMonth(args)],
      check: (args, view, actor, moment) =>
        unfit(args, view, actor, moment) ?? monthIsClosed(args, view),
      apply: (args, view, actor, moment) =>
        layOut(shape, idOf(args), {
          org: actor.org,
          site: counterOf(args, actor) ?? actor.site,
          date: dateOf(args),
          missing: args['missing'] ?? 0,
          closedAt: moment.occurredAt,
          state: 'closed',
          ...(view.get('dayClosing', idOf(args)) ? { reopenReason: null, voidReason: null } : {}),
        }),
    },
    reopen: moves(shape, 'reopen', {
      title: '締めを解く',
      may: 'day.close',
      anyOrg: true,
      from: ['closed'],
      to: 'open',
      takes: ['reopenReason'],
      needs: ['reopenReason'],
      reads: readsMonth,
      check: (args, view, actor) => elsewhere(args, view, actor) ?? monthIsClosed(args, view),
    }),
    amend: amends(shape, { title: '締めを訂正', may: 'day.close', only: [] }),
    void: voids(shape, {
      title: '締めを取り消す',
      may: 'day.close',
      reads: readsMonth,
      check: (args, view, actor) => elsewhere(args, view, actor) ?? monthIsClosed(args, view),
    }),
  },
};
