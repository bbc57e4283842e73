/** 臨時窓口: which visits may say that they took place at one, and how they are laid out in counts. */
import { describe, expect, test } from 'vitest';
import { breakDown, byOutpost, saysSomething } from '../../src/domain/metrics/breakdown.ts';
import { visits } from '../../src/domain/metrics/visits.ts';
import { arrival, createWorld, today, type ActorName } from '../support/world.ts';

const held = {
  id: 'ev-out',
  eventType: 'fair',
  eventName: '区役所の臨時窓口',
  heldOn: today,
  temporary: true,
};

function worldWith(event: object) {
  const world = createWorld();
  world.must('event.plan', { ...held, ...event }, 'cityCounsellor');
  return world;
}
const log = (event: object, as: ActorName = 'cityCounsellor', more = {}) =>
  worldWith(event).judge('visit.log', { id: 'v-out', ...arrival, outpost: 'ev-out' }, as, more);

describe('a visit at a temporary counter', () => {
  test('is one of the day on which it is held, by either organisation of the counter', () => {
    expect(log({}).outcome).toBe('applied');
    expect(log({}, 'hwCounsellor').outcome).toBe('applied');
    const days = { heldOn: '2026-04-18', heldTo: '2026-04-20' };
    expect(log(days).outcome).toBe('applied');
    // Its kind says it too.
    expect(log({ eventType: 'outreach', temporary: false }).outcome).toBe('applied');
  });

  test('is not one of another counter; said afterwards, of another day or of a meeting at home', () => {
    const wrong = { outcome: 'rejected', problem: { code: 'invalidFields' } };
    expect(log({}, 'cityElsewhere')).toMatchObject(wrong);
    const amend = (event: object) => {
      const world = worldWith(event);
      world.must('visit.log', { id: 'v-out', ...arrival }, 'cityCounsellor');
      return world.judge('visit.amend', { id: 'v-out', outpost: 'ev-out' }, 'cityCounsellor');
    };
    expect(amend({}).outcome).toBe('applied');
    for (const other of [{ heldOn: '2026-04-21' }, { heldOn: '2026-04-19' }, { temporary: false }])
      expect(amend(other)).toMatchObject(wrong);
  });

  test('stands though it was called off or put right elsewhere meanwhile: people have come', () => {
    for (const meanwhile of [{ state: 'cancelled' }, { heldOn: '2026-04-21' }]) {
      const world = worldWith({});
      world.set('event', 'ev-out', 'facts', meanwhile);
      const args = { id: 'v-out', ...arrival, outpost: 'ev-out' };
      expect(world.judge('visit.log', args, 'cityCounsellor').outcome).toBe('applied');
    }
  });

  test('is said of a consultation without a place on the board, and put right by the day of the visit', () => {
    const world = worldWith({});
    const walkIn = { services: ['careerCounselling'], newVisit: 'v-out', seeker: 'c-sato' };
    const args = { id: 'co-out', ...walkIn, ...arrival, outpost: 'ev-out' };
    world.must('consultation.recordWalkIn', args, 'cityCounsellor');
    expect(world.part('visit/v-out/facts')).toMatchObject({ outpost: 'ev-out' });
    const clear = { id: 'v-out', clear: [{ name: 'outpost' }] };
    world.must('visit.amend', clear, 'cityCounsellor');
    expect(world.part('visit/v-out/facts')).not.toHaveProperty('outpost');
    world.set('visit', 'v-out', 'facts', { date: '2026-04-19' });
    expect(
      world.judge('visit.amend', { id: 'v-out', outpost: 'ev-out' }, 'cityCounsellor'),
    ).toMatchObject({ outcome: 'rejected', problem: { code: 'invalidFields' } });
  });
});

describe('visits by temporary counter', () => {
  const facts = [
    { outpost: 'ev-out', heads: 2 },
    { outpost: 'ev-out', heads: 1 },
    { heads: 1 },
  ].map((more, index) => ({
    kind: 'visit',
    id: `v-${index}`,
    values: { state: 'done', date: today, site: 's', channel: 'inPerson', ...more },
  }));
  const period = { from: today, to: today };

  test('are laid out beside those of the counter; where there is none, there is no table', () => {
    const cells = breakDown(visits, byOutpost, facts, period);
    const total = visits.count(facts, period).value;
    expect(cells.map(({ code }) => code)).toEqual(['', 'ev-out']);
    expect(cells.reduce((sum, { value }) => sum + value, 0)).toBe(total);
    expect(cells[1]?.value).toBe(visits.count(facts.slice(0, 2), period).value);
    expect(saysSomething(byOutpost, cells)).toBe(true);
    const none = breakDown(visits, byOutpost, facts.slice(2), period);
    expect(saysSomething(byOutpost, none)).toBe(false);
  });
});
