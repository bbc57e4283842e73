/** A first sync and its interruptions: pages that go on where they stopped, kinds newly known, cursors refused, nothing unseen. */
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kinds } from '../../src/domain/kinds/index.ts';
import { pull } from '../../src/server/pull.ts';
import { storeOfToken } from '../../src/server/session.ts';
import { protocolVersion, type PullResponse } from '../../src/sync/protocol.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consentTerms, consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let hw: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  hw = await area.staff('shiroishi-hw1');
  for (const who of [city, hw]) await who.signIn();
}, 30_000);
afterAll(() => area.close());

const all = kinds.map(({ name }) => name);

/** A tablet as far as rows go: what a page brings, and nothing else. */
class Replica {
  readonly rows = new Map<string, number>();
  cursor: string | null = null;
  evicted = 0;
  readonly who: FakeStore;
  constructor(who: FakeStore) {
    this.who = who;
  }
  async page(size = 500, known: readonly string[] = all): Promise<PullResponse> {
    const store = storeOfToken(area.server(), `Bearer ${this.who.token}`);
    if (!store.ok) throw new Error(store.problem.code);
    const request = { protocol: protocolVersion, cursor: this.cursor, kinds: [...known] };
    const answer = await pull(area.server(), store.value, request, size);
    if (!answer.ok) throw new Error(answer.problem.code);
    return answer.value;
  }
  keep({ parts, evicted, cursor }: PullResponse): void {
    for (const { kind, id, part, seq } of parts) this.rows.set(`${kind}/${id}/${part}`, seq);
    for (const { kind, id, part } of evicted)
      if (this.rows.delete(`${kind}/${id}/${part}`)) this.evicted += 1;
    this.cursor = cursor;
  }
  async pull(size = () => 500, known: readonly string[] = all): Promise<PullResponse[]> {
    const pages: PullResponse[] = [];
    for (;;) {
      const page = await this.page(size(), known);
      this.keep(page);
      pages.push(page);
      if (!page.more) return pages;
    }
  }
  held(kind = ''): string[] {
    return [...this.rows]
      .map(([key, seq]) => `${key} ${seq}`)
      .filter((key) => key.startsWith(kind))
      .sort();
  }
}

const sent = (pages: readonly PullResponse[]) =>
  pages.flatMap((page) => page.parts.map(({ kind, id, part }) => `${kind}/${id}/${part}`));

async function fillDay(people: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < people; index++) {
    const seeker = seekerArgs(`頁${index}`);
    ids.push(seeker.id);
    await city.write('seeker.register', seeker);
    const visit = visitArgs(area);
    await city.write('visit.log', { ...visit, seeker: seeker.id });
    await city.write('consultation.record', consultationArgs(visit.id, seeker.id));
  }
  await city.push();
  return ids;
}

