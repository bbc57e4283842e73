/**
 * The story of one person, newest first: everything this tablet holds about her from both organisations within consent.
 * It reports who, when and which organisation; own private notes come apart from what the other side reads too.
 * Nothing is filtered here for permission: a part that may not be seen is not on the tablet.
 */
import { codeLabel, type ListName } from '../../domain/codes.ts';
import { formatDateJa } from '../../domain/wareki.ts';
import { stateOf } from '../../domain/kind.ts';
import { kindLabel } from '../../domain/kind-labels.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { isObject, text, texts, type Value, type Values } from '../../domain/value.ts';
import type { NameOf } from './names-of.ts';
import { personKinds } from './record-kinds.ts';
import { uuidTime } from './uuid-time.ts';

export interface TimelineLine {
  readonly label: string;
  readonly text: string;
  /** Never leaves the own organisation. */
  readonly isPrivate: boolean;
}

export interface TimelineItem {
  readonly record: Rec;
  readonly kind: string;
  readonly label: string;
  readonly title: string;
  readonly date: string;
  readonly at: number | undefined;
  readonly state: string | undefined;
  readonly who: string;
  readonly place: string;
  /** Written by the actor's organisation, which alone corrects it. */
  readonly isOwn: boolean;
  readonly isVoided: boolean;
  readonly voidReason: string | undefined;
  readonly lines: readonly TimelineLine[];
}

export function timeline(records: readonly Rec[], org: string, nameOf: NameOf): TimelineItem[] {
  return records
    .filter((record) => told.includes(record.kind))
    .map((record) => itemOf(record, org, nameOf))
    .sort(newestFirst);
}

/** The kinds that make up her story; those of the shelves besides. */
export const told: readonly string[] = [
  'visit',
  'consultation',
  'handoff',
  'referral',
  'placement',
  'registration',
  'consent',
  ...personKinds,
];

function newestFirst(a: TimelineItem, b: TimelineItem): number {
  if (a.date !== b.date) return a.date < b.date ? 1 : -1;
  const [first, second] = [a.at ?? 0, b.at ?? 0];
  return first === second ? (a.record.id < b.record.id ? 1 : -1) : second - first;
}

function itemOf(record: Rec, org: string, nameOf: NameOf): TimelineItem {
  const facts = partOf(record, 'facts');
  const kind = kindNamed(record.kind);
  const state = stateOf(record);
  const reason = text(facts['voidReason']);
  return {
    record,
    kind: record.kind,
    label: kindLabel(record.kind),
    title: record.kind === 'consent' ? '情報を伝える同意' : (kind?.summary(record) ?? ''),
    date: text(facts['date']) ?? '',
    at: momentOf(record),
    state: state && kind?.states?.[state],
    who: nameOf('staff', facts['staff']),
    place: placeOf(record, facts, nameOf),
    isOwn: facts['org'] === org,
    isVoided: state === 'voided',
    voidReason: reason && codeLabel('voidReason', reason),
    lines: linesOf(record, nameOf),
  };
}

/** The act's own time where it has one, else the moment its id was made. */
function momentOf(record: Rec): number | undefined {
  const facts = partOf(record, 'facts');
  const times = [facts['arrivedAt'], facts['startedAt'], facts['issuedAt'], uuidTime(record.id)];
  return times.find((time) => typeof time === 'number');
}

function placeOf(record: Rec, facts: Values, nameOf: NameOf): string {
  if (record.kind === 'visit') return nameOf('site', facts['site']);
  return `${nameOf('organisation', facts['org'])}・${nameOf('site', facts['site'])}`;
}

const shown = (label: string, value: string | undefined): TimelineLine[] =>
  value ? [{ label, text: value, isPrivate: false }] : [];

function linesOf(record: Rec, nameOf: NameOf): TimelineLine[] {
  switch (record.kind) {
    case 'consultation':
      return consultationLines(record);
    case 'handoff':
      return handoffLines(record, nameOf);
    case 'referral':
      return referralLines(record);
    case 'placement':
      return placementLines(record);
    case 'registration':
      return registrationLines(record);
    case 'consent':
      return consentLines(record, nameOf);
    default:
      return sortLine(record);
  }
}

