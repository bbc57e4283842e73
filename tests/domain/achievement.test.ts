import { describe, expect, test } from 'vitest';
import {
  achievementRow,
  totalInput,
  type AchievementInput,
} from '../../src/domain/metrics/achievement.ts';

const blank: AchievementInput = {
  ward: '試験区',
  targetUsersFY25: null,
  targetPlacedFY25: null,
  targetUsersFY24: null,
  targetPlacedFY24: null,
  usersYTD: null,
  placedYTD: null,
  usersYTDprev: null,
  placedYTDprev: null,
};

describe('achievement', () => {
  test('rates against the year target round half up to one decimal', () => {
    const row = achievementRow({ ...blank, targetUsersFY25: 800, usersYTD: 1 }, 7);
    expect(row.users.rate).toBe('0.1');
    expect(achievementRow({ ...blank, targetUsersFY25: 2000, usersYTD: 1 }, 7).users.rate).toBe(
      '0.1',
    );
    expect(achievementRow({ ...blank, targetUsersFY25: 2001, usersYTD: 1 }, 7).users.rate).toBe(
      '0.0',
    );
  });

  test('a missing comparator is blank, not 0, and a comparator of 0 is a dash', () => {
    expect(achievementRow({ ...blank, usersYTD: 10 }, 7).users.change).toBe('');
    expect(achievementRow({ ...blank, usersYTD: 10, usersYTDprev: 0 }, 7).users.change).toBe('－');
  });

  test('a fall is marked with ▲', () => {
    expect(achievementRow({ ...blank, usersYTD: 90, usersYTDprev: 100 }, 7).users.change).toBe(
      '▲10.0',
    );
  });

  test('pace compares with target × elapsed months / 12 without rounding', () => {
    const at = (actual: number) =>
      achievementRow({ ...blank, targetPlacedFY25: 1200, placedYTD: actual }, 7).placed.pace;
    expect([at(700), at(699)]).toEqual(['ahead', 'behind']);
    expect(achievementRow({ ...blank, placedYTD: 5 }, 7).placed.pace).toBeUndefined();
  });

  test('totals add what is printed', () => {
    const total = totalInput([
      { ...blank, usersYTD: 3, usersYTDprev: 2 },
      { ...blank, usersYTD: 4 },
    ]);
    expect([total.usersYTD, total.usersYTDprev]).toEqual([7, 2]);
  });
});
