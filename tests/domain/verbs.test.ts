/** Every verb of the registry: an allowed case and its changes, refused cases and their problem. */
import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/domain/kinds/index.ts';
import { grants } from '../../src/domain/permission.ts';
import { actors, createWorld } from '../support/world.ts';
import { verbCases } from './verb-cases.ts';

const verbs = kinds.flatMap((kind) => Object.values(kind.verbs));

test('every verb has its cases, and no case is of a verb that is gone', () => {
  const names = verbs.map((verb) => verb.name).toSorted();
  expect(Object.keys(verbCases).toSorted()).toEqual(names);
});

describe.each(verbs.map((verb) => [verb.name, verb] as const))('%s', (name, verb) => {
  const cases = verbCases[name];

  test('is done by those who may', () => {
    const world = createWorld();
    cases?.allowed.given?.(world);
    const judged = world.write(name, cases?.allowed.args, cases?.allowed.as ?? 'counter');
    expect(judged).toMatchObject({ outcome: 'applied' });
    for (const [path, values] of Object.entries(cases?.allowed.after ?? {}))
      expect({ [path]: world.part(path) }).toMatchObject({ [path]: values });
  });

  test('writes nothing beyond declared parts and fields', () => {
    const world = createWorld();
    cases?.allowed.given?.(world);
    const judged = world.judge(name, cases?.allowed.args, cases?.allowed.as ?? 'counter');
    if (judged.outcome !== 'applied') throw new Error('refused');
    for (const change of judged.changes) {
      const fields = kinds.find((kind) => kind.name === change.kind)?.parts[change.part]?.fields;
      expect(Object.keys(fields ?? {})).toEqual(expect.arrayContaining(Object.keys(change.set)));
      expect(Object.values(change.set)).not.toContain(undefined);
    }
  });

  test.each((cases?.refused ?? []).map((refused) => [refused.why, refused] as const))(
    'is refused: %s',
    (_why, refused) => {
      const world = createWorld();
      refused.given?.(world);
      const judged = world.judge(name, refused.args, refused.as);
      expect(judged).toMatchObject({ outcome: 'rejected', problem: { code: refused.code } });
    },
  );

  test('is refused to every role and organisation that the table does not name', () => {
    const grant = grants[verb.may];
    const others = Object.entries(actors).filter(
      ([, actor]) =>
        !(grant.roles as readonly string[]).includes(actor.role) ||
        !(grant.orgs as readonly string[]).includes(actor.orgType),
    );
    for (const [as] of others) {
      const world = createWorld();
      cases?.allowed.given?.(world);
      const judged = world.judge(name, cases?.allowed.args, as as keyof typeof actors);
      expect([as, judged.outcome]).toEqual([as, 'rejected']);
    }
  });
});
