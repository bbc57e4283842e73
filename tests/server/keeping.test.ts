/** What is acknowledged is kept, sealed, and told once: restarts, the file on disk, paging, throws in a batch. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as evaluate from '../../src/sync/evaluate.ts';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../../src/sync/bytes.ts';
import { pullPageParts, pushResponse, type PushResponse } from '../../src/sync/protocol.ts';
import { businessDaysAfter } from '../../src/server/expiry.ts';
import { readOptions } from '../../src/server/options.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consultationArgs, seekerArgs, visitArgs } from './samples.ts';

vi.mock('../../src/sync/evaluate.ts', { spy: true });

let area: TestArea;
let city: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
});
afterAll(() => area.close());

const ok = { code: 'applied' };

/** ECDSA signs the same words differently each time. */
function unsigned(answer: unknown): PushResponse {
  const parsed = v.parse(pushResponse, answer);
  if (parsed.kind !== 'receipts') return parsed;
  return { ...parsed, receipts: parsed.receipts.map((receipt) => ({ ...receipt, sig: '' })) };
}

test('after a restart everything is there: receipts, rows, index, keys', async () => {
  const person = seekerArgs('再起動');
  await city.write('seeker.register', person);
  const request = city.request(city.acked.write, city.written.write.length);
  const before = unsigned(await (await city.post('/api/push', request)).json());
  await area.restart();
  expect(unsigned(await (await city.post('/api/push', request)).json())).toEqual(before);
  city.acked.write = city.written.write.length;
  expect((await city.post('/api/pull', { protocol: 1, cursor: null })).status).toBe(401);
  await city.signIn();
  await city.pull();
  expect(city.rows.get(`seeker/${person.id}/card`)?.body).toMatchObject({ familyName: '再起動' });
  const found = await (await city.post('/api/search', { text: '再起動' })).json();
  expect(found).toMatchObject({ found: [{ id: person.id }] });
  const again = await area.staff('shiroishi-city2');
  expect(await again.act('visit.log', visitArgs(area))).toEqual(ok);
});

test('no personal value stands in clear in the data folder', async () => {
  const planted = [
    '植込姓',
    'ウエコミ',
    '011-999-8765',
    '植込町',
    '植込の内部メモ',
    '植込の福祉',
    '植込検索語',
  ];
  const person = {
    ...seekerArgs('植込姓'),
    familyKana: 'ウエコミ',
    phone: '011-999-8765',
    address: '植込町1',
  };
  expect(await city.act('seeker.register', person)).toEqual(ok);
  const welfare = { id: person.id, welfareNote: '植込の福祉' };
  expect(await city.act('seeker.amendWelfare', welfare)).toEqual(ok);
  const visit = visitArgs(area);
  await city.act('visit.log', { ...visit, ticket: 'SEEN-1', seeker: person.id });
  const consultation = { ...consultationArgs(visit.id, person.id), notes: '植込の内部メモ' };
  expect(await city.act('consultation.record', consultation)).toEqual(ok);
  await city.act('seeker.register', { ...person, purposes: ['植込姓'] });
  await city.act('access.search', { action: 'search', text: '植込検索語' }, { lane: 'access' });
  await city.post('/api/search', { text: '植込姓' });
  const files = readdirSync(area.folder).filter((name) => name.startsWith('madoguchi.sqlite'));
  const bytes = Buffer.concat(files.map((name) => readFileSync(join(area.folder, name))));
  for (const text of planted)
    for (const encoding of ['utf8', 'utf16le'] as const)
      expect([text, bytes.includes(Buffer.from(text, encoding))]).toEqual([text, false]);
  // The control: what may stand in clear is found by the same scan.
  expect(bytes.includes(Buffer.from('SEEN-1'))).toBe(true);
});

