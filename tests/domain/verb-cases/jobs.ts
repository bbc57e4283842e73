import { feedId } from '../../../src/domain/kinds/job-posting.ts';
import type { World } from '../../support/world.ts';
import { inState, voidArgs, type Refused, type VerbCases } from './case.ts';

const local = {
  jobTitle: '窓口の案内',
  employerName: '架空商事',
  employmentType: '5',
  receivedOn: '2026-04-20',
  expiresOn: '2026-06-30',
};
const number = '01040-12345678';
const feed = { ...local, id: feedId(number), hwJobNo: number };

const standing =
  (state: string, source = 'local') =>
  (world: World) =>
    world.set('jobPosting', 'j-1', 'facts', { state, source, org: 'o-city', ...local });

const ofFeed = (args: Refused['args'], state = 'open'): Refused => ({
  why: 'what the feed says is corrected by the feed',
  as: 'cityCounsellor',
  given: standing(state, 'feed'),
  args,
  code: 'refused',
});

export const jobCases: VerbCases = {
  'jobPosting.record': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'j-new', ...local, localJobId: '独-12' },
      after: {
        'jobPosting/j-new/facts': { state: 'open', source: 'local', org: 'o-city' },
      },
    },
    refused: [
      {
        why: 'Hello Work registers its postings in its own system',
        as: 'hwCounsellor',
        args: { id: 'j-new', ...local },
        code: 'notAllowed',
      },
      {
        why: 'it is over before it came in',
        as: 'cityCounsellor',
        args: { id: 'j-new', ...local, expiresOn: '2026-04-19' },
        code: 'invalidFields',
      },
      {
        why: 'the wages are the wrong way round',
        as: 'cityCounsellor',
        args: { id: 'j-new', ...local, wageFrom: 200_000, wageTo: 180_000 },
        code: 'invalidFields',
      },
    ],
  },
  'jobPosting.amend': {
    allowed: {
      as: 'cityCounsellor',
      given: standing('open'),
      args: { id: 'j-1', openings: 3 },
      after: { 'jobPosting/j-1/facts': { openings: 3, jobTitle: '窓口の案内' } },
    },
    refused: [
      ofFeed({ id: 'j-1', openings: 3 }),
      {
        why: "another organisation's posting",
        as: 'contractor',
        given: standing('open'),
        args: { id: 'j-1', openings: 3 },
        code: 'notAllowed',
      },
    ],
  },
  'jobPosting.close': {
    allowed: {
      as: 'cityCounsellor',
      given: standing('open'),
      args: { id: 'j-1' },
      after: { 'jobPosting/j-1/facts': { state: 'closed' } },
    },
    refused: [
      ofFeed({ id: 'j-1' }),
      {
        why: 'closed before',
        as: 'cityCounsellor',
        given: standing('closed'),
        args: { id: 'j-1' },
        code: 'illegalState',
      },
    ],
  },
  'jobPosting.reopen': {
    allowed: {
      as: 'cityCounsellor',
      given: standing('closed'),
      args: { id: 'j-1', expiresOn: '2026-07-31' },
      after: { 'jobPosting/j-1/facts': { state: 'open', expiresOn: '2026-07-31' } },
    },
    refused: [
      {
        why: 'it is open',
        as: 'cityCounsellor',
        given: standing('open'),
        args: { id: 'j-1', expiresOn: '2026-07-31' },
        code: 'illegalState',
      },
      ofFeed({ id: 'j-1', expiresOn: '2026-07-31' }, 'closed'),
    ],
  },
  'jobPosting.expire': {
    allowed: {
      as: 'system',
      given: standing('open', 'feed'),
      args: { id: 'j-1' },
      after: { 'jobPosting/j-1/facts': { state: 'expired' } },
    },
    refused: [
      {
        why: 'the clock alone expires',
        as: 'cityCounsellor',
        given: standing('open'),
        args: { id: 'j-1' },
        code: 'notAllowed',
      },
    ],
  },
  'jobPosting.import': {
    allowed: {
      as: 'system',
      given: (world) => {
        inState('jobPosting', feed.id, 'expired')(world);
        world.set('jobPosting', feed.id, 'facts', { holidayText: '土日' });
      },
      args: feed,
      after: {
        [`jobPosting/${feed.id}/facts`]: {
          state: 'open',
          source: 'feed',
          hwJobNo: number,
        },
      },
    },
    refused: [
      {
        why: 'its id is that of its number',
        as: 'system',
        args: { ...feed, id: 'j-2' },
        code: 'malformed',
      },
      { why: 'a counsellor imports nothing', as: 'cityCounsellor', args: feed, code: 'notAllowed' },
      {
        why: 'it is over before it came in',
        as: 'system',
        args: { ...feed, expiresOn: '2026-04-19' },
        code: 'invalidFields',
      },
    ],
  },
  'jobPosting.void': {
    allowed: {
      as: 'cityCounsellor',
      given: standing('open'),
      args: voidArgs('j-1'),
      after: { 'jobPosting/j-1/facts': { state: 'voided' } },
    },
    refused: [ofFeed(voidArgs('j-1'))],
  },
};
