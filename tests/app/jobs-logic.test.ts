/** The search over postings: words, folded, in any place; class, wage, employment, 併用; what is over is not found. */
import { describe, expect, test } from 'vitest';
import {
  findJobs,
  newestOf,
  referralFrom,
  searchFields,
  wageWords,
} from '../../src/app/logic/job-search.ts';
import { fieldsFor, givenNames } from '../../src/app/logic/referral-form.ts';
import { parseFields } from '../../src/domain/parse.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const today = '2026-11-21';
let count = 0;
function posting(values: Values = {}): Rec {
  count += 1;
  const facts: Values = {
    state: 'open',
    source: 'feed',
    hwJobNo: `01040-${count}`,
    jobTitle: '一般事務',
    employerName: '架空商事',
    place: '札幌市白石区',
    employmentType: '1',
    jobMode: 'general',
    wageUnit: 'month',
    wageFrom: 180_000,
    wageTo: 220_000,
    receivedOn: '2026-11-01',
    expiresOn: '2027-01-31',
    ...values,
  };
  return { kind: 'jobPosting', id: `job-${count}`, parts: { facts } };
}

const wanted = posting({
  jobTitle: 'ビル清掃スタッフ',
  employerName: 'カクウ美装',
  duties: '窓ふき',
  occupation: '15',
  employmentType: '5',
  jobMode: 'combined',
  wageUnit: 'hour',
  wageFrom: 1_100,
  wageTo: 1_200,
  receivedOn: '2026-11-10',
});
const others = [posting(), posting({ place: '江別市' }), posting({ source: 'local' })];
const all = [...others, wanted];

describe('findJobs', () => {
  test.each([
    ['a word of the title', { words: '清掃' }],
    ['half-width kana', { words: 'ｶｸｳ' }],
    ['two words from different fields', { words: '美装　窓' }],
    ['a class', { occupation: '15' }],
    ['an employment type', { employmentTypes: ['5', '4'] }],
    ['an hourly wage', { wage: 1_150 }],
    ['open to trial', { trialToo: true }],
    ['its number', { words: '01040-1' }],
  ])('finds by %s', (_title, asked) => {
    expect(findJobs(all, asked as Values, today)).toEqual([wanted]);
  });

  test('by place, own postings alone, and all without a condition, the newest first', () => {
    expect(findJobs(all, { place: '江別' }, today)).toEqual([others[1]]);
    expect(findJobs(all, { localOnly: true }, today)).toEqual([others[2]]);
    expect(findJobs(all, {}, today)[0]).toBe(wanted);
    expect(findJobs(all, {}, today)).toHaveLength(4);
  });

  test('how new the list is: the day of the newest, none of an empty one', () => {
    expect(newestOf(all)).toBe('2026-11-10');
    expect(newestOf([])).toBeUndefined();
  });

  test('an hourly wage never finds a monthly one, nor the other way round', () => {
    expect(findJobs(all, { wage: 1_000 }, today)).toEqual([wanted]);
    expect(findJobs(all, { wage: 200_000 }, today)).toHaveLength(3);
    expect(findJobs(all, { wage: 230_000 }, today)).toEqual([]);
  });

  test('what is over is not found, heard of or not', () => {
    const over = [posting({ state: 'closed' }), posting({ expiresOn: '2026-11-20' })];
    expect(findJobs(over, {}, today)).toEqual([]);
    expect(findJobs([posting({ expiresOn: today })], {}, today)).toHaveLength(1);
  });

  test('the form asks only what the search reads', () => {
    expect(Object.keys(searchFields)).toEqual([
      'words',
      'place',
      'occupation',
      'employmentTypes',
      'wage',
      'trialToo',
      'localOnly',
    ]);
  });
});

test('a posting fills the referral form with what the domain takes', () => {
  const fields = fieldsFor({ orgType: 'hw' });
  const values = { ...referralFrom(wanted), issuer: 'hw' };
  const own = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !givenNames.includes(name) || name === 'issuer'),
  );
  expect(parseFields(own, { referralType: 'general', method: 'counter', ...values }).ok).toBe(true);
  expect(values).toMatchObject({ employerName: 'カクウ美装', jobMode: 'combined' });
});

test('wages in words', () => {
  const words = (values: Values) => wageWords(values);
  expect(words({ wageUnit: 'hour', wageFrom: 1_100, wageTo: 1_200 })).toBe('時給1,100〜1,200円');
  expect(words({ wageUnit: 'month', wageFrom: 200_000 })).toBe('月給200,000円');
  expect(words({})).toBe('');
});
