/**
 * Joining: the tablet to a site by a supervisor's code, a member of staff to the tablet by password. Both are online only.
 * Keys are made here first; nothing is kept unless the server agreed and its lease carries the identity's signature.
 */
import { fail, ok, type Result } from '../domain/problem.ts';
import { toBase64Url } from '../sync/bytes.ts';
import { enrolBytes } from '../sync/lease.ts';
import { enrolResponse, type EnrolResponse } from '../sync/protocol.ts';
import { ecdsa, sign, type CryptoPorts } from './crypto.ts';
import { readEnrolment, type EnrolmentRow, type StoreRow } from './device-db.ts';
import { durably } from './durable.ts';
import { isOwnLease } from './login.ts';
import type { Net } from './net.ts';
import type { Clock } from './ports.ts';
import { wipe, writeMeta } from './store-db.ts';
import type { Stores } from './stores.ts';
import { makeUserKey, rawPoint } from './user-key.ts';
import type { Vault } from './vault.ts';

export interface EnrolPorts extends CryptoPorts {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly vault: Vault;
}

interface Admission {
  readonly code: string;
  readonly device: string;
  readonly store: string;
  readonly pair: CryptoKeyPair;
}
type Admit = (input: { readonly code: string; readonly name: string }) => Promise<Result<void>>;

/** Asked again with the same code it asks as the same device, should the first answer have been lost on the way. */
export function createAdmission(ports: EnrolPorts, net: Net, stores: Stores): Admit {
  let asking: Admission | undefined;
  return async ({ code, name }) => {
    if (asking?.code !== code) {
      const pair = await ports.crypto.generateKey(ecdsa, false, ['sign', 'verify']);
      asking = { code, device: ports.newId(), store: ports.newId(), pair };
    }
    const done = await admitDevice(ports, net, stores, asking, name);
    if (done.ok) asking = undefined;
    return done;
  };
}

async function admitDevice(
  ports: EnrolPorts,
  net: Net,
  stores: Stores,
  { code, device, store, pair }: Admission,
  name: string,
): Promise<Result<void>> {
  const publicKey = await rawPoint(ports.crypto, pair.publicKey);
  const asked = { code, device, store, name, publicKey };
  const answer = await net.post('/api/devices', asked, enrolResponse);
  if (!answer.ok) return answer;
  const { keys, lease, staff, tenant, area, site, epoch } = answer.value;
  if (!(await isOwnLease(ports.crypto, keys.identity, lease, store)))
    return fail({ code: 'malformed', reason: 'lease' });
  const row: EnrolmentRow = {
    key: 'enrolment',
    device,
    deviceName: name,
    tenant,
    area,
    site,
    staff,
    epoch,
    identity: keys.identity,
    hpke: keys.hpke,
    counterStore: store,
    counterKey: pair.privateKey,
    silent: answer.value.silent ?? [],
    share: ports.random(32),
  };
  const kept = await keepStore(stores, store, answer.value, ports.clock.now());
  if (!kept.ok) return kept;
  return durably(stores.device, () => keepEnrolment(stores, row, answer.value));
}

/** A tablet admitted anew starts again: older stores only upload what they still hold. */
async function keepEnrolment(stores: Stores, row: EnrolmentRow, answer: EnrolResponse) {
  const { device } = stores;
  await device.transaction('rw', device.one, device.stores, async () => {
    await device.stores.toCollection().modify({ state: 'old' });
    await device.stores.put({
      store: row.counterStore,
      role: 'counter',
      staff: '',
      state: 'live',
      lease: answer.lease,
    });
    await device.one.put(row);
    // Of the counter where it stood before.
    await device.one.delete('surveyPass');
    await device.one.put({ key: 'highest', value: answer.now });
  });
}

export interface NewStore {
  readonly row: StoreRow;
  readonly keyId: string;
  readonly dataKey: CryptoKey;
  readonly signingKey: CryptoKey;
}

export interface EnrolInput {
  readonly staff: string;
  readonly password: string;
  readonly pin: string;
  /** Of her own, in place of the one on the sheet. */
  readonly newPassword?: string;
}

