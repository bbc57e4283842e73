/** What was put right from a stopped store has no say: it is withdrawn alone, or taken up once with what it was to put right. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FakeStore, WriteOptions } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let colleague: FakeStore;
let supervisor: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  colleague = await area.staff('shiroishi-city2');
  supervisor = await area.staff('shiroishi-citysv');
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

const discard = (by: FakeStore, id: string) =>
  by.act(
    'access.discard',
    { kind: 'entry', id, action: 'discard', reason: '二重' },
    { lane: 'access' },
  );

/** The first was refused; the second, from the same hand after her store was stopped, is kept in quarantine. */
async function twice(author = 'shiroishi-city2') {
  const leaving = await area.staff(author);
  const { args, old } = await refused(leaving);
  await stop(leaving);
  await right(leaving, args, old);
  const second = lastOf(leaving);
  const open = { state: 'open' };
  expect([await repairOf(old), await repairOf(second)]).toMatchObject([open, open]);
  return { args, old, second };
}
const stop = (who: FakeStore) =>
  area
    .server()
    .storage.write(area.server().tenant, (tx) =>
      tx.updateTable('store').set({ state: 'revoked' }).where('store', '=', who.store).execute(),
    );
async function fromStopped(author: string, args: object, old: string) {
  const stopped = await area.staff(author);
  await stop(stopped);
  expect(await right(stopped, args, old)).toMatchObject({ code: 'quarantined' });
  return lastOf(stopped);
}
const rejected = { code: 'rejected' };
const late = { ...rejected, problem: { code: 'superseded' } };

test('takes the first along when a supervisor adopts it, and that is not written anew', async () => {
  const { args, old, second } = await twice();
  expect(await right(supervisor, args, second)).toEqual({ code: 'applied' });
  const closed = { state: 'superseded', closed_by: 'shiroishi-citysv' };
  expect([await repairOf(old), await repairOf(second)]).toMatchObject([closed, closed]);
  const another = { ...args, id: seekerArgs('x').id };
  expect(await right(supervisor, another, old)).toEqual(late);
});

test('both in one push: the first that takes one takes both', async () => {
  const { args, old, second } = await twice();
  await supervisor.write('seeker.register', args, { supersedes: second });
  const another = { ...args, id: seekerArgs('x').id };
  await supervisor.write('seeker.register', another, { supersedes: old });
  const codes = (await supervisor.push()).slice(-2).map(({ verdict }) => verdict.code);
  expect(codes).toEqual(['applied', 'rejected']);
});

test('is not written anew where the first was put right meanwhile', async () => {
  const { args, old, second } = await twice();
  expect(await right(supervisor, args, old)).toEqual({ code: 'applied' });
  const another = { ...args, id: seekerArgs('x').id };
  expect(await right(supervisor, another, second)).toEqual(late);
  await supervisor.signIn();
  const opened = await supervisor.post('/api/repair/open', { entry: second });
  expect(await opened.json()).toMatchObject({ problem: { code: 'superseded' } });
});

test('is withdrawn alone: the first goes on waiting, and is put right by its author', async () => {
  const { args, old, second } = await twice('shiroishi-city1');
  await discard(supervisor, second);
  expect(await repairOf(second)).toMatchObject({ state: 'discarded' });
  expect(await repairOf(old)).toMatchObject({ state: 'open' });
  expect(await right(city, args, old)).toEqual({ code: 'applied' });
});

test('finds nothing in its way in a first that was withdrawn before', async () => {
  const { args, old, second } = await twice();
  await discard(supervisor, old);
  expect(await right(supervisor, args, second)).toEqual({ code: 'applied' });
});

test('nor in another of the same claim that was withdrawn', async () => {
  const { args, old, second } = await twice();
  const third = await fromStopped('shiroishi-citysv', args, old);
  await discard(supervisor, second);
  expect(await right(supervisor, args, third)).toEqual({ code: 'applied' });
});

test('nor where what put the first right was withdrawn; until then it is in the way', async () => {
  const { args, old, second } = await twice();
  expect(await right(supervisor, { ...args, familyKana: '漢字' }, old)).toMatchObject(rejected);
  const tried = lastOf(supervisor);
  expect(await right(supervisor, args, second)).toEqual(late);
  await discard(supervisor, lastOf(supervisor));
  await discard(supervisor, tried);
  expect(await right(supervisor, args, second)).toEqual({ code: 'applied' });
});

test('leaves the first where it is taken up without effect, and takes it along with what has one', async () => {
  const { args, old, second } = await twice();
  expect(await right(supervisor, { ...args, familyKana: '漢字' }, second)).toMatchObject(rejected);
  const tried = lastOf(supervisor);
  expect(await repairOf(second)).toMatchObject({ state: 'superseded' });
  expect(await repairOf(old)).toMatchObject({ state: 'open' });
  expect(await right(supervisor, args, tried)).toEqual({ code: 'applied' });
  expect(await repairOf(old)).toMatchObject({ state: 'superseded' });
});

