/**
 * What the verb cases refuse, met on the general screens over real tablets: the button is not there, the value cannot be
 * entered, or the form says in words why not. In no case is anything written.
 */
import { cleanup } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isShown } from '../../src/app/form/form-values.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import type { Kind, Verb } from '../../src/domain/kind.ts';
import type { Refused } from '../domain/verb-cases/case.ts';
import { canonical } from '../../src/sync/bytes.ts';
import { openTown, type Town } from '../support/device-town.ts';
import {
  buttonFor,
  caseOf,
  fillAndSave,
  isCreation,
  openCase,
  openForm,
  said,
  screenVerbs,
  sheet,
  shelvedKinds,
} from '../support/record-screens.tsx';
import { openTownWorld, sitting, type TownWorld } from '../support/town-world.ts';

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

/** What is no choice of the form cannot be chosen. */
const cannotEnter = (thrown: unknown) =>
  thrown instanceof Error && /^no (chip|person|button|record) /.test(thrown.message);

async function refuse(kind: Kind, verb: Verb, refused: Refused): Promise<string> {
  const situation = await openCase(world, kind, verb, refused, true);
  if (typeof situation === 'string') return `cannot be played: ${situation}`;
  const { session, mark, id } = situation;
  if (id !== undefined && !session.get(kind.name, id)) return 'not visible';
  // The server sets the pseudonym when it pleases: of all that stands there, nobody here wrote it.
  // Rows from there come with their fields in another order than the own entry laid over them.
  const standing = () =>
    canonical(
      JSON.parse(
        JSON.stringify(session.all(kind.name).peek(), (name, value: unknown) =>
          name === 'personKey' ? undefined : value,
        ),
      ),
    );
  const button = await buttonFor(verb, refused.code === 'notAllowed' ? 50 : 200);
  if (!button) return 'not offered';
  await openForm(button);
  const before = standing();
  try {
    await fillAndSave(world, verb, refused, { mark, isExact: true });
  } catch (thrown) {
    if (cannotEnter(thrown)) return 'cannot be entered';
    throw thrown;
  }
  expect(standing()).toBe(before);
  if (verb.shape?.does === 'amend' && sheet() === null) return 'nothing to send';
  expect(said().join('')).toMatch(/。/);
  return 'said in words';
}

/** What no form can say (fields it has not, ids it makes, records that cannot be picked) is another form without it. */
function canBeSaid(verb: Verb, { args, code, as }: Refused): boolean {
  const isDrawn = (name: string) => {
    const field = verb.args[name];
    return name === 'id' || (field && field.type !== 'id' && isShown(field, args));
  };
  const isPickable = !isCreation(verb) || code !== 'notFound';
  return as in sitting && isPickable && Object.keys(args).every(isDrawn);
}

/** One for each verb; the rest are the domain's own to try. */
const cases = (kind: Kind) =>
  screenVerbs(kind).flatMap((verb) =>
    caseOf(verb)
      .refused.filter((one) => canBeSaid(verb, one))
      .slice(0, 1)
      .map((one) => [verb.title, one.why, verb, one] as const),
  );

const answers = new Map<string, number>();

describe.each(shelvedKinds.map((kind) => [kind.label, kind] as const))('%s', (_label, kind) => {
  test.each(cases(kind))(
    '%s: %s',
    async (_title, _why, verb, refused) => {
      const answer = await refuse(kind, verb, refused);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    },
    20_000,
  );
});

test('most are met on the screen, and some of each way', () => {
  const of = (answer: string) => answers.get(answer) ?? 0;
  const unplayed = [...answers].filter(([answer]) => answer.startsWith('cannot be played'));
  expect(of('not offered')).toBeGreaterThan(20);
  expect(of('said in words')).toBeGreaterThan(20);
  expect(unplayed.length).toBeLessThan(10);
});
