import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { text, type Values } from '../../src/domain/value.ts';
import type { PushResponse } from '../../src/sync/protocol.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
});
afterAll(() => area.close());

const idIn = (args: Values | undefined) => text(args?.['id']) ?? '';
const rowsOf = async (id: string) =>
  area
    .server()
    .storage.read((tx) => tx.selectFrom('record_part').selectAll().where('id', '=', id).execute());

describe('push', () => {
  test('applies an entry and answers its receipt', async () => {
    const { entry } = await city.write('visit.log', visitArgs(area));
    const [receipt] = await city.push();
    expect(receipt).toMatchObject({
      id: entry.header.id,
      hash: entry.hash,
      verdict: { code: 'applied' },
    });
    const [row] = await rowsOf(idIn(entry.body.args));
    expect(JSON.parse(row?.facts ?? '')).toMatchObject({ site: 'shiroishi', state: 'waiting' });
    expect(row?.seq).toBe(receipt?.seq);
  });

  test('to sign in writes nothing: a lease is kept with the first entries that name it', async () => {
    const before = city.lease.lease.id;
    await city.signIn();
    const { id } = city.lease.lease;
    expect(id).not.toBe(before);
    const kept = () =>
      area
        .server()
        .storage.read((tx) => tx.selectFrom('lease').selectAll().where('id', '=', id).execute());
    expect(await kept()).toEqual([]);
    await city.act('visit.log', visitArgs(area));
    expect(await kept()).toMatchObject([{ store: city.store, sig: city.lease.sig }]);
  });

  test('answers the same request twice alike and stores it once', async () => {
    for (let i = 0; i < 3; i++) await city.write('visit.log', visitArgs(area));
    const request = city.request(city.acked.write, city.written.write.length);
    const first = await (await city.post('/api/push', request)).json();
    const second = await (await city.post('/api/push', request)).json();
    // Signed anew each time; what is signed is the same.
    const unsigned = (answer: unknown) => JSON.stringify(answer).replaceAll(/,"sig":"[^"]+"/g, '');
    expect(unsigned(second)).toBe(unsigned(first));
    expect((first as PushResponse & { receipts: unknown[] }).receipts).toHaveLength(3);
    const id = idIn(city.written.write.at(-1)?.entry.body.args);
    expect((await rowsOf(id)).map((row) => row.rev)).toEqual([1]);
    city.acked.write = city.written.write.length;
  });

  test('takes up a request that overlaps what it has', async () => {
    await city.write('visit.log', visitArgs(area));
    await city.push();
    await city.write('visit.log', visitArgs(area));
    const request = city.request(city.acked.write - 1, city.written.write.length);
    const answer = (await (await city.post('/api/push', request)).json()) as { receipts: object[] };
    expect(answer.receipts).toHaveLength(2);
    city.acked.write = city.written.write.length;
  });

  test('answers a hole with its head and stores nothing', async () => {
    for (let i = 0; i < 2; i++) await city.write('visit.log', visitArgs(area));
    const last = city.written.write.length;
    const response = await city.post('/api/push', city.request(last - 1, last));
    const head = city.written.write[city.acked.write - 1]?.entry;
    expect(await response.json()).toMatchObject({
      kind: 'gap',
      head: { seq: head?.header.seq, hash: head?.hash },
    });
    const id = idIn(city.written.write.at(-1)?.entry.body.args);
    expect(await rowsOf(id)).toEqual([]);
    await city.push();
    expect(await rowsOf(id)).toHaveLength(1);
  });

  test('keeps another history of the same stream and raises an alarm', async () => {
    const held = city.written.write.at(-1);
    const before = city.written.write.length - 1;
    city.written.write.pop();
    await city.write('visit.log', visitArgs(area));
    const forked = city.written.write.at(-1);
    const response = await city.post('/api/push', city.request(before, before + 1));
    expect(await response.json()).toMatchObject({ kind: 'receipts', fork: true });
    const id = idIn(forked?.entry.body.args);
    expect(await rowsOf(id)).toHaveLength(1);
    const alarms = await area
      .server()
      .storage.read((tx) => tx.selectFrom('alarm').selectAll().execute());
    expect(alarms.map((alarm) => alarm.what)).toEqual(['fork']);
    if (held) city.written.write[before] = held;
  });

  test('keeps an entry under an id that is already used elsewhere, without effect', async () => {
    const used = city.written.write[0]?.entry.header.id ?? '';
    const { entry } = await city.write('visit.log', visitArgs(area));
    city.written.write.pop();
    const again = await city.seal({ ...entry.header, id: used }, entry.body);
    const request = {
      ...city.request(city.acked.write, city.acked.write),
      entries: [again.envelope],
    };
    const answer = await (await city.post('/api/push', request)).json();
    expect(answer).toMatchObject({
      fork: true,
      receipts: [{ id: used, hash: again.entry.hash, verdict: { code: 'quarantined' } }],
    });
    expect(await (await city.post('/api/push', request)).json()).toMatchObject({
      receipts: [{ id: used, hash: again.entry.hash, verdict: { code: 'quarantined' } }],
    });
    city.written.write.push(again);
    city.acked.write = city.written.write.length;
  });

  test('when something new came is written down to the minute, and no oftener', async () => {
    const [minute, at] = [60_000, area.clock.now];
    const pushedAfter = async (passed: number) => {
      area.clock.now += passed;
      await city.write('visit.log', visitArgs(area));
      await city.push();
      const all = area
        .server()
        .storage.read((tx) =>
          tx.selectFrom('store').select('pushed_at').where('store', '=', city.store).execute(),
        );
      return (await all)[0]?.pushed_at;
    };
    const begun = await pushedAfter(minute - (at % minute));
    expect(begun).toBe(area.clock.now);
    expect(await pushedAfter(minute - 1)).toBe(begun);
    expect(await pushedAfter(1)).toBe(area.clock.now);
  });

  test('a refused entry does not block the next', async () => {
    await city.write('visit.log', { ...visitArgs(area), purposes: ['no-such-purpose'] });
    await city.write('visit.log', visitArgs(area));
    await city.write('visit.fly', { id: newId() });
    await city.write('visit.log', visitArgs(area), { verb: 'visit.log@9' });
    await city.write('visit.log', visitArgs(area));
    const verdicts = (await city.push()).map((one) => one.verdict);
    expect(verdicts.map((one) => one.code)).toEqual([
      'rejected',
      'applied',
      'rejected',
      'rejected',
      'applied',
    ]);
    expect(verdicts[2]).toMatchObject({ problem: { code: 'unknownVerb' } });
  });

  test('a stale base is a conflict and changes nothing', async () => {
    const args = visitArgs(area);
    await city.act('visit.log', args);
    const key = `visit/${args.id}/facts`;
    const verdict = await city.act(
      'visit.amend',
      { id: args.id, heads: 3 },
      { base: { [key]: { heads: 2 } } },
    );
    expect(verdict).toMatchObject({ code: 'conflict', problem: { code: 'baseChanged' } });
    const [row] = await rowsOf(args.id);
    expect(JSON.parse(row?.facts ?? '')).toMatchObject({ heads: 1 });
  });

  test('reads of a batch include what earlier entries of it made', async () => {
    const args = visitArgs(area);
    await city.write('visit.log', args);
    await city.write(
      'visit.call',
      { id: args.id },
      { expected: { [`visit/${args.id}`]: 'waiting' } },
    );
    await city.write('visit.serveCity', { id: args.id });
    expect((await city.push()).map((one) => one.verdict.code)).toEqual([
      'applied',
      'applied',
      'applied',
    ]);
  });

  test.each([
    ['an altered header', (one: Envelope) => ({ ...one, header: { ...one.header, estSkew: 5 } })],
    [
      'an altered body',
      (one: Envelope) => ({
        ...one,
        ciphertext: `${one.ciphertext.startsWith('A') ? 'B' : 'A'}${one.ciphertext.slice(1)}`,
      }),
    ],
    ['an unknown key', (one: Envelope) => ({ ...one, hpkeKeyId: 'hpke-9' })],
    ['a broken enc', (one: Envelope) => ({ ...one, enc: 'AAAA' })],
    ['an off-curve enc', (one: Envelope) => ({ ...one, enc: `B${'A'.repeat(86)}` })],
    ['an empty nonce', (one: Envelope) => ({ ...one, nonce: '' })],
  ])('refuses %s', async (_name, alter) => {
    await city.write('visit.log', visitArgs(area));
    const request = city.request(city.acked.write, city.written.write.length);
    city.written.write.pop();
    const entries = request.entries.map(alter);
    const response = await city.post('/api/push', { ...request, entries });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ problem: { code: 'malformed' } });
  });

  test('refuses an entry signed by another key, an unknown store and a forged lease', async () => {
    const other = await area.staff('shiroishi-city2');
    const { entry } = await city.write('visit.log', visitArgs(area));
    const good = city.request(city.acked.write, city.written.write.length);
    city.written.write.pop();
    const foreign = await other.seal(entry.header, entry.body);
    const byOther = await city.post('/api/push', { ...good, entries: [foreign.envelope] });
    expect(byOther.status).toBe(400);
    const unknown = await city.post('/api/push', { ...good, store: 'nobody' });
    expect(unknown.status).toBe(401);
    const lease = { ...city.lease.lease, role: 'supervisor' };
    const forged = await city.post('/api/push', { ...good, leases: [{ ...city.lease, lease }] });
    expect(forged.status).toBe(400);
    const { header, body } = entry;
    const borrowed = await city.seal({ ...header, lease: other.lease.lease.id }, body);
    const request = { ...good, leases: [other.lease], entries: [borrowed.envelope] };
    expect((await city.post('/api/push', request)).status).toBe(400);
  });

  test('the counter counts and may do nothing else', async () => {
    const counter = (await area.device()).counter;
    const args = visitArgs(area);
    expect(await counter?.act('visit.log', args)).toEqual({ code: 'applied' });
    expect(await counter?.act('visit.call', { id: args.id })).toMatchObject({
      code: 'rejected',
      problem: { code: 'notAllowed' },
    });
  });

  test('the access lane is kept without effect and answers who has read', async () => {
    const about = { kind: 'seeker', id: newId(), action: 'view' };
    expect(await city.act('access.view', about, { lane: 'access' })).toEqual({ code: 'applied' });
    const events = await area
      .server()
      .storage.read((tx) =>
        tx.selectFrom('access_event').selectAll().where('record', '=', about.id).execute(),
      );
    expect(events).toMatchObject([{ user: 'shiroishi-city1', action: 'view', kind: 'seeker' }]);
  });
});

