/**
 * From a person's opened file to what a handoff would tell: for each shared item the text that would be copied, which
 * staff may edit before sending. Only ticked items leave the page; the rest never reach the arguments (handoff.ts
 * refuses them besides). Items without copied text open what is written from now on, through the link.
 */
import { codeLabel, codesOf, type ListName } from '../../domain/codes.ts';
import { offerFieldsByItem } from '../../domain/kinds/handoff.ts';
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import {
  absences,
  isAbsent,
  isObject,
  text,
  texts,
  type Value,
  type Values,
} from '../../domain/value.ts';
import { formatDateJa } from '../../domain/wareki.ts';

const historyLength = 5;

/** Proposed texts by offer field, from the parts this tablet has opened. */
export function proposedOffer(seeker: Rec | undefined, consultations: readonly Rec[]): Values {
  const card = partOf(seeker, 'card');
  const file = partOf(seeker, 'file');
  const proposed: Record<string, Value | undefined> = {
    familyName: card['familyName'],
    givenName: card['givenName'],
    familyKana: card['familyKana'],
    givenKana: card['givenKana'],
    birthDate: card['birthDate'],
    phone: file['phone'],
    safeContact: safeContactText(file['safeContact']),
    wishesText: wishesText(file['wishes']),
    careersText: careersText(file),
    considerationsText: plainOrAbsence(file['considerations']),
    welfareText: welfareText(partOf(seeker, 'welfare')),
    supportHistory: historyText(consultations),
  };
  const known = Object.entries(proposed).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known) as Values;
}

/** Offer arguments: the ticked items with their texts, nothing else. */
export function offerArgs(items: readonly string[], texts_: Values): Values {
  const names = items.flatMap((item) => offerFieldsByItem[item] ?? []);
  const told = names.flatMap((name) => {
    const value = texts_[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return { items, ...Object.fromEntries(told) };
}

/** Items of the list in its order, with those the person's file has something for. */
export function offerItems(proposed: Values): readonly { item: string; hasText: boolean }[] {
  return codesOf('sharedItem').map(({ code }) => ({
    item: code,
    hasText: (offerFieldsByItem[code] ?? []).some((name) => proposed[name] !== undefined),
  }));
}

export function isFromNowOn(item: string): boolean {
  return offerFieldsByItem[item] === undefined;
}

function labels(list: ListName, codes: Value | undefined): string {
  return texts(codes)
    .map((code) => codeLabel(list, code))
    .join('、');
}

const line = (label: string, value: string | undefined) => (value ? `${label}：${value}` : '');
const joined = (...lines: readonly string[]) => lines.filter(Boolean).join('\n');

function plainOrAbsence(value: Value | undefined): string | undefined {
  return isAbsent(value) ? absences[value.absent] : text(value);
}

export function safeContactText(group: Value | undefined): string {
  if (!isObject(group)) return '';
  const { means, hours, mayNameUs } = group as Values;
  const code = text(means);
  const naming = mayNameUs === true ? '窓口の名を名乗ってよい' : '窓口の名は名乗らない';
  const parts = [code && codeLabel('contactMeans', code), text(hours), naming];
  return parts.filter(Boolean).join('・');
}

function wishesText(group: Value | undefined): string {
  if (!isObject(group)) return '';
  const wishes = group as Values;
  const hours = text(wishes['hours']);
  return joined(
    line(
      '職種',
      [labels('occupation', wishes['occupations']), text(wishes['jobText'])]
        .filter(Boolean)
        .join('、'),
    ),
    line('雇用形態', labels('employmentType', wishes['employmentTypes'])),
    line('勤務地', text(wishes['place'])),
    line(
      '時間',
      [hours && codeLabel('workingHours', hours), text(wishes['hoursText'])]
        .filter(Boolean)
        .join('、'),
    ),
    line('賃金', text(wishes['wage'])),
  );
}

function careersText(file: Values): string {
  const careers = Array.isArray(file['careers']) ? (file['careers'] as readonly Values[]) : [];
  const lines = careers.map((career) =>
    [years(career), text(career['employer']), text(career['job'])].filter(Boolean).join(' '),
  );
  const education = plainOrAbsence(file['education']);
  return joined(
    ...lines,
    line('学歴', education && codeLabel('education', education)),
    line('免許・資格', text(file['licences'])),
  );
}

function years(career: Values): string {
  const [from, to] = [text(career['from'])?.slice(0, 4), text(career['to'])?.slice(0, 4)];
  return from || to ? `${from ?? ''}〜${to ?? ''}` : '';
}

function welfareText(welfare: Values): string {
  return joined(
    line('制度', labels('welfareCategory', welfare['welfareCategories'])),
    line('障害・病気', plainOrAbsence(welfare['disability'])),
    line('担当', text(welfare['welfareOffice'])),
    line('メモ', text(welfare['welfareNote'])),
  );
}

/** Shared summaries only: a private note never leaves its organisation. */
function historyText(consultations: readonly Rec[]): string {
  return consultations
    .filter((record) => stateOf(record) !== 'voided')
    .toSorted((a, b) => (dateOf(a) < dateOf(b) ? 1 : -1))
    .flatMap((record) => {
      const summary = text(partOf(record, 'shared')['summary']);
      const services = labels('serviceCode', partOf(record, 'facts')['services']);
      return summary ? [`${formatDateJa(dateOf(record))} ${services}：${summary}`] : [];
    })
    .slice(0, historyLength)
    .join('\n');
}

const dateOf = (record: Rec) => text(partOf(record, 'facts')['date']) ?? '';
