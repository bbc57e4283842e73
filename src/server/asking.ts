/**
 * Who asks and how the log stands, in one question and at one snapshot: what she is shown is judged by what she is at the very
 * moment that the page is of.
 */
import { ok, type Result } from '../domain/problem.ts';
import { logIn, logQuery, readLogNow, type LogNow } from './log-now.ts';
import { factsBeside, whereaboutsIn, type Whereabouts } from './member-here.ts';
import { prepared } from './prepared.ts';
import type { Server } from './server.ts';
import { askerIn, type Asker } from './session.ts';
import { storeColumns } from './store-here.ts';
import { atMost, type Tx } from './storage.ts';

interface Asking {
  readonly who: Whereabouts;
  readonly log: LogNow;
}

type AskingForPage = Asker & Pick<Asking, 'log'> & { readonly hasTold: boolean };

/** undefined where the store is not known. `seq`: whose mark is asked for beside the head's. */
export async function askingAt(
  server: Server,
  tx: Tx,
  store: string,
  seq: number,
): Promise<Asking | undefined> {
  const rows = await storeAndLog(tx, { tenant: server.tenant, store, seq });
  const row = await firstOf(server, tx, rows);
  return row && { who: await whereaboutsIn(server, tx, row), log: logIn(rows) };
}

/** For a page: also whether a verdict for somebody at this store has changed at `since` or later. */
export async function askingForPage(
  server: Server,
  tx: Tx,
  store: string,
  seq: number,
  since: number,
): Promise<Result<AskingForPage>> {
  const rows = await storeAndTold(tx, { tenant: server.tenant, store, seq, since });
  const row = await firstOf(server, tx, rows);
  const asker = askerIn(row && (await whereaboutsIn(server, tx, row)));
  if (!asker.ok) return asker;
  return ok({ ...asker.value, log: logIn(rows), hasTold: row?.told != null });
}

/** undefined where the store is not known. A log that has lost its epoch throws: no tablet shall wipe itself for that. */
async function firstOf<Row>({ tenant }: Server, tx: Tx, rows: readonly Row[]) {
  if (rows.length === 0) await readLogNow(tx, tenant);
  return rows[0];
}

interface Asked extends Readonly<Record<string, string | number>> {
  readonly tenant: string;
  readonly store: string;
  readonly seq: number;
}

const query = (tx: Tx, given: Asked) =>
  logQuery(tx, given)
    .innerJoin('store', (on) =>
      on.onRef('store.tenant', '=', 'meta.tenant').on('store.store', '=', given.store),
    )
    .leftJoin('device', (on) =>
      on.onRef('device.tenant', '=', 'store.tenant').onRef('device.device', '=', 'store.device'),
    )
    .select(storeColumns)
    .select('device.site as here')
    .select(factsBeside(tx));

const storeAndLog = prepared(query);

/** Of her own stores on this tablet, replaced ones too, and the counter's (pull.ts). */
const storeAndTold = prepared((tx, given: Asked & { readonly since: number }) =>
  query(tx, given).select((build) =>
    build
      .selectFrom('store as own')
      .select('own.store')
      .whereRef('own.tenant', '=', 'store.tenant')
      .whereRef('own.device', '=', 'store.device')
      .where((one) =>
        one.or([one('own.user', '=', one.ref('store.user')), one('own.role', '=', 'counter')]),
      )
      // Not joined: that would begin with every verdict of the tenant that has ever changed.
      .where((one) =>
        one.exists(
          one
            .selectFrom('verdict_change')
            .select('verdict_change.seq')
            .whereRef('verdict_change.tenant', '=', 'own.tenant')
            .whereRef('verdict_change.store', '=', 'own.store')
            .where('verdict_change.seq', '>=', given.since),
        ),
      )
      .limit(atMost(1))
      .as('told'),
  ),
);
