/**
 * The two successes printed on Sapporo's sheet (domain.md §5), walked on their own days over a real server: what was done, by
 * whom, and the figures that the counter then reports.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { addMonths, daysBetween } from '../../src/domain/date.ts';
import { steps } from '../support/programme-steps.ts';
import { openDesk, Walk, type Desk } from '../support/programme-walk.ts';
import type { Values } from '../../src/domain/value.ts';

let desk: Desk;
afterEach(() => desk.area.close());

async function walker(site: string, day: string, clients: readonly string[]) {
  desk = await openDesk(site, day);
  const walk = new Walk(desk, clients);
  return {
    walk,
    does: async (name: string, options: Values = {}) => {
      const step = steps[name];
      if (!step) throw new Error(`no step ${name}`);
      await step(walk, options);
    },
  };
}

describe('A: a man of 62 becomes a regular care worker, 豊平, two weeks of support', () => {
  test('one referral, one placement, no new registration', async () => {
    const { walk, does } = await walker('toyohira', '2010-10-15', ['age45plus']);
    // 離職; he is registered at ハローワーク札幌東 already and goes through training for ホームヘルパー2級.
    await walk.write('hw', 'seeker.register', {
      id: walk.make('hwSeeker'),
      familyName: '架空',
      familyKana: 'カクウ',
      birthDate: '1948-10-01',
      hwSeekerNo: '01040-1234567',
    });
    await does('training', { courseName: 'ホームヘルパー2級' });
    await does('preference');
    await walk.wait(380);
    const day = new Walk(desk, ['age45plus']);
    Object.assign(day.ids, walk.ids);
    expect(day.from >= '2011-11-01').toBe(true);
    const then = (name: string, options: Values = {}) => steps[name]?.(day, options);
    await then('hwVisit', { visitKind: 'new' });
    await then('jobCounselling', { summary: '未経験で、選ぶのがむずかしい' });
    for (const days of [3, 4]) {
      await day.wait(days);
      await then('hwVisit', { visitKind: 'returning' });
      await then('jobCounselling');
    }
    await then('employerContact');
    await then('refer', { jobMode: 'combined', referralType: 'trial', occupation: '08' });
    await day.wait(6);
    await then('hire', { hiredAs: '1', trialUsed: false });
    const counts = await day.counts();
    expect(counts).toMatchObject({
      referrals: 1,
      placements: 1,
      placedPersons: 1,
      registrations: 0,
      visits: 3,
      persons: 1,
      consultationsHW: 3,
      trainingReferrals: 0,
    });
    expect(daysBetween(day.from, day.today)).toBeLessThanOrEqual(14);
  });
});

describe('B: a man of 52 on welfare is hired on trial, 白石, four and a half months', () => {
  test('many visits, one person, one placement, one handoff by consent; the trial ends in three months', async () => {
    const { walk, does } = await walker('shiroishi', '2011-11-01', ['livelihood', 'age45plus']);
    await does('cityVisit');
    await does('careerCounselling');
    await does('toHW', { items: ['name', 'consultations', 'welfare'], purpose: 'welfare' });
    await does('jobCounselling');
    for (let week = 1; week <= 18; week++) {
      await walk.wait(7);
      await does('hwVisit', { visitKind: 'returning' });
      await does('jobCounselling');
      if (week % 6 !== 0) continue;
      await does('refer', { occupation: '15' });
      await does('reject', { reasons: ['skills', 'ageLimit'] });
    }
    await walk.wait(7);
    await does('hwVisit', { visitKind: 'returning' });
    await does('refer', { jobMode: 'combined', referralType: 'trial', occupation: '10' });
    await walk.wait(2);
    const startDate = walk.after(3);
    await does('hire', { startDate, trialUsed: true, trialEnd: addMonths(startDate, 3) });
    expect(await walk.counts()).toMatchObject({
      visits: 20,
      persons: 1,
      referrals: 4,
      placements: 1,
      placedPersons: 1,
      handoffsSent: 1,
      consultationsHW: 19,
    });
    const months = (Date.parse(walk.today) - Date.parse('2011-11-01')) / 86_400_000 / 30;
    expect(Math.round(months * 2) / 2).toBe(4.5);
    await does('retention');
    expect(await walk.counts()).toMatchObject({ retentionChecked: 1, retentionWorking: 1 });
  });
});
