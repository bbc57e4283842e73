/** A copy of a tablet brings to a server put back what that had answered already: its own words contradict each other. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PushResponse } from '../../src/sync/protocol.ts';
import { backedUp } from '../support/backup.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let hw: FakeStore;
beforeEach(async () => {
  area = await openTestArea();
  [city, hw] = [await area.staff('shiroishi-city1'), await area.staff('shiroishi-hw1')];
});
afterEach(() => area.close());

async function send(store: FakeStore, from: number, more: object = {}): Promise<PushResponse> {
  const request = { ...store.request(from, store.written.write.length), ...more };
  return (await (await store.post('/api/push', request)).json()) as PushResponse;
}

const call = (store: FakeStore, id: string) =>
  store.write('visit.call', { id }, { expected: { [`visit/${id}`]: 'waiting' } });

test('an answer that is another here proves that it was restored, though the entry is here', async () => {
  const putBack = await backedUp(area);
  await city.write('visit.log', visitArgs(area));
  const [told] = await city.push();
  await putBack();
  await hw.write('visit.log', visitArgs(area));
  await hw.push();
  expect(await send(city, 0)).toMatchObject({
    receipts: [{ id: told?.id, seq: (told?.seq ?? 0) + 1 }],
  });
  await city.write('visit.log', visitArgs(area));
  expect(await send(city, 1, { receipts: [told] })).toMatchObject({ kind: 'held' });
});

test('so does a refusal of what has been taken without ever waiting', async () => {
  const putBack = await backedUp(area);
  const { id } = visitArgs(area);
  await call(city, id);
  const [told] = await city.push();
  expect(told?.verdict.code).toBe('blocked');
  await putBack();
  await hw.write('visit.log', { ...visitArgs(area), id });
  await hw.push();
  expect(await send(city, 0)).toMatchObject({ receipts: [{ verdict: { code: 'applied' } }] });
  await city.write('visit.log', visitArgs(area));
  expect(await send(city, 1, { receipts: [told] })).toMatchObject({ kind: 'held' });
});

test('what waited and was judged again proves nothing', async () => {
  const { id } = visitArgs(area);
  await call(city, id);
  const [told] = await city.push();
  await hw.write('visit.log', { ...visitArgs(area), id });
  await hw.push();
  await city.write('visit.log', visitArgs(area));
  expect(await send(city, 1, { receipts: [told] })).toMatchObject({ kind: 'receipts' });
  const again = await send(city, 0, { receipts: [told] });
  expect(again).toMatchObject({
    kind: 'receipts',
    receipts: [{ verdict: { code: 'applied' } }, {}],
  });
});