describe('a bootstrap in pages', () => {
  test('cht-core#7528: a line that drops after any page goes on at that page, nothing sent twice or missed', async () => {
    await fillDay(12);
    const undisturbed = new Replica(city);
    const pages = await undisturbed.pull(() => 7);
    expect(pages.length).toBeGreaterThan(8);
    for (let lost = 0; lost < pages.length; lost++) {
      const replica = new Replica(city);
      const got: PullResponse[] = [];
      for (let at = 0; ; at++) {
        const page = await replica.page(7);
        // The answer was lost: the tablet has kept the pages before it, and asks with their cursor.
        if (at === lost) expect(await replica.page(7)).toMatchObject({ parts: page.parts });
        replica.keep(page);
        got.push(page);
        if (!page.more) break;
      }
      expect(replica.held()).toEqual(undisturbed.held());
      expect(got.length).toBe(pages.length);
    }
    expect(new Set(sent(pages)).size).toBe(undisturbed.rows.size);
  });

  test('its first page says that it begins from the beginning, no other does', async () => {
    const replica = new Replica(city);
    const [first, ...rest] = await replica.pull(() => 9);
    expect(first?.fresh).toBe(true);
    expect(rest.some((page) => page.fresh)).toBe(false);
    expect((await replica.page()).fresh).toBeUndefined();
  });

  test.each([
    ['of another store', () => new Replica(hw)],
    ['altered', () => undefined],
  ])('a cursor %s is answered from the beginning, and said so', async (_title, other) => {
    const replica = new Replica(city);
    await replica.pull();
    const foreign = other();
    if (foreign) await foreign.pull();
    replica.cursor = foreign?.cursor ?? `${replica.cursor?.slice(0, -9)}AAAAAAAAA`;
    expect(await replica.page()).toMatchObject({ fresh: true });
  });

  test('is compressed for whoever can read it, and nothing else is', async () => {
    const ask = (path: string, body: object) =>
      area.ask(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'accept-encoding': 'gzip, br',
          authorization: `Bearer ${city.token}`,
        },
        body: JSON.stringify(body),
      });
    const request = { protocol: protocolVersion, cursor: null, kinds: all };
    const packed = await ask('/api/pull', request);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    const bytes = Buffer.from(await packed.arrayBuffer());
    const page = JSON.parse(gunzipSync(bytes).toString()) as PullResponse;
    expect(page.parts.length).toBeGreaterThan(20);
    expect(bytes.length).toBeLessThan(JSON.stringify(page).length / 4);
    expect((await city.post('/api/pull', request)).headers.get('content-encoding')).toBeNull();
    const searched = await ask('/api/search', { text: '頁' });
    expect(searched.headers.get('content-encoding')).toBeNull();
  });
});

describe('kinds', () => {
  const older = all.filter((kind) => kind !== 'consultation');

  test('that the app does not know are not sent', async () => {
    const replica = new Replica(city);
    await replica.pull(() => 20, older);
    expect(replica.rows.size).toBeGreaterThan(10);
    expect(replica.held('consultation/')).toEqual([]);
    await fillDay(1);
    await replica.pull(() => 20, older);
    expect(replica.held('consultation/')).toEqual([]);
  });

  test('newly known are sent from the beginning, in all scopes followed, and only they', async () => {
    const replica = new Replica(city);
    await replica.pull(() => 20, older);
    const pages = await replica.pull(() => 5);
    expect(pages[0]?.begun).toEqual(['consultation']);
    expect(pages.slice(1).some((page) => page.begun)).toBe(false);
    expect(new Set(sent(pages).map((key) => key.split('/')[0]))).toEqual(new Set(['consultation']));
    const whole = new Replica(city);
    await whole.pull();
    expect(replica.held()).toEqual(whole.held());
    expect(replica.held('consultation/').length).toBeGreaterThan(5);
    expect(sent(await replica.pull())).toEqual([]);
  });

  test('learnt while a first sync is under way, and two versions of the app taking turns, still end with everything', async () => {
    const replica = new Replica(city);
    replica.keep(await replica.page(6, older));
    replica.keep(await replica.page(6, older));
    for (let turn = 0; turn < 10; turn++)
      replica.keep(await replica.page(6, turn % 2 === 0 ? all : older));
    expect(replica.cursor?.length).toBeLessThan(12_000);
    await replica.pull(() => 6);
    const whole = new Replica(city);
    await whole.pull();
    expect(replica.held()).toEqual(whole.held());
  });

  test('a tablet that says nothing of them gets all', async () => {
    const response = await city.post('/api/pull', { protocol: protocolVersion, cursor: null });
    const page = (await response.json()) as PullResponse;
    expect(new Set(page.parts.map(({ kind }) => kind)).has('consultation')).toBe(true);
  });
});

