/**
 * What a reference can be set to: records of its kind that this tablet holds, not voided, those nearest first. Where the
 * kind is about a person, hers alone; of links, the live ones.
 */
import { codeLabel } from '../../domain/codes.ts';
import { stateOf, type Kind } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { partOf, type Actor, type Rec } from '../../domain/record.ts';
import { texts } from '../../domain/value.ts';
import { formatDateJa } from '../../domain/wareki.ts';
import { namesOf, type NameOf } from './names-of.ts';
import { recordsAbout } from './person.ts';
import { dateOf } from './record-list.ts';
import { groupOf, isPersonal, needsPerson } from './record-kinds.ts';

export interface Around {
  readonly all: (kind: string) => readonly Rec[];
  readonly get: (kind: string, id: string) => Rec | undefined;
  readonly actor: Actor;
}

export interface Option {
  readonly id: string;
  readonly words: string;
}

export function refOptions(
  kind: string,
  seeker: string | undefined,
  around: Around,
): readonly Option[] {
  return candidates(kind, seeker, around)
    .toSorted((a, b) => nearness(a, around) - nearness(b, around) || laterFirst(a, b))
    .map((record) => ({ id: record.id, words: optionWords(record, around) }));
}

function candidates(kind: string, seeker: string | undefined, around: Around): readonly Rec[] {
  // A closed counter takes nothing new; its successor stands in the list.
  const out = kind === 'site' ? ['voided', 'closed'] : ['voided'];
  const all = around.all(kind).filter((record) => !out.includes(stateOf(record) ?? ''));
  const about = needsPerson(kind)
    ? recordsAbout(all, seeker ?? '', around.all('link'), around.all('seeker'))
    : all;
  // What has ended lets nothing across.
  return kind === 'link' ? about.filter((record) => stateOf(record) === 'live') : about;
}

/** What is going on before what has ended; of places and people, the own ones. */
function nearness(record: Rec, { actor }: Around): number {
  const { org, site } = partOf(record, 'facts');
  const kind = kindNamed(record.kind);
  const isOver = kind !== undefined && groupOf(kind, record) !== 'open';
  const isNear = record.id === actor.site || record.id === actor.org || record.id === actor.user;
  return (isOver ? 8 : 0) + (isNear ? 0 : site === actor.site ? 1 : org === actor.org ? 2 : 3);
}

function laterFirst(a: Rec, b: Rec): number {
  const kind = kindNamed(a.kind);
  const [first, second] = kind ? [dateOf(kind, a), dateOf(kind, b)] : ['', ''];
  return first === second ? (a.id < b.id ? -1 : 1) : first < second ? 1 : -1;
}

export function optionWords(record: Rec, { get, actor }: Pick<Around, 'get' | 'actor'>): string {
  const kind = kindNamed(record.kind);
  const nameOf = namesOf(get);
  const { org, site } = partOf(record, 'facts');
  const summary = kind?.summary(record) || '（名前なし）';
  if (record.kind === 'link') return linkWords(record, actor, nameOf);
  if (record.kind === 'staff')
    return `${summary}（${nameOf('organisation', org)}・${nameOf('site', site)}）`;
  const more = kind ? moreWords(kind, record) : '';
  return more ? `${summary}（${more}）` : summary;
}

/** What tells alike ones apart: their day where they go by one, and what has become of them. */
function moreWords(kind: Kind, record: Rec): string {
  const date = kind.sort !== undefined || isPersonal(kind) ? dateOf(kind, record) : '';
  const isOver = groupOf(kind, record) !== 'open';
  const state = isOver || isPersonal(kind) ? kind.states?.[stateOf(record) ?? ''] : undefined;
  return [date && formatDateJa(date), state].filter(Boolean).join('・');
}

/** With whom, and what may be told: what the verb will ask of it. */
function linkWords(record: Rec, actor: Pick<Actor, 'org'>, nameOf: NameOf): string {
  const { org, site, toOrg, toSite } = partOf(record, 'facts');
  const other = org === actor.org ? [toOrg, toSite] : [org, site];
  const items = texts(partOf(record, 'ties')['linkItems']);
  const place = `${nameOf('organisation', other[0])}・${nameOf('site', other[1])}`;
  return `${place}（${items.map((item) => codeLabel('sharedItem', item)).join('・')}）`;
}
