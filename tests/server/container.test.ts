/** POST /api/container: each request inside is an ordinary push; what does not fit of one store keeps nothing else back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openContext } from '../../src/device/sealer.ts';
import { toBase64Url } from '../../src/sync/bytes.ts';
import {
  containerAad,
  contentText,
  type ContainerResponse,
  type SealedContainer,
} from '../../src/sync/container.ts';
import type { PushRequest } from '../../src/sync/protocol.ts';
import { post, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { visitArgs } from './samples.ts';

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
let area: TestArea;
let city: FakeStore;
let hw: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  const device = await area.device();
  city = await area.staff('shiroishi-city1', device);
  hw = await area.staff('shiroishi-hw1', device);
});
afterAll(() => area.close());

async function seal(
  requests: readonly unknown[],
  change: Partial<SealedContainer> = {},
): Promise<SealedContainer> {
  const server = city.enrolled.keys.hpke;
  const { enc, key } = await openContext({ crypto: crypto.subtle, random }, server);
  const head = {
    v: 1,
    purpose: 'rescue',
    madeAt: area.clock.now,
    device: 'tablet-1',
    hpkeKeyId: server.keyId,
    enc,
  } as const;
  const iv = random(12);
  const params = { name: 'AES-GCM', iv, additionalData: containerAad(head) };
  const text = contentText(requests as readonly PushRequest[]);
  const ciphertext = toBase64Url(new Uint8Array(await crypto.subtle.encrypt(params, key, text)));
  return { ...head, nonce: toBase64Url(iv), ciphertext, ...change };
}

const send = (container: unknown) => post(area.ask, '/api/container', container);
const brought = async (requests: readonly unknown[]) =>
  (await (await send(await seal(requests))).json()) as ContainerResponse;
const held = () =>
  area.server().storage.read((tx) => tx.selectFrom('entry').select('id').execute());

/** Three more visits of a store, as one unsent request. */
async function unsent(store: FakeStore) {
  const from = store.written.write.length;
  for (let times = 0; times < 3; times++) await store.write('visit.log', visitArgs(area));
  return store.request(from, from + 3) as PushRequest;
}

