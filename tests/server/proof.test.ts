/** End-of-day proof at the server: who may claim and ask, what is counted, what a supervisor sees of her tablets. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimBytes, dayOfEntry, dayProof, type DayProof } from '../../src/sync/proof.ts';
import type { ProofResponse } from '../../src/sync/protocol.ts';
import { nodeCipher } from '../../src/server/cipher.ts';
import { post, type FakeDevice, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { visitArgs } from './samples.ts';

let area: TestArea;
let device: FakeDevice;
let city: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  device = await area.device();
  city = await area.staff('shiroishi-city1', device);
}, 30_000);
afterAll(() => area.close());

const counter = (of = device): FakeStore => {
  if (!of.counter) throw new Error('not admitted');
  return of.counter;
};
const ownHashes = (day = area.today()) =>
  [city, counter()]
    .flatMap(({ written }) => written.write)
    .filter(({ entry }) => dayOfEntry(entry.header.occurredAt) === day)
    .map(({ entry }) => entry.hash);
const proof = (hashes: readonly string[], day = area.today()) =>
  dayProof(day, hashes, nodeCipher.sha256);

async function nonceFor(store: string): Promise<string> {
  const answer = await post(area.ask, '/api/nonce', { store });
  return ((await answer.json()) as { nonce: string }).nonce;
}

async function claim(
  claims: readonly DayProof[],
  signer = counter(),
  store = signer.store,
): Promise<Response> {
  const nonce = await nonceFor(store);
  const sig = await signer.keys.sign(claimBytes(store, nonce, claims));
  return post(area.ask, '/api/proof', { store, nonce, claims, sig });
}

async function days(claims: readonly DayProof[]): Promise<ProofResponse['days']> {
  const response = await claim(claims);
  expect(response.status).toBe(200);
  return ((await response.json()) as ProofResponse).days;
}

describe('a tablet claims what it wrote on a day', () => {
  test('the same entries of all its stores answer the same count and hash, and no list', async () => {
    await city.write('visit.log', visitArgs(area));
    await counter().write('visit.log', visitArgs(area));
    await city.push();
    await counter().push();
    const own = await proof(ownHashes());
    expect(own.count).toBe(2);
    expect(await days([own])).toEqual([own]);
  });

  test('an entry that has not arrived is missing from the list of what is held', async () => {
    const { entry } = await city.write('visit.log', visitArgs(area));
    const [answered] = await days([await proof(ownHashes())]);
    expect(answered?.count).toBe(2);
    expect(answered?.held).toHaveLength(2);
    expect(answered?.held).not.toContain(entry.hash);
    await city.push();
    const own = await proof(ownHashes());
    expect(await days([own])).toEqual([own]);
  });

  test('peers 12: a refused entry was received, and is one to look at', async () => {
    const refused = await city.act('visit.void', { id: 'v-none', voidReason: 'mistake' });
    expect(['rejected', 'blocked']).toContain(refused.code);
    const own = await proof(ownHashes());
    expect(await days([own])).toEqual([own]);
  });

  test('looking at a record is no entry of the day', async () => {
    const before = await proof(ownHashes());
    await city.write('access.view', { kind: 'visit', id: 'v-1' }, { lane: 'access' });
    await city.push('access');
    expect(await days([before])).toEqual([before]);
  });

  test('days are told apart by the clock of the device', async () => {
    const first = area.today();
    area.clock.now += 24 * 3_600_000;
    await city.act('visit.log', visitArgs(area), { businessDate: first });
    const today = await proof(ownHashes());
    const before = await proof(ownHashes(first), first);
    expect(today.count).toBe(1);
    expect(await days([today, before])).toEqual([today, before]);
    area.clock.now -= 24 * 3_600_000;
  });
});

test('what a tablet says again within a minute is answered and not written again', async () => {
  const own = await proof(ownHashes());
  const first = area.clock.now;
  const saidAt = async () => {
    const rows = await area
      .server()
      .storage.read((tx) =>
        tx.selectFrom('day_claim').select(['hash', 'at']).where('day', '=', own.day).execute(),
      );
    return rows.find(({ hash }) => hash === own.hash)?.at;
  };
  const steps = [0, 59_000, 60_000];
  const seen: (number | undefined)[] = [];
  for (const step of steps) {
    area.clock.now = first + step;
    // The last of a day counts, however often it is named.
    expect(await days([{ ...own, count: 9 }, own])).toEqual([own, own]);
    seen.push(await saidAt());
  }
  expect(seen).toEqual([first, first, first + 60_000]);
});

describe('nobody else claims for a tablet or asks what it holds', () => {
  test('another key, another tablet’s counter, a person’s key: refused alike, nothing is kept', async () => {
    const other = await area.device();
    const day = '2026-10-01';
    const faked = await proof([], day);
    const refusals = [
      await claim([faked], counter(other), counter().store),
      await claim([faked], city, counter().store),
      await claim([faked], city),
      await claim([faked], counter(), 'no-such-store'),
    ];
    for (const response of refusals) {
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ problem: { code: 'unauthorised' } });
    }
    const kept = await area
      .server()
      .storage.read((tx) =>
        tx.selectFrom('day_claim').selectAll().where('day', '=', day).execute(),
      );
    expect(kept).toEqual([]);
  });

  test('a claim heard on the way cannot be said again, nor altered', async () => {
    const store = counter().store;
    const nonce = await nonceFor(store);
    const claims = [await proof(ownHashes())];
    const sig = await counter().keys.sign(claimBytes(store, nonce, claims));
    const request = { store, nonce, claims, sig };
    const altered = { ...request, claims: [{ ...claims[0], count: 0 }] };
    expect((await post(area.ask, '/api/proof', altered)).status).toBe(401);
    const again = await nonceFor(store);
    expect((await post(area.ask, '/api/proof', { ...request, nonce: again })).status).toBe(401);
    expect((await claim(claims)).status).toBe(200);
    expect((await post(area.ask, '/api/proof', request)).status).toBe(401);
  });
});

describe('a supervisor sees the tablets of her counter', () => {
  const ask = async (who: FakeStore, day = area.today()) => {
    if (!who.token) await who.signIn();
    return area.ask(`/api/proof?day=${day}`, {
      headers: { authorization: `Bearer ${who.token}` },
    });
  };

  test('entered as claimed, received as held, matched or not, to be looked at', async () => {
    const boss = await area.staff('shiroishi-citysv');
    await city.write('visit.log', visitArgs(area));
    await claim([await proof(ownHashes())]);
    type Answer = { tablets: { device: string; claimed: unknown; isMatched: boolean }[] };
    const find = async () => {
      const answer = (await (await ask(boss)).json()) as Answer;
      return answer.tablets.find((one) => one.device === device.device);
    };
    const count = ownHashes().length;
    expect(await find()).toMatchObject({
      claimed: { count, at: area.clock.now },
      received: count - 1,
      isMatched: false,
    });
    await city.push();
    expect(await find()).toMatchObject({ received: count, isMatched: true });
    // The tablet that she uses herself has not spoken of the day.
    const answer = (await (await ask(boss)).json()) as Answer;
    expect(answer.tablets.filter((one) => one.claimed === null).length).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).not.toContain(city.store);
  });

  test('what was withdrawn is told apart from what is still to be looked at', async () => {
    const boss = await area.staff('shiroishi-citysv');
    type Line = { device: string; care: number; withdrawn: number };
    const find = async () => {
      const answer = (await (await ask(boss)).json()) as { tablets: Line[] };
      return answer.tablets.find((one) => one.device === device.device);
    };
    await city.act('visit.void', { id: 'v-withdrawn', voidReason: 'mistake' });
    const refused = city.written.write.at(-1)?.entry.header.id;
    const before = await find();
    const { care = 0 } = before ?? {};
    expect(before).toMatchObject({ withdrawn: 0 });
    const about = { kind: 'entry', id: refused ?? '', action: 'discard', reason: '要らない' };
    await city.write('access.discard', about, { lane: 'access' });
    await city.push('access');
    expect(await find()).toMatchObject({ care: care - 1, withdrawn: 1 });
    expect(JSON.stringify(await find())).not.toContain('要らない');
  });

  test('a counsellor is refused, a supervisor of another counter sees none of these', async () => {
    expect((await ask(city)).status).toBe(403);
    const elsewhere = await area.staff('toyohira-citysv');
    const answer = await (await ask(elsewhere)).text();
    expect(answer).not.toContain(device.device);
    expect((await ask(elsewhere, 'yesterday')).status).toBe(400);
  });
});
