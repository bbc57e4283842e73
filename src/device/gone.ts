/**
 * Stores of this tablet that nobody has open: what they may not hold any more goes all the same. Asked by the cursor, without
 * a key; rows and drafts go at once, readable copies of own entries when the desk opens (evicted.ts). A store that the server
 * has stopped is wiped.
 */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { evictionResponse, type EvictionResponse } from '../sync/protocol.ts';
import { dropCarried } from './carried.ts';
import { durably } from './durable.ts';
import { epochProblem } from './epoch.ts';
import { dropReadable } from './evicted.ts';
import type { Hub } from './hub.ts';
import type { PartRef } from './memory.ts';
import { rowKeyOf } from './rebuild.ts';
import { noteTaken, readMetas, wipe, writeMeta, type StoreDb } from './store-db.ts';
import type { SyncStep } from './sync-loop.ts';
import { wipeRevoked } from './unlock.ts';

const pauseMs = 5 * 60_000;
const maxPages = 100;

/** A step of the sync loop, as is the one below. */
export function createEvictionStep(hub: Hub): SyncStep {
  const asked = new Map<string, number>();
  const reached: Reached = new Map();
  return async () => {
    const now = hub.ports.clock.now();
    for (const { store, role, state } of hub.state.known.peek().stores) {
      const isOpen = hub.desk()?.keys.store === store;
      if (role !== 'user' || state !== 'live' || isOpen) continue;
      if (Math.abs(now - (asked.get(store) ?? -Infinity)) < pauseMs) continue;
      const problem = await askFor(hub, store, reached);
      if (problem?.code === 'offline') return problem;
      asked.set(store, now);
    }
    return undefined;
  };
}

/** A store is marked first and emptied then; a tab that died between the two, or a full disk, left it standing. */
export function createEmptyingStep({ state, stores }: Hub): SyncStep {
  const emptied = new Set<string>();
  return async () => {
    for (const { store, role, state: now } of state.known.peek().stores) {
      const isPutAway = role === 'user' && (now === 'old' || now === 'revoked');
      if (!isPutAway || emptied.has(store)) continue;
      const db = stores.of(store);
      const wiped = await durably(db, () => wipe(db));
      if (!wiped.ok) return wiped.problem;
      emptied.add(store);
    }
    return undefined;
  };
}

/**
 * How far this tab has asked of a store with nothing to take away since: asked for again at worst, so that it need not be
 * durable. By cursor and epoch: the numbers of another mean nothing.
 */
type Reached = Map<string, { readonly about: string; readonly upTo: number }>;

async function askFor(hub: Hub, store: string, reached: Reached): Promise<Problem | undefined> {
  const db = hub.stores.of(store);
  for (let page = 0; page < maxPages; page++) {
    const known = await durably(db, () => readMetas(db, 'cursor', 'goneTo', 'epoch'));
    if (!known.ok) return known.problem;
    const [cursor, goneTo, epoch] = known.value;
    if (cursor === undefined) return undefined;
    const about = `${epoch} ${cursor}`;
    const last = reached.get(store);
    const since = last?.about === about ? Math.max(last.upTo, goneTo ?? 0) : goneTo;
    const request = { store, cursor, ...(since === undefined ? {} : { since }) };
    const answer = await hub.net.post('/api/evictions', request, evictionResponse);
    const context = hub.context();
    if (!answer.ok && answer.problem.code === 'revoked' && context)
      await wipeRevoked(context, store);
    if (!answer.ok) return answer.problem;
    if (isNothingNew(answer.value, epoch)) {
      reached.set(store, { about, upTo: answer.value.upTo });
      return undefined;
    }
    const kept = await keep(db, cursor, answer.value);
    if (!kept.ok) return kept.problem;
    if (answer.value.evicted.length > 0) tell(hub, store, cursor, answer.value);
    if (!answer.value.more || !kept.value) return undefined;
  }
  return undefined;
}

function isNothingNew(
  { evicted, more, epoch }: EvictionResponse,
  known: string | undefined,
): boolean {
  return evicted.length === 0 && !more && epoch === known;
}

/** False where somebody has pulled meanwhile: the pull has told all of it. */
async function keep(
  db: StoreDb,
  cursor: string,
  { evicted, upTo, epoch }: EvictionResponse,
): Promise<Result<boolean>> {
  const tables = [db.rows, db.entries, db.meta, db.drafts, db.carried];
  const kept = await durably(db, () =>
    db.transaction('rw', tables, async () => {
      const [known, now, before = []] = await readMetas(db, 'epoch', 'cursor', 'gone');
      const problem = epochProblem(known, epoch);
      if (problem) return fail(problem);
      if (now !== cursor) return ok(false);
      if (evicted.length > 0) await takeAway(db, evicted, before);
      await writeMeta(db, 'goneTo', upTo);
      return ok(true);
    }),
  );
  return kept.ok ? kept.value : kept;
}

async function takeAway(
  db: StoreDb,
  evicted: EvictionResponse['evicted'],
  before: readonly PartRef[],
): Promise<void> {
  await db.rows.bulkDelete(evicted.flatMap(rowKeyOf));
  await dropCarried(db, { parts: [], evicted, seq: 0, more: true });
  await noteTaken(db);
  await dropReadable(db, evicted, []);
  await writeMeta(db, 'gone', [...before, ...evicted]);
}

/** Another tab may have the store open. */
function tell(hub: Hub, store: string, cursor: string, { evicted }: EvictionResponse): void {
  const refs = evicted.map(({ kind, id }) => ({ kind, id }));
  hub.ports.channel.post({ type: 'rows', store, step: { from: cursor, to: cursor }, refs });
}
