/** Accounts that have ended while their sealed entries are still on the way: what was written in time counts as written. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partOf } from '../../src/domain/record.ts';
import { author } from '../../src/server/author.ts';
import { createExpiry } from '../../src/server/expiry.ts';
import { factsOfKind } from '../../src/server/staff.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let boss: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  boss = await area.staff('shiroishi-citysv');
});
afterAll(() => area.close());

const day = 86_400_000;
const end = (id: string, validTo: string) =>
  author(area.server(), [{ verb: 'staff.end', args: { id, validTo } }]);
const quarantined = { code: 'quarantined', problem: { code: 'revoked' } };

describe('an ended account', () => {
  test('is believed for what it wrote until its last evening, though it comes days later and out of a dead lease', async () => {
    const one = await area.staff('shiroishi-city1');
    const began = area.clock.now;
    const lastDay = area.today();
    const person = seekerArgs('最後の日');
    await one.write('seeker.register', person);
    await one.write('visit.log', visitArgs(area));
    area.clock.now = Date.parse(`${lastDay}T23:59:59+09:00`);
    await one.write('seeker.amend', { id: person.id, alias: '夜おそく' });
    area.clock.now += 1000;
    await one.write('seeker.amend', { id: person.id, alias: '翌日' });
    area.clock.now = began + 10 * day;
    await end('shiroishi-city1', lastDay);
    const verdicts = (await one.push()).map(({ verdict }) => verdict);
    expect(verdicts.slice(0, 3)).toEqual(Array(3).fill({ code: 'applied' }));
    expect(verdicts[3]).toEqual(quarantined);
    const people = await area
      .server()
      .storage.read((tx) => factsOfKind(area.server(), tx, 'seeker'));
    expect(people.some(({ id }) => id === person.id)).toBe(true);
    expect((await one.signIn()).status).toBe(403);
    // A supervisor of her organisation takes the late one over.
    await boss.signIn();
    const late = one.written.write.at(-1)?.entry.header.id ?? '';
    const args = { id: person.id, alias: '翌日' };
    expect(await boss.act('seeker.amend', args, { supersedes: late })).toEqual({ code: 'applied' });
  });

  test('is not believed for a date that its clock or its business date denies', async () => {
    const one = await area.staff('shiroishi-city2');
    const yesterday = new Date(area.clock.now - day + 9 * 3_600_000).toISOString().slice(0, 10);
    await end('shiroishi-city2', yesterday);
    // The clock says today, the date on it says yesterday.
    await one.write('visit.log', visitArgs(area), { businessDate: yesterday });
    // And the other way round.
    const now = area.clock.now;
    area.clock.now -= day;
    const args = visitArgs(area);
    await one.write('visit.log', args, { businessDate: '2030-01-01' });
    await one.write('visit.log', visitArgs(area));
    area.clock.now = now;
    const verdicts = (await one.push()).map(({ verdict }) => verdict);
    expect(verdicts).toEqual([quarantined, quarantined, { code: 'applied' }]);
  });

  test('whose tablet was stopped besides is not believed at all, whenever it says that it wrote', async () => {
    const one = await area.staff('toyohira-city1');
    const sv = await area.staff('toyohira-citysv');
    await one.write('visit.log', visitArgs(area));
    await end('toyohira-city1', area.today());
    await sv.signIn();
    expect((await sv.post('/api/stores/revoke', { store: one.store })).status).toBe(200);
    expect((await one.push())[0]?.verdict).toEqual(quarantined);
  });

  test('ends by itself on the morning after its last day, and is known by name ever after', async () => {
    const staff = 'toyohira-city2';
    await author(area.server(), [
      { verb: 'staff.amend', args: { id: staff, validTo: area.today() } },
    ]);
    await createExpiry(area.server()).run();
    const stateNow = async () => {
      const { server } = area;
      const all = await server().storage.read((tx) => factsOfKind(server(), tx, 'staff'));
      return partOf(
        all.find(({ id }) => id === staff),
        'facts',
      );
    };
    expect(await stateNow()).toMatchObject({ state: 'active' });
    const one = await area.staff(staff);
    const validTo = area.today();
    area.clock.now += day;
    await createExpiry(area.server()).run();
    expect(await stateNow()).toMatchObject({ state: 'ended', validTo });
    const sv = await area.staff('toyohira-citysv');
    await sv.signIn();
    const listed = (await (
      await area.ask('/api/stores', { headers: { authorization: `Bearer ${sv.token}` } })
    ).json()) as { stores: { store: string; userName?: string }[] };
    expect(listed.stores.find(({ store }) => store === one.store)?.userName).toBe('例示 次郎');
  });
});
