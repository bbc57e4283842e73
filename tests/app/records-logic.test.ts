/** The rules behind the general record screens: lists, what is open, what is offered, forms that lose nothing. */
import { describe, expect, test } from 'vitest';
import { argsOf } from '../../src/app/form/form-values.ts';
import { argsFor, formFields, formSections, valuesNow } from '../../src/app/logic/record-form.ts';
import { groupOf, isOpenState, personField } from '../../src/app/logic/record-kinds.ts';
import { byGroup, listed } from '../../src/app/logic/record-list.ts';
import { offered, offeredVerbs } from '../../src/app/logic/record-verbs.ts';
import { stateOf, type Kind, type Verb } from '../../src/domain/kind.ts';
import { kindNamed, kinds, verbNamed } from '../../src/domain/kinds/index.ts';
import type { Rec } from '../../src/domain/record.ts';
import { actors, createWorld, moment, today } from '../support/world.ts';

const kind = (name: string): Kind => {
  const found = kindNamed(name);
  if (!found) throw new Error(name);
  return found;
};
const verb = (name: string): Verb => {
  const found = verbNamed(name);
  if (!found) throw new Error(name);
  return found;
};
const event = (index: number, state = 'planned'): Rec => ({
  kind: 'event',
  id: `ev-${String(index).padStart(5, '0')}`,
  parts: {
    facts: { state, org: 'o-city', site: 's-shiroishi', heldOn: today, eventName: `催し${index}` },
  },
});
const withOwnScreens = ['jobPosting.import'];
const nobody = { get: () => undefined };

describe('a list', () => {
  test('ten thousand are sorted and searched at once, by folded words', () => {
    const all = Array.from({ length: 10_000 }, (_each, index) => event(index));
    const groups = byGroup(kind('event'), all);
    const begun = performance.now();
    const found = listed(
      kind('event'),
      groups,
      { group: 'open', words: 'モヨオシ９９９９' },
      nobody,
    );
    expect(found).toEqual([]);
    const some = listed(kind('event'), groups, { group: 'open', words: '催し９９９９' }, nobody);
    expect(some.map(({ id }) => id)).toEqual(['ev-09999']);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  test('the newest first by the day that the kind goes by', () => {
    const [first, second] = [event(1), event(2)];
    const later: Rec = {
      ...first,
      parts: { facts: { ...first.parts['facts'], heldOn: '2026-05-01' } },
    };
    const groups = byGroup(kind('event'), [second, later]);
    const rows = listed(kind('event'), groups, { group: 'open', words: '' }, nobody);
    expect(rows.map(({ id }) => id)).toEqual([later.id, second.id]);
  });

  test('open is what has a step ahead: what ended, and what only swaps back and forth, is not', () => {
    const of = (name: string, state: string) => isOpenState(kind(name), state);
    expect([of('event', 'planned'), of('event', 'confirmed'), of('event', 'cancelled')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([of('attendance', 'booked'), of('attendance', 'recorded')]).toEqual([true, false]);
    expect([of('appointment', 'booked'), of('appointment', 'kept')]).toEqual([true, false]);
    expect([of('request', 'asked'), of('request', 'answered'), of('request', 'done')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(groupOf(kind('event'), event(1, 'voided'))).toBe('voided');
  });
});

describe('the buttons of a record', () => {
  const world = createWorld();
  const plan = { id: 'ev-x', eventType: 'matchingDay', eventName: '例示の催し', heldOn: today };
  world.must('event.plan', plan, 'cityCounsellor');
  const record = world.view.get('event', 'ev-x');
  if (!record) throw new Error('no event');
  const names = (as: keyof typeof actors) =>
    offeredVerbs(kind('event'), record, { actor: actors[as], view: world.view, moment }).map(
      ({ name }) => name,
    );

  test('steps ahead stand in sight, at most two; corrections are under ほかの操作', () => {
    const desk = { actor: actors.cityCounsellor, view: world.view, moment };
    const { first, rest } = offered(kind('event'), record, desk);
    expect(first.map(({ name }) => name)).toEqual(['event.confirm', 'event.cancel']);
    expect(rest.map(({ name }) => name)).toEqual(['event.amend', 'event.void']);
  });

  test('nobody is offered what the table, the organisation or the state forbids', () => {
    expect(names('counter')).toEqual([]);
    expect(names('hwCounsellor')).toEqual([]);
    world.must('event.cancel', { id: 'ev-x' }, 'cityCounsellor');
    const cancelled = world.view.get('event', 'ev-x');
    expect(stateOf(cancelled)).toBe('cancelled');
    const desk = { actor: actors.cityCounsellor, view: world.view, moment };
    const left = cancelled ? offeredVerbs(kind('event'), cancelled, desk) : [];
    expect(left.map(({ name }) => name)).not.toContain('event.confirm');
  });

  test('every kind on a shelf can be begun by somebody, and all its verbs say what they do', () => {
    for (const one of kinds.filter(({ shelf }) => shelf !== undefined)) {
      const own = Object.values(one.verbs).filter(({ name }) => !name.endsWith('.settle'));
      expect(own.some(({ shape }) => shape?.does === 'create')).toBe(true);
      const ofNoShape = own.filter(({ shape }) => shape === undefined).map(({ name }) => name);
      expect(ofNoShape.filter((name) => !withOwnScreens.includes(name))).toEqual([]);
    }
  });
});

describe('a form', () => {
  test('a field that is hidden for want of another one is not emptied by a correction', () => {
    const amend = verb('attendance.amend');
    const record: Rec = {
      kind: 'attendance',
      id: 'at-1',
      parts: {
        facts: { state: 'recorded', party: 'firm', heads: 1 },
        firm: { firmName: '架空製菓' },
      },
    };
    const fields = formFields(amend);
    const before = valuesNow(kind('attendance'), record);
    const sent = argsFor(amend, fields, before, argsOf(fields, { ...before, heads: 2 }));
    expect(sent).toEqual({ heads: 2 });
    const emptied = argsFor(amend, fields, before, argsOf(fields, { ...before, firmName: '' }));
    expect(emptied).toEqual({ clear: [{ name: 'firmName' }] });
  });

  test('whom it is about is asked first, and every other field stands under the part that it goes to', () => {
    const add = verb('teamStep.add');
    const fields = formFields(add);
    expect(Object.keys(fields)[0]).toBe(personField(add));
    const sections = formSections(kind('teamStep'), add, fields);
    expect(sections.flatMap(({ names }) => names)).toEqual(Object.keys(fields));
    expect(sections[0]?.part).toBeUndefined();
    expect(sections.slice(1).every(({ part }) => part !== undefined)).toBe(true);
  });
});
