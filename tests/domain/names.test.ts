import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  digitsOnly,
  formatPostal,
  graphemeLength,
  blotMyNumber,
  hasMyNumber,
  isHwEmployerNo,
  isHwJobNo,
  isHwSeekerNo,
  municipalCode6,
  normaliseNumberText,
  phoneTail,
  searchKey,
  toKanaField,
} from '../../src/domain/names.ts';

describe('searchKey finds one name by the other', () => {
  test.each([
    ['髙 and 高', '髙橋', '高橋'],
    ['﨑 and 崎', '山﨑', '山崎'],
    ['邉 and 辺', '渡邉', '渡辺'],
    ['邊 and 辺', '渡邊', '渡辺'],
    ['濵 and 浜', '濵田', '浜田'],
    ['濱 and 浜', '濱田', '浜田'],
    ['德 and 徳', '德永', '徳永'],
    ['𠮷 and 吉', '𠮷野家', '吉野家'],
    ['齋 and 斉', '齋藤', '斉藤'],
    ['斎 and 齊', '斎藤', '齊藤'],
    ['澤 and 沢', '黒澤', '黒沢'],
    ['廣 and 広', '廣瀨', '広瀬'],
    ['惠 and 恵', '惠子', '恵子'],
    ['國 and 国', '國分', '国分'],
    ['眞 and 真', '眞子', '真子'],
    ['嶋 and 島', '嶋田', '島田'],
    ['嶌 and 島', '嶌田', '島田'],
    ['檜 and 桧', '檜山', '桧山'],
    ['栁 and 柳', '栁田', '柳田'],
    ['圡 and 土', '圡田', '土田'],
    ['compatibility 神', '\uFA19谷', '神谷'],
    ['compatibility 塚', '大\uFA10', '大塚'],
    ['an ideographic variation selector', '葛\u{E0100}城', '葛城'],
    ['a standardised variation selector', '神\uFE00谷', '神谷'],
    ['a zero-width joiner', '佐\u200D藤', '佐藤'],
    ['katakana and hiragana', 'サトウ', 'さとう'],
    ['half-width and full-width kana', 'ｶﾞｳﾞｧ', 'ガヴァ'],
    ['a free-standing dakuten', 'カ゛', 'ガ'],
    ['ヴ in both scripts', 'ヴ', 'ゔ'],
    ['small and large ケ', '龍ヶ崎', '竜ケ崎'],
    ['with and without space', '佐藤　花子', '佐藤花子'],
    ['a long mark', 'ユーコ', 'ゆこ'],
    ['a final long mark', 'メアリー', 'メアリ'],
    ['a full-width hyphen for a long mark', 'ユ－コ', 'ユーコ'],
    ['a hyphen U+2010 for a long mark', 'ユ‐コ', 'ユーコ'],
    ['a minus for a long mark', 'ユ−コ', 'ユーコ'],
    ['a half-width long mark', 'ﾕｰｺ', 'ユーコ'],
    ['a dash for a long mark', 'ユ–コ', 'ユーコ'],
    ['middle dots', 'マリア・ルイサ', 'ﾏﾘｱ･ﾙｲｻ'],
    ['full-width capitals', 'ＭＡＲＩＡ', 'maria'],
  ])('%s', (_title, one, other) => {
    expect(searchKey(one)).toBe(searchKey(other));
  });
});