test('is not sent anew either where the first was put right after it was taken up in vain', async () => {
  const { args, old, second } = await twice();
  await right(supervisor, { ...args, familyKana: '漢字' }, second);
  const tried = lastOf(supervisor);
  expect(await right(supervisor, args, old)).toEqual({ code: 'applied' });
  const another = { ...args, id: seekerArgs('x').id };
  expect(await right(supervisor, another, tried)).toEqual(late);
});

test('taken up while it has to wait, it lets the first take no effect beside it', async () => {
  const leaving = await area.staff('shiroishi-city2');
  const person = seekerArgs('二人とも待つ');
  await leaving.act('seeker.amend', { id: person.id, post: '古い' });
  const old = lastOf(leaving);
  await stop(leaving);
  const amend = { id: person.id, post: '新しい' };
  await leaving.act('seeker.amend', amend, { supersedes: old });
  const taken = await supervisor.act('seeker.amend', amend, { supersedes: lastOf(leaving) });
  expect(taken).toMatchObject({ code: 'blocked' });
  await city.act('seeker.register', person);
  expect(await repairOf(old)).toMatchObject({ state: 'superseded' });
  await city.pull();
  expect(city.rows.get(`seeker/${person.id}/file`)?.body).toMatchObject({ post: '新しい' });
});

test('is not counted a second time where the first had waited and took effect since', async () => {
  const person = seekerArgs('待つ人');
  const visit = visitArgs(area);
  await city.act('visit.log', visit);
  const talk = () => consultationArgs(visit.id, person.id) as never;
  expect(await city.act('consultation.record', talk())).toMatchObject({ code: 'blocked' });
  const supersedes = lastOf(city);
  const leaving = await area.staff('shiroishi-city1');
  await stop(leaving);
  await leaving.act('consultation.record', talk(), { supersedes });
  const claim = lastOf(leaving);
  await colleague.act('seeker.register', person);
  expect(await repairOf(supersedes)).toMatchObject({ state: 'resolved' });
  expect(await supervisor.act('consultation.record', talk(), { supersedes })).toEqual(late);
  expect(await supervisor.act('consultation.record', talk(), { supersedes: claim })).toEqual(late);
});

test('is not taken up past a first that is partly in', async () => {
  const { id } = seekerArgs('一部');
  await city.act('seeker.register', { ...seekerArgs('一部'), id });
  const base = { [`seeker/${id}/file`]: { post: null } };
  await colleague.act('seeker.amend', { id, post: '一' }, { base });
  expect(await city.act('seeker.amend', { id, post: '二' }, { base })).toMatchObject({
    code: 'conflict',
  });
  const half = lastOf(city);
  expect(await city.act('seeker.amend', { id, post: '三' }, { supersedes: half })).toMatchObject(
    rejected,
  );
  const supersedes = lastOf(city);
  expect(await city.act('seeker.amend', { id, post: '三' }, { supersedes })).toEqual(late);
});

describe('by a supervisor, of somebody else’s', () => {
  test('closes nothing when it is withdrawn, and its author may still put it right', async () => {
    const { args, old } = await refused();
    await discard(supervisor, await fromStopped('shiroishi-citysv', args, old));
    expect(await repairOf(old)).toMatchObject({ state: 'open' });
    expect(await right(city, args, old)).toEqual({ code: 'applied' });
  });

  test('closes nothing when it is taken up either: a stopped store’s role is no standing', async () => {
    const { args, old } = await refused();
    const claim = await fromStopped('shiroishi-citysv', args, old);
    expect(await right(supervisor, args, claim)).toEqual({ code: 'applied' });
    expect(await repairOf(old)).toMatchObject({ state: 'open' });
  });

  test('is not counted a second time where its author was quicker', async () => {
    const { args, old } = await refused();
    const claim = await fromStopped('shiroishi-citysv', args, old);
    expect(await right(city, args, old)).toEqual({ code: 'applied' });
    const another = { ...args, id: seekerArgs('x').id };
    expect(await right(supervisor, another, claim)).toEqual(late);
  });
});

test('claims nothing of a colleague’s', async () => {
  const { args, old } = await refused();
  const leaving = await area.staff('shiroishi-city2');
  await stop(leaving);
  await right(leaving, args, old);
  expect(await right(supervisor, args, lastOf(leaving))).toEqual({ code: 'applied' });
  expect(await repairOf(old)).toMatchObject({ state: 'open' });
});

test('a ring of entries that claim each other is gone round once', async () => {
  const leaving = await area.staff('shiroishi-city2');
  const args = wrong();
  const id = seekerArgs('x').id;
  await right(leaving, args, id);
  await stop(leaving);
  const first = lastOf(leaving);
  await right(leaving, args, first, { id });
  expect(await right(supervisor, { ...args, familyKana: 'ナオス' }, id)).toEqual({
    code: 'applied',
  });
  expect(await repairOf(first)).toMatchObject({ state: 'superseded' });
});
