import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs } from './samples.ts';

let area: TestArea;

beforeAll(async () => {
  area = await openTestArea();
});

afterAll(() => area.close());

test('a person who left the window is called up for the day, by her own organisation only', async () => {
  const person = seekerArgs('取寄');
  const city = await area.staff('shiroishi-city1', await area.device());
  await city.signIn();
  await city.act('seeker.register', person);
  area.clock.now += 3 * 86_400_000;
  const later = await area.staff('shiroishi-city2', await area.device());
  await later.signIn();
  await later.pull();
  const file = `seeker/${person.id}/file`;
  expect(later.rows.has(file)).toBe(false);
  const hw = await area.staff('shiroishi-hw2', await area.device());
  await hw.signIn();
  expect((await hw.post('/api/call-up', { seeker: person.id })).status).toBe(404);
  expect((await later.post('/api/call-up', { seeker: 'nobody' })).status).toBe(404);
  expect((await later.post('/api/call-up', { seeker: person.id })).status).toBe(200);
  await later.pull();
  expect(later.rows.has(file)).toBe(true);
  await hw.pull();
  expect([...hw.rows.keys()].filter((key) => key.includes(person.id))).toEqual([]);
});
