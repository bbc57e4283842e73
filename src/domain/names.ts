/**
 * Names and number texts as people write them. A name is stored exactly as entered, never
 * normalised: NFC already turns the legal name 神 (U+FA19) into 神. Only keys for finding are folded.
 * Owns the search key, the furigana form, and the written forms of phone, postal, ハローワーク and
 * municipal numbers (全国地方公共団体コード, check digit as published by 総務省; JIS X 0401/0402).
 * Owns no My Number (番号法20条 forbids keeping it here) and only detects one in free text
 * (check digit: 平成26年総務省令85号5条).
 */
export type KanaField =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: string };

// Each group starts with the form that stands for all of them in a search key.
const VARIANT_GROUPS =
  '高髙 崎﨑嵜 辺邉邊 浜濵濱 徳德 吉𠮷 斉斎齋齊 沢澤 広廣 恵惠 国國 真眞 島嶋嶌 桧檜 瀬瀨 柳栁 ' +
  '土圡𡈽 竜龍 滝瀧 桜櫻 条條 蔵藏 栄榮 寿壽 学學 関關 実實 礼禮 静靜 円圓 渋澁澀 万萬 弥彌 黒黑 ' +
  '横橫 清淸 青靑 増增 曽曾 巌巖 厳嚴 与與 豊豐 館舘 槙槇 園薗 会會 郷鄕鄉 来來 峰峯 凛凜 糸絲 富冨 ' +
  '薮藪籔 鶴靏鸖 鴎鷗 塩鹽 禄祿 遥遙 尭堯 乗乘 亜亞 剣劍劔釼 桑桒 船舩 淵渕渊 荘莊 騨驒 頼賴 緒緖 ' +
  '芦蘆 野埜 鉄鐵鐡 聡聰 総總 為爲 教敎 戸戶 歩步 毎每 晋晉 枡桝 珍珎 県縣 萌萠 蒋蔣 蛍螢 覚覺 誉譽 ' +
  '譲讓 村邨 間閒 顕顯 橋𣘺 丈𠀋';

const STANDARD_FORMS = new Map(
  VARIANT_GROUPS.split(' ').flatMap((group) => {
    const [standard = '', ...variants] = group;
    return variants.map((variant): [string, string] => [variant, standard]);
  }),
);

