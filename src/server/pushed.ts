/**
 * What a push asks first under the lock, in one question: how the log stands, whether its store is still let in, and when
 * something new came from it last.
 */
import { minuteOf } from '../domain/date.ts';
import { logIn, logQuery, type LogNow } from './log-now.ts';
import { prepared } from './prepared.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';

export interface PushNow {
  readonly log: LogNow;
  /** By now: a revocation that was committed while the envelopes were opened counts. */
  readonly isRevoked: boolean;
  readonly pushedAt: number;
}

interface Asked extends Readonly<Record<string, string | number>> {
  readonly tenant: string;
  readonly store: string;
  readonly seq: number;
}

export async function readPushNow(tx: Tx, asked: Asked): Promise<PushNow> {
  const rows = await logAndStore(tx, asked);
  const { standing, pushedAt } = rows[0] ?? {};
  return { log: logIn(rows), isRevoked: standing !== 'active', pushedAt: Number(pushedAt ?? 0) };
}

const logAndStore = prepared((tx, given: Asked) =>
  logQuery(tx, given)
    .leftJoin('store as pushing', (on) =>
      on.onRef('pushing.tenant', '=', 'meta.tenant').on('pushing.store', '=', given.store),
    )
    .select(['pushing.state as standing', 'pushing.pushed_at as pushedAt']),
);

/** Told to the minute: what comes within the same one says nothing new. */
export async function notePush(
  { clock, tenant }: Pick<Server, 'clock' | 'tenant'>,
  tx: Tx,
  store: string,
  pushedAt = 0,
): Promise<void> {
  const now = clock();
  if (minuteOf(now) !== minuteOf(pushedAt)) await setPushedAt(tx, { now, tenant, store });
}

const setPushedAt = prepared((tx, given: { now: number; tenant: string; store: string }) =>
  tx
    .updateTable('store')
    .set({ pushed_at: given.now })
    .where('tenant', '=', given.tenant)
    .where('store', '=', given.store),
);
