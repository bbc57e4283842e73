/**
 * `madoguchi-device`: what the tablet knows about itself. Nothing personal: names of staff (known in the whole area), the
 * stores, wrong PINs, the device's share of every key, and the counter's signing key. The share and the counter's key lie
 * here in clear: the share is useless without a PIN, the counter's key gives upload only.
 */
import type Dexie from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { Bytes } from '../sync/bytes.ts';
import type { SignedLease } from '../sync/lease.ts';
import type { SessionResponse } from '../sync/protocol.ts';
import { dexieOf } from './durable.ts';
import type { StoragePort } from './ports.ts';

export interface StaffRow {
  readonly id: string;
  readonly name: string;
  readonly org: string;
  readonly orgName: string;
  readonly role: string;
}

export interface SilentTablet {
  readonly name: string;
  readonly heardAt: number;
}

export interface EnrolmentRow {
  readonly key: 'enrolment';
  readonly device: string;
  readonly deviceName: string;
  readonly tenant: string;
  readonly area: string;
  readonly site: { readonly id: string; readonly name: string };
  readonly staff: readonly StaffRow[];
  /** The server's identity, pinned: leases are believed by it alone. */
  readonly identity: string;
  readonly hpke: { readonly keyId: string; readonly publicKey: string };
  readonly epoch: string;
  /** Tablets of this counter that were silent when this one was admitted; gone once somebody has signed in. */
  readonly silent?: readonly SilentTablet[];
  readonly counterStore: string;
  readonly counterKey: CryptoKey;
  readonly share: Bytes;
}

/** What anonymous answers are sent with; every tablet of the counter has the same. */
export interface SurveyPassRow {
  readonly key: 'surveyPass';
  readonly value: string;
}

export interface HighestRow {
  readonly key: 'highest';
  /** Highest server time seen or reckoned; a clock turned back does not lengthen a lease. */
  readonly value: number;
}

/**
 * live: can unlock · old: replaced · revoked: wiped by the server's word · forked: its stream goes on elsewhere too, enrol
 * anew. All of them upload what is left.
 */
export type StoreState = 'live' | 'old' | 'revoked' | 'forked';

export interface StoreRow {
  readonly store: string;
  readonly role: 'counter' | 'user';
  /** '' for the counter. */
  readonly staff: string;
  readonly state: StoreState;
  readonly lease: SignedLease;
}

export interface AttemptsRow {
  readonly store: string;
  readonly failures: number;
  readonly triedAt: number;
}

export type DeviceDb = Dexie & {
  readonly one: Table<EnrolmentRow | HighestRow | SurveyPassRow, string>;
  readonly stores: EntityTable<StoreRow, 'store'>;
  readonly attempts: EntityTable<AttemptsRow, 'store'>;
};

const deviceDbName = 'madoguchi-device';

export function openDeviceDb(storage: StoragePort): DeviceDb {
  const db = dexieOf(storage, deviceDbName);
  db.version(1).stores({ one: 'key', stores: 'store,staff', attempts: 'store' });
  // The tables just declared are what the type says; Dexie adds them as properties at run time.
  return db as DeviceDb;
}

export async function readEnrolment(db: DeviceDb): Promise<EnrolmentRow | undefined> {
  const row = await db.one.get('enrolment');
  return row?.key === 'enrolment' ? row : undefined;
}

interface CounterRows {
  readonly enrolment: EnrolmentRow | undefined;
  readonly pass: string | undefined;
}

/** Where the tablet stands, and the pass of that very counter. */
export async function readCounter(db: DeviceDb): Promise<CounterRows> {
  const [enrolment, pass] = await db.one.bulkGet(['enrolment', 'surveyPass']);
  return {
    enrolment: enrolment?.key === 'enrolment' ? enrolment : undefined,
    pass: pass?.key === 'surveyPass' ? pass.value : undefined,
  };
}

type Said = Pick<SessionResponse, 'surveyPass' | 'staff' | 'site'>;

/** What every session tells of the counter, for screens that nobody has opened. Answers whether any of it was new. */
export async function keepSaid(db: DeviceDb, said: Said): Promise<boolean> {
  const { enrolment: known, pass } = await readCounter(db);
  const { surveyPass, staff, site } = said;
  if ((surveyPass ?? pass) === pass && isHeard(known, said)) return false;
  await db.transaction('rw', db.one, async () => {
    if (surveyPass !== undefined) await db.one.put({ key: 'surveyPass', value: surveyPass });
    const enrolment = await readEnrolment(db);
    if (enrolment && staff)
      await db.one.put({ ...enrolment, staff, ...(site === undefined ? {} : { site }) });
  });
  return true;
}

/** Both were read from answers by the same schema, and so they are the same text. */
export function isHeard(known: EnrolmentRow | undefined, said: Said): boolean {
  const { staff = known?.staff, site = known?.site } = said;
  return JSON.stringify([staff, site]) === JSON.stringify([known?.staff, known?.site]);
}

async function readHighest(db: DeviceDb): Promise<number> {
  const row = await db.one.get('highest');
  return row?.key === 'highest' ? row.value : 0;
}

/** Raises the highest time seen; never lowers it. Nothing is written where it is seen already. */
export async function seeTime(db: DeviceDb, time: number): Promise<number> {
  const seen = await readHighest(db);
  if (time <= seen) return seen;
  return db.transaction('rw', db.one, async () => {
    const known = await readHighest(db);
    if (time > known) await db.one.put({ key: 'highest', value: time });
    return Math.max(time, known);
  });
}

/** The live store of a member of staff. */
export async function liveStore(db: DeviceDb, staff: string): Promise<StoreRow | undefined> {
  return liveOf(await db.stores.where('staff').equals(staff).toArray());
}

/** Of all that are a member's. */
export function liveOf(rows: readonly StoreRow[]): StoreRow | undefined {
  return rows.find((row) => row.role === 'user' && row.state === 'live');
}
