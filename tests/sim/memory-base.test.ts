/** The fast tier's tables are no database: whole days, with every statement asked of SQLite as well, say that they answer as one. */
import { Kysely, SqliteAdapter, SqliteQueryCompiler, DummyDriver, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Tables } from '../../src/server/schema.ts';
import { createEngine, type Engine } from './memory-base/engine.ts';
import { createTwin } from './memory-base/twin.ts';
import { runHistory } from './history.ts';
import { openMemoryBase } from './sim-base.ts';
import { makeTemplate } from './template.ts';
import { fastTier } from './tier.ts';

const days = 24;

const words = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: () => {
      throw new Error('nobody looks');
    },
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

async function opened(): Promise<Engine> {
  const engine = createEngine();
  await openMemoryBase(engine);
  return engine;
}

const meta = (name: string, value: string) =>
  words.insertInto('meta').values({ tenant: 't', name, value });

test(`${days} days go on tables in memory as they do on SQLite, statement by statement`, async () => {
  const openBase = () => openMemoryBase(createTwin());
  const template = await makeTemplate({ ...fastTier, openBase });
  for (let seed = 1; seed <= days; seed++) {
    const { violations } = await runHistory(template, seed);
    expect(violations, `seed ${seed}`).toEqual([]);
  }
}, 120_000);

test('beside SQLite an answer that is another is noticed', async () => {
  const forgetful = () => {
    const own = createEngine();
    const drop = (query: Parameters<Engine['execute']>[0]) => {
      const answer = own.execute(query);
      return { ...answer, rows: answer.rows.slice(1) };
    };
    return { ...own, execute: drop };
  };
  const engine = createTwin(forgetful());
  await openMemoryBase(engine);
  engine.execute(meta('a', '1').compile());
  const asked = words.selectFrom('meta').selectAll().compile();
  expect(() => engine.execute(asked)).toThrow(/memory[\s\S]*SQLite/);
});

/** Asked seldom on a day, or never on these. */
const seldom = [
  words.selectFrom('meta').selectAll().orderBy('value', 'desc').orderBy('name').limit(2),
  words
    .selectFrom('meta')
    .leftJoin('epoch', (on) => on.onRef('epoch.epoch', '=', 'meta.value'))
    .select(['meta.name', 'epoch.state'])
    .where('epoch.state', 'is', null),
  words
    .selectFrom('meta')
    .leftJoin('epoch', (on) => on.onRef('epoch.epoch', '=', 'meta.value'))
    .select('meta.name')
    .where('epoch.state', '=', 'open'),
  words
    .selectFrom('meta')
    .select('value as epoch')
    .union(words.selectFrom('epoch').select('epoch'))
    .orderBy('epoch'),
  words
    .selectFrom('meta')
    .select((of) => ['value', of.fn.countAll().as('count'), of.fn.max('name').as('last')])
    .groupBy('value')
    .orderBy('value'),
  words
    .selectFrom('epoch')
    .select((of) => of.fn.max('seq').as('seq'))
    .where('epoch', '=', 'x'),
  words.selectFrom('meta').select('name').where('value', 'like', 'V_%'),
  words.selectFrom('meta').select('name').where('value', 'not like', '%2'),
  words
    .selectFrom('meta')
    .select('name')
    .where((one) => one(one.refTuple('value', 'name'), '>', one.tuple('v1', 'b'))),
  words.selectFrom('meta').select('name').where('value', '!=', 'v1').where('name', '<=', 'c'),
  words.deleteFrom('meta').where('value', 'in', words.selectFrom('epoch').select('epoch.epoch')),
  words.selectFrom('meta').selectAll(),
];

