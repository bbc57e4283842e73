/** Statements that are compiled once: many lengths of lists and rows through few texts, and nothing of one call in another. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepared, preparedInsert } from '../../src/server/prepared.ts';
import type { Tables } from '../../src/server/schema.ts';
import { openTestArea, type TestArea } from './area.ts';

let area: TestArea;
beforeEach(async () => {
  area = await openTestArea();
});
afterEach(() => area.close());

type Fact = Tables['closing_fact'];

const insert = preparedInsert((tx, rows: readonly Fact[]) =>
  tx.insertInto('closing_fact').values(rows),
);
const kept = prepared((tx, given: { closing: string; ids: readonly string[] }) =>
  tx
    .selectFrom('closing_fact')
    .select(['id', 'facts'])
    .where('closing', '=', given.closing)
    .where('id', 'in', given.ids),
);

const factsOf = (closing: string, count: number): Fact[] =>
  Array.from({ length: count }, (_, at) => ({
    tenant: area.server().tenant,
    closing,
    kind: 'visit',
    id: `${at}`,
    facts: `${closing} ${at}`,
  }));

test('every row once, with its own values, however many there are', async () => {
  const { storage, tenant } = area.server();
  for (const count of [0, 1, 3, 16, 17, 32, 33, 256, 700, 3]) {
    const rows = factsOf(`c${count}-${Math.random()}`, count);
    await storage.write(tenant, (tx) => insert(tx, rows));
    const ids = rows.map(({ id }) => id);
    const found = await storage.read(async (tx) =>
      ids.length === 0 ? [] : kept(tx, { closing: rows[0]?.closing ?? '', ids }),
    );
    const wanted = rows.map(({ id, facts }) => ({ id, facts }));
    const inOrder = (list: typeof wanted) => list.toSorted((a, b) => a.id.localeCompare(b.id));
    expect(inOrder(found)).toEqual(inOrder(wanted));
  }
});

test('values belong to their names, in whatever order they are given', async () => {
  const { storage, tenant } = area.server();
  const ofBoth = prepared((tx, given: { ids: readonly string[]; facts: readonly string[] }) =>
    tx
      .selectFrom('closing_fact')
      .select('id')
      .where('id', 'in', given.ids)
      .where('facts', 'in', given.facts),
  );
  await storage.write(tenant, (tx) => insert(tx, factsOf('both', 20)));
  const ids = Array.from({ length: 20 }, (_, at) => `${at}`);
  const facts = ids.map((id) => `both ${id}`);
  const few = await storage.read((tx) => ofBoth(tx, { ids, facts: ['both 17'] }));
  expect(few).toEqual([{ id: '17' }]);
  // As many first and as many second, but of the other names.
  const many = await storage.read((tx) => ofBoth(tx, { facts, ids: ['18'] }));
  expect(many).toEqual([{ id: '18' }]);
});

test('a list is what was given, not what the texts have room for', async () => {
  const { storage, tenant } = area.server();
  await storage.write(tenant, (tx) => insert(tx, factsOf('one', 9)));
  const ask = (ids: string[]) => storage.read((tx) => kept(tx, { closing: 'one', ids }));
  expect((await ask(['1', '2', '3'])).map(({ id }) => id)).toEqual(['1', '2', '3']);
  expect((await ask(['4', '5', '6', '7'])).map(({ id }) => id)).toEqual(['4', '5', '6', '7']);
  expect((await ask(['8', 'x', 'y'])).map(({ id }) => id)).toEqual(['8']);
  await expect(ask([])).rejects.toThrow('empty list');
});
