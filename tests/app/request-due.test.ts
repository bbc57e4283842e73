/** 要請: whose turn it is. Whoever was asked has it in 今日 from the day of asking, with a day for the answer or without. */
import { expect, test } from 'vitest';
import { dueRecords } from '../../src/app/logic/record-due.ts';
import { offeredVerbs } from '../../src/app/logic/record-verbs.ts';
import { addDays } from '../../src/domain/date.ts';
import { request } from '../../src/domain/kinds/request.ts';
import { actors, createWorld, moment, today } from '../support/world.ts';

const asked = {
  id: 'rq-9',
  toOrg: actors.hwSupervisor.org,
  subject: '例示の要請',
  content: '例示',
  askedOn: today,
};

test.each([addDays(today, 20), undefined])('it waits for the other side, due %s', (dueOn) => {
  const world = createWorld();
  world.must('request.ask', { ...asked, ...(dueOn ? { dueOn } : {}) }, 'citySupervisor');
  const record = world.view.get('request', 'rq-9');
  if (!record) throw new Error('no request');
  const seenBy = (as: 'citySupervisor' | 'hwSupervisor') => {
    const desk = { actor: actors[as], view: world.view, moment };
    const all = (kind: string) => (kind === 'request' ? [record] : []);
    return {
      offered: offeredVerbs(request, record, desk).map(({ name }) => name),
      due: dueRecords(all, today, desk).map((one) => one.record.id),
    };
  };
  expect(seenBy('hwSupervisor').due).toEqual(['rq-9']);
  expect(seenBy('hwSupervisor').offered).toContain('request.answer');
  expect(seenBy('citySupervisor').due).toEqual([]);
  expect(seenBy('citySupervisor').offered).toEqual(['request.amend', 'request.void']);
});
