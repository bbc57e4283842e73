/**
 * What was typed into the search field, carried into a new registration: kanji to 姓名, kana to セイメイ, a date to
 * 生年月日, four digits to the phone's tail. Names are carried exactly as typed; only their division is guessed.
 */
import { normaliseNumberText, toKanaField } from '../../domain/names.ts';
import type { Values } from '../../domain/value.ts';
import { parseDateInput } from '../../domain/wareki.ts';

const onlyKana = /^[\p{Script=Hiragana}\p{Script=Katakana}ー・\s]+$/u;

export function typedPerson(typed: string): Values {
  const text = typed.trim();
  if (text === '') return {};
  const number = normaliseNumberText(text.normalize('NFKC'));
  if (/^\d{4}$/.test(number)) return { phoneTail: number };
  const date = parseDateInput(text);
  if (date.ok) return { birthDate: date.date };
  return /\d/.test(number) ? {} : names(text);
}

function names(text: string): Values {
  const [family = '', ...rest] = text.split(/[\s\u3000]+/u);
  const given = rest.join(' ');
  if (!onlyKana.test(text.normalize('NFKC')))
    return { familyName: family, ...(given ? { givenName: given } : {}) };
  const [familyKana, givenKana] = [toKanaField(family), toKanaField(given)];
  return {
    ...(familyKana.ok ? { familyKana: familyKana.value } : {}),
    ...(given && givenKana.ok ? { givenKana: givenKana.value } : {}),
  };
}
