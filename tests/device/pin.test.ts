/** PINs: waits that grow and survive a restart, the block after five, warm and cold unlock, leases that run out. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStores } from '../../src/device/stores.ts';
import { createVault, warmMs } from '../../src/device/vault-core.ts';
import type { Vault } from '../../src/device/vault.ts';
import { demoPassword } from '../../src/server/demo.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

const staff = 'shiroishi-city1';
let town: Town;
let place: Place;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  await place.enrol(staff);
  place.tab.tablet.lock();
});
afterEach(() => town.close());

const wrong = (waitSeconds: number, left: number) => ({
  ok: false,
  problem: { code: 'wrongPin', waitSeconds, left },
});

test('peers 21: waits grow, survive a restart, and end in a block that only the password lifts', async () => {
  const { tablet } = place.tab;
  expect(await tablet.unlock(staff, '000000')).toEqual(wrong(0, 4));
  expect(await tablet.unlock(staff, '000000')).toEqual(wrong(5, 3));
  expect(await tablet.unlock(staff, pin)).toEqual(wrong(5, 3));
  expect(await tablet.pinWait(staff)).toBe(5);

  const restarted = (await place.open()).tablet;
  expect(await restarted.pinWait(staff)).toBe(5);
  place.pass(5_000);
  expect(await restarted.pinWait(staff)).toBe(0);
  expect(await restarted.unlock(staff, '000000')).toEqual(wrong(30, 2));
  place.pass(30_000);
  expect(await restarted.unlock(staff, '000000')).toEqual(wrong(60, 1));
  place.pass(60_000);
  const blocked = { ok: false, problem: { code: 'pinBlocked' } };
  expect(await restarted.unlock(staff, '000000')).toEqual(blocked);
  expect(await restarted.unlock(staff, pin)).toEqual(blocked);
  const isEnrolled = () =>
    restarted.enrolment.peek()?.staff.find(({ id }) => id === staff)?.isEnrolled;
  expect(isEnrolled()).toBe(false);

  must(await restarted.enrolStaff({ staff, password: demoPassword, pin: '246802' }));
  restarted.lock();
  expect(isEnrolled()).toBe(true);
  must(await restarted.unlock(staff, '246802'));
}, 60_000);

test('the right PIN clears the count', async () => {
  const { tablet } = place.tab;
  expect(await tablet.unlock(staff, '000000')).toEqual(wrong(0, 4));
  must(await tablet.unlock(staff, pin));
  tablet.lock();
  expect(await tablet.unlock(staff, '000000')).toEqual(wrong(0, 4));
}, 30_000);

test('an attempt is counted before it is tried, so that a kill does not give it back', async () => {
  const dying = await place.open((ports) => ({
    ...ports,
    vault: { ...ports.vault, unlock: () => new Promise<never>(() => undefined) },
  }));
  void dying.tablet.unlock(staff, '000000');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const restarted = (await place.open()).tablet;
  expect(await restarted.unlock(staff, '000000')).toEqual(wrong(5, 3));
}, 30_000);

test('a replaced store still uploads what it had not sent', async () => {
  const session = await place.unlock(staff);
  place.line.isCut = true;
  const id = session.newId();
  must(await session.write('seeker.register', { id, familyName: '架空', familyKana: 'カクウ' }));
  place.tab.tablet.lock();
  place.line.isCut = false;
  const { tablet } = place.tab;
  must(await tablet.enrolStaff({ staff, password: demoPassword, pin }));
  await tablet.syncNow();
  expect(tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });
  expect(tablet.session.peek()?.get('seeker', id)?.parts['card']).toMatchObject({
    familyName: '架空',
  });
}, 30_000);

test('a wrong password and a bad PIN make no store', async () => {
  const { tablet } = place.tab;
  const other = 'shiroishi-city2';
  const bad = await tablet.enrolStaff({ staff: other, password: demoPassword, pin: '12' });
  expect(bad).toMatchObject({ problem: { code: 'invalidFields', fields: [{ field: 'pin' }] } });
  const guessed = await tablet.enrolStaff({ staff: other, password: 'guess', pin });
  expect(guessed).toEqual({ ok: false, problem: { code: 'wrongPassword' } });
  place.line.isCut = true;
  const offline = await tablet.enrolStaff({ staff: other, password: demoPassword, pin });
  expect(offline).toEqual({ ok: false, problem: { code: 'offline' } });
  expect(await openStores(place.tab.ports.storage).device.stores.count()).toBe(2);
}, 30_000);

test('a lease that has run out opens nothing offline, not even with the clock turned back', async () => {
  const { tablet } = place.tab;
  place.line.isCut = true;
  place.pass(200 * 3_600_000);
  expect(await tablet.unlock(staff, pin)).toEqual({ ok: false, problem: { code: 'leaseExpired' } });
  place.pass(-199 * 3_600_000);
  expect(await tablet.unlock(staff, pin)).toEqual({ ok: false, problem: { code: 'leaseExpired' } });
  expect(tablet.session.peek()).toBeUndefined();
  place.line.isCut = false;
  must(await tablet.unlock(staff, pin));
}, 30_000);

test('a warm unlock does not stretch the PIN for the slot again; half an hour later it is cold', async () => {
  let cold = 0;
  const subtle: SubtleCrypto = new Proxy(crypto.subtle, {
    get: (target, name: keyof SubtleCrypto) => {
      const found: unknown = target[name];
      if (name === 'unwrapKey') cold += 1;
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  const { clock, timers, random } = place.tab.ports;
  const vault: Vault = createVault({
    clock,
    timers,
    random,
    crypto: subtle,
    newId: () => crypto.randomUUID(),
  });
  const { tablet } = await place.open((ports) => ({ ...ports, vault }));
  must(await tablet.unlock(staff, pin));
  expect(cold).toBe(1);
  tablet.lock();
  place.pass(warmMs - 1_000);
  must(await tablet.unlock(staff, pin));
  expect(cold).toBe(1);
  tablet.lock();
  place.pass(warmMs);
  must(await tablet.unlock(staff, pin));
  expect(cold).toBe(2);
}, 30_000);
