/** Two who change the same record without seeing each other: nothing of either is lost, and a person chooses. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choicesOf, conflictsOf } from '../../src/domain/conflict.ts';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import { settleArgs } from '../../src/domain/settle.ts';
import type { Values } from '../../src/domain/value.ts';
import { changedVerdicts } from '../../src/server/verdict-changes.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs } from './samples.ts';

let area: TestArea;
let one: FakeStore;
let two: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  one = await area.staff('shiroishi-city1');
  two = await area.staff('shiroishi-city2');
});
afterAll(() => area.close());

const seeker = kindNamed('seeker');
const file = (id: string) => `seeker/${id}/file`;
const ok = { code: 'applied' };

async function registered(values: Values = {}) {
  const { phone: _, address: __, ...args } = seekerArgs('衝突');
  await one.act('seeker.register', { ...args, ...values });
  return args.id;
}

/** An amendment as somebody makes it who saw these values. */
const amend = (by: FakeStore, id: string, seen: Values, args: Values) =>
  by.act(
    'seeker.amend',
    { id, ...args },
    {
      base: {
        [file(id)]: Object.fromEntries(Object.keys(args).map((name) => [name, seen[name] ?? null])),
      },
    },
  );

async function held(by: FakeStore, id: string): Promise<Values> {
  await by.pull();
  return by.rows.get(file(id))?.body ?? {};
}

async function repairOf(entry: string | undefined) {
  const { storage } = area.server();
  return storage.read((tx) =>
    tx
      .selectFrom('repair')
      .selectAll()
      .where('entry', '=', entry ?? '')
      .executeTakeFirst(),
  );
}

const lastOf = (store: FakeStore) => store.written.write.at(-1)?.entry.header.id;

describe('two who write one field', () => {
  test('leave the first value current and the second beside it; other fields are taken', async () => {
    const id = await registered();
    expect(await amend(one, id, {}, { post: '一', licences: '無し' })).toEqual(ok);
    const verdict = await amend(two, id, {}, { post: '二', hwValidTo: '2027-01-01' });
    expect(verdict).toEqual({
      code: 'conflict',
      problem: { code: 'baseChanged', kind: 'seeker', fields: ['post'] },
    });
    const body = await held(one, id);
    expect(body).toMatchObject({ post: '一', licences: '無し', hwValidTo: '2027-01-01' });
    expect(conflictsOf(body)).toEqual([
      {
        field: 'post',
        value: '二',
        entry: lastOf(two),
        actor: 'shiroishi-city2',
        at: area.clock.now,
      },
    ]);
    expect(await repairOf(lastOf(two))).toMatchObject({ state: 'open', code: 'conflict' });
  });

  test('and the same value agree', async () => {
    const id = await registered();
    await amend(one, id, {}, { post: '同じ' });
    expect(await amend(two, id, {}, { post: '同じ' })).toEqual({ code: 'merged' });
    expect(await repairOf(lastOf(two))).toBeUndefined();
    expect(conflictsOf(await held(one, id))).toEqual([]);
  });

  test.each([
    ['current', '一'],
    ['other', '二'],
  ] as const)('choose %s by a verb, and nobody has to look any more', async (keep, post) => {
    const id = await registered();
    await amend(one, id, {}, { post: '一' });
    const { seq: before } = { seq: (await held(two, id), await headSeq()) };
    await amend(two, id, {}, { post: '二' });
    const met = lastOf(two);
    const [choice] = choicesOf(seeker ?? { parts: {} }, { parts: { file: await held(one, id) } });
    if (!choice || !seeker) throw new Error('nothing to choose');
    expect(await one.act('seeker.settle', settleArgs(seeker, id, choice, keep))).toEqual(ok);
    expect(await held(two, id)).toEqual(expect.objectContaining({ post }));
    expect(conflictsOf(await held(two, id))).toEqual([]);
    expect(await repairOf(met)).toMatchObject({ state: 'resolved', closed_by: 'shiroishi-city1' });
    const { storage, tenant } = area.server();
    const told = await storage.read((tx) =>
      changedVerdicts(tx, tenant, [two.store], [before + 1, ''], 99),
    );
    expect(told.receipts).toMatchObject([{ id: met, closed: true, verdict: { code: 'conflict' } }]);
  });

  test('a choice that comes after another one overturns it for nobody unseen: both are kept again', async () => {
    const id = await registered();
    await amend(one, id, {}, { post: '一' });
    await amend(two, id, {}, { post: '二' });
    const met = { id, part: 'file', field: 'post', entry: lastOf(two) ?? '' };
    const args = { ...met, keep: 'other', post: '二' };
    const base = { [file(id)]: { post: '一' } };
    expect(
      await one.act('seeker.settle', { ...args, keep: 'current', post: '一' }, { base }),
    ).toEqual(ok);
    expect(await two.act('seeker.settle', args, { base })).toEqual({
      code: 'conflict',
      problem: { code: 'baseChanged', kind: 'seeker', fields: ['post'] },
    });
    const late = lastOf(two);
    const body = await held(one, id);
    expect(body).toMatchObject({ post: '一' });
    expect(conflictsOf(body)).toMatchObject([
      { field: 'post', value: '二', entry: late, actor: 'shiroishi-city2' },
    ]);
    expect(await repairOf(late)).toMatchObject({ state: 'open', code: 'conflict' });
    expect(await one.act('seeker.settle', { ...args, entry: late ?? '' }, { base })).toEqual(ok);
    expect(await held(two, id)).toMatchObject({ post: '二' });
    expect(await repairOf(late)).toMatchObject({ state: 'resolved', closed_by: 'shiroishi-city1' });
  });

  test('choosing about one leaves the other open', async () => {
    const id = await registered();
    await amend(one, id, {}, { post: '一', licences: '甲' });
    await amend(two, id, {}, { post: '二', licences: '乙' });
    const met = lastOf(two) ?? '';
    const args = { id, part: 'file', field: 'post', entry: met, keep: 'other' };
    expect(await one.act('seeker.settle', args)).toEqual(ok);
    expect(await repairOf(met)).toMatchObject({ state: 'open' });
    expect(conflictsOf(await held(one, id))).toMatchObject([{ field: 'licences', value: '乙' }]);
    await one.act('seeker.settle', { ...args, field: 'licences', keep: 'current' });
    expect(await repairOf(met)).toMatchObject({ state: 'resolved' });
    expect(await held(one, id)).toMatchObject({ post: '二', licences: '甲' });
  });

  test('whoever then writes the other value has chosen it', async () => {
    const id = await registered();
    await amend(one, id, {}, { post: '一' });
    await amend(two, id, {}, { post: '二' });
    const met = lastOf(two);
    expect(await amend(one, id, { post: '一' }, { post: '二' })).toEqual(ok);
    expect(conflictsOf(await held(one, id))).toEqual([]);
    expect(await repairOf(met)).toMatchObject({ state: 'resolved' });
  });

  test('a state in the way keeps the whole entry out', async () => {
    const id = await registered();
    const verdict = await two.act(
      'seeker.amend',
      { id, post: '二' },
      { expected: { [`seeker/${id}`]: 'gone' } },
    );
    expect(verdict).toMatchObject({ code: 'conflict', problem: { fields: ['state'] } });
    expect(await held(one, id)).not.toHaveProperty('post');
  });
});