describe('what was lost since', () => {
  test('entries of a revoked store are kept in quarantine', async () => {
    const sv = await area.staff('shiroishi-citysv');
    const store = await area.staff('shiroishi-city2');
    await sv.signIn();
    await store.signIn();
    const args = visitArgs(area);
    await store.write('visit.log', args);
    const revoked = await sv.post('/api/stores/revoke', { store: store.store });
    expect(revoked.status).toBe(200);
    const [receipt] = await store.push();
    expect(receipt?.verdict).toEqual({ code: 'quarantined', problem: { code: 'revoked' } });
    expect(await rowsOf(args.id)).toEqual([]);
    const pulled = await store.post('/api/pull', { protocol: 1, cursor: null });
    expect(pulled.status).toBe(401);
    const again = await store.signIn();
    expect(again.status).toBe(403);
    expect(await again.json()).toEqual({ problem: { code: 'revoked' } });
  });

  const become = async (id: string, role: string) => {
    const { author } = await import('../../src/server/author.ts');
    await author(area.server(), [{ verb: 'staff.amend', args: { id, role } }]);
  };

  test('what was written in a former role stands where the present one may do the same, else it waits', async () => {
    const raised = await area.staff('toyohira-city2');
    const seeker = seekerArgs('架空');
    expect(await raised.act('seeker.register', seeker)).toEqual({ code: 'applied' });
    await become('toyohira-city2', 'supervisor');
    expect(await raised.act('visit.log', visitArgs(area))).toEqual({ code: 'applied' });
    // Of welfare a supervisor writes nothing.
    const welfare = { id: seeker.id, welfareCategories: ['livelihood'] };
    expect(await raised.act('seeker.amendWelfare', welfare)).toMatchObject({ code: 'quarantined' });

    const lowered = await area.staff('toyohira-citysv');
    await become('toyohira-citysv', 'counsellor');
    expect(await lowered.act('visit.log', visitArgs(area))).toEqual({ code: 'applied' });
    const date = area.today();
    const closing = { id: `closing-toyohira-${date}`, date, missing: 0 };
    expect(await lowered.act('dayClosing.close', closing)).toMatchObject({ code: 'quarantined' });
    expect(await rowsOf(closing.id)).toEqual([]);
    await lowered.signIn();
    expect(lowered.lease.lease.role).toBe('counsellor');
    expect(await lowered.act('visit.log', visitArgs(area))).toEqual({ code: 'applied' });
  });

  test('a change of employment quarantines what was written under the old lease', async () => {
    const store = await area.staff('toyohira-city1');
    const { author } = await import('../../src/server/author.ts');
    await author(area.server(), [
      { verb: 'staff.end', args: { id: 'toyohira-city1', validTo: '2026-11-15' } },
    ]);
    expect(await store.act('visit.log', visitArgs(area))).toMatchObject({
      code: 'quarantined',
      problem: { code: 'revoked' },
    });
    expect((await store.signIn()).status).toBe(403);
  });
});

type Envelope = FakeStore['written']['write'][number]['envelope'];
