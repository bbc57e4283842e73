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

  test('the expected figure is rounded half up and does not decide the pace', () => {
    const row = achievementRow({ ...blank, targetPlacedFY25: 750, placedYTD: 437 }, 7);
    expect(row.placed).toMatchObject({ expected: 438, pace: 'behind' });
    expect(
      achievementRow({ ...blank, targetUsersFY25: 14_500, usersYTD: 8_458 }, 7).users,
    ).toMatchObject({ expected: 8_458, pace: 'behind' });
  });

  test('an excess is no error: 8,232 of 3,500 is 235.2', () => {
    const row = achievementRow({ ...blank, targetUsersFY25: 3_500, usersYTD: 8_232 }, 7);
    expect(row.users).toMatchObject({ rate: '235.2', change: '', pace: 'ahead' });
  });
});

describe('totals', () => {
  const full = { ...blank, targetUsersFY25: 10, usersYTD: 3, usersYTDprev: 2 };

  test('add what is printed', () => {
    const total = totalInput([full, { ...full, usersYTD: 4, usersYTDprev: null }]);
    expect([total.ward, total.usersYTD, total.usersYTDprev]).toEqual(['合計', 7, 2]);
  });

  test('stay blank where no row printed anything', () => {
    const total = totalInput([full, full]);
    expect([total.placedYTD, total.targetUsersFY24]).toEqual([null, null]);
    expect(achievementRow(total, 7).placed).toMatchObject({
      rate: '',
      change: '',
      actual: undefined,
    });
  });

  test('change only when every row has a comparator', () => {
    const change = (rows: readonly AchievementInput[]) =>
      achievementRow(totalInput(rows), 7).users.change;
    expect(change([full, full])).toBe('50.0');
    expect(change([full, { ...full, usersYTDprev: null }])).toBe('');
  });

  test('have no rate and no pace when a row lacks its target', () => {
    const total = totalInput([full, { ...full, targetUsersFY25: null }]);
    expect(achievementRow(total, 7).users).toMatchObject({ target: 10, rate: '', pace: undefined });
  });
});