describe('a container', () => {
  test('brings the entries of several stores, and says of each what arrived and what was there', async () => {
    const requests = [await unsent(city), await unsent(hw)];
    const first = await brought(requests);
    expect(first.stores).toEqual([
      {
        store: city.store,
        actor: 'shiroishi-city1',
        arrived: 3,
        known: 0,
        missing: 0,
        refused: [],
      },
      { store: hw.store, actor: 'shiroishi-hw1', arrived: 3, known: 0, missing: 0, refused: [] },
    ]);
    const count = (await held()).length;
    const again = await brought(requests);
    expect(again.stores.map(({ arrived, known }) => ({ arrived, known }))).toEqual([
      { arrived: 0, known: 3 },
      { arrived: 0, known: 3 },
    ]);
    expect((await held()).length).toBe(count);
    expect(again.seq).toBe(first.seq);
    // The tablet that wrote them syncs later: the same receipts, nothing twice.
    const receipts = await city.push();
    expect(receipts.map(({ verdict }) => verdict.code)).toEqual(['applied', 'applied', 'applied']);
    await hw.push();
    expect((await held()).length).toBe(count);
  });

  test('an entry taken out of it: the rest of that store waits, the others go through', async () => {
    const [one, two] = [await unsent(city), await unsent(city)];
    const result = await brought([two, await unsent(hw)]);
    expect(result.stores).toMatchObject([
      { store: city.store, arrived: 0, missing: 3, problem: { code: 'waitsFor' } },
      { store: hw.store, arrived: 3, missing: 0 },
    ]);
    const whole = await brought([one, two]);
    expect(whole.stores).toMatchObject([{ arrived: 6, known: 0, missing: 0 }]);
    expect(whole.stores[0]).not.toHaveProperty('problem');
    city.acked.write = city.written.write.length;
    hw.acked.write = hw.written.write.length;
  });

  test('a hole inside one request, or an altered entry: nothing of that request is believed', async () => {
    const request = await unsent(city);
    const [a, b, c] = request.entries;
    const before = (await held()).length;
    const holed = await brought([{ ...request, entries: [a, c] }]);
    expect(holed.stores).toMatchObject([{ missing: 2, problem: { code: 'malformed' } }]);
    const header = { ...b?.header, businessDate: '2026-11-01' };
    const altered = await brought([{ ...request, entries: [a, { ...b, header }, c] }]);
    expect(altered.stores).toMatchObject([{ missing: 3, problem: { code: 'malformed' } }]);
    expect((await held()).length).toBe(before);
    expect((await brought([request])).stores).toMatchObject([{ arrived: 3 }]);
    city.acked.write = city.written.write.length;
  });

  test('of a store that was stopped: its entries are kept in quarantine, and named', async () => {
    const stopped = await area.staff('shiroishi-city2');
    const request = await unsent(stopped);
    const { server } = area;
    await server().storage.write(server().tenant, (tx) =>
      tx
        .updateTable('store')
        .set({ state: 'revoked' })
        .where('store', '=', stopped.store)
        .execute(),
    );
    const ids = request.entries.map(({ header }) => header.id);
    expect((await brought([request])).stores).toMatchObject([{ arrived: 3, refused: ids }]);
  });

  test('an entry that came too late for what it says: arrived, and named as without effect', async () => {
    const visit = visitArgs(area);
    await hw.act('visit.log', visit);
    await hw.act('visit.leave', { id: visit.id });
    const expected = { [`visit/${visit.id}`]: 'waiting' };
    const { entry } = await city.write('visit.call', { id: visit.id }, { expected });
    const request = city.request(city.acked.write, city.written.write.length);
    expect((await brought([request])).stores).toMatchObject([
      { arrived: 1, refused: [entry.header.id] },
    ]);
    city.acked.write = city.written.write.length;
  });

  test('of a tablet that was copied: both histories arrive, and neither is said to be missing', async () => {
    const store = await area.staff('shiroishi-city2');
    const [common, original] = [await unsent(store), await unsent(store)];
    store.written.write.splice(common.entries.length);
    const copied = await unsent(store);
    expect((await brought([common, original])).stores).toMatchObject([{ arrived: 6, known: 0 }]);
    const [said] = (await brought([copied])).stores;
    expect(said).toMatchObject({ arrived: 3, known: 0, missing: 0, refused: [] });
    expect(said).not.toHaveProperty('problem');
    const again = await brought([common, copied]);
    expect(again.stores).toMatchObject([{ arrived: 0, known: 6, missing: 0 }]);
  });

  test('of a store that nobody here knows: said, and the others go through', async () => {
    const request = await unsent(city);
    const foreign = { ...(await unsent(hw)), store: 'nobody-knows-me' };
    expect((await brought([foreign, request])).stores).toMatchObject([
      { store: 'nobody-knows-me', missing: 3, problem: { code: 'unauthorised' } },
      { store: city.store, arrived: 3 },
    ]);
    city.acked.write = city.written.write.length;
    hw.acked.write = hw.written.write.length - 3;
  });
});

test('what is not sealed to this server, or was altered on the way, is refused in words and changes nothing', async () => {
  const request = await unsent(city);
  const good = await seal([request]);
  const wrong: readonly unknown[] = [
    { ...good, purpose: 'handover' },
    { ...good, madeAt: good.madeAt + 1 },
    { ...good, device: 'another' },
    { ...good, hpkeKeyId: 'hpke-9' },
    { ...good, ciphertext: `A${good.ciphertext.slice(1)}B` },
    await seal([]),
    await seal([{ ...request, store: 'Not An Id' }]),
    await seal([request, { hello: 'there' }]),
  ];
  const before = (await held()).length;
  for (const one of wrong) {
    const answer = await send(one);
    expect(await answer.json()).toMatchObject({ problem: { code: 'wrongContainer' } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  }
  // No container at all, and one with what is not for the server.
  for (const one of [{}, { ...good, v: 2 }, { ...good, share: {} }])
    expect(await (await send(one)).json()).toMatchObject({ problem: { code: 'malformed' } });
  expect((await held()).length).toBe(before);
});