test('what days seldom ask is answered as by SQLite', async () => {
  const twin = createTwin();
  await openMemoryBase(twin);
  const epoch = { tenant: 't', epoch: 'v2', made_at: 1, sig: '', state: 'open', seq: 0 } as const;
  twin.execute(words.insertInto('epoch').values(epoch).compile());
  for (const [name, value] of ['av1', 'bv1', 'cv2', 'dv3', 'eV1'].map((one) => [
    one.slice(0, 1),
    one.slice(1),
  ]))
    twin.execute(meta(name ?? '', value ?? '').compile());
  for (const one of seldom) twin.execute(one.compile());
  expect(twin.rows('meta').map(({ name }) => name)).toEqual(['a', 'b', 'd', 'e']);
});

describe('tables in memory', () => {
  test('go back to a mark, the last of several alike first', async () => {
    const engine = await opened();
    const values = () => engine.rows('meta').map(({ value }) => value);
    engine.execute(meta('a', '1').compile());
    engine.mark('one');
    engine.execute(words.updateTable('meta').set({ value: '2' }).compile());
    engine.mark('one');
    engine.execute(words.deleteFrom('meta').where('name', '=', 'a').compile());
    expect(values()).toEqual([]);
    engine.backTo('one');
    expect(values()).toEqual(['2']);
    engine.unmark('one');
    engine.backTo('one');
    expect(values()).toEqual(['1']);
  });

  test('refuse a second row of one key, an absent value and another type, and have done nothing', async () => {
    const engine = await opened();
    const twice = words.insertInto('meta').values([
      { tenant: 't', name: 'a', value: '1' },
      { tenant: 't', name: 'a', value: '2' },
    ]);
    expect(() => engine.execute(twice.compile())).toThrow('UNIQUE constraint failed: meta.tenant');
    const change = { tenant: 't', seq: 'one', kind: 'k', id: 'i', part: 'p', entry: 'e' };
    const wrong = words.insertInto('change').values(change as never);
    expect(() => engine.execute(wrong.compile())).toThrow('change.seq (bigint) cannot be one');
    const absent = words.insertInto('meta').values({ tenant: 't', name: 'a' } as never);
    expect(() => engine.execute(absent.compile())).toThrow('meta.value (text) cannot be null');
    expect(engine.rows('meta')).toEqual([]);
    expect(engine.rows('change')).toEqual([]);
  });

  test('refuse an update onto a key that is there, and a parameter that is undefined', async () => {
    const engine = await opened();
    for (const name of ['a', 'b']) engine.execute(meta(name, '1').compile());
    const clash = words.updateTable('meta').set({ name: 'a' }).where('name', '=', 'b');
    expect(() => engine.execute(clash.compile())).toThrow('UNIQUE constraint failed');
    expect(engine.rows('meta').map(({ name }) => name)).toEqual(['a', 'b']);
    const lost = words
      .selectFrom('meta')
      .selectAll()
      .where('name', '=', undefined as never);
    expect(() => engine.execute(lost.compile())).toThrow('parameter 0 is undefined');
  });

  test('promise no order where none is asked for, and nothing of a limit of none', async () => {
    const engine = await opened();
    for (const name of ['a', 'b', 'c']) engine.execute(meta(name, '1').compile());
    const names = words.selectFrom('meta').select('name');
    expect(engine.execute(names.compile()).rows.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(engine.execute(names.limit(0).compile()).rows).toEqual([]);
  });

  test('refuse words that they do not know', async () => {
    const engine = await opened();
    const shouted = words.selectFrom('meta').select(sql<string>`upper(name)`.as('name'));
    expect(() => engine.execute(shouted.compile())).toThrow('know no RawNode upper(name)');
    const asked = [
      words.selectFrom('meta').select('name').groupBy('name').having('name', '=', 'a'),
      words.selectFrom('meta').select('value').distinct(),
      words.selectFrom('meta').select((of) => of.fn.count('value').distinct().as('n')),
      words.selectFrom('meta').select((of) => of.fn.count('value').as('n')),
      words.insertInto('meta').orReplace().values({ tenant: 't', name: 'a', value: '9' }),
      words
        .selectFrom('meta')
        .select('name')
        .orderBy('name', (by) => by.nullsLast()),
    ];
    for (const one of asked) expect(() => engine.execute(one.compile())).toThrow('know no ');
  });
});
