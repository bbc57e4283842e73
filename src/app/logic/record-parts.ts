/**
 * One record as sections, a part each: its label, who can read it, and its values in words. A part that is not here is not
 * said to be empty: it may be sealed, or meant for others.
 */
import type { Field } from '../../domain/field.ts';
import { personOfPart, type Audience, type Kind, type Part } from '../../domain/kind.ts';
import type { Rec, View } from '../../domain/record.ts';
import { withoutConflicts } from '../../domain/conflict.ts';
import { readersOfItem } from './audience.ts';
import { namesOf } from './names-of.ts';
import { valueWords, type RefWords } from './value-words.ts';

export interface Row {
  readonly label: string;
  readonly words: string;
}

export interface Section {
  readonly part: string;
  readonly label: string;
  readonly readers: string;
  /** Nobody outside the own organisation reads it. */
  readonly isPrivate: boolean;
  readonly rows: readonly Row[];
}

/** Who reads a part, for somebody who writes into it. */
export const audienceWords: Readonly<Record<Audience, string>> = {
  area: '地域のすべての窓口の職員',
  sites: 'この窓口の職員（ほかの組織も。氏名は入りません）',
  card: '自分の組織の職員',
  file: '自分の組織の職員だけ',
  shared: '自分の組織の職員と、同意で伝える相手',
  inbox: '自分の組織の職員と、引継ぎ先',
  org: '自分の組織の職員と、同意を得た相手の組織',
  lead: '自分の組織の責任者と、受けた職員だけ',
};

/** Nobody outside the own organisation. */
export const isPrivate = ({ audience }: Part) => audience === 'file' || audience === 'lead';

/** With the organisations that a live consent names for this person. */
export function readersWords(
  part: Part,
  record: Rec | undefined,
  kind: Kind,
  at: string,
  look: Look,
): string {
  const words = audienceWords[part.audience];
  const person = record && personOfPart(kind, record, at);
  if (part.item === undefined || person === undefined) return words;
  const nameOf = namesOf(look.view.get);
  const others = readersOfItem(person, look.links, part.item).map((org) =>
    nameOf('organisation', org),
  );
  return others.length > 0
    ? `自分の組織の職員と、${others.join('・')}`
    : '自分の組織の職員（いま伝える相手はいません）';
}

export interface Look {
  readonly view: View;
  readonly links: readonly Rec[];
  readonly ref: RefWords;
}

export function sections(kind: Kind, record: Rec, look: Look): readonly Section[] {
  return Object.entries(kind.parts).flatMap(([name, part]) => {
    const values = record.parts[name];
    if (values === undefined) return [];
    const rows = rowsOf(part, withoutConflicts(values), look.ref);
    const readers = readersWords(part, record, kind, name, look);
    return rows.length > 0
      ? [{ part: name, label: part.label, readers, isPrivate: isPrivate(part), rows }]
      : [];
  });
}

/** What the head of the page says already, or what says nothing to people. */
const unsaid = ['state', 'orgType', 'org', 'site', 'date', 'staff'];
const isSaid = (name: string, field: Field) =>
  !unsaid.includes(name) && field.type !== 'id' && field.type !== 'personKey' && !isPerson(field);
const isPerson = (field: Field) => field.type === 'ref' && field.kind === 'seeker';

function rowsOf(part: Part, values: Rec['parts'][string], ref: RefWords): readonly Row[] {
  return Object.entries(part.fields)
    .filter(([name, field]) => values[name] !== undefined && isSaid(name, field))
    .map(([name, field]) => ({ label: field.label, words: valueWords(field, values[name], ref) }));
}

/** Parts that are opened with a logged view. */
export function hasSealed(kind: Kind): boolean {
  return Object.values(kind.parts).some(({ listed }) => !listed);
}
