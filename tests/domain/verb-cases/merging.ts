import { pairOf } from '../../../src/domain/kinds/seeker-pair.ts';
import type { World } from '../../support/world.ts';
import { voidArgs, type VerbCases } from './case.ts';

const merged = (id: string, into: string) => (world: World) =>
  world.set('seeker', id, 'facts', { state: 'merged', mergedInto: into });
const pair = pairOf('c-tanaka', 'c-sato');
const differs = (world: World) => world.must('seekerPair.differ', pair, 'cityCounsellor');

export const mergingCases: VerbCases = {
  'seeker.merge': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'c-tanaka', into: 'c-sato' },
      after: {
        'seeker/c-tanaka/facts': { state: 'merged', mergedInto: 'c-sato', org: 'o-city' },
        'seeker/c-tanaka/card': { familyName: '田中' },
        'seeker/c-sato/facts': { state: 'active' },
      },
    },
    refused: [
      {
        why: 'never across organisations, and the other is not to be found',
        as: 'cityCounsellor',
        args: { id: 'c-tanaka', into: 'h-sato' },
        code: 'notFound',
      },
      {
        why: 'the other way round, as another tablet did at the same time, would be a circle',
        as: 'cityCounsellor',
        given: merged('c-tanaka', 'c-sato'),
        args: { id: 'c-sato', into: 'c-tanaka' },
        code: 'refused',
      },
      {
        why: 'nor through a third',
        as: 'hwCounsellor',
        given: (world) => {
          world.must(
            'seeker.register',
            { id: 'h-third', familyName: '林', familyKana: 'ハヤシ' },
            'hwCounsellor',
          );
          world.must('seeker.merge', { id: 'h-third', into: 'h-mori' }, 'hwCounsellor');
          world.must('seeker.merge', { id: 'h-mori', into: 'h-sato' }, 'hwCounsellor');
        },
        args: { id: 'h-sato', into: 'h-third' },
        code: 'refused',
      },
      {
        why: 'it was merged into somebody else meanwhile',
        as: 'cityCounsellor',
        given: merged('c-tanaka', 'c-else'),
        args: { id: 'c-tanaka', into: 'c-sato' },
        code: 'illegalState',
      },
      {
        why: 'into itself',
        as: 'cityCounsellor',
        args: { id: 'c-tanaka', into: 'c-tanaka' },
        code: 'refused',
      },
      {
        why: 'into a registration that was voided',
        as: 'cityCounsellor',
        given: (world) => world.must('seeker.void', voidArgs('c-sato'), 'cityCounsellor'),
        args: { id: 'c-tanaka', into: 'c-sato' },
        code: 'refused',
      },
    ],
  },
  'seeker.unmerge': {
    allowed: {
      as: 'citySupervisor',
      given: merged('c-tanaka', 'c-sato'),
      args: { id: 'c-tanaka' },
      after: { 'seeker/c-tanaka/facts': { state: 'active', org: 'o-city' } },
    },
    refused: [
      {
        why: 'it is not merged',
        as: 'citySupervisor',
        args: { id: 'c-tanaka' },
        code: 'illegalState',
      },
      {
        why: 'not her person',
        as: 'hwCounsellor',
        given: merged('c-tanaka', 'c-sato'),
        args: { id: 'c-tanaka' },
        code: 'notFound',
      },
    ],
  },
  'seekerPair.differ': {
    allowed: {
      as: 'cityCounsellor',
      args: pair,
      after: {
        [`seekerPair/${pair.id}/facts`]: { state: 'different', org: 'o-city' },
        [`seekerPair/${pair.id}/ties`]: { first: 'c-sato', second: 'c-tanaka' },
      },
    },
    refused: [
      {
        why: 'the id is made of the two',
        as: 'cityCounsellor',
        args: { ...pair, id: 'pair-1' },
        code: 'malformed',
      },
      {
        why: 'the two stand in order, so that a pair has one record',
        as: 'cityCounsellor',
        args: { ...pair, first: 'c-tanaka', second: 'c-sato' },
        code: 'malformed',
      },
      {
        why: "another organisation's person is not to be found",
        as: 'cityCounsellor',
        args: pairOf('c-sato', 'h-mori'),
        code: 'notFound',
      },
    ],
  },
  'seekerPair.amend': {
    allowed: { as: 'cityCounsellor', given: differs, args: { id: pair.id }, after: {} },
    refused: [
      { why: 'nobody said so', as: 'cityCounsellor', args: { id: pair.id }, code: 'notFound' },
    ],
  },
  'seekerPair.void': {
    allowed: {
      as: 'citySupervisor',
      given: differs,
      args: voidArgs(pair.id),
      after: { [`seekerPair/${pair.id}/facts`]: { state: 'voided' } },
    },
    refused: [
      {
        why: 'not their people',
        as: 'hwSupervisor',
        given: differs,
        args: voidArgs(pair.id),
        code: 'notFound',
      },
    ],
  },
};