/** Of the shelves' kinds, the day that they go by where it is not the day of writing. */
function sortLine(record: Rec): TimelineLine[] {
  const kind = kindNamed(record.kind);
  const day = kind?.sort && text(partOf(record, 'facts')[kind.sort]);
  const field = kind?.parts['facts']?.fields[kind.sort ?? ''];
  return day && field ? shown(field.label, formatDateJa(day)) : [];
}

function consultationLines(record: Rec): TimelineLine[] {
  const { summary, next } = partOf(record, 'shared');
  const notes = text(partOf(record, 'private')['notes']);
  return [
    ...shown('まとめ', text(summary)),
    ...(notes ? [{ label: '自分の組織だけのメモ', text: notes, isPrivate: true }] : []),
    ...shown('次回', nextText(next)),
  ];
}

export function nextText(next: Value | undefined): string | undefined {
  if (!isObject(next) || typeof next['date'] !== 'string') return undefined;
  const { date, time, purpose } = next as Values;
  return [formatDateJa(text(date) ?? ''), text(time), text(purpose)].filter(Boolean).join(' ');
}

function handoffLines(record: Rec, nameOf: NameOf): TimelineLine[] {
  const { toOrg, toSite, returnReason } = partOf(record, 'facts');
  const { result, returnNote } = partOf(record, 'answer');
  const returned = [label('returnReason', returnReason), text(returnNote)].filter(Boolean);
  return [
    ...shown('あて先', `${nameOf('organisation', toOrg)}・${nameOf('site', toSite)}`),
    ...shown('伝えたいこと', text(partOf(record, 'offer')['message'])),
    ...shown('差し戻し', returned.join(' ')),
    ...shown('結果', text(result)),
  ];
}

function label(list: ListName, code: Value | undefined): string | undefined {
  const value = text(code);
  return value && codeLabel(list, value);
}

function referralLines(record: Rec): TimelineLine[] {
  const { occupation, employmentType } = partOf(record, 'facts');
  const { jobTitle, interviewOn, interviewTime } = partOf(record, 'shared');
  const { hwJobNo, rejectionReasons } = partOf(record, 'detail');
  const job = [text(jobTitle), label('employmentType', employmentType)].filter(Boolean).join('・');
  const day = text(interviewOn);
  return [
    ...shown('仕事', job || label('occupation', occupation)),
    ...shown('求人番号', text(hwJobNo)),
    ...shown('面接', day && [formatDateJa(day), text(interviewTime)].filter(Boolean).join(' ')),
    ...shown(
      '理由',
      texts(rejectionReasons)
        .map((code) => codeLabel('rejectionReason', code))
        .join('・'),
    ),
  ];
}

function placementLines(record: Rec): TimelineLine[] {
  const { startDate, employmentType, term } = partOf(record, 'facts');
  const start = text(startDate);
  const kind = [label('employmentType', employmentType), label('employmentTerm', term)];
  return [
    ...shown('はじまり', start && formatDateJa(start)),
    ...shown('雇用', kind.filter(Boolean).join('・')),
  ];
}

function registrationLines(record: Rec): TimelineLine[] {
  const { hwSeekerNo, validTo } = partOf(record, 'detail');
  const until = text(validTo);
  return [
    ...shown('求職番号', text(hwSeekerNo)),
    ...shown('有効期限', until && formatDateJa(until)),
  ];
}

function consentLines(record: Rec, nameOf: NameOf): TimelineLine[] {
  const { toOrg, toSite, expiresOn } = partOf(record, 'facts');
  const items = texts(partOf(record, 'terms')['items']);
  const until = text(expiresOn);
  return [
    ...shown('伝える相手', `${nameOf('organisation', toOrg)}・${nameOf('site', toSite)}`),
    ...shown('項目', items.map((item) => codeLabel('sharedItem', item)).join('・')),
    ...shown('期限', until && formatDateJa(until)),
  ];
}
