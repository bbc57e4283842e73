/** Live hints: after a commit a word that there is something, to whoever has a session, and no word of what. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHints, mostPerStore } from '../../src/server/hints.ts';
import { revokeStore } from '../../src/server/devices.ts';
import { askerOf } from '../../src/server/session.ts';
import { sessionLife } from '../../src/server/sessions.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { until } from '../support/device-surroundings.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let hw: FakeStore;
beforeEach(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  hw = await area.staff('shiroishi-hw1');
  for (const who of [city, hw]) await who.signIn();
});
afterEach(async () => {
  area.server().hints.close();
  await area.close();
});

const ask = (token: string) =>
  area.ask('/api/hints', {
    headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' },
  });

interface Listener {
  text: string;
  isOver: boolean;
}

async function listen(response: Response): Promise<Listener> {
  const heard: Listener = { text: '', isOver: false };
  const read = async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? [])
      heard.text += chunk;
    heard.isOver = true;
  };
  void read();
  await until(() => heard.text !== '', 'the stream says that it is there');
  return heard;
}

const events = ({ text }: Listener) =>
  text
    .split('\n\n')
    .flatMap((event) => (event.startsWith('data: ') ? [JSON.parse(event.slice(6))] : []));

test('whoever listens hears of a commit by anybody, by tenant and sequence alone; it is not compressed', async () => {
  const response = await ask(hw.token);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  expect(response.headers.get('content-encoding')).toBeNull();
  const heard = await listen(response);
  const { tenant } = area.server();
  expect(await city.act('seeker.register', seekerArgs('秘密'))).toEqual({ code: 'applied' });
  await until(() => events(heard).length > 0, 'a hint');
  const [page] = await hw.pull();
  expect(events(heard)).toEqual([{ tenant, seq: expect.any(Number) }]);
  expect(events(heard)[0].seq).toBeLessThanOrEqual(page?.seq ?? 0);
  expect(heard.text).not.toContain('秘密');
});

test('nobody listens without a session, a counter not at all', async () => {
  expect((await ask('')).status).toBe(401);
  expect((await ask('a'.repeat(43))).status).toBe(401);
  const device = await area.device();
  await device.counter?.signIn();
  expect((await ask(device.counter?.token ?? '')).status).toBe(403);
  expect(area.server().hints.count()).toBe(0);
});

test('a store that is stopped, a session that runs out, a server that stops: the stream ends', async () => {
  const server = area.server();
  const [one, other] = [await listen(await ask(city.token)), await listen(await ask(hw.token))];
  const supervisor = await area.staff('shiroishi-citysv');
  await supervisor.signIn();
  const asker = await askerOf(server, `Bearer ${supervisor.token}`);
  if (!asker.ok) throw new Error(asker.problem.code);
  expect((await revokeStore(server, asker.value, city.store)).ok).toBe(true);
  await until(() => one.isOver, 'the stopped store’s stream ends');
  expect(other.isOver).toBe(false);
  area.clock.now += sessionLife + 1;
  server.hints.tell(1);
  await until(() => other.isOver, 'the old session’s stream ends');
  expect(server.hints.count()).toBe(0);
  await hw.signIn();
  const last = await listen(await ask(hw.token));
  server.hints.close();
  await until(() => last.isOver, 'the stopping server ends it');
});

test('a store’s streams are bounded: the oldest gives way', async () => {
  const streams: Listener[] = [];
  for (let times = 0; times <= mostPerStore; times++)
    streams.push(await listen(await ask(hw.token)));
  await until(() => streams[0]?.isOver === true, 'the first ends');
  expect(streams.slice(1).some(({ isOver }) => isOver)).toBe(false);
  expect(area.server().hints.count()).toBe(mostPerStore);
});

test('many commits in a moment are one hint, of the last; a listener who is gone is forgotten', async () => {
  const sessions = { find: () => ({ store: 's', expiresAt: Infinity }) };
  const hints = createHints({ tenant: 't', sessions, clock: () => 0 });
  const heard = await listen(new Response(hints.open('s', 'token')));
  const gone = hints.open('other', 'token');
  expect(hints.count()).toBe(2);
  for (const seq of [3, 5, 4]) hints.tell(seq);
  await until(() => events(heard).length > 0, 'a hint');
  expect(events(heard)).toEqual([{ tenant: 't', seq: 5 }]);
  await gone.cancel();
  await until(() => hints.count() === 1, 'it is forgotten');
  hints.close();
});
