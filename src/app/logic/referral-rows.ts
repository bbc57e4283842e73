/**
 * A referral in rows: what was issued, which may go on paper, and apart from it what became of it and the desk's own
 * memos, which never do.
 */
import { codeLabel, type ListName } from '../../domain/codes.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text, texts, type Value } from '../../domain/value.ts';
import { formatDateJa } from '../../domain/wareki.ts';

export interface FactRow {
  readonly label: string;
  readonly text: string;
}

type Pairs = readonly (readonly [string, string | undefined])[];

const filled = (pairs: Pairs): readonly FactRow[] =>
  pairs.flatMap(([label, words]) => (words ? [{ label, text: words }] : []));

/** For the paper too. */
export function issuedRows(record: Rec): readonly FactRow[] {
  const facts = partOf(record, 'facts');
  const shared = partOf(record, 'shared');
  const detail = partOf(record, 'detail');
  const interview = text(shared['interviewOn']);
  const at = text(shared['interviewTime']);
  return filled([
    ['事業所', text(shared['employerName'])],
    ['仕事', text(shared['jobTitle'])],
    ['求人番号', text(detail['hwJobNo'])],
    ['独自求人の番号', text(detail['localJobId'])],
    ['紹介状の番号', text(detail['letterNo'])],
    ['職業分類', label('occupation', facts['occupation'])],
    ['雇用形態', label('employmentType', facts['employmentType'])],
    ['求人の募集', label('jobMode', facts['jobMode'])],
    ['紹介の種類', label('referralType', facts['referralType'])],
    ['面接', interview && [formatDateJa(interview), at].filter(Boolean).join(' ')],
  ]);
}

/** For the desk only. */
export function resultRows(record: Rec): readonly FactRow[] {
  const detail = partOf(record, 'detail');
  const start = text(partOf(record, 'shared')['startDate']);
  const reasons = texts(detail['rejectionReasons']).map((code) =>
    codeLabel('rejectionReason', code),
  );
  return filled([
    ['働きはじめる日', start && formatDateJa(start)],
    ['不調の理由', reasons.join('・')],
    ['だれから聞いたか', label('resultSource', detail['resultSource'])],
    ['労働条件の相違', text(detail['conditionsDiffer'])],
    ['結果のメモ', text(detail['resultNote'])],
    ['連絡メモ', text(detail['contactMemo'])],
  ]);
}

/** What was agreed, from the placement written with the hire. */
export function placementRows(placement: Rec | undefined): readonly FactRow[] {
  const facts = partOf(placement, 'facts');
  const end = text(facts['trialEnd']);
  return filled([
    ['雇用期間', label('employmentTerm', facts['term'])],
    ['決まった雇用形態', label('employmentType', facts['employmentType'])],
    ['トライアル', end && `${formatDateJa(end)}まで`],
  ]);
}

function label(list: ListName, code: Value | undefined): string | undefined {
  const value = text(code);
  return value && codeLabel(list, value);
}
