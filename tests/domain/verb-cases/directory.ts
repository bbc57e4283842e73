/** What the server and the desks list for the whole area: programmes and services. */
import type { World } from '../../support/world.ts';
import { inState, voidArgs, type VerbCases } from './case.ts';

const known = { id: 'pg-1', code: 'welfare', programmeName: '自立促進', operator: '市とHW' };
const programme = (world: World) => world.must('programme.register', known, 'system');

const listed = { id: 'sv-1', serviceName: '架空相談室', provider: '架空市社協', field: 'loan' };
const service = (world: World) => world.must('serviceEntry.list', listed, 'cityCounsellor');

const programmeCases: VerbCases = {
  'programme.register': {
    allowed: {
      as: 'system',
      args: known,
      after: { 'programme/pg-1/facts': { state: 'active', code: 'welfare', operator: '市とHW' } },
    },
    refused: [{ why: 'by a supervisor', as: 'citySupervisor', args: known, code: 'notAllowed' }],
  },
  'programme.amend': {
    allowed: {
      as: 'system',
      given: programme,
      args: { id: 'pg-1', operator: '市' },
      after: { 'programme/pg-1/facts': { operator: '市' } },
    },
    refused: [{ why: 'there is none', as: 'system', args: { id: 'pg-1' }, code: 'notFound' }],
  },
  'programme.end': {
    allowed: {
      as: 'system',
      given: programme,
      args: { id: 'pg-1', validTo: '2027-03-31' },
      after: { 'programme/pg-1/facts': { state: 'ended', validTo: '2027-03-31' } },
    },
    refused: [
      {
        why: 'it has ended',
        as: 'system',
        given: (world) => {
          programme(world);
          inState('programme', 'pg-1', 'ended')(world);
        },
        args: { id: 'pg-1', validTo: '2027-03-31' },
        code: 'illegalState',
      },
    ],
  },
  'programme.void': {
    allowed: {
      as: 'system',
      given: programme,
      args: voidArgs('pg-1'),
      after: { 'programme/pg-1/facts': { state: 'voided' } },
    },
    refused: [{ why: 'there is none', as: 'system', args: voidArgs('pg-1'), code: 'notFound' }],
  },
};

const serviceCases: VerbCases = {
  'serviceEntry.list': {
    allowed: {
      as: 'cityCounsellor',
      args: listed,
      after: { 'serviceEntry/sv-1/facts': { state: 'listed', serviceName: '架空相談室' } },
    },
    refused: [
      {
        why: 'of no field',
        as: 'cityCounsellor',
        args: { id: 'sv-1', serviceName: '架空相談室', provider: '架空市社協' },
        code: 'invalidFields',
      },
    ],
  },
  'serviceEntry.amend': {
    allowed: {
      as: 'hwCounsellor',
      given: service,
      args: { id: 'sv-1', contact: '011-000-0000' },
      after: { 'serviceEntry/sv-1/facts': { contact: '011-000-0000', provider: '架空市社協' } },
    },
    refused: [
      {
        why: 'it would end before it begins',
        as: 'hwCounsellor',
        given: service,
        args: { id: 'sv-1', validFrom: '2026-04-01', validTo: '2026-03-01' },
        code: 'invalidFields',
      },
    ],
  },
  'serviceEntry.end': {
    allowed: {
      as: 'hwCounsellor',
      given: service,
      args: { id: 'sv-1', validTo: '2026-06-30' },
      after: { 'serviceEntry/sv-1/facts': { state: 'ended', validTo: '2026-06-30' } },
    },
    refused: [{ why: 'there is none', as: 'hwCounsellor', args: { id: 'sv-1' }, code: 'notFound' }],
  },
  'serviceEntry.relist': {
    allowed: {
      as: 'cityCounsellor',
      given: (world) => {
        service(world);
        world.must('serviceEntry.end', { id: 'sv-1', validTo: '2026-06-30' }, 'hwCounsellor');
      },
      args: { id: 'sv-1' },
      after: { 'serviceEntry/sv-1/facts': { state: 'listed' } },
    },
    refused: [
      {
        why: 'it is listed',
        as: 'cityCounsellor',
        given: service,
        args: { id: 'sv-1' },
        code: 'illegalState',
      },
    ],
  },
  'serviceEntry.void': {
    allowed: {
      as: 'citySupervisor',
      given: service,
      args: voidArgs('sv-1'),
      after: { 'serviceEntry/sv-1/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: "it is another organisation's",
        as: 'hwCounsellor',
        given: service,
        args: voidArgs('sv-1'),
        code: 'notAllowed',
      },
    ],
  },
};

export const directoryCases: VerbCases = { ...programmeCases, ...serviceCases };
