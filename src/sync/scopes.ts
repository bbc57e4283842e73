/**
 * Scopes are audiences (design.md §6.1). A part's scopes follow from its declared audience and from where its person is
 * at hand; a device's scopes follow from the lease and the server's date. A replica is the parts that share a scope with
 * the device: windows are scopes with dates in them, so they pass by themselves.
 *
 *   area                          organisations, sites, staff, targets, plans, events
 *   facts:<site>:<half-year>      nameless facts of a site
 *   org:<org>:<half-year>         firms and the like, of one organisation and of whom the firm lets know
 *   card:<org>:<site>:<half-year> people of an organisation seen at a site
 *   day:<org>:<site>:<date>       whole files of those at hand that day
 *   open:<org>:<site>             files with an open handoff
 *   post:<org>:<post>             the caseload of a post; what two organisations call alike is not the same
 *   inbox:<org>:<site>            handoffs addressed to a desk and not finished
 *   lead:<org>  own:<org>:<staff> what supervisors and its author alone see (complaints, disclosure requests)
 */
import { addDays } from '../domain/date.ts';
import { peopleOf, personAt, personOfPart, stateOf, type Kind, type Part } from '../domain/kind.ts';
import { openStates } from '../domain/kinds/handoff.ts';
import { partOf, sitesOf, type Actor, type Rec } from '../domain/record.ts';
import { text, type Values } from '../domain/value.ts';

export const maxScopes = 32;

/** What is known of a person at the moment of judging; the server reads it from the records themselves. */
export interface Person {
  readonly org: string;
  /** Caseloads: of every registration that was merged with this one. */
  readonly posts: readonly string[];
  /** Days at hand: arrivals, registrations, appointments. */
  readonly days: readonly { readonly site: string; readonly date: string }[];
  /** Sites of her organisation with an open handoff about her. */
  readonly openAt: readonly string[];
  readonly links: readonly {
    readonly id: string;
    readonly other: string;
    readonly items: readonly string[];
    /** True where this person is the one whose organisation tells. */
    readonly isSender: boolean;
    /** The day it began: what was written before it was not consented to as 「これから」. */
    readonly since: string;
  }[];
}

export type People = (id: string) => Person | undefined;

export function halfYear(date: string): string {
  return `${date.slice(0, 4)}H${date.slice(5, 7) <= '06' ? 1 : 2}`;
}

export function scopesOfPart(kind: Kind, record: Rec, part: string, people: People): string[] {
  const declared = kind.parts[part];
  if (!declared || record.parts[part] === undefined) return [];
  if (kind.retired?.includes(stateOf(record) ?? '')) return [];
  return [...new Set(audienceScopes(kind, declared, record, part, people))].sort();
}

function audienceScopes(
  kind: Kind,
  declared: Part,
  record: Rec,
  part: string,
  people: People,
): string[] {
  const facts = partOf(record, 'facts');
  const id = personOfPart(kind, record, part);
  const person = id === undefined ? undefined : people(id);
  switch (declared.audience) {
    case 'area':
      // What the area knows may besides be counted for a counter (events).
      return ['area', ...factScopes(kind, facts)];
    case 'sites':
      return [
        ...factScopes(kind, facts),
        ...(person ? withFile(kind, declared, record, person, people) : []),
        ...withFirm(kind, record),
      ];
    case 'org':
      return orgScopes(facts);
    case 'card':
      return person ? [...cardScopes(person), ...fileScopes(person)] : [];
    case 'file':
      return person ? fileScopes(person) : ownDesk(kind, record);
    case 'shared':
      return person
        ? [...fileScopes(person), ...linkedScopes(person, declared, record, people)]
        : ownDesk(kind, record);
    case 'inbox':
      return [
        ...(person ? fileScopes(person) : ownDesk(kind, record)),
        ...inboxScopes(facts, record),
      ];
    case 'lead':
      return leadScopes(facts);
  }
}

function factScopes(kind: Kind, facts: Values): string[] {
  const date = text(facts['date']) ?? '';
  return kind.siteFields.flatMap((field) => {
    const site = text(facts[field]);
    return site ? [`facts:${site}:${halfYear(date)}`] : [];
  });
}

/**
 * Facts that name whose they are go with her file, with that of whoever else the record is about, and with what of the
 * record crosses: it means little without its day.
 */
function withFile(
  kind: Kind,
  declared: Part,
  record: Rec,
  person: Person,
  people: People,
): string[] {
  const told = Object.values(kind.parts).filter(
    (part) => part.audience === 'shared' && part.person === declared.person,
  );
  const others = (kind.persons ?? []).flatMap((path) => {
    const other = people(personAt(record, path) ?? '');
    return other ? [other] : [];
  });
  return [
    ...[person, ...others].flatMap(fileScopes),
    ...told.flatMap((part) => linkedScopes(person, part, record, people)),
  ];
}

