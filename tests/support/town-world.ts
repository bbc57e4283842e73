/**
 * The situations of the verb cases (tests/support/world.ts), played into a real town: what a case's `given` writes is
 * written by the real sessions of the town's tablets, with the town's ids and, as the town lives in autumn, its days. A
 * record or state that a case puts in place is made by the kind's own verbs; anything else put in place cannot be played.
 */
import type { Session } from '../../src/device/types.ts';
import { addDays, addMonths, daysBetween } from '../../src/domain/date.ts';
import { stateOf, type Kind, type Verb } from '../../src/domain/kind.ts';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import { codesOf } from '../../src/domain/codes.ts';
import { offerFieldsByItem } from '../../src/domain/kinds/handoff.ts';
import { isObject, text, texts, type Value, type Values } from '../../src/domain/value.ts';
import { verbCases } from '../domain/verb-cases.ts';
import type { Given } from '../domain/verb-cases/case.ts';
import type { Place, Town } from './device-town.ts';
import { createWorld, now, today, World, type ActorName } from './world.ts';

interface Written {
  readonly verb: string;
  readonly args: Values;
  readonly as: ActorName;
}

/** `verb` is a kind here: whatever leads it to the state. */
interface Reached extends Written {
  readonly reach: string;
}

/** Remembers what is written to it, and what was put in place besides. */
class Recorder extends World {
  written: (Written | Reached)[] = [];
  unplayable: string[] = [];
  private readonly isStrict: boolean;

  constructor(isStrict = false) {
    super();
    this.isStrict = isStrict;
  }

  override must(verb: string, args: unknown, as: ActorName, more = {}): void {
    if (Object.keys(more).length > 0) this.unplayable.push(`${verb} at another time`);
    this.written.push({ verb, args: args as Values, as }); // cases write plain values
    super.must(verb, args, as, more);
  }

  override set(...given: Parameters<World['set']>): void {
    const [kind, id, part, { state, ...rest }] = given;
    const isNew = this.view.get(kind, id) === undefined;
    if (part === 'facts' && typeof state === 'string')
      this.written.push({ verb: kind, args: { id }, as: 'system', reach: state });
    // More is agreed in this town from the beginning.
    const isAgreed =
      !this.isStrict && kind === 'link' && Object.keys(rest).every((name) => name === 'linkItems');
    if (
      !isAgreed &&
      (part !== 'facts' || ((this.isStrict || !isNew) && Object.keys(rest).length > 0))
    )
      this.unplayable.push(`${kind}/${part}`);
    super.set(...given);
  }
}

const names: Readonly<Record<string, string>> = {
  'o-city': 'sapporo-city',
  'o-hw': 'hw-sapporo-higashi',
  's-shiroishi': 'shiroishi',
  's-toyohira': 'toyohira',
  'st-city': 'shiroishi-city1',
  'st-city-head': 'shiroishi-citysv',
  'st-hw': 'shiroishi-hw1',
  'st-hw-head': 'shiroishi-hwsv',
  'st-toyohira': 'toyohira-city1',
  'st-hw-toyohira': 'toyohira-hw1',
};

export const sitting: Readonly<Partial<Record<ActorName, readonly [staff: string, site: string]>>> =
  {
    cityCounsellor: ['shiroishi-city1', 'shiroishi'],
    citySupervisor: ['shiroishi-citysv', 'shiroishi'],
    hwCounsellor: ['shiroishi-hw1', 'shiroishi'],
    hwSupervisor: ['shiroishi-hwsv', 'shiroishi'],
    cityElsewhere: ['toyohira-city1', 'toyohira'],
    hwElsewhere: ['toyohira-hw1', 'toyohira'],
  };

export class TownWorld {
  private readonly town: Town;
  private readonly places: ReadonlyMap<ActorName, Place>;
  /** What every world begins with; the area itself is the town's own. */
  private readonly base: readonly Written[];
  /** Records of the base that all cases share; hires are used up, so that every case has its own. */
  private readonly shared: ReadonlySet<string>;
  private last: ActorName | undefined;
  private readonly made = new Map<string, ReadonlySet<string>>();

