/** An anonymous answer: what it may hold, and from how many on it is shown. */
import { describe, expect, test } from 'vitest';
import { kinds, kindNamed } from '../../src/domain/kinds/index.ts';
import { fewestSurveys, parseSurvey, shownSurveys } from '../../src/domain/survey.ts';

const answer = { site: 's-1', month: '2026-04', overall: '1', glad: '2', comment: 'よかった' };

describe('an answer', () => {
  test('holds counter, month and words', () => {
    expect(parseSurvey(answer)).toEqual({ ok: true, value: answer });
    const { glad: _, comment: __, ...least } = answer;
    expect(parseSurvey(least)).toEqual({ ok: true, value: least });
  });

  test.each(['person', 'seeker', 'store', 'actor', 'lease', 'visit', 'date', 'answeredAt', 'id'])(
    'with a %s is none',
    (name) => {
      expect(parseSurvey({ ...answer, [name]: 'x' }).ok).toBe(false);
    },
  );

  test.each([
    ['no satisfaction', { overall: undefined }],
    ['a step that is none', { overall: '6' }],
    ['a day for a month', { month: '2026-04-20' }],
    ['no month', { month: '2026-13' }],
    ['a comment that is too long', { comment: 'あ'.repeat(301) }],
    ['a マイナンバー in the comment', { comment: '番号は 123456789018 です' }],
  ])('with %s is refused', (_title, more) => {
    expect(parseSurvey({ ...answer, ...more }).ok).toBe(false);
  });
});

test('it is no kind, so that no verb can put it beside an author or a time', () => {
  expect(kindNamed('survey')).toBeUndefined();
  expect(kinds.map(({ number }) => number)).not.toContain(29);
});

test('a month with few answers is not shown, nor counted with its neighbours', () => {
  const some = (month: string, n: number) =>
    Array.from({ length: n }, (_, at) => ({
      kind: 'survey',
      id: `${month}-${at}`,
      values: { site: 's-1', month, overall: '1' },
    }));
  const few = some('2026-04', fewestSurveys - 1);
  const enough = some('2026-05', fewestSurveys);
  expect(shownSurveys([...few, ...enough])).toEqual(enough);
  const elsewhere = few.map((one) => ({ ...one, values: { ...one.values, site: 's-2' } }));
  expect(shownSurveys([...few, ...elsewhere])).toEqual([]);
});
