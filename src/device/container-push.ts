/**
 * Brings carried containers to the server, as push does entries: without any key, from the page, the lock screen and the
 * service worker. Whichever tablet comes first, the server has the same entries once. What it cannot take yet (an earlier
 * entry is missing) is offered again after a while.
 */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { containerResponse, type ContainerResponse } from '../sync/container.ts';
import type { StoreRow } from './device-db.ts';
import { durably } from './durable.ts';
import type { Net } from './net.ts';
import type { Clock } from './ports.ts';
import { noteTaken, type CarriedRow, type StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';

const againMs = 10 * 60_000;

interface Way {
  readonly ports: { readonly clock: Clock };
  readonly net: Net;
  readonly stores: Stores;
}

export interface CarriedReport {
  /** Stores in which something of theirs was learnt. */
  readonly touched: readonly string[];
  readonly problem: Problem | undefined;
}

export async function pushCarried(
  { ports: { clock }, net, stores }: Way,
  all: readonly StoreRow[],
): Promise<CarriedReport> {
  const touched: string[] = [];
  for (const { store, role } of all) {
    // A desk takes over, never the counter.
    if (role === 'counter') continue;
    const db = stores.of(store);
    const rows = await durably(db, () => db.carried.toArray());
    if (!rows.ok) return { touched, problem: rows.problem };
    for (const row of rows.value.filter((one) => isDue(one, clock.now()))) {
      const brought = await bring(net, db, row, clock.now());
      if (!brought.ok) return { touched, problem: brought.problem };
      touched.push(store);
    }
  }
  return { touched, problem: undefined };
}

function isDue({ containers, heldUp }: CarriedRow, now: number): boolean {
  return containers.length > 0 && (heldUp === undefined || now - heldUp.at >= againMs);
}

async function bring(net: Net, db: StoreDb, row: CarriedRow, now: number): Promise<Result<void>> {
  const answers: ContainerResponse[] = [];
  for (const container of row.containers) {
    const answer = await net.post('/api/container', container, containerResponse);
    if (answer.ok) answers.push(answer.value);
    else if (answer.problem.code === 'offline') return fail(answer.problem);
    // Own entries do not wait for it: the server judges them again when it has come.
    else return keep(db, row, { heldUp: { problem: answer.problem, at: now } });
  }
  return keep(db, row, outcomeOf(row, answers, now));
}

type Outcome = Pick<CarriedRow, 'heldUp'> | Pick<CarriedRow, 'delivered' | 'isRefused'>;

function outcomeOf(row: CarriedRow, answers: readonly ContainerResponse[], at: number): Outcome {
  const all = answers.flatMap(({ stores }) => stores);
  const problem = all.find((one) => one.problem)?.problem;
  if (problem) return { heldUp: { problem, at } };
  const refused = new Set(all.flatMap((one) => one.refused));
  const delivered = Math.max(...answers.map(({ seq }) => seq));
  return { delivered, isRefused: row.entries.some((entry) => refused.has(entry)) };
}

/** Only where it still is: rows may have replaced it meanwhile. */
async function keep(db: StoreDb, { handoff }: CarriedRow, outcome: Outcome): Promise<Result<void>> {
  const kept = await durably(db, () =>
    db.transaction('rw', db.carried, db.meta, async () => {
      const now = await db.carried.get(handoff);
      if (!now) return;
      const isOver = 'delivered' in outcome;
      const { share, ...rest } = { ...now, ...outcome, ...(isOver ? { containers: [] } : {}) };
      if (rest.isRefused === true && share) await noteTaken(db);
      if (rest.isRefused === true) await db.carried.put(rest);
      else if (share) await db.carried.put({ ...rest, share });
      // The rows have told of it before; nothing is left to be brought.
      else if (isOver) await db.carried.delete(handoff);
      else await db.carried.put(rest);
    }),
  );
  return kept.ok ? ok(undefined) : kept;
}
