/** A counter closes towards another one: said, taken back, done. */
import type { World } from '../../support/world.ts';
import { inState, type VerbCases } from './case.ts';

/** 白石 closes towards 豊平. */
const closing = (closedOn: string) => (world: World) =>
  world.set('site', 's-shiroishi', 'facts', { movedTo: 's-toyohira', closedOn });

export const siteCases: VerbCases = {
  'site.close': {
    allowed: {
      as: 'system',
      args: { id: 's-shiroishi', movedTo: 's-toyohira', closedOn: '2026-12-25' },
      after: {
        'site/s-shiroishi/facts': {
          state: 'active',
          movedTo: 's-toyohira',
          closedOn: '2026-12-25',
        },
      },
    },
    refused: [
      {
        why: 'a supervisor asks the server; she writes no counters',
        as: 'hwSupervisor',
        args: { id: 's-shiroishi', movedTo: 's-toyohira', closedOn: '2026-12-25' },
        code: 'notAllowed',
      },
      {
        why: 'it moves into itself',
        as: 'system',
        args: { id: 's-shiroishi', movedTo: 's-shiroishi', closedOn: '2026-12-25' },
        code: 'refused',
      },
      {
        why: 'the successor has taken over another one already',
        as: 'system',
        given: (world) => world.set('site', 's-toyohira', 'facts', { tookOver: 's-old' }),
        args: { id: 's-shiroishi', movedTo: 's-toyohira', closedOn: '2026-12-25' },
        code: 'refused',
      },
      {
        why: 'it has taken over another one itself: a chain',
        as: 'system',
        given: (world) => world.set('site', 's-shiroishi', 'facts', { tookOver: 's-old' }),
        args: { id: 's-shiroishi', movedTo: 's-toyohira', closedOn: '2026-12-25' },
        code: 'refused',
      },
      {
        why: 'the successor is to close as well',
        as: 'system',
        given: (world) => world.set('site', 's-toyohira', 'facts', { movedTo: 's-shiroishi' }),
        args: { id: 's-shiroishi', movedTo: 's-toyohira', closedOn: '2026-12-25' },
        code: 'refused',
      },
      {
        why: 'the successor is closed',
        as: 'system',
        given: inState('site', 's-toyohira', 'closed'),
        args: { id: 's-shiroishi', movedTo: 's-toyohira', closedOn: '2026-12-25' },
        code: 'notFound',
      },
    ],
  },
  'site.stay': {
    allowed: {
      as: 'system',
      given: closing('2026-12-25'),
      args: { id: 's-shiroishi' },
      after: { 'site/s-shiroishi/facts': { state: 'active', ward: '白石区' } },
    },
    refused: [
      {
        why: 'it has been done',
        as: 'system',
        given: inState('site', 's-shiroishi', 'closed'),
        args: { id: 's-shiroishi' },
        code: 'illegalState',
      },
    ],
  },
  'site.move': {
    allowed: {
      as: 'system',
      given: closing('2026-01-30'),
      args: { id: 's-shiroishi' },
      after: {
        'site/s-shiroishi/facts': { state: 'closed', movedTo: 's-toyohira' },
        'site/s-toyohira/facts': { state: 'active', tookOver: 's-shiroishi' },
      },
    },
    refused: [
      {
        why: 'nobody has said that it closes',
        as: 'system',
        args: { id: 's-shiroishi' },
        code: 'refused',
      },
      {
        why: 'its last day is not over',
        as: 'system',
        given: closing('2026-12-25'),
        args: { id: 's-shiroishi' },
        code: 'refused',
      },
    ],
  },
};
