/** Whose case is on which post: counts for all of one's own organisation, names for one post, moved with a record each. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caseloads } from '../../src/server/caseload.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs } from './samples.ts';

let area: TestArea;
let boss: FakeStore;
let one: FakeStore;
let hw: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  boss = await area.staff('shiroishi-citysv');
  one = await area.staff('shiroishi-city1');
  hw = await area.staff('shiroishi-hw1');
});
afterAll(() => area.close());

async function caseloads(by: FakeStore, post?: string) {
  await by.signIn();
  const query = post === undefined ? '' : `?post=${encodeURIComponent(post)}`;
  const response = await area.ask(`/api/caseloads${query}`, {
    headers: { authorization: `Bearer ${by.token}` },
  });
  return { status: response.status, answer: (await response.json()) as Caseloads };
}

async function register(by: FakeStore, name: string, post: string) {
  const args = { ...seekerArgs(name), post };
  expect(await by.act('seeker.register', args)).toEqual({ code: 'applied' });
  return args.id;
}

test('people are counted by post and organisation, named for one post, and moved with their file', async () => {
  const a = await register(one, '甲', '席：1');
  const b = await register(one, '乙', '席：1');
  await register(one, '丙', '席2');
  await register(one, '丁', '');
  await register(hw, '戊', '席：1');
  const voided = await register(one, '己', '席2');
  expect(await one.act('seeker.void', { id: voided, voidReason: 'mistake' })).toEqual({
    code: 'applied',
  });
  const { answer } = await caseloads(boss, '席：1');
  expect(answer.posts).toEqual([
    { post: '席2', people: 1 },
    { post: '席：1', people: 2 },
  ]);
  expect(answer.people.map(({ id }) => id).toSorted()).toEqual([a, b].toSorted());
  // A card and facts, nothing of the file.
  for (const person of answer.people)
    expect(Object.keys(person.parts).toSorted()).toEqual(['card', 'facts']);
  const events = await area
    .server()
    .storage.read((tx) =>
      tx
        .selectFrom('access_event')
        .select(['user', 'action'])
        .where('action', '=', 'caseload')
        .execute(),
    );
  expect(events).toEqual([{ user: 'shiroishi-citysv', action: 'caseload' }]);
  const moved = {
    id: newId(),
    seeker: a,
    fromPost: '席：1',
    toPost: '席2',
    note: '来週の面接に付き添う',
  };
  expect(await boss.act('caseTransfer.write', moved)).toEqual({ code: 'applied' });
  expect((await caseloads(boss)).answer.posts).toEqual([
    { post: '席2', people: 2 },
    { post: '席：1', people: 1 },
  ]);
  // Somebody was faster: she is moved from where she is, or not at all.
  expect(
    await boss.act('caseTransfer.write', { ...moved, id: newId(), toPost: '席3' }),
  ).toMatchObject({
    code: 'rejected',
    problem: { code: 'refused' },
  });
});

test('the list belongs to supervisors of the own organisation', async () => {
  expect((await caseloads(one)).status).toBe(403);
  const other = await area.staff('shiroishi-hwsv');
  const { answer } = await caseloads(other, '席2');
  expect(answer.posts).toEqual([{ post: '席：1', people: 1 }]);
  expect(answer.people).toEqual([]);
});
