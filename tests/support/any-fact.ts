/**
 * Facts of any kind, drawn from its declaration: every choice, date, flag and number that the field allows, left out now and
 * then. What is counted follows from the kinds alone, so a metric added later needs no generator of its own.
 */
import fc from 'fast-check';
import { codesOf } from '../../src/domain/codes.ts';
import type { Field } from '../../src/domain/field.ts';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import { factFields } from '../../src/domain/metrics/fact-fields.ts';
import type { Fact } from '../../src/domain/metrics/metric.ts';
import type { Value, Values } from '../../src/domain/value.ts';

export const anyPeriod = { from: '2026-04-01', to: '2026-04-30' };
const dates = ['2026-03-31', '2026-04-01', '2026-04-15', '2026-04-15', '2026-04-30', '2026-05-01'];
export const people = ['p-1', 'p-2', 'p-3', 'p-4'];

function anyValue(name: string, field: Field): fc.Arbitrary<Value | undefined> {
  switch (field.type) {
    case 'date':
      return fc.constantFrom(...dates);
    case 'choice':
      return fc.constantFrom(...codesOf(field.list).map(({ code }) => code));
    case 'choices':
      return fc.subarray(
        codesOf(field.list).map(({ code }) => code),
        { maxLength: 2 },
      );
    case 'flag':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: field.min, max: Math.min(field.max, field.min + 5) });
    case 'instant':
      return fc.integer({ min: 1, max: 9 });
    case 'personKey':
      return fc.constantFrom(...people);
    case 'ref':
    case 'id':
      return fc.constantFrom(field.type === 'ref' && field.kind === 'site' ? 's-1' : 'r-1', 'r-2');
    case 'text':
      return fc.constantFrom(name === 'month' ? '2026-04' : 'x', '2026-05');
    case 'time':
    case 'code':
    case 'kana':
    case 'group':
    case 'list':
      return fc.constant(undefined);
  }
}

export function anyValues(kind: string): fc.Arbitrary<Values> {
  const declared = kindNamed(kind);
  const fields = factFields(kind) ?? {};
  const states = [...Object.keys(declared?.states ?? { active: '' }), 'voided'];
  const drawn = Object.entries(fields).map(
    ([name, field]) =>
      [
        name,
        name === 'state'
          ? fc.constantFrom(...states)
          : fc.option(anyValue(name, field), { nil: undefined, freq: 6 }),
      ] as const,
  );
  return fc
    .record(Object.fromEntries(drawn))
    .map((all) =>
      Object.fromEntries(
        Object.entries(all).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value] as const],
        ),
      ),
    );
}

/** Up to so many records of these kinds, each with an id of its own. */
export function anyFacts(kinds: readonly string[], maxLength = 24): fc.Arbitrary<Fact[]> {
  const one = fc.oneof(...kinds.map((kind) => anyValues(kind).map((values) => ({ kind, values }))));
  return fc
    .array(one, { maxLength })
    .map((all) => all.map((fact, index) => ({ id: `f-${index}`, ...fact })));
}
