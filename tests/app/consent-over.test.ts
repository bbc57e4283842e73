/** Whose words have gone with a consent: those of a handoff that told some. */
import { expect, test } from 'vitest';
import { consentOver } from '../../src/app/logic/consent-over.ts';
import type { Rec } from '../../src/domain/record.ts';

const item = {
  verb: 'handoff.acceptNew',
  args: { id: 'h-1', newSeeker: 's-1', familyName: '見本' },
};
const at = (named: boolean) => ({
  get: (kind: string, id: string): Rec | undefined =>
    kind === 'handoff' ? { kind, id, parts: { facts: { state: 'cancelled', named } } } : undefined,
});

test('a handoff with a name whose offer has gone: what it told is not here any more', () => {
  expect(consentOver(at(true), item)?.safe).toContain('この端末から消えました');
});

test('one without a name told nothing: no consent is said to be over', () => {
  expect(consentOver(at(false), item)).toBeUndefined();
});
