/** 「次回予約」 of a consultation is an appointment: made with it, moved with it, gone with it. */
import { describe, expect, test } from 'vitest';
import { nextOf } from '../../src/domain/kinds/appointment.ts';
import { createWorld, today, type World } from '../support/world.ts';

const next = { date: '2026-05-11', time: '10:00', purpose: '面接の練習' };
const session = {
  id: 'k-new',
  visit: 'v-sato',
  services: ['careerCounselling'],
  seeker: 'c-sato',
};
const id = nextOf('k-new');

function recorded(more: object = { next }): World {
  const world = createWorld();
  world.must('consultation.record', { ...session, ...more }, 'cityCounsellor');
  return world;
}

describe('a consultation with a next talk', () => {
  test('books it in the same write, and keeps no second copy', () => {
    const world = recorded();
    expect(world.part(`appointment/${id}/facts`)).toMatchObject({
      state: 'booked',
      org: 'o-city',
      site: 's-shiroishi',
      date: today,
      dueOn: '2026-05-11',
      time: '10:00',
      bookedBy: 'st-city',
    });
    expect(world.part(`appointment/${id}/shared`)).toEqual({
      seeker: 'c-sato',
      purpose: '面接の練習',
    });
    expect(world.part('consultation/k-new/shared')).toEqual({ seeker: 'c-sato' });
  });

  test('without one there is no appointment', () => {
    expect(recorded({}).view.get('appointment', id)).toBeUndefined();
    expect(recorded({ next: {} }).view.get('appointment', id)).toBeUndefined();
  });

  test('a next talk without its day is refused and says so', () => {
    const judged = createWorld().judge(
      'consultation.record',
      { ...session, next: { time: '10:00' } },
      'cityCounsellor',
    );
    expect(judged).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'invalidFields', fields: [{ field: 'next.date' }] },
    });
  });

  test('of nobody known, the counter still has the slot', () => {
    const world = createWorld();
    const { seeker: _, ...nobody } = session;
    world.must('consultation.record', { ...nobody, visit: 'v-nobody', next }, 'cityCounsellor');
    expect(world.part(`appointment/${id}/shared`)).toEqual({ purpose: '面接の練習' });
  });

  test('for someone not on the board too', () => {
    const world = createWorld();
    const { visit: _, ...walkIn } = session;
    const visit = {
      newVisit: 'v-new',
      arrivedAt: 1,
      channel: 'phone',
      visitKind: 'new',
      purposes: ['other'],
    };
    world.must('consultation.recordWalkIn', { ...walkIn, ...visit, next }, 'cityCounsellor');
    expect(world.part(`appointment/${id}/facts`)).toMatchObject({ dueOn: '2026-05-11' });
  });
});

describe('afterwards', () => {
  test('an amended next talk moves the appointment, and opens it again', () => {
    const world = recorded();
    world.must('appointment.cancel', { id, cancelReason: 'weather' }, 'cityCounsellor');
    const later = { date: '2026-05-18' };
    world.must('consultation.amend', { id: 'k-new', next: later }, 'cityCounsellor');
    const facts = world.part(`appointment/${id}/facts`);
    expect(facts).toMatchObject({ state: 'booked', dueOn: '2026-05-18', date: today });
    for (const gone of ['time', 'cancelReason', 'endedOn']) expect(facts).not.toHaveProperty(gone);
    expect(world.part(`appointment/${id}/shared`)).toEqual({ seeker: 'c-sato' });
  });

  test('amending something else leaves it alone', () => {
    const world = recorded();
    const before = world.part(`appointment/${id}/facts`);
    world.must('consultation.amend', { id: 'k-new', minutes: 30 }, 'cityCounsellor');
    expect(world.part(`appointment/${id}/facts`)).toEqual(before);
  });

  test('the wrong person: it goes along to the right one', () => {
    const world = recorded();
    world.must(
      'consultation.moveToSeeker',
      { id: 'k-new', toSeeker: 'c-tanaka' },
      'cityCounsellor',
    );
    expect(world.part(`appointment/${id}/shared`)).toMatchObject({ seeker: 'c-tanaka' });
  });

  test.each([
    ['booked', 'voided'],
    ['kept', 'kept'],
  ])('a consultation that was none: %s becomes %s', (from, to) => {
    const world = recorded();
    world.set('appointment', id, 'facts', { state: from });
    world.must('consultation.void', { id: 'k-new', voidReason: 'duplicate' }, 'cityCounsellor');
    expect(world.state('appointment', id)).toBe(to);
  });
});

describe("another organisation's appointment under that id", () => {
  function taken(): World {
    const world = recorded({});
    const foreign = { id, dueOn: '2026-06-01', seeker: 'h-mori' };
    world.must('appointment.book', foreign, 'hwCounsellor');
    return world;
  }

  test('is not written over by an amendment', () => {
    const judged = taken().judge('consultation.amend', { id: 'k-new', next }, 'cityCounsellor');
    expect(judged).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'alreadyExists', kind: 'appointment' },
    });
  });

  test('nor by a new consultation', () => {
    const world = createWorld();
    world.must(
      'appointment.book',
      { id, dueOn: '2026-06-01', seeker: 'c-tanaka' },
      'cityCounsellor',
    );
    const judged = world.judge('consultation.record', { ...session, next }, 'cityCounsellor');
    expect(judged).toMatchObject({ problem: { code: 'alreadyExists', kind: 'appointment' } });
  });

  test('neither moves nor goes with the consultation', () => {
    const world = taken();
    world.must(
      'consultation.moveToSeeker',
      { id: 'k-new', toSeeker: 'c-tanaka' },
      'cityCounsellor',
    );
    world.must('consultation.void', { id: 'k-new', voidReason: 'mistake' }, 'cityCounsellor');
    expect(world.part(`appointment/${id}/shared`)).toEqual({ seeker: 'h-mori' });
    expect(world.state('appointment', id)).toBe('booked');
  });
});

describe('a consultation of old, which carries its next talk itself', () => {
  function old(): World {
    const world = recorded({});
    world.set('consultation', 'k-new', 'shared', { next: { date: '2026-04-30' } });
    return world;
  }

  test('stays as it is until somebody changes it', () => {
    const world = old();
    world.must('consultation.amend', { id: 'k-new', summary: '追記' }, 'cityCounsellor');
    expect(world.part('consultation/k-new/shared')).toMatchObject({ next: { date: '2026-04-30' } });
    expect(world.view.get('appointment', id)).toBeUndefined();
  });

  test('then it is an appointment like the others', () => {
    const world = old();
    world.must('consultation.amend', { id: 'k-new', next }, 'cityCounsellor');
    expect(world.part('consultation/k-new/shared')).not.toHaveProperty('next');
    expect(world.part(`appointment/${id}/facts`)).toMatchObject({ dueOn: '2026-05-11' });
    expect(world.part(`appointment/${id}/shared`)).toMatchObject({ seeker: 'c-sato' });
  });
});
