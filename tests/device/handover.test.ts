/** peers 22: a handoff passes from one tablet to another at the same counter without a network, and is there once. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openShare } from '../../src/device/container-seal.ts';
import { openStores } from '../../src/device/stores.ts';
import type { HandoverFile, Session } from '../../src/device/types.ts';
import { readFile, withoutShare, type Share } from '../../src/sync/container.ts';
import { stateOf } from '../../src/domain/kind.ts';
import type { Header } from '../../src/sync/entry.ts';
import type { Verdict } from '../../src/sync/verdict.ts';
import { consentTerms } from '../server/samples.ts';
import { contains, dump } from '../support/device-dump.ts';
import { must, until } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

const [cityStaff, hwStaff] = ['shiroishi-city1', 'shiroishi-hw1'];
// Every member enrolled and every passphrase costs Argon2id.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
let town: Town;
let giver: Place;
let taker: Place;
let city: Session;
let hw: Session;
beforeEach(async () => {
  town = await openTown();
  [giver, taker] = [await town.tablet(), await town.tablet()];
  [city, hw] = [await giver.enrol(cityStaff), await taker.enrol(hwStaff)];
  giver.line.isCut = true;
  taker.line.isCut = true;
});
afterEach(() => town.close());

const person = {
  familyName: '手渡',
  givenName: '花子',
  familyKana: 'テワタシ',
  givenKana: 'ハナコ',
};

/** A registered person with private things, and a handoff of her name. */
async function offer(): Promise<{ id: string; seeker: string; consent: string }> {
  const [id, seeker, consent] = [city.newId(), city.newId(), city.newId()];
  const file = { address: '秘密町一丁目', phone: '011-000-9999' };
  must(await city.write('seeker.register', { id: seeker, ...person, ...file }));
  must(await city.write('seeker.amendWelfare', { id: seeker, welfareNote: '福祉の秘密' }));
  must(
    await city.write('handoff.offer', {
      id,
      newConsent: consent,
      newLink: city.newId(),
      toOrg: 'hw-sapporo-higashi',
      toSite: 'shiroishi',
      reason: 'jobReferral',
      urgency: 'normal',
      fromSeeker: seeker,
      senderNote: '送る側だけの秘密',
      items: ['name'],
      ...person,
      message: 'よろしくお願いします',
      ...consentTerms('2027-03-31'),
    }),
  );
  return { id, seeker, consent };
}

const give = async (id: string) => must(await city.giveHandoff(id));
const take = async (file: HandoverFile, on = hw) =>
  must(await on.takeHandoff(file.text, file.passphrase));

async function accept(id: string): Promise<string> {
  const newSeeker = hw.newId();
  must(await hw.write('handoff.acceptNew', { id, newSeeker, ...person }));
  return newSeeker;
}

async function record(seeker: string): Promise<string> {
  const [id, visit] = [hw.newId(), hw.newId()];
  const arrivedAt = town.area.clock.now;
  const rest = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
  must(await hw.write('visit.log', { id: visit, arrivedAt, seeker, ...rest }));
  must(await hw.write('consultation.record', { id, visit, seeker, services: ['jobCounselling'] }));
  return id;
}

const online = async (place: Place, times = 2) => {
  place.line.isCut = false;
  for (let time = 0; time < times; time++) await place.tab.tablet.syncNow();
};
const pending = (place: Place) => place.tab.tablet.sync.peek();
const stateAt = (session: Session, id: string) => stateOf(session.get('handoff', id));
const carriedRows = async () => {
  const stores = openStores(taker.tab.ports.storage);
  const rows = await stores.device.stores.where('staff').equals(hwStaff).toArray();
  const all = await stores.of(rows[0]?.store ?? '').carried.toArray();
  stores.close();
  return all;
};

async function entriesHeld() {
  const rows = await town.area
    .server()
    .storage.read((tx) => tx.selectFrom('entry').select(['id', 'header', 'verdict']).execute());
  return rows.map(({ id, header, verdict }) => ({
    id,
    verb: (JSON.parse(header) as Header).verb,
    verdict: JSON.parse(verdict) as Verdict,
  }));
}

async function shareIn(file: HandoverFile): Promise<Share> {
  const [first] = must(readFile(file.text));
  if (!first?.share) throw new Error('no share');
  const opened = await openShare(
    taker.tab.ports,
    withoutShare(first),
    first.share,
    file.passphrase,
  );
  if (!opened) throw new Error('does not open');
  return opened;
}