describe('paging', () => {
  test('a first pull comes in pages without loss; the next is empty; then only what changed', async () => {
    const many = Array.from({ length: pullPageParts + 200 }, () => visitArgs(area));
    for (let at = 0; at < many.length; at += 100) {
      for (const args of many.slice(at, at + 100)) await city.write('visit.log', args);
      await city.push();
    }
    const fresh = await area.staff('shiroishi-hw1');
    const pages = await fresh.pull();
    expect(pages.length).toBeGreaterThan(1);
    for (const args of many) expect(fresh.has('visit', args.id)).toEqual(['facts']);
    const [nothing, ...rest] = await fresh.pull();
    expect([nothing?.parts, nothing?.evicted, rest]).toEqual([[], [], []]);
    const one = visitArgs(area);
    await city.act('visit.log', one);
    const [page] = await fresh.pull();
    expect(page?.parts.map((part) => part.id)).toEqual([one.id]);
  });

  test('what changes between pages arrives, and a lagging device catches up in pages', async () => {
    const fresh = await area.staff('shiroishi-hw2');
    await fresh.signIn();
    const first = await fresh.pullPage();
    expect(first.more).toBe(true);
    const ids: string[] = [];
    for (let round = 0; round < 12; round++) {
      for (let i = 0; i < 100; i++) {
        const args = visitArgs(area);
        ids.push(args.id);
        await city.write('visit.log', args);
      }
      await city.push();
    }
    let page = await fresh.pullPage();
    while (page.more) page = await fresh.pullPage();
    for (const id of ids) expect(fresh.has('visit', id)).toEqual(['facts']);
    const reference = await area.staff('shiroishi-hw1');
    await reference.pull();
    expect([...fresh.rows.keys()].sort()).toEqual([...reference.rows.keys()].sort());
  });

  test('an altered, foreign or broken cursor begins anew instead of being believed', async () => {
    const hw = await area.staff('shiroishi-hw1');
    await hw.pull();
    const whole = hw.rows.size;
    const text = fromUtf8(fromBase64Url(hw.cursor ?? '') ?? new Uint8Array());
    const cursor = JSON.parse(text) as { scopes: string[]; seq: number };
    const forged = {
      ...cursor,
      scopes: [...cursor.scopes, 'card:sapporo-city:shiroishi:2026H2'],
      seq: 0,
    };
    for (const bad of [
      toBase64Url(utf8(JSON.stringify(forged))),
      city.cursor ?? '',
      'AAAA',
      '!!',
    ]) {
      hw.rows.clear();
      hw.cursor = bad;
      const pages = await hw.pull();
      expect(hw.rows.size).toBe(whole);
      expect(pages.flatMap((page) => page.evicted)).toEqual([]);
    }
  });
});

describe('a bug in a rule', () => {
  test('quarantines the one entry it meets', async () => {
    const spy = vi.mocked(evaluate.judge);
    const { judge } = await vi.importActual<typeof evaluate>('../../src/sync/evaluate.ts');
    spy.mockImplementation((proposal, ...rest) => {
      if (JSON.stringify(proposal.args).includes('XBUG')) throw new Error('a bug');
      return judge(proposal, ...rest);
    });
    await city.write('visit.log', visitArgs(area));
    await city.write('visit.log', { ...visitArgs(area), ticket: 'XBUG' });
    await city.write('visit.log', visitArgs(area));
    const codes = (await city.push()).map((one) => one.verdict.code);
    expect(codes).toEqual(['applied', 'quarantined', 'applied']);
    spy.mockImplementation(judge);
  });

  test('that breaks the whole batch is found by halving', async () => {
    const spy = vi.mocked(evaluate.judge);
    const { judge } = await vi.importActual<typeof evaluate>('../../src/sync/evaluate.ts');
    spy.mockImplementation((proposal, view, actor, moment) => {
      const judged = judge(proposal, view, actor, moment);
      if (judged.outcome !== 'applied' || !JSON.stringify(proposal.args).includes('YBUG'))
        return judged;
      const loop: Record<string, unknown> = {};
      loop['loop'] = loop;
      const [first] = judged.changes;
      return first ? { outcome: 'applied', changes: [{ ...first, set: loop as never }] } : judged;
    });
    const args = Array.from({ length: 7 }, () => visitArgs(area));
    for (const [index, one] of args.entries())
      await city.write('visit.log', index === 4 ? { ...one, ticket: 'YBUG' } : one);
    const receipts = await city.push();
    expect(receipts.map((one) => one.verdict.code)).toEqual(
      args.map((_, index) => (index === 4 ? 'quarantined' : 'applied')),
    );
    spy.mockImplementation(judge);
    expect(await city.act('visit.log', visitArgs(area))).toEqual(ok);
  });
});

