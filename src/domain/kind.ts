/**
 * What a kind of record is. One file per kind declares parts, verbs and states; rows on the tablet, forms, columns,
 * checks, audit and server rows follow from the declaration. A part is the unit of audience, sealing, key, eviction
 * and conflict: nothing is filtered inside one. Field names are unique across a kind's parts, so arguments are flat.
 */
import type { Fields } from './field.ts';
import type { Follows } from './follows.ts';
import type { Action, Relation } from './permission.ts';
import type { Problem } from './problem.ts';
import type { Actor, Change, Moment, Rec, Ref, View } from './record.ts';
import type { Values } from './value.ts';

/**
 * Who receives a part (turned into scopes by src/sync/scopes.ts):
 * area = every staff member of the sharing area · sites = staff of the sites in `siteFields`; facts only, and with the file of
 * the person whom the part names, however old, and with what of the record crosses; where they name none, with the firm's part ·
 * org = staff of the organisation that wrote it, for what is about no person (a firm); and of `toOrg` from `consentedOn` on ·
 * card = own organisation's staff where the person was seen in 24 months · file = own organisation while the person
 * is at hand (today, tomorrow, open handoff, caseload) · shared = file, and the linked organisation's like it ·
 * inbox = file, and the addressed organisation while the handoff is open · lead = own organisation's supervisors and who wrote it
 * (`facts.takenBy`), wherever they sit.
 */
export type Audience = 'area' | 'sites' | 'org' | 'card' | 'file' | 'shared' | 'inbox' | 'lead';

export interface Part {
  readonly label: string;
  readonly audience: Audience;
  /** Kept in memory after unlock; other parts are opened one by one, with a logged view. */
  readonly listed: boolean;
  readonly fields: Fields;
  /** Whose part it is: 'id' (the record is the person) or 'part.field' naming a reference. Keys the sealing and scopes. */
  readonly person?: string;
  /** Fields that make sense only with each other: they merge, conflict and are settled as one. */
  readonly together?: readonly (readonly string[])[];
  /** Shared item (code list) that a link's consent must name for the part to cross; 'Back' is appended towards the sender. */
  readonly item?: string;
}

/** For screens that draw a kind from its declaration: `from` = the states in which a transition may be offered. */
export type VerbShape =
  | { readonly does: 'create' | 'amend' | 'void'; readonly anyOrg?: true }
  | {
      readonly does: 'move';
      readonly from: readonly string[];
      readonly to: string;
      readonly anyOrg?: true;
    };

export interface Verb {
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly may: Action;
  /** What it does to its record; a verb of no common shape has none and needs a screen of its own. */
  readonly shape?: VerbShape;
  readonly args: Fields;
  /** Records needed; asked again with what was found until nothing is missing (at most four rounds). */
  readonly reads: (args: Values, view: View) => readonly Ref[];
  /** The people whose files are touched, for the relation column of the permission table. */
  readonly people?: (args: Values, view: View, actor: Actor) => readonly string[];
  readonly check?: (args: Values, view: View, actor: Actor, moment: Moment) => Problem | undefined;
  /** What it does to other records follows from how they stand when judged, whatever its author saw of them. */
  readonly prevails?: true;
  readonly witnesses?: Witnesses;
  /** What it chooses between is no longer open: of what stands by then it writes nothing over. */
  readonly isLate?: (args: Values, view: View) => boolean;
  readonly beside?: Beside;
  readonly copies?: Copies;
  readonly apply: (args: Values, view: View, actor: Actor, moment: Moment) => readonly Change[];
}

/** Says only what was seen: in one of these states, whatever came between, it is in, and changes nothing. */
export interface Witnesses {
  readonly past: readonly string[];
  /** Whose it is to say so. */
  readonly check: NonNullable<Verb['check']>;
}

/** Arguments that its form begins with as a part of another record tells them: to be read only as long as that part may be. */
export interface Copies {
  readonly kind: string;
  readonly part: string;
  /** The argument that names the record. */
  readonly of: string;
  readonly args: readonly string[];
  /** The field that tells one, where it has another name. */
  readonly fields: Readonly<Record<string, string>>;
  /** A record that never tells any of it: all of it is her own. */
  readonly isSilent: (record: Rec | undefined) => boolean;
}

/** What an author saw, by record and part. */
export type Seen = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the form of a correction asks and another record holds. */
export interface Beside {
  /** Its name among the arguments. */
  readonly asks: string;
  readonly shows: (id: string, view: View) => Values;
  /** Of that record, what whoever was shown these values saw: the base of what they write there. */
  readonly seen: (id: string, shown: Values, view: View) => readonly Change[];
  /** Of what is written there, what its author changed; `base` is what she saw, by record and part. */
  readonly said: (changes: readonly Change[], base: Seen) => readonly Change[];
  /** Why it cannot be written over what was shown. */
  readonly refuses: (args: Values, shown: Values, view: View) => Problem | undefined;
}

