/**
 * Every verb of every kind on a shelf, through the general screens, over real tablets and the real server: what its case
 * allows is done by pressing its button and filling its form. The situations are those of tests/domain/verb-cases, so that
 * a new kind is walked by itself.
 */
import { cleanup, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { allFields, stateOf, type Kind, type Verb } from '../../src/domain/kind.ts';
import { partOf, type Rec } from '../../src/domain/record.ts';
import { text, type Values } from '../../src/domain/value.ts';
import { openTown, type Town } from '../support/device-town.ts';
import {
  buttonFor,
  caseOf,
  fillAndSave,
  openCase,
  openForm,
  said,
  screenVerbs,
  shelvedKinds,
} from '../support/record-screens.tsx';
import { openTownWorld, type TownWorld } from '../support/town-world.ts';

let town: Town;
let world: TownWorld;
beforeAll(async () => {
  town = await openTown();
  world = await openTownWorld(town);
}, 120_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
});

/**
 * Which record a form names, where there are several, is the picker's, and a day reckoned in months is another one in
 * autumn; everything else is as the case says.
 */
function comparable(kind: Kind, values: Values, given: Values): Values {
  const fields = allFields(kind);
  const isReckoned = (name: string) => fields[name]?.type === 'date' && !(name in given);
  const isId = (name: string) => ['ref', 'id'].includes(fields[name]?.type ?? '');
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !isReckoned(name) && !isId(name)),
  );
}

function expectAfter(kind: Kind, verb: Verb, record: Rec | undefined, mark: string): void {
  const { after, args } = caseOf(verb).allowed;
  for (const [path, values] of Object.entries(after)) {
    const [name, one, part = ''] = path.split('/');
    if (name !== kind.name || one !== text(args['id'])) continue;
    expect(partOf(record, part)).toMatchObject(comparable(kind, world.told(values, mark), args));
  }
}

async function walk(kind: Kind, verb: Verb): Promise<void> {
  const { allowed } = caseOf(verb);
  const situation = await openCase(world, kind, verb, allowed);
  if (typeof situation === 'string') throw new Error(`cannot be played: ${situation}`);
  const { session, mark, id } = situation;
  const before = new Set(
    session
      .all(kind.name)
      .peek()
      .map((one) => one.id),
  );
  const button = await buttonFor(verb);
  if (!button) throw new Error(`「${verb.title}」 is not offered to ${allowed.as}`);
  await openForm(button);
  await fillAndSave(world, verb, allowed, { mark });
  expect(said()).toEqual([]);
  const made = session
    .all(kind.name)
    .peek()
    .find((one) => !before.has(one.id));
  const record = session.get(kind.name, id ?? made?.id ?? '');
  if (verb.shape?.does === 'move') expect(stateOf(record)).toBe(verb.shape.to);
  expectAfter(kind, verb, record, mark);
  // It stands in the list, and is what the page shows.
  await waitFor(() => expect(document.querySelector('.record-list .is-selected')).not.toBeNull());
  await world.at(allowed.as).tab.tablet.syncNow();
  expect(session.outbox.peek()).toEqual([]);
}

describe.each(shelvedKinds.map((kind) => [kind.label, kind] as const))('%s', (_label, kind) => {
  test.each(screenVerbs(kind).map((verb) => [verb.title, verb] as const))(
    '%s',
    (_title, verb) => walk(kind, verb),
    20_000,
  );
});