describe('peers 22: the file', () => {
  test('lets the receiver read exactly the parts that the server would send her, and no other', async () => {
    const { id, consent } = await offer();
    const file = await give(id);
    const { parts } = await shareIn(file);
    const told = parts.map((part) => `${part.kind}/${part.id}/${part.part}`).sort();
    expect(told).toEqual(
      [`consent/${consent}/facts`, `handoff/${id}/facts`, `handoff/${id}/offer`].sort(),
    );
    expect(JSON.stringify(parts)).not.toMatch(/秘密|9999/);
    await online(giver);
    await online(taker);
    for (const { kind, id: record, part, body } of parts)
      expect(hw.get(kind, record)?.parts[part]).toMatchObject(body);
    expect(Object.keys(hw.get('handoff', id)?.parts ?? {}).sort()).toEqual(['facts', 'offer']);
  });

  test('says nothing of anybody: neither its name nor, without the passphrase, its text', async () => {
    const { id } = await offer();
    const file = await give(id);
    expect(file.name).toBe('窓口-受け渡し-20261116-1000.madoguchi');
    expect(file.text).not.toMatch(/手渡|花子|秘密|offer/);
    expect(file.text).not.toContain(file.passphrase);
    expect(file.passphrase).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    expect((await give(id)).passphrase).not.toBe(file.passphrase);
  });

  test('is made only of what was sent by the own organisation and is not at the server yet', async () => {
    const { id } = await offer();
    await online(giver);
    expect(await city.giveHandoff(id)).toMatchObject({ problem: { code: 'refused' } });
    giver.line.isCut = true;
    const other = await offer();
    must(await city.write('handoff.cancel', { id: other.id, cancelNote: 'まちがい' }));
    expect(await city.giveHandoff(other.id)).toMatchObject({ problem: { code: 'refused' } });
    expect(await city.giveHandoff('none')).toMatchObject({ problem: { code: 'notFound' } });
  });
});

describe('peers 22: at the receiver', () => {
  test('it stands in the inbox, unconfirmed, is no row, and survives lock and restart', async () => {
    const { id } = await offer();
    await take(await give(id));
    expect(stateAt(hw, id)).toBe('sent');
    expect(hw.get('handoff', id)?.parts['offer']).toMatchObject({ familyName: '手渡' });
    expect(hw.carried.value).toMatchObject([{ handoff: id, isRefused: false }]);
    expect(contains(await dump(taker.indexedDB), '手渡')).toBe(false);
    taker.tab.tablet.lock();
    expect(hw.carried.value).toEqual([]);
    const again = await taker.open();
    must(await again.tablet.unlock(hwStaff, pin));
    const session = again.tablet.session.peek();
    expect(session?.get('handoff', id)?.parts['offer']).toMatchObject({ familyName: '手渡' });
    expect(session?.carried.value).toMatchObject([{ handoff: id }]);
  });

  test('another tab of hers shows it too', async () => {
    const other = await taker.open();
    must(await other.tablet.unlock(hwStaff, pin));
    const { id } = await offer();
    await take(await give(id));
    const there = () => other.tablet.session.peek()?.get('handoff', id);
    await until(() => there() !== undefined, 'the other tab hears of it');
  });

  test.each([
    ['wrong passphrase', (text: string) => text, 'ABCDEFGH'],
    ['no passphrase at all', (text: string) => text, '違う'],
    ['cut off', (text: string) => text.slice(0, -40), undefined],
    ['a letter of the requests differs', (text: string) => swapped(text, 'ciphertext'), undefined],
    ['another purpose', (text: string) => text.replace('"handover"', '"rescue"'), undefined],
    ['another date', (text: string) => text.replace(/"madeAt":(\d)/, '"madeAt":2'), undefined],
    ['not a file of ours', () => 'こんにちは', undefined],
  ])('%s: refused in plain words, nothing changed', async (_why, damage, typed) => {
    const { id } = await offer();
    const file = await give(id);
    const before = (await dump(taker.indexedDB)).length;
    const answer = await hw.takeHandoff(damage(file.text), typed ?? file.passphrase);
    expect(answer).toMatchObject({ ok: false, problem: { code: 'wrongContainer' } });
    expect(hw.get('handoff', id)).toBeUndefined();
    expect(await carriedRows()).toEqual([]);
    expect((await dump(taker.indexedDB)).length).toBe(before);
  });

  test('typed as people type: small, full width, with a hyphen', async () => {
    const { id } = await offer();
    const { text, passphrase } = await give(id);
    const typed = `${passphrase.slice(0, 4).toLowerCase()} － ${passphrase.slice(4)}`;
    must(await hw.takeHandoff(text, typed.replaceAll('A', 'Ａ')));
    expect(stateAt(hw, id)).toBe('sent');
  });

  test('older than a week, or for another desk: refused', async () => {
    const { id } = await offer();
    const file = await give(id);
    taker.pass(8 * 24 * 3_600_000);
    expect(await hw.takeHandoff(file.text, file.passphrase)).toMatchObject({
      problem: { code: 'wrongContainer' },
    });
    const elsewhere = await town.tablet('toyohira');
    const other = await elsewhere.enrol('toyohira-hw1');
    elsewhere.line.isCut = true;
    giver.line.isCut = false;
    const fresh = await give(id);
    expect(await other.takeHandoff(fresh.text, fresh.passphrase)).toMatchObject({
      problem: { code: 'wrongContainer', reason: expect.stringContaining('この窓口') as string },
    });
  });
});

