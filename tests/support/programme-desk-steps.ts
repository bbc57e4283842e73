/** Steps of the flows that are about no single person: events, firms, postings, plans, lists that leave the desk. */
import { guessFeedColumns } from '../../src/domain/import/job-feed.ts';
import type { Values } from '../../src/domain/value.ts';
import { newId } from './fake-tablet.ts';
import { feedFile, feedHead, feedLine } from './job-feed.ts';
import { cityOrg, hwOrg, type Walk } from './programme-walk.ts';

export type Step = (walk: Walk, options: Values) => Promise<void>;

export const deskSteps: Readonly<Record<string, Step>> = {
  event: async (walk, { eventType = 'seminar', name = '催し', ...numbers }) => {
    const id = walk.make('event');
    await walk.write('city', 'event.plan', {
      id,
      eventType,
      eventName: name,
      heldOn: walk.today,
    });
    await walk.write('city', 'event.confirm', { id, ...numbers });
  },
  attendance: (walk, options) =>
    walk.write('city', 'attendance.record', {
      id: newId(),
      event: walk.id('event'),
      party: 'seeker',
      ...options,
    }),
  service: (walk, options) =>
    walk.write('city', 'serviceEntry.list', {
      id: walk.make('service'),
      provider: '架空団体',
      field: 'other',
      ...options,
    }),
  lead: async (walk, { wish = ['hire'] }) => {
    const id = newId();
    await walk.write('hw', 'employerLead.note', { id, wish, firmName: '架空製作所' });
    const told = { id, toOrg: cityOrg, direction: 'hwToCity' };
    await walk.refused('hw', 'employerLead.share', told);
    await walk.write('hw', 'employerLead.share', { ...told, consentMethod: 'oral' });
    await walk.write('city', 'employerLead.receive', { id });
    await walk.write('city', 'employerLead.close', { id, outcome: 'both' });
  },
  ownLead: (walk) =>
    walk.write('hw', 'employerLead.note', { id: newId(), wish: ['hire'], firmName: '架空製作所' }),
  posting: (walk, options) =>
    walk.write('city', 'jobPosting.record', {
      id: walk.make('posting'),
      jobTitle: '内職の仕分け',
      employerName: '架空内職所',
      employmentType: '5',
      receivedOn: walk.today,
      expiresOn: walk.after(60),
      ...options,
    }),
  agreement: async (walk) => {
    const agreement = walk.make('agreement');
    await walk.write('citySupervisor', 'agreement.record', {
      id: agreement,
      agreementKind: 'employment',
      agreementTitle: '雇用対策協定',
      parties: '架空市・架空労働局',
      from: walk.today,
    });
    const id = walk.make('annualPlan');
    await walk.write('citySupervisor', 'annualPlan.draft', {
      id,
      agreement,
      fiscalYear: Number(walk.today.slice(0, 4)),
      planTitle: '実施計画',
    });
    await walk.write('citySupervisor', 'annualPlan.decide', { id });
  },
  request: async (walk) => {
    const id = walk.make('request');
    await walk.write('citySupervisor', 'request.ask', {
      id,
      toOrg: hwOrg,
      subject: '地域の情報の提供',
      content: '求職者の動きを知りたい',
      askedOn: walk.today,
    });
    await walk.write('hwSupervisor', 'request.answer', { id, answer: '毎月お渡しします' });
    await walk.write('citySupervisor', 'request.finish', { id, outcome: '受けとった' });
  },
  target: (walk, options) =>
    walk.write('citySupervisor', 'target.set', {
      id: walk.make('target'),
      site: walk.desk.site,
      fiscalYear: Number(walk.today.slice(0, 4)),
      metric: 'visits',
      targetType: 'absolute',
      value: 9000,
      ...options,
    }),
  feed: async (walk) => {
    const answer = await walk.post('citySupervisor', '/api/jobs/import', {
      file: Buffer.from(
        feedFile([feedLine(1, { received: walk.today, expires: walk.after(60) })]),
      ).toString('base64'),
      map: guessFeedColumns(feedHead.split(',')),
      whole: false,
    });
    if (!/"(fresh|same)":1/.test(answer)) throw new Error(`import: ${answer}`);
    walk.kinds.add('jobPosting');
  },
  hiresReport: async (walk) => {
    const path = `/api/hires?from=${walk.from}&to=${walk.today}`;
    const told = await walk.get('citySupervisor', path);
    if (!told.includes('01040-1')) throw new Error(`hires: ${told}`);
  },
  provided: async (walk) => {
    const lines = async (to: string) =>
      (await walk.get('citySupervisor', `/api/provision?to=${to}`)).split('\\r\\n').length;
    const [municipality, agencies] = [await lines('municipality'), await lines('private')];
    if (municipality !== agencies + 1) throw new Error('provision tells the wrong recipient');
  },
};
