/**
 * 月の締め: a month of one counter is final once each of its days is closed or said to be missing, with why. The server keeps the
 * facts of the missing days as well (src/server/closing.ts); what comes later is listed beside them. While it stands no
 * day of it is reopened. One record a counter and month. Source: domain.md §4 (month close).
 */
import { codeLabel } from '../codes.ts';
import { asked } from '../field.ts';
import { allFields, stateOf, type Kind, type Verb } from '../kind.ts';
import { daysOf } from '../month.ts';
import type { Problem } from '../problem.ts';
import { isAtHand, partOf, type View } from '../record.ts';
import { text, type Value, type Values } from '../value.ts';
import { formatDateJa, formatMonthJa } from '../wareki.ts';
import { amends, idField, idOf, layOut, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { closingId, monthClosingId } from './day-closing.ts';

const shape: Shape = {
  name: 'monthClosing',
  label: '月の締め',
  states: { closed: '締めた', open: '締めを解いた', voided: '取消' },
  parts: {
    facts: {
      label: '月の締め',
      audience: 'sites',
      listed: true,
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '締めた組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        month: { type: 'text', label: '月', max: 7, fixed: true },
        date: { type: 'date', label: '月のはじめの日', fixed: true },
        missingDays: {
          type: 'list',
          label: '締めていない日',
          max: 31,
          fields: {
            day: { type: 'date', label: '日', required: true },
            why: { type: 'choice', list: 'missingDayReason', label: '理由', required: true },
          },
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

const monthOfArgs = (args: Values) => text(args['month']) ?? '';

/** The days that a month closing says were not closed. */
export function missingDaysOf(facts: Values): readonly string[] {
  const rows = facts['missingDays'];
  return Array.isArray(rows) ? rows.flatMap((row: Values) => text(row['day']) ?? []) : [];
}

const isClosedDay = (view: View, site: string, day: string) =>
  stateOf(view.get('dayClosing', closingId(site, day))) === 'closed';

/** Days of the month that are neither closed nor said to be missing. */
export function daysLeft(args: Values, view: View, site: string): readonly string[] {
  const said = new Set(missingDaysOf(args));
  return daysOf(monthOfArgs(args)).filter((day) => !said.has(day) && !isClosedDay(view, site, day));
}

const unfit: NonNullable<Verb['check']> = (args, view, actor, moment) => {
  const days = daysOf(monthOfArgs(args));
  if (days.length === 0 || !isAtHand(actor, siteOfId(args)))
    return { code: 'malformed', reason: 'monthClosing' };
  if ((days.at(-1) ?? '') > moment.businessDate)
    return { code: 'refused', reason: 'まだ終わっていない月は締められません。' };
  if (stateOf(view.get('monthClosing', idOf(args))) === 'closed')
    return { code: 'illegalState', kind: 'monthClosing', found: '締めた' };
  const said = missingDaysOf(args);
  const strange = said.find((day) => !days.includes(day));
  if (strange) return invalid(`${formatDateJa(strange)}は、この月の日ではありません。`);
  // Each row is a closed day to the counts: said twice, it would be counted twice.
  const twice = said.find((day, at) => said.indexOf(day) !== at);
  if (twice) return invalid(`${formatDateJa(twice)}が二度あります。`);
  const left = daysLeft(args, view, siteOfId(args));
  return left.length === 0
    ? undefined
    : invalid(
        `締めていない日があります（${left.map(formatDateJa).join('、')}）。締めるか、理由を選んでください。`,
      );
};

const invalid = (reason: string): Problem => ({
  code: 'invalidFields',
  fields: [{ field: 'missingDays', reason }],
});

const elsewhere: NonNullable<Verb['check']> = (args, view, actor) =>
  isAtHand(actor, partOf(view.get('monthClosing', idOf(args)), 'facts')['site'])
    ? undefined
    : { code: 'notAllowed', action: 'day.close' };

/** A day that has been closed meanwhile is none that is missing. */
function stillMissing(args: Values, view: View, site: string): readonly Value[] {
  const rows = args['missingDays'];
  if (!Array.isArray(rows)) return [];
  return rows.filter((row: Values) => !isClosedDay(view, site, text(row['day']) ?? ''));
}

export const monthClosing: Kind = {
  ...shape,
  number: 37,
  retention: 'count',
  siteFields: ['site'],
  moves: false,
  idFor: (args, { site }) => monthClosingId(site, monthOfArgs(args)),
  summary: (record) => {
    const { month, state, reopenReason } = partOf(record, 'facts');
    const reason = text(reopenReason);
    const why = state === 'open' && reason ? `（${codeLabel('reopenReason', reason)}）` : '';
    return `${formatMonthJa(`${text(month) ?? ''}-01`)} ${shape.states?.[text(state) ?? ''] ?? ''}${why}`;
  },
  verbs: {
    close: {
      name: 'monthClosing.close',
      version: 1,
      title: '月の集計を締める',
      may: 'day.close',
      args: {
        id: idField,
        month: { type: 'text', label: '月', max: 7, required: true },
        ...asked(allFields(shape)),
      },
      reads: (args) => [
        { kind: 'monthClosing', id: idOf(args) },
        ...daysOf(monthOfArgs(args)).map((day) => ({
          kind: 'dayClosing',
          id: closingId(siteOfId(args), day),
        })),
      ],
      check: unfit,
      apply: (args, view, actor, moment) =>
        layOut(shape, idOf(args), {
          org: actor.org,
          site: siteOfId(args),
          month: monthOfArgs(args),
          date: daysOf(monthOfArgs(args))[0] ?? null,
          missingDays: stillMissing(args, view, siteOfId(args)),
          closedAt: moment.occurredAt,
          state: 'closed',
          ...(view.get('monthClosing', idOf(args)) ? { reopenReason: null, voidReason: null } : {}),
        }),
    },
    reopen: moves(shape, 'reopen', {
      title: '月の締めを解く',
      may: 'day.close',
      anyOrg: true,
      from: ['closed'],
      to: 'open',
      takes: ['reopenReason'],
      needs: ['reopenReason'],
      check: elsewhere,
    }),
    amend: amends(shape, { title: '月の締めを訂正', may: 'day.close', only: [] }),
    void: voids(shape, { title: '月の締めを取り消す', may: 'day.close', check: elsewhere }),
  },
};

/** Reads know no actor; the id names the counter, and `unfit` holds it against hers. */
function siteOfId(args: Values): string {
  const id = idOf(args);
  const [front, back] = [monthClosingId('', '').slice(0, -1), `-${monthOfArgs(args)}`];
  return id.startsWith(front) && id.endsWith(back) ? id.slice(front.length, -back.length) : '';
}