async function headSeq() {
  const { storage } = area.server();
  const row = await storage.read((tx) =>
    tx
      .selectFrom('change')
      .select((build) => build.fn.max('seq').as('seq'))
      .executeTakeFirst(),
  );
  return Number(row?.seq ?? 0);
}

/** The last two go together. */
const units = [['post'], ['licences'], ['hwValidTo'], ['postal', 'address']] as const;
const valueOf = (name: string, by: number) =>
  ({
    hwValidTo: `2027-01-0${by + 1}`,
    postal: `003-000${by}`,
  })[name] ?? `${name}${by}`;

test('peers 7: of any amendments at once, one value of each field is current and every other is kept', async () => {
  const three = await area.staff('shiroishi-citysv');
  const authors = [one, two, three];
  const amendment = fc.record({
    by: fc.nat(2),
    fields: fc.uniqueArray(fc.constantFrom(...units), { minLength: 1 }),
    value: fc.nat(4),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(amendment, { minLength: 1, maxLength: 6 }), async (all) => {
      const id = await registered();
      const said = new Map<string, Set<string>>();
      for (const { by, fields: chosen, value } of all) {
        const fields = chosen.flat();
        const args = Object.fromEntries(fields.map((name) => [name, valueOf(name, value)]));
        const author = authors[by];
        if (author) await amend(author, id, {}, args);
        for (const name of fields)
          said.set(name, (said.get(name) ?? new Set()).add(valueOf(name, value)));
      }
      const body = await held(one, id);
      for (const [name, values] of said) {
        const beside = conflictsOf(body)
          .filter((kept) => kept.field === name)
          .map((kept) => kept.value);
        expect([...values]).toContain(body[name]);
        expect(new Set([body[name], ...beside.filter((one) => one !== undefined)])).toEqual(values);
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);
