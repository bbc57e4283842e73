/** Refusals of every endpoint, and anything at all thrown at it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoCodes } from '../../src/server/demo-codes.ts';
import { demoPassword } from '../../src/server/demo.ts';
import { usualRates } from '../../src/server/limits.ts';
import { FakeDevice, makeKeyPair, newId, post, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let sv: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  sv = await area.staff('shiroishi-citysv');
  await city.signIn();
  await sv.signIn();
});
afterAll(() => area.close());

const get = (path: string, token = '') =>
  area.ask(path, token ? { headers: { authorization: `Bearer ${token}` } } : {});
const problemOf = async (response: Response) =>
  ((await response.json()) as { problem: { code: string } }).problem.code;

const posts = [
  '/api/devices',
  '/api/stores',
  '/api/nonce',
  '/api/session',
  '/api/push',
  '/api/pull',
  '/api/search',
  '/api/device-codes',
  '/api/stores/revoke',
];
const withToken = ['/api/pull', '/api/search', '/api/device-codes', '/api/stores/revoke'];
const gets = ['/api/stores', '/api/readers?kind=visit&id=x', '/api/counts', '/api/counts.csv'];

describe('every endpoint', () => {
  test.each([...withToken])('POST %s refuses without and with a wrong token', async (path) => {
    expect((await post(area.ask, path, {})).status).toBe(401);
    expect(await problemOf(await post(area.ask, path, {}, 'A'.repeat(43)))).toBe('unauthorised');
  });

  test.each(gets)('GET %s refuses without a token', async (path) => {
    expect((await get(path)).status).toBe(401);
  });

  test.each(posts)(
    'POST %s refuses what is no JSON, not its shape, too deep, too large',
    async (path) => {
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${sv.token}`,
      };
      const send = (body: string, type = 'application/json') =>
        area.ask(path, { method: 'POST', headers: { ...headers, 'content-type': type }, body });
      const bodies = ['', '{', 'null', '[]', '"x"', '{"a":1}', '\uFEFF{}', '['.repeat(100_000)];
      for (const body of bodies) {
        const response = await send(body);
        expect([body.slice(0, 10), response.status]).toEqual([body.slice(0, 10), 400]);
        expect(await problemOf(response)).toBe('malformed');
      }
      expect((await send('{}', 'text/plain')).status).toBe(400);
      expect((await send('{}', 'application/jsonx')).status).toBe(400);
      const large = await send(JSON.stringify({ text: 'x'.repeat(1024 * 1024) }));
      expect(large.status).toBe(413);
      expect(await problemOf(large)).toBe('tooLarge');
    },
  );

  test.each([...posts, '/api/x'])('GET %s is nothing, in words', async (path) => {
    if (path === '/api/stores') return;
    const response = await get(path, sv.token);
    expect(response.status).toBe(404);
    expect(await problemOf(response)).toBe('notFound');
  });

  test('answers are never stored and carry the security headers', async () => {
    for (const path of ['/api/health', '/api/x', '/']) {
      const response = await get(path);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'; trusted-types app");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      if (path.startsWith('/api')) expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('arbitrary JSON never makes a 5xx', async () => {
    const shapes = fc.oneof(
      fc.json({ maxDepth: 6 }),
      fc
        .record({
          protocol: fc.oneof(fc.constant(1), fc.integer(), fc.string()),
          store: fc.oneof(fc.constant(city.store), fc.string()),
          lane: fc.constantFrom('write', 'access', 'x'),
          after: fc.oneof(fc.constant(null), fc.record({ seq: fc.integer(), hash: fc.string() })),
          leases: fc.constantFrom([], [city.lease], [{}]),
          entries: fc.array(fc.anything({ maxDepth: 2 }), { maxLength: 3 }),
          cursor: fc.oneof(fc.constant(null), fc.string(), fc.base64String()),
          text: fc.string({ unit: 'binary' }),
        })
        .map((value) =>
          JSON.stringify(value, (_key, item: unknown) =>
            typeof item === 'bigint' ? String(item) : item,
          ),
        ),
      fc
        .record({ protocol: fc.constant(1), cursor: fc.string() })
        .map((value) => JSON.stringify(value)),
      fc
        .record({ text: fc.string({ minLength: 1, unit: 'grapheme' }) })
        .map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...posts), shapes, async (path, body) => {
        const response = await area.ask(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${sv.token}` },
          body,
        });
        expect(response.status).toBeLessThan(500);
        if (response.status >= 400) expect(await problemOf(response)).toBeTypeOf('string');
      }),
      { numRuns: 600 },
    );
  });

  test('arbitrary queries and paths never make a 5xx', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          '/api/counts?from=',
          '/api/counts.csv?from=',
          '/api/readers?kind=',
          '/',
          '/api/',
        ),
        fc.webPath({ size: 'medium' }),
        async (path, rest) => {
          expect((await get(path + rest, sv.token)).status).toBeLessThan(500);
        },
      ),
      { numRuns: 200 },
    );
    for (const path of [
      '/%00',
      '/%2e%2e/package.json',
      '/..%5cx',
      '/%E0%A4%A',
      '/assets/../../x.js',
    ])
      expect((await get(path)).status).toBe(404);
  });
});

describe('the built app', () => {
  test('hashed files stay for a year, entrances are asked anew, pages are the app', async () => {
    const dist = join(area.folder, 'dist');
    mkdirSync(join(dist, 'assets'), { recursive: true });
    for (const file of ['index.html', 'sw.js', 'manifest.webmanifest', 'assets/app-Ab3_x9Zq.js'])
      writeFileSync(join(dist, file), file);
    const cached = async (path: string) => {
      const response = await get(path);
      return [response.status, response.headers.get('cache-control'), await response.text()];
    };
    const year = 'public, max-age=31536000, immutable';
    expect(await cached('/assets/app-Ab3_x9Zq.js')).toEqual([200, year, 'assets/app-Ab3_x9Zq.js']);
    for (const path of ['/', '/index.html', '/seekers/42'])
      expect(await cached(path)).toEqual([200, 'no-cache', 'index.html']);
    expect(await cached('/sw.js')).toEqual([200, 'no-cache', 'sw.js']);
    expect((await cached('/manifest.webmanifest'))[1]).toBe('no-cache');
    for (const path of ['/assets/gone-Ab3_x9Zq.js', '/../master.key', '/%2e%2e/master.key'])
      expect((await get(path)).status).toBe(404);
  });
});

describe('arguments sealed by a real tablet', () => {
  test('arbitrary bodies get a verdict, never a 5xx, and block nothing', async () => {
    const verbs = ['visit.log', 'seeker.register', 'handoff.offer', 'consultation.amend', 'x'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...verbs),
        fc.object({ maxDepth: 4 }),
        async (verb, args) => {
          const plain = JSON.parse(
            JSON.stringify(args, (_key, item: unknown) => (typeof item === 'bigint' ? 1 : item)),
          ) as never;
          const verdict = await city.act(verb, plain);
          expect(['rejected', 'quarantined']).toContain(verdict.code);
        },
      ),
      { numRuns: 100 },
    );
    expect(await city.act('visit.log', visitArgs(area))).toEqual({ code: 'applied' });
  });

  test('odd dates and clocks never block', async () => {
    const odd = [{ businessDate: '2026-13-45' }, { businessDate: '0000-00-00' }];
    for (const options of odd)
      expect(await city.act('visit.log', visitArgs(area), options)).toMatchObject({
        code: 'rejected',
      });
    for (const businessDate of ['1990-01-01', '2999-12-31'])
      expect(await city.act('visit.log', visitArgs(area), { businessDate })).toEqual({
        code: 'applied',
      });
  });
});

describe('enrolment', () => {
  const device = async () =>
    new FakeDevice(area.ask, { now: () => area.clock.now, today: area.today }, await makeKeyPair());

  test('a supervisor’s code admits one tablet once, within ten minutes', async () => {
    const issue = async () =>
      (await (await sv.post('/api/device-codes', {})).json()) as { code: string };
    const { code } = await issue();
    expect(code).toMatch(/^\d{8}$/);
    const first = await device();
    expect((await first.admit(code)).status).toBe(200);
    expect(first.counter?.lease.lease).toMatchObject({
      role: 'counter',
      user: first.device,
      org: 'sapporo-city',
      site: 'shiroishi',
    });
    expect((await (await device()).admit(code)).status).toBe(401);
    const late = await issue();
    area.clock.now += 10 * 60_000 + 1;
    expect(await problemOf(await (await device()).admit(late.code))).toBe('wrongDeviceCode');
  });

  test('counsellors give no codes and see no tablets', async () => {
    expect((await city.post('/api/device-codes', {})).status).toBe(403);
    expect((await get('/api/stores', city.token)).status).toBe(403);
    expect((await get(`/api/counts?from=2026-11-01&to=2026-11-30`, city.token)).status).toBe(403);
    expect((await city.post('/api/stores/revoke', { store: sv.store })).status).toBe(403);
  });

  test('the answer names the staff of the counter and pins the keys', async () => {
    const made = await area.device('toyohira');
    const { staff, keys, site, tenant } = made.counter?.enrolled ?? {};
    expect(tenant).toBe('sapporo');
    expect(site).toEqual({ id: 'toyohira', name: 'あいワーク豊平' });
    expect(staff?.map((one) => one.id).every((id) => id.startsWith('toyohira-'))).toBe(true);
    expect(staff).toHaveLength(6);
    expect(keys?.identity).toHaveLength(87);
  });

  test('staff enrol with password, on a tablet of their counter, signed by it', async () => {
    const made = await area.device();
    const keys = await makeKeyPair();
    const send = async (request: object) => post(area.ask, '/api/stores', request);
    const good = await made.enrolRequest('shiroishi-city2', demoPassword, keys);
    const wrong = [
      await made.enrolRequest('shiroishi-city2', 'wrong', keys),
      await made.enrolRequest('nobody', demoPassword, keys),
      await made.enrolRequest('toyohira-city1', demoPassword, keys),
    ];
    for (const request of wrong) expect(await problemOf(await send(request))).toBe('wrongPassword');
    const unsigned = await send({
      ...good,
      deviceSig: good.deviceSig.replace(/^./, (first) => (first === 'x' ? 'y' : 'x')),
    });
    expect(await problemOf(unsigned)).toBe('unauthorised');
    expect(await problemOf(await send({ ...good, device: 'nobody' }))).toBe('unauthorised');
    expect(await problemOf(await send({ ...good, publicKey: 'AAAA' }))).toBe('malformed');
    const first = await send(good);
    expect(first.status).toBe(200);
    expect((await send(good)).status).toBe(200);
    const other = await made.enrolRequest('shiroishi-hw1', demoPassword, keys, good.store);
    expect((await send(other)).status).toBe(409);
  });

  test('five wrong passwords wait, for that account on that tablet alone', async () => {
    const made = await area.device();
    const keys = await makeKeyPair();
    const send = async (password: string, staff = 'shiroishi-hw1') =>
      post(area.ask, '/api/stores', await made.enrolRequest(staff, password, keys));
    for (let i = 0; i < 5; i++) expect((await send('wrong')).status).toBe(401);
    const waiting = await send(demoPassword);
    expect(waiting.status).toBe(429);
    expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(demoPassword, 'shiroishi-hw2')).status).toBe(200);
  });
});

describe('sessions', () => {
  test('a nonce serves once, its own store, for two minutes', async () => {
    const nonceOf = async () =>
      ((await (await city.post('/api/nonce', { store: city.store })).json()) as { nonce: string })
        .nonce;
    const { sessionBytes } = await import('../../src/sync/lease.ts');
    const open = async (nonce: string, store = city.store) =>
      city.post('/api/session', {
        store,
        nonce,
        sig: await city.keys.sign(sessionBytes(store, nonce)),
      });
    const nonce = await nonceOf();
    expect((await open(nonce, sv.store)).status).toBe(401);
    expect((await open(nonce)).status).toBe(200);
    expect((await open(nonce)).status).toBe(401);
    const late = await nonceOf();
    area.clock.now += 2 * 60_000 + 1;
    expect((await open(late)).status).toBe(401);
    expect((await open('made-up')).status).toBe(401);
  });

  test('a token ends after twelve hours', async () => {
    await city.signIn();
    expect((await city.post('/api/pull', { protocol: 2, cursor: null })).status).toBe(200);
    area.clock.now += 12 * 3_600_000 + 1;
    expect((await city.post('/api/pull', { protocol: 2, cursor: null })).status).toBe(401);
    await city.signIn();
    await sv.signIn();
  });

  test('a counter renews its lease and pulls nothing', async () => {
    const { counter } = await area.device();
    expect((await counter?.signIn())?.status).toBe(200);
    const pulled = await counter?.post('/api/pull', { protocol: 1, cursor: null });
    expect(pulled?.status).toBe(403);
    expect((await counter?.post('/api/search', { text: 'あ' }))?.status).toBe(403);
  });
});

describe('supervisors', () => {
  test('see and stop the tablets of their counter and organisation alone', async () => {
    const hw = await area.staff('shiroishi-hw2');
    const far = await area.staff('toyohira-city2');
    const answer = (await (await get('/api/stores', sv.token)).json()) as {
      stores: { store: string; deviceName: string; userName?: string; state: string }[];
    };
    const seen = answer.stores.map((one) => one.store);
    expect(seen).toContain(hw.store);
    expect(seen).not.toContain(far.store);
    expect(answer.stores.find((one) => one.store === hw.store)).toMatchObject({
      deviceName: '窓口1番',
      userName: '仮名 京子',
      state: 'active',
    });
    for (const store of [hw.store, far.store, 'nobody'])
      expect((await sv.post('/api/stores/revoke', { store })).status).toBe(404);
  });

  test('search finds the own organisation’s people only', async () => {
    const person = seekerArgs('髙橋');
    await city.act('seeker.register', person);
    const hw = await area.staff('shiroishi-hw1', await area.device());
    await hw.signIn();
    const search = async (store: FakeStore, text: string) =>
      ((await (await store.post('/api/search', { text })).json()) as { found: { id: string }[] })
        .found;
    expect((await search(city, '高橋')).map((one) => one.id)).toContain(person.id);
    expect((await search(sv, 'ためし')).map((one) => one.id)).toContain(person.id);
    expect(await search(hw, '高橋')).toEqual([]);
    expect(await search(hw, '1234')).toEqual([]);
    const logged = await area
      .server()
      .storage.read((tx) =>
        tx.selectFrom('access_event').select('user').where('action', '=', 'searchServer').execute(),
      );
    expect(logged.map((one) => one.user)).toContain('shiroishi-hw1');
    await city.act('seeker.void', { id: person.id, voidReason: 'mistake' });
    expect((await search(city, '高橋')).map((one) => one.id)).not.toContain(person.id);
  });

  test('readers of a record are told to whose record it is', async () => {
    const person = seekerArgs('閲覧');
    await city.act('seeker.register', person);
    const hw = await area.staff('shiroishi-hw1', await area.device());
    await hw.signIn();
    await city.act(
      'access.view',
      { kind: 'seeker', id: person.id, action: 'view' },
      { lane: 'access' },
    );
    const path = `/api/readers?kind=seeker&id=${person.id}`;
    expect(await (await get(path, city.token)).json()).toMatchObject({
      readers: [{ user: 'shiroishi-city1', action: 'view' }],
    });
    expect((await get(path, hw.token)).status).toBe(404);
    expect((await get(`/api/readers?kind=seeker&id=${newId()}`, city.token)).status).toBe(404);
  });
});

describe('limits', () => {
  test('a store that pushes without end is asked to wait', async () => {
    const narrow = await openTestArea({ ...usualRates, pushPerMinute: 2 });
    const store = await narrow.staff('shiroishi-city1');
    await store.act('visit.log', visitArgs(narrow));
    await store.act('visit.log', visitArgs(narrow));
    await store.write('visit.log', visitArgs(narrow));
    const response = await store.post('/api/push', store.request(2, 3));
    expect(response.status).toBe(429);
    await narrow.close();
  });

  test('demo codes are good in the demo only', async () => {
    const { claimCode } = await import('../../src/server/device-codes.ts');
    const code = demoCodes['shiroishi'] ?? '';
    const server = area.server();
    const claim = (isDemo: boolean) =>
      server.storage.write(server.tenant, (tx) => claimCode({ ...server, isDemo }, tx, code, 'd'));
    expect(await claim(true)).toMatchObject({ site: 'shiroishi' });
    expect(await claim(false)).toBeUndefined();
  });
});
