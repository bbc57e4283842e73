/**
 * What a roster would change over the staff that stand: new, changed, coming back, ending, the same. The tablet shows it,
 * the server writes it. Whoever is not in a whole list ends on the day that the supervisor has confirmed, at the counters that the list
 * names and nowhere else; the supervisor herself never does, and nobody while a line cannot be read: it might be hers.
 */
import { stateOf } from '../kind.ts';
import { isInService } from '../kinds/staff.ts';
import { partOf, type Rec } from '../record.ts';
import { isSameValue, text, type Value, type Values } from '../value.ts';
import type { RosterGround, RosterRead, RosterRow } from './roster.ts';
import type { ColumnMap } from './sheet.ts';

export interface RosterChange extends RosterRow {
  readonly set: Values;
  readonly clear: readonly string[];
}

export interface RosterPlan {
  readonly fresh: readonly RosterRow[];
  readonly changed: readonly RosterChange[];
  /** Had left and are in the list again. */
  readonly back: readonly RosterChange[];
  /** In the list with a last day that is past. */
  readonly over: readonly RosterChange[];
  readonly same: number;
  /** Not in the list. */
  readonly ending: readonly Rec[];
}

/** The last day of who is not in the list; undefined where the list is a part and ends nobody. */
export type EndsOn = string | undefined;

export function planRoster(
  read: RosterRead,
  map: ColumnMap,
  endsOn: EndsOn,
  ground: RosterGround,
): RosterPlan {
  const { rows, unread } = read;
  const known = new Map(ground.staff.map((one) => [one.id, one]));
  const told = toldFields(rows, map);
  const fresh = rows.filter((row) => !known.has(row.id));
  const others = rows.flatMap((row) => {
    const before = known.get(row.id);
    return before ? [{ ...row, ...difference(row, told, before, ground.today), before }] : [];
  });
  const isPast = ({ values }: RosterRow) =>
    (text(values['validTo']) ?? ground.today) < ground.today;
  const serving = others.filter(({ before }) => stateOf(before) === 'active');
  const left = others.filter(({ before }) => stateOf(before) !== 'active');
  const isOther = ({ set, clear }: RosterChange) => Object.keys(set).length + clear.length > 0;
  const changed = [...serving.filter((one) => !isPast(one)), ...left.filter(isPast)].filter(
    isOther,
  );
  const back = left.filter((one) => !isPast(one));
  const over = serving.filter(isPast);
  return {
    fresh,
    changed,
    back,
    over,
    same: others.length - changed.length - back.length - over.length,
    ending: endsOn === undefined || unread > 0 ? [] : missing(read, endsOn, ground),
  };
}

/**
 * The mapped fields alone: a column that the file has not says nothing. Nor does one of posts that is empty from top to
 * bottom: whoever sends it knows none, and everybody would lose her people.
 */
function toldFields(rows: readonly RosterRow[], map: ColumnMap): readonly string[] {
  const knowsPosts = rows.some(({ values }) => values['post'] !== undefined);
  const all = ['name', 'kana', 'site', 'role', 'post', 'validFrom', 'validTo'];
  return all.filter((name) => map[name] !== undefined && (name !== 'post' || knowsPosts));
}

/**
 * A first day that is still to come says nothing of whoever serves today: offices renew everybody from 1 April, and nobody
 * is away until then.
 */
function difference(
  { values }: RosterRow,
  told: readonly string[],
  before: Rec,
  today: string,
): Pick<RosterChange, 'set' | 'clear'> {
  const facts = partOf(before, 'facts');
  const isRenewed = isInService(facts, today) && (text(values['validFrom']) ?? today) > today;
  const names = told.filter(
    (name) => !isSameValue(values[name], facts[name]) && !(isRenewed && name === 'validFrom'),
  );
  const set: Record<string, Value> = {};
  for (const name of names) {
    const value = values[name];
    if (value !== undefined) set[name] = value;
  }
  return { set, clear: names.filter((name) => values[name] === undefined) };
}

function missing({ rows, alsoListed }: RosterRead, endsOn: string, ground: RosterGround): Rec[] {
  const listed = new Set([...rows.map((row) => row.id), ...alsoListed]);
  const sites = new Set(rows.map((row) => row.values['site']));
  return ground.staff.filter((one) => {
    const { state, org, site, validTo } = partOf(one, 'facts');
    const isHers = state === 'active' && org === ground.org && one.id !== ground.user;
    const isEnding = (text(validTo) ?? endsOn) < endsOn || validTo === endsOn;
    return isHers && sites.has(text(site)) && !listed.has(one.id) && !isEnding;
  });
}
