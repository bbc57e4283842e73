/** An HW counsellor's tablet, and on it a person whom a colleague has registered. */
import type { StoreDb } from '../../src/device/store-db.ts';
import { seekerArgs } from '../server/samples.ts';
import { openTown, type Place, type Town } from './device-town.ts';
import { dbOf } from './restored-town.ts';

export const staff = 'shiroishi-hw1';
export const seen = { ...seekerArgs('きょう'), phone: '090-3333-4444' };
export const phone = { id: seen.id, phone: '011-000-1111' };

export async function openSeenDesk(): Promise<{ town: Town; place: Place; db: StoreDb }> {
  const town = await openTown();
  const hw = await town.area.staff('shiroishi-hw2');
  await hw.act('seeker.register', seen);
  const place = await town.tablet();
  await place.enrol(staff);
  return { town, place, db: await dbOf(place, staff) };
}

/** Another tab of hers without a line; `meanwhile` is done each time before an entry is signed. */
export async function slowSigner(place: Place, meanwhile: () => Promise<void>) {
  const sign = async (...args: Parameters<SubtleCrypto['sign']>) => {
    await meanwhile();
    return crypto.subtle.sign(...args);
  };
  const slow = new Proxy(crypto.subtle, {
    get: (target, name) => {
      if (name === 'sign') return sign;
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  const tab = await place.open((ports) => ({
    ...ports,
    crypto: slow,
    fetch: () => Promise.reject(new TypeError('no line')),
  }));
  return { tab, session: await place.unlock(staff, tab) };
}