  constructor(town: Town, places: ReadonlyMap<ActorName, Place>) {
    this.town = town;
    this.places = places;
    const recorder = new Recorder();
    createWorld(recorder);
    const area = ['organisation', 'site', 'staff'];
    this.base = recorder.written
      .filter(({ verb }) => !area.includes(verb.split('.')[0] ?? ''))
      .map(agreeingToAll);
    this.shared = new Set(this.base.filter((one) => !isUsedUp(one)).flatMap(idsIn));
  }

  at(as: ActorName): Place {
    const place = this.places.get(as);
    if (!place) throw new Error(`nobody in town is ${as}`);
    return place;
  }

  session(as: ActorName): Session {
    const open = this.at(as).tab.tablet.session.peek();
    if (!open) throw new Error(`${as} has locked`);
    return open;
  }

  today(): string {
    return this.town.area.today();
  }

  /** Ids that a case makes itself get a mark of their own. */
  id(one: string, mark: string): string {
    const isOwn = this.made.get(mark)?.has(one) && !this.shared.has(one);
    return names[one] ?? (isOwn ? `${one}-${mark}` : one);
  }

  told(values: Values, mark: string): Values {
    return mapped(values, (value) => this.tell(value, mark));
  }

  familyName(person: Value | undefined): string {
    const found = this.base.find(({ args }) => args['id'] === person && 'familyName' in args);
    return text(found?.args['familyName']) ?? '佐藤';
  }

  async begin(): Promise<void> {
    // What the counter's own stream would write, somebody at the counter does.
    for (const one of this.base)
      await this.write(one.as === 'counter' ? { ...one, as: 'cityCounsellor' } : one, '');
  }

  /**
   * Why it cannot be played; undefined when it stands. Strictly: only as it is put, with no more agreed and no other record
   * in its place.
   */
  async play(given: Given, mark: string, isStrict = false): Promise<string | undefined> {
    await this.turnTo(undefined);
    const recorder = new Recorder(isStrict);
    createWorld(recorder);
    const before = recorder.written.length;
    given.given?.(recorder);
    const played = recorder.written.slice(before);
    const fresh = this.freshFor([given, ...played]);
    this.made.set(mark, new Set([...fresh, ...played].flatMap(idsIn)));
    if (recorder.unplayable.length > 0) return recorder.unplayable.join('、');
    for (const one of [...fresh, ...played])
      for (const step of isReached(one) ? await this.stepsTo(one, mark) : [one])
        await this.write(step, mark);
    return undefined;
  }

  private freshFor(all: readonly Pick<Written, 'args'>[]): readonly Written[] {
    const said = all.map(({ args }) => JSON.stringify(args)).join('');
    const kinds = Object.entries(usedUp).filter(([, ids]) => ids.test(said));
    return this.base.filter(({ verb }) => kinds.some(([kind]) => verb.startsWith(kind)));
  }

  /** The cases of the kind's own moves, one after the other. */
  private async stepsTo(
    { verb: name, args, reach }: Reached,
    mark: string,
  ): Promise<readonly Written[]> {
    const record = await this.anywhere(name, this.id(text(args['id']) ?? '', mark));
    const kind = kindNamed(name);
    const making = Object.values(kind?.verbs ?? {}).find(({ shape }) => shape?.does === 'create');
    const path = pathTo(kind, stateOf(record) ?? firstState(kind), reach);
    if (!path) throw new Error(`no way from ${stateOf(record)} to ${reach} of ${name}`);
    const steps = [...(record || !making ? [] : [making]), ...path].map((verb): Written => {
      const found = verbCases[verb.name]?.allowed;
      if (!found) throw new Error(`${verb.name} has no case`);
      return { verb: verb.name, args: { ...found.args, id: args['id'] ?? '' }, as: found.as };
    });
    this.made.set(mark, new Set([...(this.made.get(mark) ?? []), ...steps.flatMap(idsIn)]));
    return steps;
  }

