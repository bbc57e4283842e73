/** What waits for a person: one open row each, closed once, by those who may. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changedVerdicts } from '../../src/server/verdict-changes.ts';
import type { FakeStore, WriteOptions } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let colleague: FakeStore;
let supervisor: FakeStore;
let hwSupervisor: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  colleague = await area.staff('shiroishi-city2');
  supervisor = await area.staff('shiroishi-citysv');
  hwSupervisor = await area.staff('shiroishi-hwsv');
});
afterAll(() => area.close());

const lastOf = (store: FakeStore) => store.written.write.at(-1)?.entry.header.id ?? '';
const wrong = () => ({ ...seekerArgs('直す人'), familyKana: '漢字' });

async function refused(by = city) {
  const args = wrong();
  expect(await by.act('seeker.register', args)).toMatchObject({ code: 'rejected' });
  return { args: { ...args, familyKana: 'ナオス' }, old: lastOf(by) };
}

async function repairOf(entry: string) {
  return area
    .server()
    .storage.read((tx) =>
      tx.selectFrom('repair').selectAll().where('entry', '=', entry).executeTakeFirst(),
    );
}

const right = (by: FakeStore, args: object, supersedes: string, more: WriteOptions = {}) =>
  by.act('seeker.register', args as never, { supersedes, ...more });

describe('fix and resend', () => {
  test('closes the old entry with the new one', async () => {
    const { args, old } = await refused();
    expect(await repairOf(old)).toMatchObject({
      state: 'open',
      author: 'shiroishi-city1',
      org: 'sapporo-city',
      verb: 'seeker.register',
      code: 'rejected',
    });
    expect(await right(city, args, old)).toEqual({ code: 'applied' });
    expect(await repairOf(old)).toMatchObject({
      state: 'superseded',
      closed_by: 'shiroishi-city1',
    });
  });

  test('the first wins', async () => {
    const { args, old } = await refused();
    expect(await right(supervisor, args, old)).toEqual({ code: 'applied' });
    const again = { ...args, id: seekerArgs('x').id };
    expect(await right(city, again, old)).toEqual({
      code: 'rejected',
      problem: { code: 'superseded' },
    });
    expect(await repairOf(lastOf(city))).toMatchObject({ state: 'open' });
  });

  test('in one push, the old and two that put it right: the first wins', async () => {
    const args = wrong();
    const { entry } = await city.write('seeker.register', args);
    const supersedes = entry.header.id;
    await city.write('seeker.register', { ...args, familyKana: 'ナオス' }, { supersedes });
    await city.write(
      'seeker.register',
      { ...args, id: lastOf(city), familyKana: 'ナオス' },
      { supersedes },
    );
    const codes = (await city.push()).map(({ verdict }) => verdict.code);
    expect(codes).toEqual(['rejected', 'applied', 'rejected']);
    expect(await repairOf(supersedes)).toMatchObject({ state: 'superseded' });
  });

  test.each(['a colleague', 'a supervisor of another organisation'])(
    'is not for %s, who is told what she would be told of nothing',
    async (who) => {
      const by = who === 'a colleague' ? colleague : hwSupervisor;
      const { args, old } = await refused();
      const answers = [await right(by, args, old), await right(by, args, 'no-such-entry')];
      expect(answers[0]).toEqual({
        code: 'rejected',
        problem: { code: 'notFound', kind: 'entry' },
      });
      expect(answers[1]).toEqual(answers[0]);
      expect(await repairOf(old)).toMatchObject({ state: 'open' });
    },
  );

  test('is not for what has had its effect', async () => {
    const args = seekerArgs('入った人');
    await city.act('seeker.register', args);
    const applied = lastOf(city);
    expect(await right(city, { ...args, id: applied }, applied)).toMatchObject({
      problem: { code: 'notFound', kind: 'entry' },
    });
    const base = { [`seeker/${args.id}/file`]: { post: null } };
    await colleague.act('seeker.amend', { id: args.id, post: '一' }, { base });
    await city.act('seeker.amend', { id: args.id, post: '二' }, { base });
    const half = lastOf(city);
    expect(
      await city.act('seeker.amend', { id: args.id, post: '三' }, { supersedes: half }),
    ).toMatchObject({ code: 'rejected', problem: { code: 'refused' } });
    expect(await repairOf(half)).toMatchObject({ state: 'open', code: 'conflict' });
  });

  test('of what waits keeps it from ever taking effect', async () => {
    const args = seekerArgs('待つ人');
    await city.act('seeker.amend', { id: args.id, post: '古い' });
    const old = lastOf(city);
    await city.act('visit.log', visitArgs(area), { supersedes: old });
    await colleague.act('seeker.register', args);
    await city.pull();
    expect(city.rows.get(`seeker/${args.id}/file`)?.body).not.toHaveProperty('post');
    expect(await repairOf(old)).toMatchObject({ state: 'superseded' });
  });

  test('of what waits, in one push with what it waited for, keeps it out too', async () => {
    const args = seekerArgs('同時');
    await city.act('seeker.amend', { id: args.id, post: '古い' });
    await city.write('visit.log', visitArgs(area), { supersedes: lastOf(city) });
    await city.write('seeker.register', args);
    expect((await city.push()).map(({ verdict }) => verdict.code)).toEqual(['applied', 'applied']);
    await city.pull();
    expect(city.rows.get(`seeker/${args.id}/file`)?.body).not.toHaveProperty('post');
  });

  test('is told to the author even where it changes nothing', async () => {
    const { args, old } = await refused();
    await supervisor.pull();
    const { storage, tenant } = area.server();
    const heads = await storage.read((tx) => tx.selectFrom('change').select('seq').execute());
    const head = Math.max(...heads.map(({ seq }) => seq));
    await right(supervisor, { ...args, familyKana: '漢字' }, old);
    const told = await storage.read((tx) =>
      changedVerdicts(tx, tenant, [city.store], [head + 1, ''], 99),
    );
    expect(told.receipts).toMatchObject([{ id: old, closed: true }]);
  });

  test('lets those go on that waited for what the old one would have made', async () => {
    const { args, old } = await refused();
    await colleague.act('seeker.amend', { id: args.id, post: '待った' });
    const waited = lastOf(colleague);
    expect(await repairOf(waited)).toMatchObject({ state: 'open', code: 'blocked' });
    await right(city, args, old);
    expect(await repairOf(waited)).toMatchObject({ state: 'resolved' });
  });
});

describe('adoption', () => {
  test('of quarantined work: a supervisor writes it again with its business date', async () => {
    const leaving = await area.staff('shiroishi-city2');
    await area
      .server()
      .storage.write(area.server().tenant, (tx) =>
        tx
          .updateTable('store')
          .set({ state: 'revoked' })
          .where('store', '=', leaving.store)
          .execute(),
      );
    const args = visitArgs(area);
    await leaving.write('visit.log', args, { businessDate: '2026-11-13' });
    expect((await leaving.push()).at(-1)?.verdict).toMatchObject({ code: 'quarantined' });
    const old = lastOf(leaving);
    expect(
      await supervisor.act('visit.log', args, { businessDate: '2026-11-13', supersedes: old }),
    ).toEqual({ code: 'applied' });
    expect(await repairOf(old)).toMatchObject({
      state: 'superseded',
      closed_by: 'shiroishi-citysv',
    });
    await city.pull();
    expect(city.rows.get(`visit/${args.id}/facts`)?.body).toMatchObject({ date: '2026-11-13' });
  });

  test('a stopped store puts nothing right', async () => {
    const leaving = await area.staff('shiroishi-city2');
    const { args, old } = await refused(leaving);
    await area
      .server()
      .storage.write(area.server().tenant, (tx) =>
        tx
          .updateTable('store')
          .set({ state: 'revoked' })
          .where('store', '=', leaving.store)
          .execute(),
      );
    expect(await right(leaving, args, old)).toMatchObject({ code: 'quarantined' });
    expect(await repairOf(old)).toMatchObject({ state: 'open' });
  });
});

const discard = (by: FakeStore, id: string) =>
  by.act(
    'access.discard',
    { kind: 'entry', id, action: 'discard', reason: '二重' },
    { lane: 'access' },
  );

describe('withdrawing with a reason', () => {
  test('closes it, by the author or a supervisor of the organisation and nobody else', async () => {
    const { old } = await refused();
    await discard(colleague, old);
    await discard(hwSupervisor, old);
    expect(await repairOf(old)).toMatchObject({ state: 'open' });
    await discard(supervisor, old);
    expect(await repairOf(old)).toMatchObject({
      state: 'discarded',
      closed_by: 'shiroishi-citysv',
    });
    await discard(city, old);
    expect(await repairOf(old)).toMatchObject({ closed_by: 'shiroishi-citysv' });
    const { storage, tenant } = area.server();
    const told = await storage.read((tx) => changedVerdicts(tx, tenant, [city.store], [0, ''], 99));
    expect(told.receipts.find(({ id }) => id === old)).toMatchObject({
      closed: true,
      withdrawn: true,
    });
    // Put right is not withdrawn.
    expect(told.receipts.some(({ closed, withdrawn }) => closed && !withdrawn)).toBe(true);
  });

  test('keeps what waited from taking effect later', async () => {
    const args = seekerArgs('取り下げ');
    await city.act('seeker.amend', { id: args.id, post: '古い' });
    const old = lastOf(city);
    await discard(city, old);
    await colleague.act('seeker.register', args);
    await city.pull();
    expect(city.rows.get(`seeker/${args.id}/file`)?.body).not.toHaveProperty('post');
    expect(await repairOf(old)).toMatchObject({ state: 'discarded', code: 'blocked' });
  });
});
