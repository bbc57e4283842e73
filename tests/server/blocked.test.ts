/** What names a record that is not there yet waits for it, in the order in which it came. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mostWaiting } from '../../src/server/blocked.ts';
import { chunks } from '../../src/server/storage.ts';
import { changedVerdicts } from '../../src/server/verdict-changes.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let colleague: FakeStore;
let hw: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  colleague = await area.staff('shiroishi-city2');
  hw = await area.staff('shiroishi-hw1');
});
afterAll(() => area.close());

const read: TestArea['server'] extends () => infer S
  ? S extends { storage: { read: infer R } }
    ? R
    : never
  : never = (work) => area.server().storage.read(work);

async function verdictOf(store: FakeStore, at = -1) {
  const id = store.written.write.at(at)?.entry.header.id ?? '';
  const row = await read((tx) =>
    tx.selectFrom('entry').selectAll().where('id', '=', id).executeTakeFirst(),
  );
  const repair = await read((tx) =>
    tx.selectFrom('repair').selectAll().where('entry', '=', id).executeTakeFirst(),
  );
  return { verdict: JSON.parse(row?.verdict ?? '{}'), repair: repair?.state, id };
}

const waitsFor = (kind: string, id: string) => ({
  code: 'blocked',
  by: `${kind}/${id}`,
  problem: { code: 'waitsFor', kind },
});

async function told(store: FakeStore, since: number) {
  const { tenant } = area.server();
  return (await read((tx) => changedVerdicts(tx, tenant, [store.store], [since + 1, ''], 99)))
    .receipts;
}

async function head() {
  const row = await read((tx) =>
    tx
      .selectFrom('change')
      .select((build) => build.fn.max('seq').as('seq'))
      .executeTakeFirst(),
  );
  return Number(row?.seq ?? 0);
}

describe('what names a missing record', () => {
  test('waits, and is applied in the transaction that makes the record', async () => {
    const seeker = seekerArgs('後から');
    const before = await head();
    expect(await colleague.act('seeker.amend', { id: seeker.id, post: '三' })).toEqual(
      waitsFor('seeker', seeker.id),
    );
    expect(await verdictOf(colleague)).toMatchObject({ repair: 'open' });
    expect(await city.act('seeker.register', seeker)).toEqual({ code: 'applied' });
    const { verdict, repair, id } = await verdictOf(colleague);
    expect([verdict, repair]).toEqual([{ code: 'applied' }, 'resolved']);
    expect(await told(colleague, before)).toMatchObject([{ id, verdict: { code: 'applied' } }]);
    expect(await told(colleague, await head())).toEqual([]);
    await city.pull();
    expect(city.rows.get(`seeker/${seeker.id}/file`)?.body).toMatchObject({ post: '三' });
  });

  test('is told the same whether it is not there or not for her', async () => {
    const seeker = seekerArgs('市だけの人');
    await city.act('seeker.register', seeker);
    const nobody = newId();
    const [there, not] = [
      await hw.act('seeker.amend', { id: seeker.id, post: 'x' }),
      await hw.act('seeker.amend', { id: nobody, post: 'x' }),
    ];
    expect(there).toEqual(waitsFor('seeker', seeker.id));
    expect(not).toEqual(waitsFor('seeker', nobody));
    const before = await head();
    await city.act('seeker.amend', { id: seeker.id, post: 'y' });
    expect((await verdictOf(hw, -2)).verdict).toEqual(there);
    expect(await told(hw, before)).toEqual([]);
  });

  test('is told the same whatever state she expects of it', async () => {
    const far = await area.staff('toyohira-hw1');
    const visit = visitArgs(area);
    await city.act('visit.log', visit);
    for (const id of [visit.id, newId()])
      for (const state of ['waiting', 'done']) {
        const expected = { [`visit/${id}`]: state };
        expect(await far.act('visit.call', { id }, { expected })).toEqual(waitsFor('visit', id));
      }
  });

  test('goes on in the order in which it came, one waking the next', async () => {
    const [visit, seeker] = [visitArgs(area), seekerArgs('連なり')];
    const talk = consultationArgs(visit.id, seeker.id);
    expect(await colleague.act('consultation.amend', { id: talk.id, minutes: 30 })).toMatchObject({
      by: `consultation/${talk.id}`,
    });
    expect(await city.act('consultation.record', talk)).toMatchObject({ code: 'blocked' });
    await city.act('seeker.amend', { id: seeker.id, post: '先' });
    await colleague.act('seeker.amend', { id: seeker.id, post: '後' });
    await hw.act('visit.log', visit);
    expect((await verdictOf(city, -2)).verdict).toEqual(waitsFor('seeker', seeker.id));
    await city.act('seeker.register', seeker);
    expect((await verdictOf(city, -3)).verdict).toEqual({ code: 'applied' });
    expect((await verdictOf(colleague, -2)).verdict).toEqual({ code: 'applied' });
    await city.pull();
    expect(city.rows.get(`consultation/${talk.id}/facts`)?.body).toMatchObject({ minutes: 30 });
    expect(city.rows.get(`seeker/${seeker.id}/file`)?.body).toMatchObject({ post: '後' });
    const changes = await read((tx) =>
      tx.selectFrom('change').selectAll().where('id', '=', seeker.id).orderBy('seq').execute(),
    );
    const filed = changes.filter(({ part }) => part === 'file').map(({ entry }) => entry);
    expect(filed.indexOf((await verdictOf(colleague)).id)).toBe(filed.length - 1);
  });

  test('in one push with what it waits for, is answered at once', async () => {
    const seeker = seekerArgs('一度に');
    await city.write('seeker.amend', { id: seeker.id, post: '早すぎた' });
    await city.write('seeker.register', seeker);
    const receipts = await city.push();
    expect(receipts.map(({ verdict }) => verdict.code)).toEqual(['applied', 'applied']);
    expect(receipts[0]?.seq).toBeGreaterThan(receipts[1]?.seq ?? 0);
    expect(
      await city
        .post('/api/push', city.request(city.acked.write - 2, city.acked.write))
        .then((r) => r.json()),
    ).toMatchObject({ receipts: receipts.map(({ sig: _sig, ...said }) => said) });
  });

  test('is quarantined where its author has lost her standing meanwhile', async () => {
    const leaving = await area.staff('shiroishi-city2');
    const seeker = seekerArgs('去る人');
    await leaving.act('seeker.amend', { id: seeker.id, post: '最後' });
    await read((tx) =>
      tx
        .updateTable('store')
        .set({ state: 'revoked' })
        .where('store', '=', leaving.store)
        .execute(),
    );
    await city.act('seeker.register', seeker);
    const { verdict, repair } = await verdictOf(leaving);
    expect([verdict, repair]).toEqual([
      { code: 'quarantined', problem: { code: 'revoked' } },
      'open',
    ]);
  });

  test('is refused for another reason once it has what it waited for', async () => {
    const visit = visitArgs(area);
    await city.act('visit.call', { id: visit.id });
    await colleague.act('visit.leave', { id: visit.id });
    await hw.act('visit.log', visit);
    expect((await verdictOf(city)).verdict).toEqual({ code: 'applied' });
    expect(await verdictOf(colleague)).toMatchObject({ verdict: { code: 'applied' } });
    const other = visitArgs(area);
    await city.act('visit.leave', { id: other.id });
    await colleague.act('visit.call', { id: other.id });
    await hw.act('visit.log', other);
    expect(await verdictOf(colleague)).toMatchObject({
      verdict: { code: 'rejected', problem: { code: 'illegalState' } },
      repair: 'open',
    });
  });
});

test('nothing is left waiting for what is there', async () => {
  const rows = await read((tx) => tx.selectFrom('blocked').selectAll().execute());
  const entries = await read((tx) => tx.selectFrom('entry').selectAll().execute());
  const waiting = entries.filter(({ verdict }) => verdict.includes('"blocked"'));
  expect(rows.map(({ entry }) => entry).toSorted()).toEqual(waiting.map(({ id }) => id).toSorted());
});

describe('a way out', () => {
  test('of one whom nobody can read any more: withdrawn, and it waits no longer', async () => {
    const gone = await area.staff('shiroishi-city2');
    const seeker = seekerArgs('消えた人');
    await gone.act('seeker.amend', { id: seeker.id, post: '待つ' });
    const { id } = await verdictOf(gone);
    await read((tx) => tx.deleteFrom('person_key').where('person', '=', seeker.id).execute());
    await area.restart();
    await city.act('seeker.register', seeker);
    expect(await verdictOf(gone)).toMatchObject({ verdict: { code: 'blocked' }, repair: 'open' });
    const args = { kind: 'entry', id, action: 'discard', reason: '届かない' };
    await gone.act('access.discard', args, { lane: 'access' });
    expect(await verdictOf(gone)).toMatchObject({ repair: 'discarded' });
    const rows = await read((tx) => tx.selectFrom('blocked').select('entry').execute());
    expect(rows.map(({ entry }) => entry)).not.toContain(id);
  });

  test('of what is too much: refused and kept, the others wait on, and one gone makes room', async () => {
    const { tenant } = area.server();
    const busy = await area.staff('shiroishi-city2');
    const wait = () => busy.act('seeker.amend', { id: newId(), post: '待つ' });
    await wait();
    const { id } = await verdictOf(busy);
    const rows = await read(async (tx) => ({
      entry: await tx
        .selectFrom('entry')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
      blocked: await tx
        .selectFrom('blocked')
        .selectAll()
        .where('entry', '=', id)
        .executeTakeFirstOrThrow(),
    }));
    const copies = Array.from({ length: mostWaiting - 1 }, (_, n) => `${id}-${n}`);
    await area.server().storage.write(tenant, async (tx) => {
      for (const some of chunks(copies, 50)) {
        const entries = some.map((copy, n) => ({
          ...rows.entry,
          id: copy,
          lane: `copy:${copy}`,
          seq: n,
        }));
        await tx.insertInto('entry').values(entries).execute();
        await tx
          .insertInto('blocked')
          .values(some.map((copy) => ({ ...rows.blocked, entry: copy })))
          .execute();
      }
    });
    expect(await wait()).toMatchObject({ code: 'rejected', problem: { code: 'refused' } });
    expect((await verdictOf(busy)).repair).toBe('open');
    expect(await busy.act('visit.log', visitArgs(area))).toEqual({ code: 'applied' });
    expect(await colleague.act('seeker.amend', { id: newId(), post: '待つ' })).toMatchObject({
      code: 'blocked',
    });
    await read((tx) => tx.deleteFrom('blocked').where('entry', 'in', copies.slice(0, 2)).execute());
    await read((tx) => tx.deleteFrom('entry').where('id', 'in', copies.slice(0, 2)).execute());
    expect(await wait()).toMatchObject({ code: 'blocked' });
  });
});
