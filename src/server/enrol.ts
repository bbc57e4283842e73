/**
 * Joining: a tablet to a site by a supervisor's code, a member of staff to a tablet by her password. Each makes a store
 * with a public key of its own; the same request again answers the same, so that a lost answer strands nobody.
 */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { enrolBytes, type SignedLease } from '../sync/lease.ts';
import type { DeviceRequest, EnrolResponse, StoreRequest } from '../sync/protocol.ts';
import { ownStore } from './author.ts';
import { claimCode, type Issued } from './device-codes.ts';
import { chosenInstead } from './start-passwords.ts';
import { chainOf } from './epoch.ts';
import { issueLease } from './leases.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import { silentTablets } from './silent.ts';
import { memberOf, namedSite, readRecords, staffAt, type Member } from './staff.ts';
import type { Tx } from './storage.ts';

type Store = Tables['store'];
const taken: Problem = { code: 'alreadyExists', kind: 'store' };

export async function admitDevice(
  server: Server,
  request: DeviceRequest,
  address: string,
): Promise<Result<EnrolResponse>> {
  if (!server.keys.cipher.isPoint(request.publicKey))
    return fail({ code: 'malformed', reason: 'publicKey' });
  const wait = await server.limits.deviceCode.attempt(address);
  if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
  const result = await server.storage.write(server.tenant, async (tx) => {
    const issued = await claimCode(server, tx, request.code, request.device);
    return issued ? admit(server, tx, request, issued) : fail({ code: 'wrongDeviceCode' });
  });
  if (result.ok || result.problem.code !== 'wrongDeviceCode')
    await server.limits.deviceCode.passed(address);
  return result;
}

async function admit(
  server: Server,
  tx: Tx,
  request: DeviceRequest,
  issued: Issued,
): Promise<Result<EnrolResponse>> {
  const { tenant } = server;
  const now = server.clock();
  const device = {
    tenant,
    device: request.device,
    name: request.name,
    site: issued.site,
    public_key: request.publicKey,
    admitted_by: issued.by,
    made_at: now,
  };
  const known = await findDevice(tx, tenant, request.device);
  // A counter signs with its device's id: it must not read like a colleague's.
  if ((await readRecords(server, tx, [request.device])).size > 0) return fail(taken);
  if (known && (known.public_key !== request.publicKey || known.site !== issued.site))
    return fail(taken);
  if (!known) await tx.insertInto('device').values(device).execute();
  const counter = { id: request.device, role: 'counter', ...issued };
  const store = await makeStore(
    server,
    tx,
    request.device,
    request.store,
    counter,
    request.publicKey,
  );
  if (!store.ok) return store;
  const lease = await issueLease(server, tx, store.value);
  const silent = await silentTablets(server, tx, issued.site, request.device);
  return ok({ ...(await answer(server, tx, store.value, lease)), silent: [...silent] });
}

export function findDevice(tx: Tx, tenant: string, device: string) {
  return tx
    .selectFrom('device')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('device', '=', device)
    .executeTakeFirst();
}

interface Holder {
  readonly id: string;
  readonly role: string;
  readonly org: string;
  readonly orgType: string;
  readonly site: string;
}

async function makeStore(
  server: Server,
  tx: Tx,
  device: string,
  store: string,
  holder: Holder,
  publicKey: string,
): Promise<Result<Store>> {
  const { tenant } = server;
  if (store === ownStore) return fail(taken);
  const known = await tx
    .selectFrom('store')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('store', '=', store)
    .executeTakeFirst();
  if (known) {
    const isSame =
      known.user === holder.id && known.public_key === publicKey && known.device === device;
    if (isSame && known.state === 'revoked') return fail({ code: 'revoked' });
    return isSame ? ok(known) : fail(taken);
  }
  const row: Store = {
    tenant,
    store,
    device,
    user: holder.id,
    role: holder.role,
    org: holder.org,
    org_type: holder.orgType,
    site: holder.site,
    public_key: publicKey,
    state: 'active',
    made_at: server.clock(),
    pushed_at: null,
    pulled_at: null,
    revoked_at: null,
    revoked_by: null,
    offered_write: null,
    offered_access: null,
  };
  await tx.insertInto('store').values(row).execute();
  return ok(row);
}

