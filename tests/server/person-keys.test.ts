/** The keys of people: one each for ever, whoever asks for it first and whatever the memory still holds of it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSealer } from '../../src/server/person-keys.ts';
import { openTestArea, type TestArea } from './area.ts';

let area: TestArea;
beforeEach(async () => {
  area = await openTestArea();
});
afterEach(() => area.close());

/** A transaction of a server that remembers nobody's key. */
function begin<T>(work: (sealer: ReturnType<typeof createSealer>) => Promise<T>): Promise<T> {
  const { storage, tenant, keys } = area.server();
  return storage.write(tenant, (tx) =>
    work(createSealer(tx, { tenant, keys, personKeys: new Map() })),
  );
}

test('whoever has a key keeps it, beside those for whom one is made', async () => {
  const first = await begin(async (sealer) => {
    await sealer.make(['old']);
    return sealer.seal('old', 'before', 'here');
  });
  const second = await begin(async (sealer) => {
    await sealer.make(['new', 'old', 'new']);
    expect(sealer.open('old', first, 'here')).toBe('before');
    return [sealer.seal('old', 'after', 'here'), sealer.seal('new', 'begun', 'here')] as const;
  });
  await begin(async (sealer) => {
    await sealer.load(['old', 'new', 'nobody']);
    expect(sealer.open('old', second[0], 'here')).toBe('after');
    expect(sealer.open('new', second[1], 'here')).toBe('begun');
    expect(sealer.open('nobody', first, 'here')).toBeUndefined();
  });
});
