import { describe, expect, test } from 'vitest';
import { createKanaListener, kanaFieldFor } from '../../src/app/form/auto-kana.ts';
import { adviceFor, isWholeText, partsOf, valueOf } from '../../src/app/form/date-parts.ts';
import { readInstant, readInteger, readTime } from '../../src/app/form/text-widgets.tsx';
import { jstTimeOfDay } from '../../src/domain/date.ts';
import type { Fields } from '../../src/domain/field.ts';

describe('dates', () => {
  const of = (era: string, year: string, month: string, day: string) =>
    valueOf({ era, year, month, day });

  test.each([
    ['昭和', '40', '4', '1', '1965-04-01'],
    ['西暦', '1965', '4', '1', '1965-04-01'],
    ['令和', '元', '5', '1', '2019-05-01'],
    ['平成', '３１', '４', '３０', '2019-04-30'],
  ])('%s %s年%s月%s日 is %s', (era, year, month, day, iso) => {
    expect(of(era, year, month, day)).toBe(iso);
  });

  test.each(['S40.4.1', '昭和40年4月1日', '19650401', '1965-04-01', 'S400401'])(
    'a whole date %s in the year field is taken',
    (typed) => {
      expect(of('令和', typed, '', '')).toBe('1965-04-01');
    },
  );

  test.each(['40.4.1', '40年4月1日'])('%s beside a chosen era takes that era', (typed) => {
    expect(of('昭和', typed, '', '')).toBe('1965-04-01');
  });

  test.each([
    ['S40.4.1', true],
    ['昭和64年1月9日', true],
    ['19650401', true],
    ['40', false],
    ['1965', false],
    ['40.4', false],
  ])('%s is answered at the field: %s', (typed, isWhole) => {
    expect(isWholeText(typed)).toBe(isWhole);
  });

  test('a day outside its era is kept as typed, with the reason', () => {
    const value = of('昭和', '64', '1', '8') ?? '';
    expect(value).toBe('昭和64年1月8日');
    expect(adviceFor(value)?.isProblem).toBe(true);
  });

  test('nothing typed is no value', () => {
    expect(of('令和', '', '', '')).toBeUndefined();
  });

  test.each(['1965-04-01', '昭和64年1月8日'])('%s can be taken apart and put together', (value) => {
    expect(valueOf(partsOf(value, '令和'))).toBe(value);
  });
});

describe('kana from what was typed', () => {
  const fields: Fields = {
    familyName: { type: 'text', label: '姓', max: 40 },
    familyKana: { type: 'kana', label: 'セイ', max: 60 },
    summary: { type: 'text', label: 'まとめ', max: 40 },
  };
  const say = (...composed: string[]) => {
    const listener = createKanaListener(() => '');
    for (const text of composed) listener.onUpdate(text);
    return listener;
  };

  test('the field is found by its name', () => {
    expect(kanaFieldFor(fields, 'familyName')).toBe('familyKana');
    expect(kanaFieldFor(fields, 'summary')).toBeUndefined();
  });

  test('the reading before conversion becomes katakana', () => {
    expect(say('y', 'や', 'やm', 'やまd', 'やまだ', '山田').onEnd('山田', '山田')).toBe('ヤマダ');
  });

  test('a second composition is appended', () => {
    const listener = createKanaListener(() => 'サ');
    listener.onUpdate('とう');
    listener.onUpdate('藤');
    expect(listener.onEnd('藤', '佐藤')).toBe('サトウ');
  });

  test('a name left in kana is its own reading', () => {
    expect(say('さくら').onEnd('さくら', 'さくら')).toBe('サクラ');
  });

  test('prediction or handwriting gives no reading, and nothing is made up', () => {
    expect(say().onEnd('齋藤', '齋藤')).toBeUndefined();
  });

  test('a cancelled composition gives nothing; an emptied field gives an empty reading', () => {
    expect(say('やま').onEnd('', '佐藤')).toBeUndefined();
    expect(say('やま').onEnd('', '')).toBe('');
  });
});

describe('numbers and times', () => {
  test.each([
    ['１２', 12],
    ['12', 12],
    ['', undefined],
    ['十二', '十二'],
    ['-1', '-1'],
  ])('%s reads as %s', (typed, value) => {
    expect(readInteger(typed)).toBe(value);
  });

  test.each([
    ['1405', '14:05'],
    ['905', '09:05'],
    ['１４：０５', '14:05'],
    ['14時5分', '14:05'],
    ['25:00', '25:00'],
    ['午後', '午後'],
  ])('%s reads as %s', (typed, value) => {
    expect(readTime(typed)).toBe(value);
  });

  test('a time of day falls on the Japanese day of the instant', () => {
    const lateEvening = Date.parse('2026-11-20T14:30:00Z');
    const read = readInstant('0905', lateEvening);
    expect(read).toBe(Date.parse('2026-11-20T00:05:00Z'));
    expect(jstTimeOfDay(Number(read))).toBe('09:05');
    expect(readInstant('ひるごろ', lateEvening)).toBe('ひるごろ');
  });
});