  private async anywhere(kind: string, id: string) {
    await this.turnTo(undefined);
    for (const [as, place] of this.places) {
      await place.tab.tablet.syncNow();
      const found = this.session(as).get(kind, id);
      if (found) return found;
    }
    return undefined;
  }

  private async write({ verb, args, as }: Written, mark: string): Promise<void> {
    await this.turnTo(as);
    const result = await this.session(as).write(verb, this.told(args, mark));
    if (!result.ok) throw new Error(`${verb} by ${as}: ${JSON.stringify(result.problem)}`);
  }

  /** Whoever acts next sees what the one before has written. */
  async turnTo(as: ActorName | undefined): Promise<void> {
    if (as === this.last) return;
    if (this.last !== undefined) await this.at(this.last).tab.tablet.syncNow();
    if (as !== undefined) await this.at(as).tab.tablet.syncNow();
    this.last = as;
  }

  private tell(value: Value, mark: string): Value {
    const days = daysBetween(today, this.town.area.today());
    if (typeof value === 'number')
      return value > 1e12 ? value + this.town.area.clock.now - now : value;
    if (typeof value === 'string') return moved(this.id(value, mark), days);
    if (Array.isArray(value)) return value.map((item: Value) => this.tell(item, mark));
    return isObject(value) ? this.told(value as Values, mark) : value; // an object among Values
  }
}

export async function openTownWorld(town: Town): Promise<TownWorld> {
  const places = new Map<ActorName, Place>();
  for (const [as, [staff, site]] of Object.entries(sitting)) {
    const place = await town.tablet(site);
    await place.enrol(staff);
    places.set(as as ActorName, place); // a key of `sitting`
  }
  const world = new TownWorld(town, places);
  await world.begin();
  await world.turnTo(undefined);
  return world;
}

/** Hires are planned for once, links end: every case that speaks of them has its own. */
const usedUp = { 'referral.': /"(rf|pl)-/, 'handoff.': /"(ho|co|li)-/ } as const;
const isUsedUp = ({ verb }: Written) => Object.keys(usedUp).some((kind) => verb.startsWith(kind));

/** Whatever can be told from now on is consented to. */
function agreeingToAll(one: Written): Written {
  if (one.verb !== 'handoff.offer') return one;
  const later = codesOf('sharedItem').filter(({ code }) => !(code in offerFieldsByItem));
  const items = [...texts(one.args['items']), ...later.map(({ code }) => code)];
  return { ...one, args: { ...one.args, items: [...new Set(items)] } };
}

const firstState = (kind: Kind | undefined) => Object.keys(kind?.states ?? {})[0] ?? '';

const isReached = (one: Written | Reached): one is Reached => 'reach' in one;

/** Ids that a write makes: `id`, and the new… that some verbs take. */
function idsIn({ args }: Written): readonly string[] {
  return Object.entries(args).flatMap(([name, value]) =>
    (name === 'id' || name.startsWith('new')) && typeof value === 'string' ? [value] : [],
  );
}

function moved(value: string, days: number): string {
  if (/^\d{4}-\d{2}$/.test(value))
    return addMonths(`${value}-01`, Math.round(days / 30)).slice(0, 7);
  return value.replaceAll(/\d{4}-\d{2}-\d{2}/g, (date) => addDays(date, days));
}

const mapped = (values: Values, change: (value: Value) => Value): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

function pathTo(kind: Kind | undefined, from: string, to: string): readonly Verb[] | undefined {
  const ways: { state: string; path: readonly Verb[] }[] = [{ state: from, path: [] }];
  const seen = new Set([from]);
  for (const { state, path } of ways) {
    if (state === to) return path;
    for (const verb of Object.values(kind?.verbs ?? {})) {
      const next = stateAfter(verb, state);
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      ways.push({ state: next, path: [...path, verb] });
    }
  }
  return undefined;
}

function stateAfter({ shape, may }: Verb, state: string): string | undefined {
  if (shape?.does === 'void') return 'voided';
  const isStep = shape?.does === 'move' && shape.from.includes(state) && may !== 'clock.expire';
  return isStep ? shape.to : undefined;
}
