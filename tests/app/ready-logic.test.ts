/** 準備チェック: every line green and not green, and what it takes for 「使えます」. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { leftWords, readyOf, type Readiness, type ReadyLine } from '../../src/app/logic/ready.ts';
import { release } from '../../src/sync/release.ts';

const now = Date.parse('2026-11-20T08:45:00+09:00');
const hour = 3_600_000;
const well: Readiness = {
  now,
  storage: { persisted: true, usedBytes: 20_000_000, quotaBytes: 12_020_000_000 },
  server: { version: '0.1.0' },
  skew: 800,
  pending: 0,
  isLost: false,
  isAppKept: true,
  staff: [
    { id: 'a', asOf: now - hour, usableUntil: now + 96 * hour },
    { id: 'b', asOf: now - 2 * hour, usableUntil: now + 80 * hour },
  ],
};
const given = {
  nameOf: (id: string) => ({ a: '見本 花子', b: '試験 一郎' })[id] ?? '',
  release: '0.1.0',
};
const check = (change: Partial<Readiness>) => readyOf({ ...well, ...change }, given);
const line = (change: Partial<Readiness>, key: string): ReadyLine => {
  const found = check(change).lines.find((one) => one.key === key);
  if (!found) throw new Error(`no line ${key}`);
  return found;
};
const staff = (change: Partial<Readiness['staff'][number]>, other: typeof change = {}) => ({
  staff: [
    { id: 'a', asOf: now, usableUntil: now + 96 * hour, ...change },
    { id: 'b', asOf: now, usableUntil: now + 96 * hour, ...other },
  ],
});

test('a tablet that is well: every line is green and none says what to press', () => {
  const { isReady, tone, sentence, lines } = check({});
  expect({ isReady, tone, sentence }).toEqual({
    isReady: true,
    tone: 'good',
    sentence: '使えます',
  });
  expect(lines.map(({ state }) => state)).toEqual(lines.map(() => 'good'));
  expect(lines.filter(({ press }) => press !== undefined)).toEqual([]);
  expect(lines).toHaveLength(9);
});

describe('what is not green says what to press', () => {
  const storage = well.storage;
  const cases: readonly [
    name: string,
    Partial<Readiness>,
    key: string,
    state: string,
    words: RegExp,
  ][] = [
    [
      'storage not promised',
      { storage: { ...storage, persisted: false } },
      'kept',
      'care',
      /消すおそれ/,
    ],
    ['storage cleared', { isLost: true }, 'kept', 'bad', /消えています/],
    [
      'little room',
      { storage: { ...storage, usedBytes: (storage.quotaBytes ?? 0) - 400_000_000 } },
      'room',
      'care',
      /約400MB/,
    ],
    [
      'no room',
      { storage: { ...storage, usedBytes: storage.quotaBytes } },
      'room',
      'bad',
      /保存できなくなります/,
    ],
    ['nobody enrolled', { staff: [] }, 'people', 'bad', /まだだれも/],
    ['nobody’s records', { staff: [] }, 'data', 'bad', /まだ届いて/],
    ['nobody’s lease', { staff: [] }, 'keys', 'bad', /まだありません/],
    ['a file of the app missing', { isAppKept: false }, 'app', 'bad', /まだ全部は/],
    [
      'nothing pulled by anybody',
      staff({ asOf: undefined }, { asOf: undefined }),
      'data',
      'bad',
      /まだ届いて/,
    ],
    [
      'yesterday’s data everywhere',
      staff({ asOf: now - 24 * hour }, { asOf: now - 48 * hour }),
      'data',
      'bad',
      /11月19日\(木\)・昨日 08:45/,
    ],
    [
      'one with old data',
      staff({}, { asOf: now - 24 * hour }),
      'data',
      'care',
      /今日 08:45の時点.*試験 一郎：/,
    ],
    [
      'every lease ends before tomorrow does',
      staff({ usableUntil: now + 20 * hour }, { usableUntil: now - hour }),
      'keys',
      'bad',
      /あと1日使えます.*期限が切れています/,
    ],
    [
      'one lease ends',
      staff({}, { usableUntil: now + hour }),
      'keys',
      'care',
      /今日の09:45までしか/,
    ],
    ['clock 5 minutes ahead', { skew: 5 * 60_000 }, 'clock', 'care', /約5分進んで/],
    ['clock 2 hours behind', { skew: -2 * hour }, 'clock', 'bad', /約2時間遅れて/],
    ['another release', { server: { version: '0.2.0' } }, 'version', 'care', /0\.1\.0.*0\.2\.0/],
    ['no server', { server: undefined }, 'version', 'care', /つながらない/],
    ['unsent', { pending: 3 }, 'unsent', 'care', /3件/],
  ];
  test.each(cases)('%s', (_, change, key, state, words) => {
    const found = line(change, key);
    expect(found.state).toBe(state);
    expect(found.found).toMatch(words);
    expect(found.press).toMatch(/。$/);
    expect(check(change).isReady).toBe(state !== 'bad');
    const sentence = { bad: 'このままでは使えません', care: '使えます。確かめることが1つあります' };
    expect(check(change).sentence).toBe(sentence[state as 'bad' | 'care'] ?? '使えます');
  });
});

test('what the browser does not tell is unknown, and neither good nor in the way', () => {
  const dumb = check({
    storage: { persisted: undefined, usedBytes: undefined, quotaBytes: undefined },
    skew: undefined,
    server: { version: undefined },
    isAppKept: undefined,
  });
  const states = Object.fromEntries(dumb.lines.map(({ key, state }) => [key, state]));
  expect(states).toMatchObject({
    kept: 'unknown',
    room: 'unknown',
    clock: 'unknown',
    app: 'unknown',
    version: 'unknown',
  });
  for (const { state, found } of dumb.lines)
    if (state === 'unknown') expect(found).toMatch(/分かり/);
  expect(dumb.isReady).toBe(true);
});

test('a lease must last to the end of tomorrow, by the server’s clock', () => {
  const end = Date.parse('2026-11-22T00:00:00+09:00');
  expect(line(staff({ usableUntil: end }, { usableUntil: end }), 'keys').state).toBe('good');
  const short = staff({ usableUntil: end - 1 }, { usableUntil: end - 1 });
  expect(line(short, 'keys').state).toBe('bad');
  // This tablet believes it is tomorrow already.
  const ahead = { now: now + 24 * hour, skew: 24 * hour };
  expect(
    line({ ...staff({ usableUntil: end }, { usableUntil: end }), ...ahead }, 'keys').state,
  ).toBe('good');
});

test('a lifetime in words', () => {
  expect(leftWords(now + 72 * hour, now)).toBe('あと3日使えます（11月23日(月) 08:45まで）');
  expect(leftWords(now - 1, now)).toBe('期限が切れています');
});

test('the release is package.json’s', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(release).toBe(version);
});
