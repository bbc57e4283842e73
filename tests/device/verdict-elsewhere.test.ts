/** A verdict on a counted visit is kept before the page that brings it, which a desk locked meanwhile never keeps. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PullResponse } from '../../src/sync/protocol.ts';
import { openStores } from '../../src/device/stores.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Town } from '../support/device-town.ts';
import { visit } from '../support/restored-town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

test('the lock screen counts as its store says', async () => {
  const here = await town.tablet();
  await here.enrol('shiroishi-city1');
  here.tab.tablet.stop();
  const late: { receipt?: NonNullable<PullResponse['verdicts']>[number]; lock: () => void } = {
    lock: () => undefined,
  };
  const tab = await here.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      const answer = await ports.fetch(path, init);
      const { receipt } = late;
      if (path !== '/api/pull' || !receipt) return answer;
      delete late.receipt;
      late.lock();
      return Response.json({ ...((await answer.json()) as PullResponse), verdicts: [receipt] });
    },
  }));
  late.lock = () => tab.tablet.lock();
  await tab.tablet.syncNow();
  must(await tab.tablet.count(visit));
  await tab.tablet.syncNow();
  const stores = openStores(tab.ports.storage);
  const rows = await stores.device.stores.toArray();
  const db = stores.of(rows.find(({ role }) => role === 'counter')?.store ?? '');
  const receipt = (await db.entries.toArray())[0]?.receipt;
  expect(tab.tablet.counted.peek().length).toBe(1);
  await here.unlock('shiroishi-city1', tab);
  if (!receipt) throw new Error('no receipt');
  const problem = { code: 'notAllowed', action: 'visit.log' } as const;
  late.receipt = { ...receipt, verdict: { code: 'rejected', problem }, closed: true };
  await tab.tablet.syncNow();
  expect((await db.entries.toArray())[0]?.state).toBe('rejected');
  expect(tab.tablet.counted.peek().length).toBe(0);
  stores.close();
});