export interface Rule {
  readonly level: 'error' | 'warning';
  readonly fields: readonly string[];
  readonly breaks: (values: Values) => string | undefined;
}

/**
 * `round`: the field of `facts` by which one time that it was sent is told from the next. Where that is empty, the
 * first is told from the next by `back`, which is filled from then on; later ones are not told apart.
 */
export interface Looked {
  readonly states: Readonly<Record<string, string>>;
  readonly round: string;
  readonly back: string;
}

/** Where the general record screens list a kind; one with screens of its own has no shelf. */
export type Shelf = 'person' | 'services' | 'jobs' | 'firms' | 'events' | 'plans' | 'rights';

/** `date` = the day it is due; `word` = what to do, as on a button (「就業を確かめる」). */
export interface Due {
  readonly date: string;
  /** Listed from this day on; from `date` itself where absent. */
  readonly from?: string;
  readonly word: string;
  /** HH:MM, for what is kept at an hour. */
  readonly time?: string;
}

export interface Kind {
  readonly name: string;
  /** Permanent number used in sealed rows; never reused. */
  readonly number: number;
  readonly label: string;
  readonly retention: 'area' | 'count' | 'case' | 'placement';
  readonly parts: Readonly<Record<string, Part>>;
  /** State name → Japanese label, when `facts.state` is a machine. */
  readonly states?: Readonly<Record<string, string>>;
  /** Fields of `facts` that name the sites whose staff see them. */
  readonly siteFields: readonly string[];
  /** Further people, beside those of the parts ('part.field'). */
  readonly persons?: readonly string[];
  /** True where a change moves audiences (presence, links, caseload): the people's parts are re-scoped. */
  readonly moves: boolean;
  /** Dates of `facts` on which its people are at hand at `facts.site`: an arrival, an appointment. */
  readonly days?: readonly string[];
  /** While in one of the states, the record keeps each person (path 'part.field') at hand at the site its field names. */
  readonly atHand?: {
    readonly states: readonly string[];
    readonly sites: Readonly<Record<string, string>>;
    /** A person's side of it is over once this value ('part.field') stands, whatever the state. */
    readonly until?: Readonly<Record<string, string>>;
  };
  /** A state, and the one that it becomes when somebody has merely looked: whoever goes on from the first is not overtaken. */
  readonly looked?: Looked;
  /** In one of these states no tablet holds the record any more; its facts stay on the server. */
  readonly retired?: readonly string[];
  readonly rules?: readonly Rule[];
  /** Fields whose values follow from others': chosen as one with them (follows.ts). */
  readonly follows?: Readonly<Record<string, Follows>>;
  /** While one of a person's is in one of these states, forms make her no second; two desks that have not met yet can. */
  readonly oneIn?: readonly string[];
  readonly shelf?: Shelf;
  /** The date field of `facts` by which lists are ordered, newest first; 'date' where none is named. */
  readonly sort?: string;
  /** Where a record's id follows from what it is about, so that two who make it meet in it. */
  readonly idFor?: (args: Values, actor: Actor) => string;
  readonly summary: (record: Rec) => string;
  readonly searchKeys?: (record: Rec) => readonly string[];
  /** Why it waits for somebody, and since or until when: listed in 今日 from that day on. Nothing when it is done. */
  readonly due?: (record: Rec, today: string) => Due | undefined;
  readonly verbs: Readonly<Record<string, Verb>>;
}

export type { Relation };

export function allFields(kind: Pick<Kind, 'parts'>): Fields {
  return Object.assign({}, ...Object.values(kind.parts).map((part) => part.fields)) as Fields;
}

export function stateOf(record: Rec | undefined): string | undefined {
  const state = record?.parts['facts']?.['state'];
  return typeof state === 'string' ? state : undefined;
}

export function personAt(record: Rec, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  if (path === 'id') return record.id;
  const [part = '', field = ''] = path.split('.');
  const id = record.parts[part]?.[field];
  return typeof id === 'string' ? id : undefined;
}

export function personOfPart(
  kind: Pick<Kind, 'parts'>,
  record: Rec,
  part: string,
): string | undefined {
  return personAt(record, kind.parts[part]?.person);
}

/** The seekers a record is about, each once, in the order of the parts. */
export function peopleOf(kind: Pick<Kind, 'parts' | 'persons'>, record: Rec): string[] {
  const ids: string[] = [];
  const add = (path: string | undefined) => {
    const id = personAt(record, path);
    if (id !== undefined && !ids.includes(id)) ids.push(id);
  };
  for (const part in kind.parts) add(kind.parts[part]?.person);
  for (const path of kind.persons ?? []) add(path);
  return ids;
}
