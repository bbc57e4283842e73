/**
 * What a hostile tablet, or two honest ones at once, could do to merging, choosing, repair, closing and containers: one test
 * per hole that was found open and closed.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conflictsOf } from '../../src/domain/conflict.ts';
import { maxKept } from '../../src/sync/merge.ts';
import type { Values } from '../../src/domain/value.ts';
import type { OfficialCounts } from '../../src/server/counts.ts';
import { usualRates } from '../../src/server/limits.ts';
import { newId, post, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consentTerms, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let colleague: FakeStore;
let hw: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  colleague = await area.staff('shiroishi-city2');
  hw = await area.staff('shiroishi-hw1');
});
afterAll(() => area.close());

const ok = { code: 'applied' };
const toHw = {
  toOrg: 'hw-sapporo-higashi',
  toSite: 'shiroishi',
  reason: 'jobReferral',
  urgency: 'normal',
};
const terms = () => consentTerms('2027-03-31');

async function person(name: string, of: FakeStore = city) {
  const args = seekerArgs(name);
  expect(await of.act('seeker.register', args)).toEqual(ok);
  return args.id;
}

async function body(by: FakeStore, key: string): Promise<Values> {
  await by.pull();
  return by.rows.get(key)?.body ?? {};
}

describe('an offer to another organisation', () => {
  async function drafted(more: Values = {}) {
    const args = { id: newId(), ...toHw, fromSeeker: await person('下書き'), items: ['name'] };
    expect(await city.act('handoff.draft', { ...args, familyName: '姓', ...more })).toEqual(ok);
    return args.id;
  }

  const consented = (id: string) =>
    city.act('handoff.recordConsent', { id, newConsent: newId(), newLink: newId(), ...terms() });

  test('holds no text whose item another has not ticked, whatever two write at once', async () => {
    const id = await drafted();
    const base = { [`handoff/${id}/offer`]: { items: ['name'], welfareText: null } };
    const contact = { items: ['name', 'contact'] };
    await colleague.act('handoff.amend', { id, ...contact }, { base });
    const welfare = { items: ['name', 'welfare'], welfareText: '福祉の秘密' };
    await city.act('handoff.amend', { id, ...welfare }, { base });
    const { welfareText, items } = await body(city, `handoff/${id}/offer`);
    expect({ welfareText, items }).toEqual({ items: ['name', 'contact'] });
  });

  test('does not leave while a value that nobody has chosen is kept beside', async () => {
    const id = await drafted({ items: ['name', 'welfare'] });
    const base = { [`handoff/${id}/offer`]: { welfareText: null } };
    await colleague.act('handoff.amend', { id, welfareText: '伝えてよい' }, { base });
    await city.act('handoff.amend', { id, welfareText: '伝えない秘密' }, { base });
    expect(await consented(id)).toEqual(ok);
    expect(await city.act('handoff.send', { id })).toMatchObject({ problem: { code: 'refused' } });
    await hw.pull();
    expect(JSON.stringify([...hw.rows])).not.toContain('伝えない秘密');
    const [kept] = conflictsOf(await body(city, `handoff/${id}/offer`));
    const choice = { id, part: 'offer', field: 'welfareText', entry: kept?.entry ?? '' };
    expect(await city.act('handoff.settle', { ...choice, keep: 'current' })).toEqual(ok);
    expect(await city.act('handoff.send', { id })).toEqual(ok);
    expect(await body(hw, `handoff/${id}/offer`)).toMatchObject({ welfareText: '伝えてよい' });
  });

  test('is not rewritten after it was sent by way of a choice', async () => {
    const id = await drafted();
    await consented(id);
    expect(await city.act('handoff.send', { id })).toEqual(ok);
    const choice = { id, part: 'offer', field: 'welfareText', entry: 'no-such', keep: 'current' };
    await city.act('handoff.settle', { ...choice, welfareText: '同意なし' });
    expect(await body(hw, `handoff/${id}/offer`)).not.toHaveProperty('welfareText');
  });
});

describe('choosing', () => {
  test.each(['current', 'other'])('%s sets nothing that amending would refuse', async (keep) => {
    const id = await person('決める');
    const choice = { id, entry: 'no-such', keep };
    const dv = { part: 'file', field: 'clientCategories', clientCategories: ['dv'] };
    expect(await city.act('seeker.settle', { ...choice, ...dv })).toMatchObject({
      problem: { code: 'restrictedPerson' },
    });
    const nameless = { part: 'card', field: 'familyName', clear: [{ name: 'familyName' }] };
    expect(await city.act('seeker.settle', { ...choice, ...nameless })).toMatchObject({
      code: 'rejected',
    });
  });

  test('may empty a field that only counsellors write', async () => {
    const id = await person('福祉を空に');
    await city.act('seeker.amendWelfare', { id, welfareNote: 'メモ' });
    const base = { [`seeker/${id}/welfare`]: { welfareNote: null } };
    await colleague.act('seeker.amendWelfare', { id, clear: [{ name: 'welfareNote' }] }, { base });
    const entry = colleague.written.write.at(-1)?.entry.header.id ?? '';
    const choice = { id, part: 'welfare', field: 'welfareNote', entry, keep: 'other' };
    expect(await city.act('seeker.settle', choice)).toEqual(ok);
  });
});

test('whose visit it was is chosen by the organisation whose part it is', async () => {
  const visit = visitArgs(area);
  const [first, second, third] = [await person('甲'), await person('乙'), await person('丙')];
  await city.act('visit.log', { ...visit, seeker: first });
  const base = { [`visit/${visit.id}/city`]: { citySeeker: first } };
  await city.act('visit.moveToSeeker', { id: visit.id, seeker: second }, { base });
  await colleague.act('visit.moveToSeeker', { id: visit.id, seeker: third }, { base });
  const entry = colleague.written.write.at(-1)?.entry.header.id ?? '';
  const choice = { id: visit.id, part: 'city', field: 'citySeeker', entry, keep: 'other' };
  expect(await hw.act('visit.settle', choice)).not.toEqual(ok);
  expect(await body(city, `visit/${visit.id}/city`)).toMatchObject({ citySeeker: second });
  expect(await city.act('visit.settle', choice)).toEqual(ok);
  expect(await body(city, `visit/${visit.id}/city`)).toEqual({ citySeeker: third });
});

describe('what an entry says it saw', () => {
  test('is not kept beside where it fits no field', async () => {
    const id = await person('でたらめ');
    const seen = { address: 'むかし', postal: { not: ['a', 'postal', 'code'] } };
    const base = { [`seeker/${id}/file`]: seen as never };
    await city.act('seeker.amend', { id, address: 'いま' }, { base });
    const kept = conflictsOf(await body(city, `seeker/${id}/file`));
    expect(kept.map(({ field }) => field)).toContain('address');
    expect(JSON.stringify(kept)).not.toContain('not');
  });

  test('does not fill a part without end', async () => {
    const id = await person('あふれる');
    const base = { [`seeker/${id}/file`]: { licences: 'むかし' } };
    await city.act('seeker.amend', { id, licences: 'いま' });
    for (let index = 0; index < maxKept + 20; index++)
      await city.write('seeker.amend', { id, licences: `値${index}` }, { base });
    const codes: string[] = [];
    while (city.acked.write < city.written.write.length) {
      const upTo = Math.min(city.acked.write + 100, city.written.write.length);
      const request = city.request(city.acked.write, upTo);
      const answer = (await (await city.post('/api/push', request)).json()) as {
        receipts: { verdict: { code: string } }[];
      };
      codes.push(...answer.receipts.map(({ verdict }) => verdict.code));
      city.acked.write = upTo;
    }
    expect(codes.filter((code) => code === 'conflict')).toHaveLength(maxKept);
    expect(codes.filter((code) => code === 'rejected')).toHaveLength(20);
    expect(conflictsOf(await body(city, `seeker/${id}/file`))).toHaveLength(maxKept);
  });
});

describe('a consent withdrawn by one who had not heard', () => {
  async function offered() {
    const seeker = await person('撤回する');
    const ids = { id: newId(), newConsent: newId(), newLink: newId() };
    const offer = { ...ids, ...toHw, fromSeeker: seeker, items: ['name', 'consultations'] };
    expect(await city.act('handoff.offer', { ...offer, familyName: '姓', ...terms() })).toEqual(ok);
    return ids;
  }
  const seenAsSent = ({ id, newConsent }: { id: string; newConsent: string }) => ({
    expected: { [`consent/${newConsent}`]: 'live', [`handoff/${id}`]: 'sent' },
    base: {
      [`consent/${newConsent}/facts`]: { state: 'live', endedOn: null },
      [`handoff/${id}/facts`]: { state: 'sent', endedOn: null },
    },
  });

  test('that the handoff was accepted ends it all the same, and what came of it', async () => {
    const ids = await offered();
    const theirs = await person('受け手', hw);
    expect(await hw.act('handoff.accept', { id: ids.id, seeker: theirs })).toEqual(ok);
    const said = await city.act('consent.withdraw', { id: ids.newConsent }, seenAsSent(ids));
    expect(said).toEqual(ok);
    expect(await body(city, `consent/${ids.newConsent}/facts`)).toMatchObject({
      state: 'withdrawn',
    });
    expect(await body(city, `link/${ids.newLink}/facts`)).toMatchObject({ state: 'ended' });
    expect(await body(city, `handoff/${ids.id}/facts`)).toMatchObject({ state: 'cancelled' });
    expect(await body(hw, `handoff/${ids.id}/offer`)).toEqual({});
  });

  test('that it had been returned takes the consent back too', async () => {
    const ids = await offered();
    await hw.act('handoff.return', { id: ids.id, returnReason: 'other' });
    const said = await city.act('consent.withdraw', { id: ids.newConsent }, seenAsSent(ids));
    expect(said).toEqual(ok);
  });
});

test('an entry that puts itself right stays where somebody looks', async () => {
  const args = { ...seekerArgs('自分'), familyKana: '漢字' };
  const { entry } = await city.write('seeker.register', args);
  city.written.write.pop();
  const { body: said, header } = entry;
  city.written.write.push(await city.seal({ ...header, supersedes: header.id }, said));
  await city.push();
  const { storage } = area.server();
  const row = await storage.read((tx) =>
    tx.selectFrom('repair').select('state').where('entry', '=', header.id).executeTakeFirst(),
  );
  expect(row).toEqual({ state: 'open' });
});

test('a supervisor does not read in a refused choice what she may not write', async () => {
  const supervisor = await area.staff('shiroishi-citysv');
  await supervisor.signIn();
  const id = await person('開けない');
  const choice = { id, part: 'welfare', field: 'welfareNote', entry: 'no-such', keep: 'neither' };
  await city.act('seeker.settle', { ...choice, welfareNote: '福祉の秘密' });
  const entry = city.written.write.at(-1)?.entry.header.id ?? '';
  const opened = await (await supervisor.post('/api/repair/open', { entry })).text();
  expect(opened).toContain(entry);
  expect(opened).not.toContain('福祉の秘密');
});

test('a day reopened and closed anew in one push keeps what is there then', async () => {
  const supervisor = await area.staff('toyohira-citysv');
  const desk = await area.staff('toyohira-city1');
  const closing = { id: `closing-toyohira-${area.today()}`, date: area.today(), missing: 0 };
  await desk.act('visit.log', visitArgs(area));
  await supervisor.act('dayClosing.close', closing);
  await desk.act('visit.log', visitArgs(area));
  await supervisor.write('dayClosing.reopen', { id: closing.id, reopenReason: 'late' });
  await supervisor.write('dayClosing.close', closing);
  expect((await supervisor.push()).map(({ verdict }) => verdict)).toEqual([ok, ok]);
  const { storage } = area.server();
  const kept = await storage.read((tx) =>
    tx.selectFrom('closing_fact').select('id').where('closing', '=', closing.id).execute(),
  );
  expect(kept).toHaveLength(2);
});

test('what was put right or withdrawn is no longer counted as waiting', async () => {
  const supervisor = await area.staff('toyohira-citysv');
  const gone = await area.staff('toyohira-city2');
  const { storage, tenant } = area.server();
  await storage.write(tenant, (tx) =>
    tx.updateTable('store').set({ state: 'revoked' }).where('store', '=', gone.store).execute(),
  );
  expect(await gone.act('visit.log', visitArgs(area))).toMatchObject({ code: 'quarantined' });
  const waiting = async () => {
    await supervisor.signIn();
    const headers = { authorization: `Bearer ${supervisor.token}` };
    const path = `/api/counts?from=${area.today()}&to=${area.today()}&site=toyohira`;
    const said = (await (await area.ask(path, { headers })).json()) as OfficialCounts;
    return said.completeness.quarantined;
  };
  expect(await waiting()).toBe(1);
  const supersedes = gone.written.write.at(-1)?.entry.header.id ?? '';
  expect(await supervisor.act('visit.log', visitArgs(area), { supersedes })).toEqual(ok);
  expect(await waiting()).toBe(0);
});

test('a key text of any length is not remembered, for whoever sends it need be nobody', () => {
  const { entryKey } = area.server().keys;
  const isRemembered = (enc: string) => entryKey('hpke-1', enc) === entryKey('hpke-1', enc);
  expect(isRemembered('A'.repeat(87))).toBe(true);
  expect(isRemembered('A'.repeat(100_000))).toBe(false);
});

test('containers are counted by address before they are opened', async () => {
  const narrow = await openTestArea({ ...usualRates, containerPerMinute: 2 });
  const container = {
    v: 1,
    purpose: 'rescue',
    madeAt: narrow.clock.now,
    device: 'd-1',
    hpkeKeyId: 'hpke-1',
    enc: 'AAAA',
    nonce: 'AAAA',
    ciphertext: 'AAAA',
  };
  const codes: number[] = [];
  for (let times = 0; times < 3; times++)
    codes.push((await post(narrow.ask, '/api/container', container)).status);
  expect(codes.slice(0, 2)).not.toContain(429);
  expect(codes[2]).toBe(429);
  await narrow.close();
});