/** Small and repeatable; the seed is in the name of the test. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('I4: no committed change below a cursor is unseen', () => {
  test.each([1, 2, 3, 4, 5])(
    'several stores, scopes gained and lost, pages of any size: seed %i',
    async (seed) => {
      const roll = dice(seed * 7919);
      const elsewhere = await area.staff('toyohira-city1');
      await elsewhere.signIn();
      const replicas = [city, hw, elsewhere].map((who) => new Replica(who));
      const seekers: string[] = await fillDay(2);
      const offers: { id: string; consent: string }[] = [];
      const acts = [
        async () => void seekers.push(...(await fillDay(1))),
        () =>
          city.act('seeker.amend', {
            id: seekers[roll(seekers.length)] ?? '',
            address: `${roll(99)}丁目`,
          }),
        () =>
          elsewhere.act('visit.log', {
            ...visitArgs(area),
            seeker: seekers[roll(seekers.length)] ?? '',
          }),
        async () => {
          const ids = { id: newId(), newConsent: newId(), newLink: newId() };
          const said = await city.act('handoff.offer', {
            ...ids,
            toOrg: 'hw-sapporo-higashi',
            toSite: 'shiroishi',
            reason: 'jobReferral',
            urgency: 'normal',
            fromSeeker: seekers[roll(seekers.length)] ?? '',
            items: ['name', 'consultations'],
            familyName: '頁',
            ...consentTerms('2027-03-31'),
          });
          expect(said.code).toBe('applied');
          offers.push({ id: ids.id, consent: ids.newConsent });
        },
        async () => {
          const offer = offers[roll(offers.length)];
          if (!offer) return;
          await hw.act('handoff.receive', { id: offer.id });
          const { id, ...rest } = seekerArgs('頁');
          await hw.act('handoff.acceptNew', { id: offer.id, newSeeker: id, ...rest });
        },
        async () => {
          const offer = offers[roll(offers.length)];
          if (offer) await city.act('consent.withdraw', { id: offer.consent });
        },
        async () => {
          area.clock.now += 20 * 3_600_000;
          for (const who of [city, hw, elsewhere]) await who.signIn();
        },
      ];
      for (let step = 0; step < 40; step++) {
        await acts[roll(acts.length)]?.();
        for (const replica of replicas) {
          const size = () => 1 + roll(12);
          if (roll(3) === 0) replica.keep(await replica.page(size()));
          if (roll(12) === 0) await replica.pull(size);
        }
      }
      // Whatever the dice left out, each has somebody's file today that leaves with the day.
      for (const { who } of replicas) {
        const today = seekerArgs('頁');
        await who.act('seeker.register', today);
        await who.act('visit.log', { ...visitArgs(area), seeker: today.id });
      }
      for (const replica of replicas) await replica.pull(() => 1 + roll(12));
      area.clock.now += 72 * 3_600_000;
      for (const { who } of replicas) await who.signIn();
      for (const replica of replicas) await replica.pull(() => 1 + roll(12));
      expect(replicas.every(({ evicted }) => evicted > 0)).toBe(true);
      for (const replica of replicas) {
        await replica.pull(() => 1 + roll(12));
        const fresh = new Replica(replica.who);
        await fresh.pull();
        expect(replica.held()).toEqual(fresh.held());
      }
    },
    60_000,
  );
});

test('verdicts that changed come with a pull of whatever store the member has on the tablet now, and to no colleague', async () => {
  const device = await area.device();
  const old = await area.staff('shiroishi-city1', device);
  const now = await area.staff('shiroishi-city1', device);
  const colleague = await area.staff('shiroishi-city2', device);
  const elsewhere = await area.staff('shiroishi-city1');
  for (const who of [now, colleague, elsewhere]) await who.pull();
  const late = seekerArgs('後の人');
  const visit = visitArgs(area);
  expect(await old.act('visit.log', visit)).toEqual({ code: 'applied' });
  const talk = consultationArgs(visit.id, late.id);
  expect(await old.act('consultation.record', talk)).toMatchObject({ code: 'blocked' });
  await city.act('seeker.register', late);
  const id = old.written.write.at(-1)?.entry.header.id;
  const told = async (who: FakeStore) =>
    (await who.pull()).flatMap(({ verdicts = [] }) => verdicts).filter((one) => one.id === id);
  expect(await told(now)).toMatchObject([{ id, verdict: { code: 'applied' } }]);
  expect(await told(now)).toEqual([]);
  for (const other of [colleague, elsewhere]) expect(await told(other)).toEqual([]);
});