describe('counts', () => {
  test('official counts and their CSV: totals stay, small cells go, formulas are disarmed', async () => {
    const other = await openTestArea();
    const store = await other.staff('toyohira-city1');
    const sv = await other.staff('toyohira-citysv');
    for (let i = 0; i < 5; i++) await store.act('visit.log', { ...visitArgs(other) });
    for (let i = 0; i < 2; i++)
      await store.act('visit.log', { ...visitArgs(other), purposes: ['seminar'] });
    const gone = visitArgs(other);
    await store.act('visit.log', gone);
    await store.act('visit.void', { id: gone.id, voidReason: 'mistake' });
    await sv.signIn();
    const get = (path: string) =>
      other.ask(path, { headers: { authorization: `Bearer ${sv.token}` } });
    const response = await get('/api/counts?from=2026-11-01&to=2026-11-30&site=toyohira');
    const counts = (await response.json()) as {
      rows: { metric: string; value: number; breakdowns: { name: string; cells: object[] }[] }[];
      completeness: object;
    };
    const visits = counts.rows.find((row) => row.metric === 'visits');
    expect(visits?.value).toBe(7);
    const cells = visits?.breakdowns.find((one) => one.name === 'byPurpose')?.cells;
    expect(cells).toEqual([
      { code: 'careerCounselling', isSuppressed: true },
      { code: 'seminar', isSuppressed: true },
    ]);
    expect(counts).toMatchObject({
      provisional: true,
      completeness: {
        quarantined: 0,
        tablets: [{ name: '窓口1番', receivedAt: other.clock.now }, {}],
      },
    });
    const csv = await get('/api/counts.csv?from=2026-11-01&to=2026-11-30');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const bytes = Buffer.from(await csv.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = bytes.toString('utf8');
    expect(text).toContain('窓口,あいワーク豊平\r\n');
    expect(text).toMatch(/利用者数（延べ）,総数,,7,人,0,/);
    expect(text).toContain('利用者数（延べ）,用件別,セミナー・面接会,…,人');
    expect(text).toContain('求職・紹介・就職,就職率,割合,,－,％,,,0÷0。');
    const asked = await other
      .server()
      .storage.read((tx) =>
        tx.selectFrom('access_event').select('record').where('kind', '=', 'counts').execute(),
      );
    expect(asked).toEqual(Array(2).fill({ record: 'toyohira 2026-11-01/2026-11-30' }));
    expect(text.split('\r\n').every((line) => !line.includes('\n'))).toBe(true);
    for (const bad of [
      'from=2026-11-30&to=2026-11-01',
      'from=x&to=y',
      'from=1990-01-01&to=2026-01-01',
    ])
      expect((await get(`/api/counts?${bad}`)).status).toBe(400);
    expect((await get('/api/counts?from=2026-11-01&to=2026-11-30&site=shiroishi')).status).toBe(
      403,
    );
    await other.close();
  });

  test('cells that a spreadsheet would run are text', async () => {
    const { toCsv } = await import('../../src/server/csv.ts');
    const cells = [
      '=1+1',
      '+1',
      '-1',
      '@a',
      '\tx',
      '＝1',
      '＋1',
      '－1',
      '＠a',
      '0123',
      'a"b,c',
      'a\nb',
    ];
    expect(toCsv([cells, [-3]])).toBe(
      "\uFEFF'=1+1,'+1,'-1,'@a,'\tx,'＝1,'＋1,'－1,'＠a,0123,\"a\"\"b,c\",\"a\nb\"\r\n-3\r\n",
    );
  });
});

describe('start', () => {
  test('refuses http in clear beyond this machine, and a demo beyond loopback', () => {
    expect(() => readOptions({ HOST: '0.0.0.0' }, [])).toThrow('in clear');
    expect(readOptions({ HOST: '0.0.0.0', MADOGUCHI_TRUST_PROXY: '1' }, []).trustProxy).toBe(true);
    const tls = { MADOGUCHI_TLS_CERT: 'c', MADOGUCHI_TLS_KEY: 'k' };
    expect(readOptions({ HOST: '10.0.0.1', ...tls }, []).tls).toEqual({ cert: 'c', key: 'k' });
    expect(() => readOptions({ HOST: '10.0.0.1', ...tls }, ['--demo'])).toThrow('--demo');
    expect(() => readOptions({ MADOGUCHI_TLS_CERT: 'c' }, [])).toThrow('belong together');
    expect(() => readOptions({ PORT: 'x' }, [])).toThrow('PORT');
  });

  test('business days skip weekends, public holidays and the turn of the year', () => {
    expect(businessDaysAfter('2026-11-20', 1)).toBe('2026-11-24');
    expect(businessDaysAfter('2026-11-20', 10)).toBe('2026-12-07');
    expect(businessDaysAfter('2026-04-28', 2)).toBe('2026-05-01');
    expect(businessDaysAfter('2026-05-01', 1)).toBe('2026-05-07');
    expect(businessDaysAfter('2026-12-28', 1)).toBe('2027-01-04');
  });

  test('an unanswered handoff expires ten business days after its date', async () => {
    const other = await openTestArea();
    const store = await other.staff('shiroishi-city1');
    const id = newId();
    const args = {
      id,
      toOrg: 'hw-sapporo-higashi',
      toSite: 'shiroishi',
      reason: 'jobReferral',
      urgency: 'normal',
      slip: '111111',
      dueOn: '2026-11-20',
    };
    expect(await store.act('handoff.offerUnnamed', args)).toEqual(ok);
    const stateOn = async (day: string) => {
      other.clock.now = Date.parse(`${day}T09:00:00+09:00`);
      await store.signIn();
      await store.pull();
      return store.rows.get(`handoff/${id}/facts`)?.body['state'];
    };
    expect(await stateOn('2026-12-07')).toBe('sent');
    expect(await stateOn('2026-12-08')).toBe('expired');
    await other.close();
  });
});
