/** What the server noticed, told to the supervisors of the counter concerned and to nobody else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AlarmLine } from '../../src/server/alarms.ts';
import { raiseAlarm } from '../../src/server/streams.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';

let area: TestArea;
beforeAll(async () => {
  area = await openTestArea();
}, 30_000);
afterAll(() => area.close());

const ask = (who: FakeStore) =>
  area.ask('/api/alarms', { headers: { authorization: `Bearer ${who.token}` } });
const alarms = async (who: FakeStore) =>
  ((await (await ask(who)).json()) as { alarms: AlarmLine[] }).alarms;

test('of her counter’s tablets by name, of the server itself to every supervisor, nothing to counsellors', async () => {
  const city = await area.staff('shiroishi-city1');
  const [here, there] = [await area.staff('shiroishi-hwsv'), await area.staff('toyohira-citysv')];
  for (const who of [city, here, there]) await who.signIn();
  const server = area.server();
  await server.storage.write(server.tenant, async (tx) => {
    await raiseAlarm(tx, server, 'fork', { store: city.store, lane: 'write', seq: 3 });
    area.clock.now += 1_000;
    await raiseAlarm(tx, server, 'restore', { epoch: 'e-2' });
  });
  expect(await alarms(here)).toEqual([
    { id: expect.any(String), what: 'restore', at: area.clock.now },
    {
      id: expect.any(String),
      what: 'fork',
      at: area.clock.now - 1_000,
      deviceName: '窓口1番',
      userName: '見本 花子',
    },
  ]);
  expect((await alarms(there)).map(({ what }) => what)).toEqual(['restore']);
  expect((await ask(city)).status).toBe(403);
});
