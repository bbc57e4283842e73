/**
 * Search over the postings that this tablet holds: words anywhere in a posting (かな and widths folded), class, place, wage,
 * employment, 併用. All of it runs in memory, so that it works without a line; keys are folded once per posting.
 */
import type { Fields } from '../../domain/field.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { searchKey } from '../../domain/names.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { flag, integer, text, texts, type Values } from '../../domain/value.ts';

/** What may be asked, as a form draws it. */
export const searchFields: Fields = {
  words: { type: 'text', label: 'ことば', max: 100, hint: '仕事・会社・内容・求人番号' },
  place: { type: 'text', label: '就業場所', max: 40 },
  occupation: { type: 'choice', list: 'occupation', label: '職業分類' },
  employmentTypes: { type: 'choices', list: 'employmentType', label: '雇用形態' },
  wage: {
    type: 'integer',
    label: '賃金（これ以上）',
    hint: '1万円までは時給、それより上は月給とみます',
    min: 0,
    max: 10_000_000,
    unit: '円',
  },
  trialToo: { type: 'flag', label: 'トライアルで応募できるもの（併用・専用）' },
  localOnly: { type: 'flag', label: '独自求人だけ' },
};

const hourlyLimit = 10_000;

interface Folded {
  readonly words: string;
  readonly place: string;
}

const folded = new WeakMap<Rec, Folded>();

function foldedOf(record: Rec): Folded {
  const known = folded.get(record);
  if (known) return known;
  const keys = kindNamed('jobPosting')?.searchKeys?.(record) ?? [];
  const made = {
    words: keys.map(searchKey).join('\n'),
    place: searchKey(text(partOf(record, 'facts')['place']) ?? ''),
  };
  folded.set(record, made);
  return made;
}

/** Open postings that fit, the newest first; one whose date has passed is over, heard of or not. */
export function findJobs(records: readonly Rec[], asked: Values, today: string): readonly Rec[] {
  const words = (text(asked['words']) ?? '')
    .split(/[\s　]+/)
    .map(searchKey)
    .filter(Boolean);
  const place = searchKey(text(asked['place']) ?? '');
  return records
    .filter((record) => isLive(record, today) && fits(partOf(record, 'facts'), asked))
    .filter((record) => {
      const keys = foldedOf(record);
      return words.every((word) => keys.words.includes(word)) && keys.place.includes(place);
    })
    .toSorted((a, b) => later(receivedOn(a), receivedOn(b)));
}

/** ISO dates, ten thousand of them at every key: compared as they are. */
const later = (a: string, b: string) => (a === b ? 0 : a < b ? 1 : -1);

const receivedOn = (record: Rec) => text(partOf(record, 'facts')['receivedOn']) ?? '';

/** The day of the newest posting. */
export function newestOf(records: readonly Rec[]): string | undefined {
  const newest = records.reduce((best, record) => {
    const day = receivedOn(record);
    return day > best ? day : best;
  }, '');
  return newest || undefined;
}

function isLive(record: Rec, today: string): boolean {
  const { state, expiresOn } = partOf(record, 'facts');
  return state === 'open' && (text(expiresOn) ?? today) >= today;
}

function fits(facts: Values, asked: Values): boolean {
  const types = texts(asked['employmentTypes']);
  return (
    (!asked['occupation'] || facts['occupation'] === asked['occupation']) &&
    (types.length === 0 || types.includes(text(facts['employmentType']) ?? '')) &&
    (!flag(asked['trialToo']) ||
      ['combined', 'trialOnly'].includes(text(facts['jobMode']) ?? '')) &&
    (!flag(asked['localOnly']) || facts['source'] === 'local') &&
    paysAtLeast(facts, integer(asked['wage']) ?? 0)
  );
}

/** A posting that says no wage is not hidden by one that is asked only where the unit fits: it says nothing. */
function paysAtLeast(facts: Values, least: number): boolean {
  if (least === 0) return true;
  const unit = least <= hourlyLimit ? 'hour' : 'month';
  const best = integer(facts['wageTo']) ?? integer(facts['wageFrom']);
  return facts['wageUnit'] === unit && best !== undefined && best >= least;
}

export function wageWords(facts: Values): string {
  const units: Readonly<Record<string, string>> = {
    month: '月給',
    day: '日給',
    hour: '時給',
    year: '年俸',
  };
  const from = integer(facts['wageFrom']);
  const to = integer(facts['wageTo']);
  const yen = (value: number | undefined) => value?.toLocaleString('ja-JP') ?? '';
  if (from === undefined && to === undefined) return '';
  const range = from === to || to === undefined ? yen(from) : `${yen(from)}〜${yen(to)}`;
  return `${units[text(facts['wageUnit']) ?? ''] ?? ''}${range}円`;
}

/** What a referral to this posting begins with. */
export function referralFrom(record: Rec): Values {
  const facts = partOf(record, 'facts');
  const taken = [
    'hwJobNo',
    'localJobId',
    'employerName',
    'occupation',
    'employmentType',
    'jobCategory',
    'jobMode',
  ];
  const same = taken.flatMap((name) => {
    const value = facts[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const title = text(facts['jobTitle'])?.slice(0, 100);
  return { ...Object.fromEntries(same), ...(title ? { jobTitle: title } : {}) };
}
