/** An epoch that begins while another request is under way: what is answered is of one epoch, never of two. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { beginEpoch, refreshEpoch } from '../../src/server/epoch.ts';
import { protocolVersion, type PullResponse } from '../../src/sync/protocol.ts';
import { readCursor } from '../../src/server/cursor.ts';
import { fitness } from '../../src/server/forgotten.ts';
import { readLogNow } from '../../src/server/log-now.ts';
import { openTestArea, type TestArea } from './area.ts';

let area: TestArea;
beforeEach(async () => {
  area = await openTestArea();
});
afterEach(() => area.close());

async function begin(): Promise<void> {
  const server = area.server();
  await server.storage.write(server.tenant, (tx) => beginEpoch(tx, server, { by: 'operator' }));
}

test('who enrols before this process has read the new epoch is told of that one', async () => {
  const before = area.server().epochNow.epoch;
  await begin();
  const { enrolled } = await area.staff('shiroishi-city1');
  expect(enrolled.epochs).toHaveLength(2);
  expect(enrolled.epoch).not.toBe(before);
  expect(enrolled.epoch).toBe(enrolled.epochs?.at(-1)?.epoch);
});

test('a cursor that was read in the epoch before is answered with nothing', async () => {
  const city = await area.staff('shiroishi-city1');
  await city.signIn();
  await city.pull();
  const server = area.server();
  const cursor = readCursor(server, city.store, city.cursor);
  await begin();
  await server.storage.write(server.tenant, (tx) =>
    tx.updateTable('epoch').set({ state: 'open' }).execute(),
  );
  await refreshEpoch(server);
  const fit = await server.storage.read(async (tx) =>
    fitness(server, tx, cursor, await readLogNow(tx, server.tenant, cursor?.seq)),
  );
  expect(cursor?.epoch).not.toBe(server.epochNow.epoch);
  expect(fit).toBe('closed');
});

test('a page is of the epoch in which it was read', async () => {
  const city = await area.staff('shiroishi-city1');
  await city.signIn();
  const server = area.server();
  const { epoch } = server.epochNow;
  // The page has been read when it is noted that she came.
  const write = vi.spyOn(server.storage, 'write').mockImplementationOnce(async (tenant, work) => {
    write.mockRestore();
    await begin();
    await refreshEpoch(server);
    return server.storage.write(tenant, work);
  });
  const request = { protocol: protocolVersion, cursor: null };
  const page = (await (await city.post('/api/pull', request)).json()) as PullResponse;
  expect(server.epochNow.epoch).not.toBe(epoch);
  expect(page.epoch).toBe(epoch);
  // Nobody can go on with it: it is of the epoch that has ended.
  expect(readCursor(server, city.store, page.cursor)).toBeUndefined();
});
