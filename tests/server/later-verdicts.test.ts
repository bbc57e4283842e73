/** Verdicts that changed, told page by page: each at least once, whatever comes between the pages. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pull } from '../../src/server/pull.ts';
import { storeOfToken } from '../../src/server/session.ts';
import { protocolVersion, type PullResponse } from '../../src/sync/protocol.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let author: FakeStore;
let colleague: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  author = await area.staff('shiroishi-city1');
  colleague = await area.staff('shiroishi-city2');
  for (const who of [author, colleague]) await who.signIn();
}, 30_000);
afterAll(() => area.close());

async function page(size: number): Promise<PullResponse> {
  const store = storeOfToken(area.server(), `Bearer ${author.token}`);
  if (!store.ok) throw new Error(store.problem.code);
  const request = { protocol: protocolVersion, cursor: author.cursor };
  const answer = await pull(area.server(), store.value, request, size);
  if (!answer.ok) throw new Error(answer.problem.code);
  author.cursor = answer.value.cursor;
  return answer.value;
}

const idsIn = ({ verdicts = [] }: PullResponse) => verdicts.map(({ id }) => id);

async function pages(size: number): Promise<string[][]> {
  const told: string[][] = [];
  for (;;) {
    const one = await page(size);
    told.push(idsIn(one));
    if (!one.more) return told;
  }
}

/** Entries that wait for somebody who is not there. */
async function waiting(
  count: number,
): Promise<{ ids: string[]; seeker: ReturnType<typeof seekerArgs> }> {
  const seeker = seekerArgs('後から');
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const { entry } = await author.write('seeker.amend', { id: seeker.id, post: `${n}` });
    ids.push(entry.header.id);
  }
  for (const { verdict } of await author.push()) expect(verdict.code).toBe('blocked');
  return { ids, seeker };
}

const discard = (id: string) =>
  author.act('access.discard', { kind: 'entry', id, reason: 'いらない' }, { lane: 'access' });

test('a page brings no more than its size, and all of them once', async () => {
  await pages(100);
  const { ids, seeker } = await waiting(5);
  await colleague.act('seeker.register', seeker);
  const told = await pages(2);
  expect(Math.max(...told.map((one) => one.length))).toBe(2);
  expect(told.flat().toSorted()).toEqual(ids.toSorted());
  expect((await pages(2)).flat()).toEqual([]);
});

test('a tablet that begins again hears all of them, page by page', async () => {
  const { ids, seeker } = await waiting(3);
  await colleague.act('seeker.register', seeker);
  author.cursor = null;
  const told = await pages(2);
  expect(Math.max(...told.map((one) => one.length))).toBe(2);
  expect(told.flat()).toEqual(expect.arrayContaining(ids));
});

test('what is told above the head is told again, with what has joined it between two pages', async () => {
  await pages(100);
  const { ids } = await waiting(4);
  await pages(100);
  for (const id of ids.slice(1)) await discard(id);
  const first = await page(1);
  expect([first.more, idsIn(first)]).toEqual([true, ids.slice(1, 2)]);
  await discard(ids[0] ?? '');
  for (let n = 0; n < 2; n++) await colleague.act('visit.log', visitArgs(area));
  const rest = [...(await pages(1)), ...(await pages(1))].flat();
  expect(rest).toEqual(expect.arrayContaining(ids));
  expect((await pages(1)).flat()).toEqual([]);
});