/** A device is out of service once its counter's store has been revoked. */
async function isDeviceRevoked(tx: Tx, tenant: string, device: string): Promise<boolean> {
  const stores = await tx
    .selectFrom('store')
    .select(['state'])
    .where('tenant', '=', tenant)
    .where('device', '=', device)
    .where('role', '=', 'counter')
    .execute();
  return stores.every((store) => store.state === 'revoked');
}

export async function enrolStaff(
  server: Server,
  request: StoreRequest,
): Promise<Result<EnrolResponse>> {
  if (!server.keys.cipher.isPoint(request.publicKey))
    return fail({ code: 'malformed', reason: 'publicKey' });
  const device = await server.storage.read((tx) => findDevice(tx, server.tenant, request.device));
  const signed = enrolBytes(request.device, request.store, request.staff);
  if (!device || !(await server.keys.cipher.isSigned(device.public_key, signed, request.deviceSig)))
    return fail({ code: 'unauthorised' });
  const who = `${request.staff}|${request.device}`;
  const wait = await server.limits.signIn.attempt(who);
  if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
  const { hash, start } = await server.storage.read((tx) => standing(server, tx, request));
  const isHers = await isHerPassword(server, request, hash, start);
  if (!isHers) return fail({ code: 'wrongPassword' });
  await server.limits.signIn.passed(who);
  const chosen = await chosenInstead(server, request, start);
  if (!chosen.ok) return chosen;
  return server.storage.write(server.tenant, async (tx) => {
    // Passwords take their time: meanwhile an account ends, a counter moves, a sheet is used by somebody else.
    const now = await standing(server, tx, request);
    if (now.hash !== hash || !now.member) return fail({ code: 'wrongPassword' });
    const enrolled = await enrol(server, tx, request, now.member);
    if (enrolled.ok) await chosen.value(tx);
    return enrolled;
  });
}

/** The same request again, its answer lost: she has the password already that she chose in it. */
async function isHerPassword(
  { keys }: Server,
  { password, newPassword }: StoreRequest,
  hash: string | undefined,
  start: number | null,
): Promise<boolean> {
  if (await keys.cipher.isPassword(password, hash)) return true;
  return newPassword !== undefined && start === null && keys.cipher.isPassword(newPassword, hash);
}

/** Nobody, and no password, where she does not work at the tablet's counter today. */
async function standing(server: Server, tx: Tx, { staff, device }: StoreRequest) {
  const row = await tx
    .selectFrom('credential')
    .select(['hash', 'start'])
    .where('tenant', '=', server.tenant)
    .where('staff', '=', staff)
    .executeTakeFirst();
  const member = await memberOf(server, tx, staff);
  const here = await findDevice(tx, server.tenant, device);
  const isHere = member !== undefined && member.site === here?.site;
  return isHere
    ? { member, hash: row?.hash, start: row?.start ?? null }
    : { member: undefined, hash: undefined, start: null };
}

async function enrol(
  server: Server,
  tx: Tx,
  { device, store, publicKey }: StoreRequest,
  member: Member,
): Promise<Result<EnrolResponse>> {
  if (await isDeviceRevoked(tx, server.tenant, device)) return fail({ code: 'revoked' });
  const made = await makeStore(server, tx, device, store, member, publicKey);
  if (!made.ok) return made;
  return ok(await answer(server, tx, made.value, await issueLease(server, tx, made.value, member)));
}

async function answer(
  server: Server,
  tx: Tx,
  store: Store,
  lease: SignedLease,
): Promise<EnrolResponse> {
  const epochs = await chainOf(tx, server.tenant);
  return {
    tenant: server.tenant,
    area: server.area,
    // Another request may have begun one that this process has not read yet.
    epoch: epochs.at(-1)?.epoch ?? server.epochNow.epoch,
    epochs,
    now: server.clock(),
    keys: { identity: server.keys.identity, hpke: server.keys.hpke },
    lease,
    site: await namedSite(server, tx, store.site),
    staff: await staffAt(server, tx, store.site),
  };
}
