/**
 * The server's epochs: the chain of signed statements, which one is the present one, whether it is open. A restored server
 * begins a closed one; what is pushed meanwhile is held (reoffer.ts). The pointer to the present one lies in `meta`.
 */
import type { EpochStatement } from '../sync/protocol.ts';
import { epochBytes, lineTo } from '../sync/epoch.ts';
import { headSeq, readEpoch, type EpochNow } from './log-now.ts';
import { prepared } from './prepared.ts';
import type { ServerKeys } from './server-keys.ts';
import type { Server } from './server.ts';
import type { Storage, Tx } from './storage.ts';
import { raiseAlarm } from './streams.ts';

/** After every transaction that may have changed it. */
export async function refreshEpoch(server: Server): Promise<EpochNow> {
  const now = await server.storage.read((tx) => readEpoch(tx, server.tenant));
  return Object.assign(server.epochNow, now);
}

/** The first statement of an area, and of one that is older than statements. */
export async function ensureEpoch(
  storage: Storage,
  tenant: string,
  keys: ServerKeys,
  now: number,
): Promise<EpochNow> {
  return storage.write(tenant, async (tx) => {
    const { epoch } = await readEpoch(tx, tenant);
    const [first] = await chainOf(tx, tenant);
    const statement = { epoch, before: null, madeAt: now };
    if (!first) await insertEpoch(tx, tenant, keys, statement, 'open', 0);
    return readEpoch(tx, tenant);
  });
}

type Statement = Omit<EpochStatement, 'sig'>;

async function insertEpoch(
  tx: Tx,
  tenant: string,
  keys: ServerKeys,
  statement: Statement,
  state: 'open' | 'closed',
  seq: number,
): Promise<void> {
  const { epoch, before, madeAt } = statement;
  const sig = await keys.sign(epochBytes(tenant, statement));
  const rest = { state, seq, released_by: null, opened_at: null };
  await tx
    .insertInto('epoch')
    .values({ tenant, epoch, before, made_at: madeAt, sig, ...rest })
    .execute();
}

/** All that are known, those that a later restore has left too. */
export async function knownEpochs(tx: Tx, tenant: string): Promise<EpochStatement[]> {
  const rows = await statements(tx, { tenant });
  return rows.map(({ epoch, before, made_at: madeAt, sig }) => ({ epoch, before, madeAt, sig }));
}

const statements = prepared((tx, { tenant }: { tenant: string }) =>
  tx.selectFrom('epoch').selectAll().where('tenant', '=', tenant),
);

const heardOf = 'heard/';

/** Known by a statement, or by the name alone that a receipt has told: what was lost of them has been asked for. */
export async function epochsHeardOf(tx: Tx, tenant: string): Promise<ReadonlySet<string>> {
  const known = await tx
    .selectFrom('epoch')
    .select('epoch')
    .where('tenant', '=', tenant)
    .union((build) =>
      build
        .selectFrom('meta')
        .select('value as epoch')
        .where('tenant', '=', tenant)
        .where('name', 'like', `${heardOf}%`),
    )
    .execute();
  return new Set(known.map(({ epoch }) => epoch));
}

/** By its name, which a receipt of ours has told. */
export async function noteEpoch(tx: Tx, tenant: string, epoch: string): Promise<void> {
  await tx
    .insertInto('meta')
    .values({ tenant, name: `${heardOf}${epoch}`, value: epoch })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** From the first to the present one. */
export async function chainOf(tx: Tx, tenant: string): Promise<EpochStatement[]> {
  const { epoch } = await readEpoch(tx, tenant);
  return lineTo(epoch, await knownEpochs(tx, tenant));
}

/** Which one is the present one. */
export async function pointTo(tx: Tx, tenant: string, epoch: string): Promise<void> {
  await tx
    .updateTable('meta')
    .set({ value: epoch })
    .where('tenant', '=', tenant)
    .where('name', '=', 'epoch')
    .execute();
}

/** The server has forgotten something: from here on it holds what comes, until the tablets have told it what they know. */
export async function beginEpoch(
  tx: Tx,
  server: Pick<Server, 'tenant' | 'keys' | 'clock' | 'random'>,
  why: object,
): Promise<EpochNow> {
  const { tenant, keys } = server;
  const known = await readEpoch(tx, tenant);
  const epoch = Buffer.from(server.random(9)).toString('hex');
  const statement = { epoch, before: known.epoch, madeAt: server.clock() };
  await insertEpoch(tx, tenant, keys, statement, 'closed', await headSeq(tx, tenant));
  await pointTo(tx, tenant, epoch);
  await raiseAlarm(tx, server, 'restore', why);
  return { ...known, epoch, isClosed: true };
}