/** Facts of a firm's go wherever the firm goes; those that are about a person besides do not. */
function withFirm(kind: Kind, record: Rec): string[] {
  if (peopleOf(kind, record).length > 0) return [];
  const isTold = Object.entries(kind.parts).some(
    ([name, part]) => part.audience === 'org' && record.parts[name] !== undefined,
  );
  return isTold ? orgScopes(partOf(record, 'facts')) : [];
}

/** About no person: one's own organisation, and another one from the day on which the firm agreed to it. */
function orgScopes({ org, toOrg, consentedOn, date, state }: Values): string[] {
  const half = halfYear(text(date) ?? '');
  const isTold = text(consentedOn) !== undefined && state !== 'voided';
  return [org, isTold ? toOrg : undefined].flatMap((one) => {
    const name = text(one);
    return name ? [`org:${name}:${half}`] : [];
  });
}

function cardScopes(person: Person): string[] {
  return person.days.map(({ site, date }) => `card:${person.org}:${site}:${halfYear(date)}`);
}

function fileScopes(person: Person): string[] {
  return [
    ...person.days.map(({ site, date }) => `day:${person.org}:${site}:${date}`),
    ...person.openAt.map((site) => `open:${person.org}:${site}`),
    ...person.posts.map((post) => `post:${person.org}:${post}`),
  ];
}

/**
 * Through a live link a shared part is where the other organisation's own file of the person is. Its items are those of
 * 「これから」: records of the link's first day and after. What was before is told in the offer's own words or not at all.
 * Without an item it is the link itself or its consent, which tell nothing to whoever is linked otherwise. What was voided
 * is shown at home alone.
 */
function linkedScopes(person: Person, declared: Part, record: Rec, people: People): string[] {
  const facts = partOf(record, 'facts');
  const date = text(facts['date']) ?? '';
  if (facts['state'] === 'voided') return [];
  return person.links.flatMap((link) => {
    const other = people(link.other);
    const item = declared.item && (link.isSender ? declared.item : `${declared.item}Back`);
    const isAgreed =
      item === undefined
        ? [record.id, facts['link']].includes(link.id)
        : link.items.includes(item) && date >= link.since;
    return other && isAgreed ? fileScopes(other) : [];
  });
}

function inboxScopes(facts: Values, record: Rec): string[] {
  const isOpen = openStates.includes(stateOf(record) ?? '');
  return isOpen ? [`inbox:${text(facts['toOrg'])}:${text(facts['toSite'])}`] : [];
}

function leadScopes({ org, takenBy }: Values): string[] {
  const [home, author] = [text(org), text(takenBy)];
  if (!home) return [];
  return [`lead:${home}`, ...(author ? [`own:${home}:${author}`] : [])];
}

/** Records about nobody known stay with the desk that wrote them, for the day or while they are open. */
function ownDesk(kind: Kind, record: Rec): string[] {
  const facts = partOf(record, 'facts');
  const [org, site, date] = [text(facts['org']), text(facts['site']), text(facts['date'])];
  if (!org || !site) return [];
  const isOpen = kind.atHand?.states.includes(stateOf(record) ?? '');
  return [`day:${org}:${site}:${date}`, ...(isOpen ? [`open:${org}:${site}`] : [])];
}

/**
 * Twenty-four months of cards in half-years, this and the last half-year of facts, today and tomorrow at hand: of her counter
 * and of the one it took over. With two such it would be more than `maxScopes`: a counter takes over one.
 */
export function scopesOfActor(
  actor: Pick<Actor, 'org' | 'site' | 'alsoSites' | 'post'> & Partial<Pick<Actor, 'role' | 'user'>>,
  today: string,
): string[] {
  const { org, post, role, user } = actor;
  const sites = sitesOf(actor);
  const halves = [4, 3, 2, 1, 0].map((steps) => halfBefore(today, steps));
  const tomorrow = addDays(today, 1);
  const scopes = ['area'];
  // In order as they come, but for two counters.
  for (const site of sites) {
    for (const half of halves) scopes.push(`card:${org}:${site}:${half}`);
    scopes.push(`day:${org}:${site}:${today}`, `day:${org}:${site}:${tomorrow}`);
    for (const half of halves.slice(3)) scopes.push(`facts:${site}:${half}`);
    scopes.push(`inbox:${org}:${site}`);
  }
  if (role === 'supervisor') scopes.push(`lead:${org}`);
  for (const site of sites) scopes.push(`open:${org}:${site}`);
  for (const half of halves) scopes.push(`org:${org}:${half}`);
  if (user) scopes.push(`own:${org}:${user}`);
  if (post) scopes.push(`post:${org}:${post}`);
  return sites.length > 1 ? scopes.sort() : scopes;
}

function halfBefore(date: string, steps: number): string {
  const index = Number(date.slice(0, 4)) * 2 + (date.slice(5, 7) <= '06' ? 0 : 1) - steps;
  return `${Math.floor(index / 2)}H${(index % 2) + 1}`;
}
