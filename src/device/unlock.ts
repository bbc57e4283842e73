/**
 * From a PIN to an open desk. The attempt is counted first; the vault answers with the data key or not; a lease that has
 * run out (by the highest time seen, so turning the clock back helps nobody) is renewed online or the desk stays shut.
 */
import { fail, ok, type Result } from '../domain/problem.ts';
import type { SignedLease } from '../sync/lease.ts';
import type { SessionResponse } from '../sync/protocol.ts';
import type { Counter } from './counter.ts';
import { openDesk, type Desk, type DeskPorts } from './desk.ts';
import {
  type EnrolmentRow,
  keepSaid,
  liveOf,
  readEnrolment,
  seeTime,
  type StoreRow,
} from './device-db.ts';
import { durably } from './durable.ts';
import type { NewStore } from './enrol.ts';
import { isLost } from './epoch.ts';
import { createLogin, isOwnLease } from './login.ts';
import type { Net } from './net.ts';
import { beginAttempt, clearAttempts, maxAttempts, wrongPin } from './pin-attempts.ts';
import { createSealer } from './sealer.ts';
import { readMeta, wipe, writeMeta, type StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';
import { openUserKey } from './user-key.ts';
import type { Vault } from './vault.ts';

export interface UnlockContext {
  readonly ports: DeskPorts & { readonly vault: Vault };
  readonly net: Net;
  readonly stores: Stores;
  readonly counter: Counter;
  /** The server revoked this store; it is wiped. */
  readonly onRevoked: (store: string) => void;
  /** A session has told of the counter: the lock screen may show other names. */
  readonly onSaid: (said: SessionResponse) => void;
}

const notEnrolled = fail({
  code: 'refused',
  reason: 'この端末では、まだ使いはじめていません。パスワードで入ってください。',
});

export async function unlockStore(
  context: UnlockContext,
  staff: string,
  pin: string,
): Promise<Result<Desk>> {
  const { stores, ports } = context;
  const { device } = stores;
  const found = await durably(device, async () => ({
    enrolment: await readEnrolment(device),
    rows: await device.stores.where('staff').equals(staff).toArray(),
  }));
  if (!found.ok) return found;
  const { enrolment, rows } = found.value;
  const row = liveOf(rows);
  if (!enrolment || !row) {
    const stopped = (['forked', 'revoked'] as const).find((code) =>
      rows.some(({ state }) => state === code),
    );
    return stopped ? fail({ code: stopped }) : notEnrolled;
  }
  const dataKey = await tryPin(context, enrolment, row, pin);
  if (!dataKey.ok) return dataKey;
  const { store } = row;
  const db = stores.of(store);
  const kept = await durably(db, () => db.keys.bulkGet(['signing', 'slot']));
  if (!kept.ok) return kept;
  const [signing, slot] = kept.value;
  if (signing?.id !== 'signing' || slot?.id !== 'slot') return fail({ code: 'storageBroken' });
  const signingKey = await openUserKey(ports.crypto, store, dataKey.value, signing);
  const keys = { row, keyId: slot.slot.keyId, dataKey: dataKey.value, signingKey };
  const opened = await openStore(context, enrolment, keys, rows);
  if (!opened.ok) ports.vault.lock(store);
  return opened;
}

async function tryPin(
  { stores: { device, of }, ports }: UnlockContext,
  { device: deviceId, share }: EnrolmentRow,
  { store, staff }: StoreRow,
  pin: string,
): Promise<Result<CryptoKey>> {
  const db = of(store);
  const kept = await durably(db, async () => ({
    slot: await db.keys.get('slot'),
    isGone: isLost(await readMeta(db, 'epoch')),
  }));
  if (!kept.ok) return kept;
  const { slot, isGone } = kept.value;
  if (isGone) return fail({ code: 'storageLost' });
  if (slot?.id !== 'slot') return fail({ code: 'pinBlocked' });
  const failures = await beginAttempt(device, store, ports.clock.now());
  if (!failures.ok) return failures;
  const owner = { store, user: staff, device: deviceId, share };
  const dataKey = await ports.vault.unlock(owner, slot.slot, pin);
  if (dataKey) {
    const cleared = await clearAttempts(device, store);
    return cleared.ok ? ok(dataKey) : cleared;
  }
  if (failures.value >= maxAttempts) {
    ports.vault.forget(store);
    await durably(db, () => db.keys.clear());
  }
  return wrongPin(failures.value);
}

/** Opens a store whose keys are at hand: after a PIN, or right after enrolment. */
export async function openStore(
  context: UnlockContext,
  enrolment: EnrolmentRow,
  { row, keyId, dataKey, signingKey }: NewStore,
  /** The tablet's, at least all of the same member. */
  rows: readonly StoreRow[],
): Promise<Result<Desk>> {
  const { ports, net, stores, counter } = context;
  const { store } = row;
  const db = stores.of(store);
  let lease = row.lease;
  const login = createLogin(ports, net, {
    store,
    identity: enrolment.identity,
    signingKey,
    lease: () => lease,
    onLease: async (fresh, serverNow) => {
      const kept = await keepLease(stores, db, row, fresh, serverNow, ports.clock.now());
      if (kept.ok) lease = fresh;
      return kept;
    },
    onRevoked: () => wipeRevoked(context, store),
    onSaid: async (said) => {
      await durably(stores.device, () => keepSaid(stores.device, said));
      context.onSaid(said);
    },
  });
  if (!(await isOwnLease(ports.crypto, enrolment.identity, lease, store)))
    return fail({ code: 'leaseExpired' });
  const inTime = await isInTime(ports, stores, db, lease);
  if (!inTime.ok) return inTime;
  if (!inTime.value) {
    const renewed = await login.renew();
    if (!renewed.ok)
      return renewed.problem.code === 'revoked' ? renewed : fail({ code: 'leaseExpired' });
  }
  const sealer = await createSealer(ports, enrolment.hpke);
  const stream = { db, lease: () => lease.lease, signingKey, sealer, dataKey };
  const older = rows.filter((other) => other.staff === row.staff && other.store !== store);
  return openDesk({
    ports,
    net,
    stores,
    counter,
    db,
    stream,
    login,
    keys: { store, keyId, dataKey },
    lease: () => lease,
    older: older.map((other) => other.store),
  });
}

/** The server has stopped this store: what it holds goes, what it had not sent still can. */
export async function wipeRevoked(context: UnlockContext, store: string): Promise<void> {
  const { stores, ports } = context;
  const db = stores.of(store);
  await durably(stores.device, () => stores.device.stores.update(store, { state: 'revoked' }));
  await durably(db, () => wipe(db));
  ports.vault.forget(store);
  context.onRevoked(store);
}

/** By server time as far as the tablet can reckon it, and never earlier than it once was. */
async function isInTime(
  { clock }: DeskPorts,
  { device }: Stores,
  db: StoreDb,
  { lease }: SignedLease,
): Promise<Result<boolean>> {
  const skew = await durably(db, () => readMeta(db, 'skew'));
  if (!skew.ok) return skew;
  const highest = await durably(device, () => seeTime(device, clock.now() - (skew.value ?? 0)));
  return highest.ok ? ok(highest.value <= lease.expiresAt) : highest;
}

/** The server's own word on the time replaces what was reckoned, even downwards. */
async function keepLease(
  { device }: Stores,
  db: StoreDb,
  row: StoreRow,
  lease: SignedLease,
  serverNow: number,
  now: number,
): Promise<Result<void>> {
  const kept = await durably(db, () =>
    db.transaction('rw', db.leases, db.meta, async () => {
      await db.leases.put({ id: lease.lease.id, signed: lease });
      await writeMeta(db, 'skew', Math.round(now - serverNow));
    }),
  );
  if (!kept.ok) return kept;
  return durably(device, () =>
    device.transaction('rw', device.stores, device.one, async () => {
      await device.stores.update(row.store, { lease });
      await device.one.put({ key: 'highest', value: serverNow });
    }),
  );
}
