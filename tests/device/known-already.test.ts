/** What is known already is neither asked nor written again, and what is not known never passes for known. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createCounter, type Counter } from '../../src/device/counter.ts';
import { keepSaid, readEnrolment, type EnrolmentRow } from '../../src/device/device-db.ts';
import { createIds } from '../../src/device/ids.ts';
import { pushAll } from '../../src/device/push.ts';
import { createNet } from '../../src/device/net.ts';
import { readMeta, writeMeta, type StoreDb } from '../../src/device/store-db.ts';
import { openStores, type Stores } from '../../src/device/stores.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

const visit = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
let town: Town;
let place: Place;
let stores: Stores;
let enrolment: EnrolmentRow;
let counter: Counter;
let user: StoreDb;
let own: StoreDb;

beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  place = await town.tablet();
  await place.enrol('shiroishi-city1');
  place.tab.tablet.lock();
  stores = openStores(place.tab.ports.storage);
  const { device } = stores;
  enrolment = (await readEnrolment(device)) ?? expect.fail();
  const rows = await device.stores.toArray();
  const [row, users] = ['counter', 'user'].map((role) => rows.find((one) => one.role === role));
  if (!row || !users) expect.fail();
  [own, user] = [stores.of(row.store), stores.of(users.store)];
  const { spare: _, ...ports } = place.tab.ports;
  const wrote = () => undefined;
  counter = createCounter(
    { ...ports, newId: createIds(ports), wrote },
    stores,
    enrolment,
    () => row.lease,
    () => false,
  );
  return () => stores.close();
});

const push = () => pushAll(place.tab.ports, createNet(place.tab.ports), stores);
const shown = () => counter.counted.value.length;

test('a counter that wrote nothing asks for no entries and of no user, and tells nobody', async () => {
  const heard = vi.fn();
  counter.items.subscribe(heard);
  const asked = [vi.spyOn(own.entries, 'where'), vi.spyOn(stores.device.stores, 'toArray')];
  must(await counter.refresh());
  for (const one of asked) expect(one).not.toHaveBeenCalled();
  expect(heard).toHaveBeenCalledTimes(1);
});

test('what nobody has answered for is in nobody’s rows; with an answer they are asked, and the copy goes', async () => {
  must(await counter.count(visit));
  const asked = vi.spyOn(stores.device.stores, 'toArray');
  must(await counter.refresh());
  expect(asked).not.toHaveBeenCalled();
  expect(shown()).toBe(1);
  expect(await push()).toEqual({ touched: [expect.any(String)], problem: undefined });
  asked.mockClear();
  must(await counter.refresh());
  expect(asked).toHaveBeenCalledTimes(1);
  expect(shown()).toBe(1);
  await writeMeta(user, 'seq', ((await own.entries.toArray())[0]?.receipt?.seq ?? 0) + 1);
  must(await counter.refresh());
  expect(shown()).toBe(0);
  expect((await own.entries.toArray())[0]).not.toHaveProperty('plain');
});

test('answered for anew while the users are asked, by a server put back, a visit keeps its copy', async () => {
  must(await counter.count(visit));
  await push();
  const [row] = await own.entries.toArray();
  if (!row?.receipt) expect.fail();
  const { receipt } = row;
  await writeMeta(user, 'seq', receipt.seq + 1);
  const all = stores.device.stores.toArray.bind(stores.device.stores);
  vi.spyOn(stores.device.stores, 'toArray').mockImplementationOnce(() =>
    own.entries.put({ ...row, receipt: { ...receipt, seq: receipt.seq + 9 } }).then(all),
  );
  must(await counter.refresh());
  expect((await own.entries.toArray())[0]).toHaveProperty('plain');
  expect(await readMeta(user, 'seq')).toBe(receipt.seq + 1);
});

test('what a session says of the counter is written when it is new, and then only', async () => {
  const { device } = stores;
  const { site } = enrolment;
  const staff = [...enrolment.staff];
  const put = vi.spyOn(device.one, 'put');
  await keepSaid(device, { staff, site, surveyPass: 'pass' });
  put.mockClear();
  expect(await keepSaid(device, { staff, site, surveyPass: 'pass' })).toBe(false);
  expect(await keepSaid(device, {})).toBe(false);
  expect(put).not.toHaveBeenCalled();
  const fewer = staff.slice(1);
  expect(await keepSaid(device, { staff: fewer, surveyPass: 'pass' })).toBe(true);
  expect(await keepSaid(device, { staff: fewer, surveyPass: 'another' })).toBe(true);
  const moved = { id: 'toyohira', name: '豊平' };
  expect(await keepSaid(device, { staff: fewer, site: moved })).toBe(true);
  expect(await readEnrolment(device)).toEqual({ ...enrolment, staff: fewer, site: moved });
});
