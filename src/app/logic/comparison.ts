/** Two registrations line by line, in words: what neither says is left out, and only what both say can differ. */
import { searchKey } from '../../domain/names.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { formatDateJa } from '../../domain/wareki.ts';
import type { NameOf } from './names-of.ts';
import { lastVisits, personCard } from './person.ts';

export interface Side {
  readonly seeker: Rec;
  readonly about: readonly Rec[];
}

export interface Compared {
  readonly label: string;
  readonly left: string;
  readonly right: string;
  readonly differs: boolean;
}

type Line = readonly [label: string, of: (side: Side) => string, isTold?: 'told'];

export function comparison(
  left: Side,
  right: Side,
  today: string,
  nameOf: NameOf,
): readonly Compared[] {
  const rows = linesFor(today, nameOf).map(([label, of, isTold]) => {
    const [one, other] = [of(left), of(right)];
    const bothSay = one !== '' && other !== '' && isTold === undefined;
    return { label, left: one, right: other, differs: bothSay && !isAlike(one, other) };
  });
  return rows.filter((row) => row.left !== '' || row.right !== '');
}

/** Width, 異体字 and spaces are no difference between two people. */
function isAlike(one: string, other: string): boolean {
  return searchKey(one) === searchKey(other);
}

/** The last ones tell which registration is in use; that they are not the same means nothing. */
function linesFor(today: string, nameOf: NameOf): readonly Line[] {
  const card = (side: Side) => personCard(side.seeker, today);
  const file = (name: string) => (side: Side) => text(partOf(side.seeker, 'file')[name]) ?? '';
  return [
    ['氏名', (side) => card(side).name],
    ['フリガナ', (side) => card(side).kana],
    ['通称・旧姓', (side) => card(side).alias ?? ''],
    ['生年月日', (side) => card(side).birth ?? ''],
    ['電話の下4けた', (side) => card(side).phoneTail ?? ''],
    ['電話', file('phone')],
    ['住所', file('address')],
    ['求職番号', file('hwSeekerNo')],
    ['担当席', file('post'), 'told'],
    ['登録', (side) => registered(side, nameOf), 'told'],
    ['記録', (side) => `${side.about.length}件`, 'told'],
    ['最近の来所', lastVisit, 'told'],
  ];
}

function registered({ seeker }: Side, nameOf: NameOf): string {
  const { date, site } = partOf(seeker, 'facts');
  const day = text(date);
  return [day && formatDateJa(day), nameOf('site', site)].filter(Boolean).join(' ');
}

function lastVisit({ seeker, about }: Side): string {
  const day = lastVisits(about.filter((one) => one.kind === 'visit')).get(seeker.id);
  return day === undefined ? '' : formatDateJa(day);
}