export async function enrolUser(
  ports: EnrolPorts,
  net: Net,
  stores: Stores,
  input: EnrolInput,
): Promise<Result<NewStore>> {
  const found = await durably(stores.device, () => readEnrolment(stores.device));
  if (!found.ok) return found;
  const enrolment = found.value;
  if (!enrolment)
    return fail({ code: 'refused', reason: 'この端末は、まだ窓口に登録されていません。' });
  if (!/^\d{6,8}$/.test(input.pin)) return fail(badPin);
  const { staff, password, newPassword } = input;
  const { device, share, counterKey, identity } = enrolment;
  const store = ports.newId();
  const { slot, key } = await ports.vault.create({ store, user: staff, device, share }, input.pin);
  const made = await makeUserKey(ports, store, key);
  const signed = await sign(ports.crypto, counterKey, enrolBytes(device, store, staff));
  const deviceSig = toBase64Url(signed);
  const own = newPassword === undefined ? {} : { newPassword };
  const asked = { device, store, staff, password, ...own, publicKey: made.publicKey, deviceSig };
  const answer = await net.post('/api/stores', asked, enrolResponse);
  if (!answer.ok) ports.vault.forget(store);
  if (!answer.ok) return answer;
  const { lease } = answer.value;
  const isOurs = lease.lease.user === staff && answer.value.keys.identity === identity;
  if (!isOurs || !(await isOwnLease(ports.crypto, identity, lease, store)))
    return fail({ code: 'malformed', reason: 'lease' });
  const db = stores.of(store);
  const kept = await keepStore(stores, store, answer.value, ports.clock.now(), async () => {
    await db.keys.bulkPut([
      { id: 'slot', slot },
      { id: 'signing', ...made.sealed },
    ]);
  });
  if (!kept.ok) return kept;
  const row: StoreRow = { store, role: 'user', staff, state: 'live', lease };
  const replaced = await replaceStore(stores, row, answer.value);
  if (!replaced.ok) return replaced;
  return ok({ row, keyId: slot.keyId, dataKey: key, signingKey: made.signingKey });
}

const badPin = {
  code: 'invalidFields',
  fields: [{ field: 'pin', reason: '暗証番号は、6けたから8けたの数字にしてください。' }],
} as const;

/** First the store, then the tablet's note of it: a kill between leaves an empty database and nothing else. */
function keepStore(
  stores: Stores,
  store: string,
  { lease, epoch, epochs, now }: EnrolResponse,
  clock: number,
  more: () => Promise<void> = () => Promise.resolve(),
): Promise<Result<void>> {
  const db = stores.of(store);
  return durably(db, () =>
    db.transaction('rw', db.leases, db.meta, db.keys, async () => {
      await db.leases.put({ id: lease.lease.id, signed: lease });
      await writeMeta(db, 'epoch', epoch);
      if (epochs) await writeMeta(db, 'epochs', epochs);
      await writeMeta(db, 'skew', Math.round(clock - now));
      await more();
    }),
  );
}

/** The member's older stores keep their envelopes for the outbox and nothing that could be read. */
async function replaceStore(
  stores: Stores,
  row: StoreRow,
  { staff, now }: EnrolResponse,
): Promise<Result<void>> {
  const { device } = stores;
  const older = await durably(device, () =>
    device.transaction('rw', device.stores, device.one, device.attempts, async () => {
      const all = await device.stores.where('staff').equals(row.staff).toArray();
      const others = all.filter((other) => other.store !== row.store);
      await device.stores.bulkPut(others.map((other) => ({ ...other, state: 'old' as const })));
      await device.stores.put(row);
      await device.attempts.delete(row.store);
      const enrolment = await readEnrolment(device);
      if (enrolment) await device.one.put({ ...enrolment, staff, silent: [] });
      await device.one.put({ key: 'highest', value: now });
      return others;
    }),
  );
  if (!older.ok) return older;
  for (const { store } of older.value) {
    const db = stores.of(store);
    const wiped = await durably(db, () => wipe(db));
    if (!wiped.ok) return wiped;
  }
  return ok(undefined);
}