describe('peers 22: whichever tablet comes first, the same once', () => {
  async function workedOn(): Promise<{ id: string; seeker: string; consultation: string }> {
    const { id } = await offer();
    await take(await give(id));
    const seeker = await accept(id);
    return { id, seeker, consultation: await record(seeker) };
  }

  async function expectOnce({ id, seeker, consultation }: Awaited<ReturnType<typeof workedOn>>) {
    expect(stateAt(hw, id)).toBe('accepted');
    expect(hw.carried.value).toEqual([]);
    expect(await carriedRows()).toEqual([]);
    expect(pending(taker)).toMatchObject({ pending: 0, needsCare: 0 });
    expect(stateOf(hw.get('consultation', consultation))).toBeDefined();
    const made = hw.all('handoff').value.filter((one) => one.id === id);
    expect(made).toHaveLength(1);
    expect(hw.all('seeker').value.filter((one) => one.id === seeker)).toHaveLength(1);
    const log = await entriesHeld();
    expect(new Set(log.map((row) => row.id)).size).toBe(log.length);
    const about = log.filter((row) => /^(handoff|consultation)\./.test(row.verb));
    expect(about.map((row) => row.verb).sort()).toEqual([
      'consultation.record@1',
      'handoff.acceptNew@1',
      'handoff.offer@1',
    ]);
    for (const row of about) expect(row.verdict).toEqual({ code: 'applied' });
  }

  test('the giver first', async () => {
    const work = await workedOn();
    await online(giver);
    await online(taker);
    await expectOnce(work);
    await online(giver);
    expect(stateAt(city, work.id)).toBe('accepted');
  });

  test('the receiver first', async () => {
    const work = await workedOn();
    await online(taker);
    await expectOnce(work);
    await online(giver);
    expect(pending(giver)).toMatchObject({ pending: 0, needsCare: 0 });
    expect(stateAt(city, work.id)).toBe('accepted');
    await expectOnce(work);
  });

  test('both at once, and again', async () => {
    const work = await workedOn();
    await Promise.all([online(giver), online(taker)]);
    await Promise.all([online(giver), online(taker)]);
    await expectOnce(work);
    expect(pending(giver)).toMatchObject({ pending: 0, needsCare: 0 });
  });

  test('the giver never: the container alone delivers, her whole prefix with it', async () => {
    const work = await workedOn();
    await online(taker);
    await expectOnce(work);
    const log = await entriesHeld();
    expect(log.map((row) => row.verb)).toContain('seeker.amendWelfare@1');
  });

  test('taken twice, and after the server has told of it', async () => {
    const { id } = await offer();
    const file = await give(id);
    await take(file);
    await take(file);
    expect(hw.all('handoff').value.filter((one) => one.id === id)).toHaveLength(1);
    await online(taker);
    await take(file);
    expect(hw.carried.value).toEqual([]);
    expect(await carriedRows()).toEqual([]);
  });

  test('a locked tablet brings it too', async () => {
    const { id } = await offer();
    await take(await give(id));
    taker.tab.tablet.lock();
    await online(taker);
    const log = await entriesHeld();
    expect(log.filter(({ verb }) => verb === 'handoff.offer@1')).toHaveLength(1);
  });

  test('the container cannot be brought: what rests on it waits at the server until the giver comes', async () => {
    const work = await workedOn();
    const around = await taker.open((ports) => ({
      ...ports,
      fetch: async (path, init) =>
        path === '/api/container'
          ? Response.json({ problem: { code: 'serverTrouble' } }, { status: 503 })
          : ports.fetch(path, init),
    }));
    must(await around.tablet.unlock(hwStaff, pin));
    const session = around.tablet.session.peek();
    taker.line.isCut = false;
    await around.tablet.syncNow();
    const waiting = (await entriesHeld()).filter(({ verb }) => verb === 'handoff.acceptNew@1');
    expect(waiting.map(({ verdict }) => verdict.code)).toEqual(['blocked']);
    expect(session?.carried.value).toMatchObject([{ handoff: work.id }]);
    await online(giver);
    await around.tablet.syncNow();
    await around.tablet.syncNow();
    const held = (await entriesHeld()).filter(({ verb }) => /^(handoff|consult)/.test(verb));
    expect(held.map(({ verdict }) => verdict.code)).toEqual(['applied', 'applied', 'applied']);
    expect(session && stateAt(session, work.id)).toBe('accepted');
    expect(session?.carried.value).toEqual([]);
  });

  test('the answer is lost: brought again, once', async () => {
    const work = await workedOn();
    let lost = 0;
    const around = await taker.open((ports) => ({
      ...ports,
      fetch: async (path, init) => {
        const answer = await ports.fetch(path, init);
        if (path === '/api/container' && lost++ === 0) throw new TypeError('lost on the way back');
        return answer;
      },
    }));
    taker.line.isCut = false;
    await around.tablet.syncNow();
    await online(taker);
    expect(lost).toBeGreaterThan(0);
    await expectOnce(work);
  });
});