const HYPHENS = '\\-‐‑‒–—―−－─﹣ーｰ';
const ANY_HYPHEN = new RegExp(`[${HYPHENS}]`, 'g');
const KANA = 'ぁ-ゖゝゞァ-ヺヽヾ\u3099\u309A';
const LONG_MARK = new RegExp(`(?<=[${KANA}])(?:[${HYPHENS}]+(?=[${KANA}])|ー+)`, 'g');
const LONG_MARK_LOOKALIKE = new RegExp(`(?<=[${KANA}ー])[${HYPHENS}](?=[${KANA}ー]|\\s|$)`, 'g');
const INVISIBLE = /[\s\u200B\u200C\p{Variation_Selector}]|\u200D/gu;
const MIDDLE_DOT = /[・·•‧⋅]/g;
const OUTSIDE_KANA_FIELD = /[^ァ-ヺヽヾー・\p{Script=Latin} '’.-]/u;

export function searchKey(text: string): string {
  const folded = foldOnce(text);
  // What a long mark stood between may now join: folded again until nothing moves.
  return folded === text ? folded : searchKey(folded);
}

function foldOnce(text: string): string {
  const plain = composeVoicing(text).toLowerCase().replace(INVISIBLE, '').replace(MIDDLE_DOT, '');
  const standard = Array.from(plain.normalize('NFKC'), (c) => STANDARD_FORMS.get(c) ?? c).join('');
  // ヶ and ケ are written for each other (龍ヶ崎, 竜ケ崎), likewise ヵ and カ.
  const hiragana = katakanaToHiragana(standard).replaceAll('ゖ', 'け').replaceAll('ゕ', 'か');
  return hiragana.replace(LONG_MARK, '').normalize('NFKC');
}

// A free-standing ゛ or ゜ would become a space plus a mark under NFKC, so it is joined first.
function composeVoicing(text: string): string {
  return text.replaceAll('゛', '\u3099').replaceAll('゜', '\u309A').normalize('NFKC');
}

function katakanaToHiragana(text: string): string {
  return text.replace(/[ァ-ヶヽヾ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
}

function hiraganaToKatakana(text: string): string {
  return text.replace(/[ぁ-ゖゝゞ]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60));
}

/** What a furigana field stores: full-width katakana, parts divided by one half-width space. */
export function toKanaField(text: string): KanaField {
  const katakana = hiraganaToKatakana(composeVoicing(text)).replace(LONG_MARK_LOOKALIKE, 'ー');
  const value = katakana.replace(/\s+/g, ' ').trim();
  if (/\p{Script=Han}/u.test(value)) {
    return { ok: false, reason: '漢字は使えません。カタカナかひらがなで入れてください。' };
  }
  const odd = OUTSIDE_KANA_FIELD.exec(value);
  if (odd === null) return { ok: true, value };
  return { ok: false, reason: `フリガナに「${odd[0]}」は使えません。カタカナで入れてください。` };
}

export function normaliseNumberText(text: string): string {
  const halfWidth = text.replace(/[\uFF01-\uFF5E]/g, (c) =>
    String.fromCharCode(c.charCodeAt(0) - 0xfee0),
  );
  return halfWidth.replace(ANY_HYPHEN, '-').trim();
}

export function digitsOnly(text: string): string {
  return normaliseNumberText(text).replace(/[^0-9]/g, '');
}

export function phoneTail(text: string): string {
  return digitsOnly(text).slice(-4);
}

export function formatPostal(text: string): string | undefined {
  const found = /^〒?\s*(\d{3})-?(\d{4})$/.exec(normaliseNumberText(text));
  return found === null ? undefined : `${found[1]}-${found[2]}`;
}

export function isHwSeekerNo(text: string): boolean {
  return /^\d{5}-\d{1,8}$/.test(text);
}

export function isHwJobNo(text: string): boolean {
  return /^\d{5}-\d{1,8}$/.test(text);
}

export function isHwEmployerNo(text: string): boolean {
  return /^\d{4}-\d{1,6}-\d$/.test(text);
}

export function municipalCode6(five: string): string | undefined {
  if (!/^\d{5}$/.test(five)) return undefined;
  const remainder = weightedSum(five, [6, 5, 4, 3, 2]) % 11;
  return `${five}${(11 - remainder) % 10}`;
}

function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

/** Errs towards a false alarm: any grouping counts, as long as one kind of separator is kept. */
export function hasMyNumber(text: string): boolean {
  // No sign becomes two.
  if (text.length < 12) return false;
  const plain = normaliseNumberText(text)
    .replace(/[ \t\u3000\u00A0]+/g, ' ')
    .replace(/ ?-[ -]*/g, '-');
  const spaced = plain.match(/\d+(?: \d+)*/g) ?? [];
  const hyphened = plain.match(/\d+(?:-\d+)*/g) ?? [];
  return [...spaced, ...hyphened].some((run) => twelveDigitsIn(run).some(hasMyNumberCheckDigit));
}

/** The same text with the digits of such numbers blotted out, for drafts: not even those may keep one. */
export function blotMyNumber(text: string): string {
  if (!hasMyNumber(text)) return text;
  return text
    .split('\n')
    .map((line) => (hasMyNumber(line) ? line.replace(/[0-9０-９]/g, '●') : line))
    .join('\n');
}

function twelveDigitsIn(run: string): readonly string[] {
  // 求人番号 and 求職番号 of 5+7 digits also make twelve, and are everyday text at a desk.
  if (/^\d{5}-\d{7}$/.test(run)) return [];
  const groups = run.split(/[ -]/);
  const joins = groups.flatMap((_, from) =>
    Array.from({ length: 12 }, (_each, last) => groups.slice(from, from + last + 1).join('')),
  );
  return joins.filter((digits) => digits.length === 12);
}

function hasMyNumberCheckDigit(twelve: string): boolean {
  const remainder = weightedSum(twelve, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return Number(twelve[11]) === (remainder <= 1 ? 0 : 11 - remainder);
}

/** Length as people count it: 𠮷, or 葛 with a variation selector, is one. */
export function graphemeLength(text: string): number {
  return Array.from(new Intl.Segmenter('ja').segment(text)).length;
}
