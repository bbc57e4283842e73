/** The highest time seen: looked at with the runs of the loop, not with each of several that follow each other closely. */
import { afterEach, expect, test, vi } from 'vitest';
import { openStores } from '../../src/device/stores.ts';
import { openTown, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 60_000 });

let town: Town;
afterEach(() => town.close());

test('raised by a run when a moment has passed since the last look, never lowered', async () => {
  town = await openTown();
  const place = await town.tablet();
  const { device, close } = openStores(place.tab.ports.storage);
  const highest = async () => {
    const row = await device.one.get('highest');
    return row?.key === 'highest' ? row.value : 0;
  };
  const after = async (ms: number) => {
    place.clock.now += ms;
    await place.tab.tablet.syncNow();
    return highest();
  };
  const begun = place.clock.now;
  const first = await after(60_000);
  expect(first).toBeGreaterThanOrEqual(begun + 59_000);
  expect(await after(5_000)).toBe(first);
  const second = await after(15_000);
  expect(second).toBeGreaterThanOrEqual(first + 19_000);
  expect(await after(-3_600_000)).toBe(second);
  close();
});
