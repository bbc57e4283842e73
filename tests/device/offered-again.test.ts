/** A counted visit that a restored server has forgotten, and whose turn has not come yet: nothing takes it off the screen. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/device/stores.ts';
import { openStores } from '../../src/device/stores.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Town } from '../support/device-town.ts';
import { restoredTown, sync, visit, type RestoredTown } from '../support/restored-town.ts';

let town: Town;
let restored: RestoredTown;
beforeEach(async () => {
  town = await openTown();
  restored = restoredTown(town);
});
afterEach(() => town.close());

async function counterOf({ device }: Stores): Promise<string> {
  const rows = await device.stores.toArray();
  return rows.find(({ role }) => role === 'counter')?.store ?? '';
}

/** A tablet whose counter's pushes are put off while `line.isFull`. */
async function openHere() {
  const [here, there] = [await town.tablet(), await town.tablet()];
  await here.enrol('shiroishi-city1');
  const elsewhere = await there.enrol('shiroishi-hw1');
  await restored.logVisit(elsewhere);
  await sync(there);
  await sync(here);
  here.tab.tablet.stop();
  const line = { isFull: false, counter: '' };
  const later = { problem: { code: 'tooManyRequests', waitSeconds: 5 } };
  const tab = await here.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      const body = typeof init.body === 'string' ? init.body : '';
      return line.isFull && path === '/api/push' && body.includes(`"store":"${line.counter}"`)
        ? Response.json(later, { status: 429 })
        : ports.fetch(path, init);
    },
  }));
  const stores = openStores(tab.ports.storage);
  line.counter = await counterOf(stores);
  const putBack = async () => {
    await restored.putBack();
    for (let n = 0; n < 3; n++) await sync(there);
    for (let n = 0; n < 3; n++) await restored.logVisit(elsewhere);
    for (let n = 0; n < 3; n++) await sync(there);
    line.isFull = true;
  };
  const states = async () => {
    const rows = await stores.of(line.counter).entries.toArray();
    return rows.map(({ state, receipt }) => [state, receipt !== undefined]);
  };
  return { here, there, tab, stores, putBack, states, line };
}

const owed = [['pending', true]];

test('counted while locked: its copy stays, on the lock screen and on the board', async () => {
  const { here, there, tab, stores, putBack, states, line } = await openHere();
  await tab.tablet.syncNow();
  await restored.saveBackup();
  const { id } = must(await tab.tablet.count(visit));
  await tab.tablet.syncNow();
  await sync(there);
  await putBack();
  const session = await here.unlock('shiroishi-city1', tab);
  for (let n = 0; n < 3; n++) await tab.tablet.syncNow();
  expect(await states()).toEqual(owed);
  expect(session.get('visit', id)).toBeDefined();
  expect(tab.tablet.counted.peek().map((one) => one.id)).toContain(id);
  line.isFull = false;
  for (let n = 0; n < 3; n++) await tab.tablet.syncNow();
  expect(session.get('visit', id)).toBeDefined();
  expect(await restored.factsOf(id)).toBeDefined();
  stores.close();
});

test('counted at an open desk: its row stays until the counter has been heard', async () => {
  const { here, there, tab, stores, putBack, states, line } = await openHere();
  const session = await here.unlock('shiroishi-city1', tab);
  await tab.tablet.syncNow();
  await restored.saveBackup();
  const { id } = must(await tab.tablet.count(visit));
  await tab.tablet.syncNow();
  await sync(there);
  await putBack();
  for (let n = 0; n < 3; n++) {
    await tab.tablet.syncNow();
    expect(session.get('visit', id)).toBeDefined();
  }
  expect(await states()).toEqual(owed);
  line.isFull = false;
  for (let n = 0; n < 3; n++) await tab.tablet.syncNow();
  expect(session.get('visit', id)).toBeDefined();
  expect(await restored.factsOf(id)).toBeDefined();
  stores.close();
});
