/** Bytes and their texts: what is hashed and signed must read the same everywhere, for ever. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonical,
  concat,
  fromBase64Url,
  fromUtf8,
  toBase64Url,
  utf8,
} from '../../src/sync/bytes.ts';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('base64url', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(bytes, (input) => {
        expect(fromBase64Url(toBase64Url(input))).toEqual(input);
      }),
    );
  });

  test("is Node's own, without padding", () => {
    fc.assert(
      fc.property(bytes, (input) => {
        expect(toBase64Url(input)).toBe(Buffer.from(input).toString('base64url'));
      }),
    );
  });

  test.each(['A', 'AAAAA', 'AA==', 'AA+A', 'AA/A', 'A A', 'あ'])('%j is none', (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });

  test('of nothing is nothing', () => {
    expect(toBase64Url(new Uint8Array())).toBe('');
    expect(fromBase64Url('')).toEqual(new Uint8Array());
  });
});

describe('canonical', () => {
  test.each([
    [{ b: 1, a: [true, 'x'], c: undefined }, '{"a":[true,"x"],"b":1}'],
    [{ Z: 1, a: 2, _: 3, あ: 4, '10': 5, '9': 6 }, '{"10":5,"9":6,"Z":1,"_":3,"a":2,"あ":4}'],
    // By UTF-16 code unit (RFC 8785), where the surrogates of 𠮷 come before 﨑.
    [{ 﨑: 1, 𠮷: 2 }, '{"𠮷":2,"﨑":1}'],
    [{ a: null, b: {} }, '{"a":null,"b":{}}'],
    [{ a: { b: undefined, c: [1, 'x'] }, d: 2 }, '{"a":{"c":[1,"x"]},"d":2}'],
    [{ a: [{ c: 1, b: 2 }], d: 'x' }, '{"a":[{"b":2,"c":1}],"d":"x"}'],
    [JSON.parse('{"__proto__":1,"a":2}'), '{"__proto__":1,"a":2}'],
    [JSON.parse('{"a":2,"__proto__":1}'), '{"__proto__":1,"a":2}'],
    [{ a: '\ud800', b: '"' }, '{"a":"\\ud800","b":"\\""}'],
    [{ b: '\ud800', a: '"' }, '{"a":"\\"","b":"\\ud800"}'],
    ['改行\n"', '"改行\\n\\""'],
    [-0, '0'],
  ])('%j → %s', (value, text) => {
    expect(canonical(value)).toBe(text);
  });

  const value = fc.jsonValue({ noUnicodeString: false }).filter((json) => json !== null);

  test('says the same as JSON, and the same again after a journey', () => {
    fc.assert(
      fc.property(value, (json) => {
        const text = canonical(json);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(json)));
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        const reversed = Object.fromEntries(Object.entries(object).toReversed());
        expect(canonical(reversed)).toBe(canonical(object));
      }),
    );
  });
});

test('concat and UTF-8', () => {
  expect(concat(utf8('𠮷'), new Uint8Array(), utf8('a'))).toEqual(
    new Uint8Array([0xf0, 0xa0, 0xae, 0xb7, 0x61]),
  );
  expect(fromUtf8(utf8('髙﨑'))).toBe('髙﨑');
  expect(() => fromUtf8(new Uint8Array([0xff]))).toThrow(TypeError);
});