describe('peers 22: what became of it meanwhile', () => {
  test('cancelled by the giver afterwards: the offer leaves the receiver with the first pull', async () => {
    const { id } = await offer();
    await take(await give(id));
    must(await city.write('handoff.cancel', { id, cancelNote: '取りやめ' }));
    await online(giver);
    await online(taker);
    expect(stateAt(hw, id)).toBe('cancelled');
    expect(hw.get('handoff', id)?.parts['offer']).toBeUndefined();
    expect(await carriedRows()).toEqual([]);
  });

  test('cancelled, but the container comes first: the same in the end', async () => {
    const { id } = await offer();
    await take(await give(id));
    must(await city.write('handoff.cancel', { id, cancelNote: '取りやめ' }));
    await online(taker);
    expect(stateAt(hw, id)).toBe('sent');
    await online(giver);
    await online(taker);
    expect(stateAt(hw, id)).toBe('cancelled');
    expect(hw.get('handoff', id)?.parts['offer']).toBeUndefined();
  });

  test('consent withdrawn before it arrived: what was accepted on it waits for a person, nothing is shown', async () => {
    const { id, consent } = await offer();
    await take(await give(id));
    const seeker = await accept(id);
    must(await city.write('consent.withdraw', { id: consent }));
    await online(giver);
    await online(taker);
    expect(stateAt(hw, id)).toBe('cancelled');
    expect(hw.get('handoff', id)?.parts['offer']).toBeUndefined();
    expect(hw.carried.value).toEqual([]);
    const refused = hw.outbox.value.filter((item) => item.verb === 'handoff.acceptNew');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.state).not.toBe('applied');
    expect(hw.get('seeker', seeker)).toBeUndefined();
  });

  test('the giver was dismissed meanwhile: the receiver is told that it came to nothing', async () => {
    const { id } = await offer();
    await take(await give(id));
    const { server } = town.area;
    await server().storage.write(server().tenant, (tx) =>
      tx.updateTable('store').set({ state: 'revoked' }).where('user', '=', cityStaff).execute(),
    );
    await online(taker);
    expect(hw.get('handoff', id)).toBeUndefined();
    expect(hw.carried.value).toMatchObject([{ handoff: id, isRefused: true }]);
    expect((await carriedRows())[0]?.share).toBeUndefined();
    must(await hw.dismissCarried(id));
    expect(hw.carried.value).toEqual([]);
  });
});

test('making and taking are access events with the handoff they are about', async () => {
  const { id } = await offer();
  await take(await give(id));
  await online(giver);
  await online(taker);
  const events = await town.area
    .server()
    .storage.read((tx) =>
      tx.selectFrom('access_event').select(['user', 'action', 'kind', 'record']).execute(),
    );
  const about = { kind: 'handoff', record: id };
  expect(events).toContainEqual({ user: cityStaff, action: 'handOver', ...about });
  expect(events).toContainEqual({ user: hwStaff, action: 'takeOver', ...about });
});

function swapped(text: string, name: string): string {
  const at = text.indexOf(`"${name}":"`) + name.length + 20;
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}
