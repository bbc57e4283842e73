/** A file of postings as a feed would bring it, with plainly fictional employers. */
export const feedHead =
  '求人番号,受付年月日,紹介期限日,事業所名,職種,職業分類,雇用形態,求人区分,就業場所,賃金形態,賃金下限,賃金上限,就業時間,休日,加入保険,定年,トライアル併用,採用人数,仕事の内容';

export interface FeedLine {
  readonly no?: string;
  readonly received?: string;
  readonly expires?: string;
  readonly employer?: string;
  readonly title?: string;
  readonly occupation?: string;
  readonly wage?: string;
  readonly mode?: string;
}

export function feedLine(at: number, line: FeedLine = {}): string {
  const number = line.no ?? `01040-${at}`;
  return [
    number,
    line.received ?? '2026/11/02',
    line.expires ?? '令和9年1月31日',
    line.employer ?? `架空商会${at}`,
    line.title ?? '事務員',
    line.occupation ?? '06',
    '正社員',
    '1',
    '札幌市白石区',
    '月給',
    line.wage ?? '"190,000円"',
    '230000',
    '9:00〜17:30',
    '土日',
    '雇用・労災',
    '60歳',
    line.mode ?? '',
    '2',
    '窓口の受付',
  ].join(',');
}

export function feedFile(lines: readonly string[], end = '\r\n'): Uint8Array {
  return new TextEncoder().encode([feedHead, ...lines].join(end) + end);
}