describe('searchKey keeps apart', () => {
  test.each([
    ['different names', '佐藤', '加藤'],
    ['different readings', 'カトウ', 'ガトウ'],
    ['埼 and 崎', '埼', '崎'],
    ['a hyphen between letters', 'Anne-Marie', 'AnneMarie'],
    ['a hyphen between kana and a digit', 'ア-1', 'ア1'],
    ['a hyphen between digits', '1-11', '11-1'],
  ])('%s', (_title, one, other) => {
    expect(searchKey(one)).not.toBe(searchKey(other));
  });

  test('is idempotent on any text', () => {
    const tricky = fc.string({
      unit: fc.constantFrom(
        ...Array.from('アかガﾊﾞﾟ゛゜ヴヷヽヾーｰ－‐- 　・ヶ髙𠮷邊神ÁİΣ\u3099\u309A\u{E0100}\uFE00'),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), tricky), (text) => {
        expect(searchKey(searchKey(text))).toBe(searchKey(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('toKanaField stores', () => {
  test.each([
    ['katakana as it is', 'サトウ', 'サトウ'],
    ['hiragana as katakana', 'さとう', 'サトウ'],
    ['half-width with dakuten', 'ｶﾞﾊﾟｳﾞ', 'ガパヴ'],
    ['combining dakuten', 'カ\u3099', 'ガ'],
    ['a free-standing dakuten', 'か゛', 'ガ'],
    ['a free-standing handakuten', 'は゜', 'パ'],
    ['hiragana ゔ', 'ゔぃ', 'ヴィ'],
    ['the long mark', 'ユーコ', 'ユーコ'],
    ['a half-width long mark', 'ﾕｰｺ', 'ユーコ'],
    ['a full-width hyphen meant as a long mark', 'ユ－コ', 'ユーコ'],
    ['a final hyphen meant as a long mark', 'メアリ－ スミス', 'メアリー スミス'],
    ['small ヶ', 'リュウヶサキ', 'リュウヶサキ'],
    ['parts with one half-width space', '　さとう　　はなこ ', 'サトウ ハナコ'],
    ['a middle dot', 'マリア・ルイサ', 'マリア・ルイサ'],
    ['alphabet', 'Ａｎｎｅ-Marie O’Brien', 'Anne-Marie O’Brien'],
    ['a single name', 'スカルノ', 'スカルノ'],
    ['iteration marks', 'みすゞ', 'ミスヾ'],
    ['nothing', ' ', ''],
  ])('%s', (_title, text, value) => {
    expect(toKanaField(text)).toEqual({ ok: true, value });
  });
});

describe('toKanaField refuses', () => {
  const kanji = '漢字は使えません。カタカナかひらがなで入れてください。';
  test.each([
    ['kanji', '佐藤', kanji],
    ['kanji among kana', 'サトウ花子', kanji],
    ['kanji beyond the basic plane', '𠮷ノ', kanji],
    ['々', '佐々木', kanji],
    ['digits', 'サトウ2', 'フリガナに「2」は使えません。カタカナで入れてください。'],
    ['a picture', 'サトウ😀', 'フリガナに「😀」は使えません。カタカナで入れてください。'],
  ])('%s', (_title, text, reason) => {
    expect(toKanaField(text)).toEqual({ ok: false, reason });
  });

  test('and what it stores it would store again unchanged', () => {
    const kana = fc.string({
      unit: fc.constantFrom(...Array.from('アかｶﾞﾟ゛ヴーｰ－-‐ 　・ヶゞAｚ')),
    });
    fc.assert(
      fc.property(kana, (text) => {
        const first = toKanaField(text);
        if (first.ok) expect(toKanaField(first.value)).toEqual(first);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('number texts', () => {
  test.each([
    ['full-width digits', '０１１', '011'],
    ['full-width hyphen', '011－211', '011-211'],
    ['hyphen U+2010', '011‐211', '011-211'],
    ['minus', '011−211', '011-211'],
    ['long mark', '011ー211', '011-211'],
    ['half-width long mark', '011ｰ211', '011-211'],
    ['en dash', '011–211', '011-211'],
    ['em dash', '011—211', '011-211'],
    ['leading zeros and edges', '　0011 ', '0011'],
  ])('normaliseNumberText: %s', (_title, text, expected) => {
    expect(normaliseNumberText(text)).toBe(expected);
  });

  test.each([
    ['a land line', '011-211-2111', '0112112111', '2111'],
    ['brackets and full width', '（０１１）２１１ー２１１１', '0112112111', '2111'],
    ['a mobile', '090 1234 5678', '09012345678', '5678'],
    ['too short', '12', '12', '12'],
    ['nothing', '', '', ''],
  ])('phone: %s', (_title, text, digits, tail) => {
    expect(digitsOnly(text)).toBe(digits);
    expect(phoneTail(text)).toBe(tail);
  });

  test.each([
    ['seven digits', '0600001', '060-0001'],
    ['full width with 〒', '〒０６０－０００１', '060-0001'],
    ['a long mark', '060ー0001', '060-0001'],
    ['six digits', '060001', undefined],
    ['a phone number', '011-211-2111', undefined],
    ['misplaced hyphen', '0600-001', undefined],
    ['nothing', '', undefined],
  ])('postal: %s', (_title, text, expected) => {
    expect(formatPostal(text)).toBe(expected);
  });

  test.each([
    ['job and seeker: 5-8', '01010-12345678', true, false],
    ['job and seeker: 5-1', '01010-1', true, false],
    ['one digit too many', '01010-123456789', false, false],
    ['four before the hyphen', '0101-12345678', false, false],
    ['no hyphen', '0101012345678', false, false],
    ['employer: 4-6-1', '0101-123456-7', false, true],
    ['employer: 4-1-1', '0101-1-7', false, true],
    ['employer without check digit', '0101-123456', false, false],
    ['full width is not yet normalised', '０１０１０-1', false, false],
  ])('ハローワーク numbers: %s', (_title, text, job, employer) => {
    expect(isHwJobNo(text)).toBe(job);
    expect(isHwSeekerNo(text)).toBe(job);
    expect(isHwEmployerNo(text)).toBe(employer);
  });

  test.each([
    ['札幌市', '01100', '011002'],
    ['中央区', '01101', '011011'],
    ['北区', '01102', '011029'],
    ['東区', '01103', '011037'],
    ['白石区', '01104', '011045'],
    ['豊平区', '01105', '011053'],
    ['南区', '01106', '011061'],
    ['西区', '01107', '011070'],
    ['厚別区', '01108', '011088'],
    ['手稲区', '01109', '011096'],
    ['清田区', '01110', '011100'],
    ['北海道', '01000', '010006'],
    ['東京都', '13000', '130001'],
    ['新宿区', '13104', '131041'],
    ['北九州市', '40100', '401005'],
    ['six digits already', '011002', undefined],
    ['letters', '0110x', undefined],
  ])('municipal code of %s', (_title, five, expected) => {
    expect(municipalCode6(five)).toBe(expected);
  });
});

describe('hasMyNumber', () => {
  test.each([
    ['bare', '123456789018', true],
    ['in a sentence', '番号は123456789018です', true],
    ['full width', '１２３４５６７８９０１８', true],
    ['in fours with spaces', '1234 5678 9018', true],
    ['in fours with full-width spaces', '１２３４　５６７８　９０１８', true],
    ['in fours with hyphens', '1234-5678-9018', true],
    ['in fours with long marks', '1234ー5678ー9018', true],
    ['in fours with spaced hyphens', '1234 - 5678 - 9018', true],
    ['one box per digit', '1 2 3 4 5 6 7 8 9 0 1 8', true],
    ['uneven groups', '12345678 9018', true],
    ['after another number', '3 123456789018', true],
    ['after a number with hyphens', '10 1234-5678-9018', true],
    ['before another number', '123456789018 25', true],
    ['next to letters', 'No123456789018号', true],
    ['a check digit of nought from remainder 0', '110000000000', true],
    ['a check digit of nought from remainder 1', '200000000000', true],
    ['wrong check digit', '123456789012', false],
    ['part of thirteen digits', '1234567890181', false],
    ['part of thirteen digits, at the end', '9123456789018', false],
    ['eleven digits', '12345678901', false],
    ['over two lines', '123456\n789018', false],
    ['求人番号 of 5+7 digits', '12345-6789018', false],
    ['a phone number and a count', '012-345-6789 11', false],
    ['nothing', '', false],
  ])('%s', (_title, text, expected) => {
    expect(hasMyNumber(text)).toBe(expected);
  });

  test('exactly one check digit fits any eleven digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{11}$/), (eleven) => {
        const fitting = Array.from('0123456789').filter((digit) => hasMyNumber(eleven + digit));
        expect(fitting).toHaveLength(1);
      }),
    );
  });
});

describe('blotMyNumber', () => {
  test('blots the digits of the line that holds one and leaves the others', () => {
    expect(blotMyNumber('3階 1234-5678-9018\n電話 011-000-0000')).toBe(
      '●階 ●●●●-●●●●-●●●●\n電話 011-000-0000',
    );
    expect(blotMyNumber('123456789012')).toBe('123456789012');
  });
});

describe('graphemeLength', () => {
  test.each([
    ['ordinary kanji', '佐藤', 2],
    ['a character beyond the basic plane', '𠮷野', 2],
    ['a variation selector', '葛\u{E0100}城', 2],
    ['combining dakuten', 'カ\u3099', 1],
    ['a family picture', '👨‍👩‍👧', 1],
    ['nothing', '', 0],
  ])('%s', (_title, text, expected) => {
    expect(graphemeLength(text)).toBe(expected);
  });
});
