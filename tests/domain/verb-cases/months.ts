/** The month: closing it, and Hello Work's own figures beside ours. */
import { closingId, monthClosingId } from '../../../src/domain/kinds/day-closing.ts';
import { reconciliationId } from '../../../src/domain/kinds/reconciliation.ts';
import { daysOf } from '../../../src/domain/month.ts';
import type { World } from '../../support/world.ts';
import { voidArgs, type VerbCases } from './case.ts';

const [site, month] = ['s-shiroishi', '2026-03'];
const id = monthClosingId(site, month);
const missing = (days: readonly string[]) => days.map((day) => ({ day, why: 'closedDay' }));
const lastDay = '2026-03-31';
const args = { id, month, missingDays: missing(daysOf(month).slice(0, -1)) };
const lastClosed = (world: World) =>
  world.set('dayClosing', closingId(site, lastDay), 'facts', {
    state: 'closed',
    site,
    date: lastDay,
  });
const closed = (world: World) => {
  lastClosed(world);
  world.must('monthClosing.close', args, 'citySupervisor');
};

const monthCases: VerbCases = {
  'monthClosing.close': {
    allowed: {
      as: 'hwSupervisor',
      given: lastClosed,
      args,
      after: { [`monthClosing/${id}/facts`]: { state: 'closed', site, month, date: '2026-03-01' } },
    },
    refused: [
      {
        why: 'a day is neither closed nor said to be missing',
        as: 'citySupervisor',
        args,
        code: 'invalidFields',
      },
      {
        why: 'it is closed already',
        as: 'hwSupervisor',
        given: closed,
        args,
        code: 'illegalState',
      },
      {
        why: 'the month has not ended',
        as: 'citySupervisor',
        args: {
          id: monthClosingId(site, '2026-04'),
          month: '2026-04',
          missingDays: missing(daysOf('2026-04')),
        },
        code: 'refused',
      },
      {
        why: "another counter's",
        as: 'citySupervisor',
        args: { ...args, id: monthClosingId('s-toyohira', month) },
        code: 'malformed',
      },
      {
        why: 'a day of another month is missing',
        as: 'citySupervisor',
        given: lastClosed,
        args: { ...args, missingDays: [...args.missingDays.slice(1), ...missing(['2026-02-28'])] },
        code: 'invalidFields',
      },
    ],
  },
  'monthClosing.reopen': {
    allowed: {
      as: 'hwSupervisor',
      given: closed,
      args: { id, reopenReason: 'late' },
      after: { [`monthClosing/${id}/facts`]: { state: 'open', reopenReason: 'late' } },
    },
    refused: [
      {
        why: 'no reason',
        as: 'hwSupervisor',
        given: closed,
        args: { id },
        code: 'invalidFields',
      },
    ],
  },
  'monthClosing.amend': {
    allowed: { as: 'citySupervisor', given: closed, args: { id }, after: {} },
    refused: [{ why: 'there is none', as: 'citySupervisor', args: { id }, code: 'notFound' }],
  },
  'monthClosing.void': {
    allowed: {
      as: 'citySupervisor',
      given: closed,
      args: voidArgs(id),
      after: { [`monthClosing/${id}/facts`]: { state: 'voided' } },
    },
    refused: [
      {
        why: 'those who closed it take it back',
        as: 'hwSupervisor',
        given: closed,
        args: voidArgs(id),
        code: 'notAllowed',
      },
    ],
  },
};

const rid = reconciliationId(site, month, 'placements');
const figures = {
  id: rid,
  month,
  metric: 'placements',
  own: 12,
  official: 14,
  reasons: ['timing'],
};
const recorded = (world: World) => world.must('reconciliation.record', figures, 'hwSupervisor');
const voided = (world: World) => {
  recorded(world);
  world.must('reconciliation.void', voidArgs(rid), 'hwSupervisor');
};

const reconciliationCases: VerbCases = {
  'reconciliation.record': {
    allowed: {
      as: 'hwSupervisor',
      args: figures,
      after: {
        [`reconciliation/${rid}/facts`]: { state: 'recorded', own: 12, official: 14, month },
      },
    },
    refused: [
      {
        why: 'they differ, and nobody says why',
        as: 'hwSupervisor',
        args: { ...figures, reasons: [] },
        code: 'invalidFields',
      },
      {
        why: 'of a month to come',
        as: 'hwSupervisor',
        args: {
          ...figures,
          id: reconciliationId(site, '2026-05', 'placements'),
          month: '2026-05',
        },
        code: 'invalidFields',
      },
      {
        why: "another counter's",
        as: 'hwSupervisor',
        args: { ...figures, id: reconciliationId('s-toyohira', month, 'placements') },
        code: 'malformed',
      },
      {
        why: 'it stands already',
        as: 'citySupervisor',
        given: recorded,
        args: figures,
        code: 'alreadyExists',
      },
    ],
  },
  'reconciliation.amend': {
    allowed: {
      as: 'citySupervisor',
      given: recorded,
      args: { id: rid, own: 13 },
      after: { [`reconciliation/${rid}/facts`]: { own: 13, official: 14 } },
    },
    refused: [
      {
        why: 'the explanation of a difference is not taken out',
        as: 'citySupervisor',
        given: recorded,
        args: { id: rid, clear: [{ name: 'reasons' }] },
        code: 'invalidFields',
      },
    ],
  },
  'reconciliation.enterAgain': {
    allowed: {
      as: 'citySupervisor',
      given: voided,
      args: { id: rid, own: 14, official: 14 },
      after: { [`reconciliation/${rid}/facts`]: { state: 'recorded', own: 14 } },
    },
    refused: [
      {
        why: 'it was not taken back',
        as: 'hwSupervisor',
        given: recorded,
        args: { id: rid, own: 14, official: 14 },
        code: 'illegalState',
      },
      {
        why: 'they differ, and nobody says why',
        as: 'hwSupervisor',
        given: (world) => {
          voided(world);
          world.set('reconciliation', rid, 'facts', { reasons: null });
        },
        args: { id: rid, own: 13, official: 14 },
        code: 'invalidFields',
      },
    ],
  },
  'reconciliation.void': {
    allowed: {
      as: 'hwSupervisor',
      given: recorded,
      args: voidArgs(rid),
      after: { [`reconciliation/${rid}/facts`]: { state: 'voided' } },
    },
    refused: [{ why: 'there is none', as: 'hwSupervisor', args: voidArgs(rid), code: 'notFound' }],
  },
};

export const monthsCases: VerbCases = { ...monthCases, ...reconciliationCases };
