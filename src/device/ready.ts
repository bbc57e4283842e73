/**
 * Facts for the morning's check 「明日つながらない場所で使えますか」: streams, leases, clock and the server's
 * version, as found at this moment. Needs nobody to be unlocked; judges nothing (app/logic/ready.ts makes lines of it).
 */
import { ok, type Result } from '../domain/problem.ts';
import { healthResponse } from '../sync/protocol.ts';
import type { StoreRow } from './device-db.ts';
import { durably } from './durable.ts';
import { isLost } from './epoch.ts';
import type { ProofParts } from './proof.ts';
import { countPending, headNames, readMetas } from './store-db.ts';
import type { Readiness } from './types.ts';

export async function readReadiness(parts: ProofParts): Promise<Result<Readiness>> {
  const { ports, stores } = parts;
  const heard = await health(parts);
  const read = await durably(stores.device, async () => {
    const rows = await stores.device.stores.toArray();
    return Promise.all(rows.map((row) => factsOf(parts, row)));
  });
  if (!read.ok) return read;
  const live = read.value.filter(({ row }) => row.state === 'live');
  const known = live.find(({ row, skew }) => row.role === 'counter' && skew !== undefined)?.skew;
  return ok({
    now: ports.clock.now(),
    server: heard && { version: heard.version },
    skew: heard?.skew ?? known,
    pending: read.value.reduce((sum, { pending }) => sum + pending, 0),
    isLost: live.some((store) => store.isLost),
    staff: live
      .filter(({ row }) => row.role === 'user')
      .map(({ row, syncedAt }) => ({
        id: row.staff,
        asOf: syncedAt,
        usableUntil: row.lease.lease.expiresAt,
      })),
  });
}

async function factsOf({ stores }: ProofParts, row: StoreRow) {
  const db = stores.of(row.store);
  const names = ['epoch', 'syncedAt', 'skew', ...headNames] as const;
  const [epoch, syncedAt, skew, ...heads] = await readMetas(db, ...names);
  return { row, pending: countPending(heads), syncedAt, skew, isLost: isLost(epoch) };
}

/** The way there and back is halved: the answer's time is taken for the middle of it. */
async function health({ ports, net }: ProofParts) {
  const asked = ports.clock.now();
  const answer = await net.get('/api/health', healthResponse);
  if (!answer.ok) return undefined;
  const { version, now } = answer.value;
  const middle = (asked + ports.clock.now()) / 2;
  return { version, skew: now === undefined ? undefined : Math.round(middle - now) };
}
