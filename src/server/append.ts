/**
 * Appends entries to the log in one transaction and lets them take effect: the heart of the server, used alike for what
 * tablets push and for what the server writes itself. A batch that throws is halved; what still throws alone is kept
 * in quarantine.
 */
import { businessDateJst } from '../domain/date.ts';
import { isConsentOver } from '../domain/kinds/consent.ts';
import type { Rec } from '../domain/record.ts';
import { toBase64Url } from '../sync/bytes.ts';
import type { Receipt } from '../sync/verdict.ts';
import { keepClosings, runsByClosing } from './closing.ts';
import { decideAll, type Authored, type Standing } from './judging.ts';
import { withinRoom, withWaiting } from './blocked.ts';
import { createSealer } from './person-keys.ts';
import { prepared } from './prepared.ts';
import { project } from './project.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';
import { createPast } from './supersede.ts';
import { createWorkspace } from './workspace.ts';
import { writeBatch } from './write-batch.ts';

/** What the transaction needs of the server; seeding has no more than this. */
export type Appending = Pick<
  Server,
  'storage' | 'tenant' | 'keys' | 'personKeys' | 'clock' | 'random' | 'index' | 'late' | 'hints'
>;

export interface Appended {
  readonly receipts: readonly Receipt[];
  /** To be called after commit: caches learn what is now true. */
  readonly afterCommit: () => void;
}

/** A closing ends a run: it keeps what was counted before it. */
export async function appendWrites(
  server: Appending,
  tx: Tx,
  items: readonly Authored[],
  standing: Standing,
): Promise<Appended> {
  const done: Appended[] = [];
  for (const run of runsByClosing(items)) done.push(await appendRun(server, tx, run, standing));
  return {
    receipts: done.flatMap(({ receipts }) => receipts),
    afterCommit: () => {
      for (const { afterCommit } of done) afterCommit();
    },
  };
}

async function appendRun(
  server: Appending,
  tx: Tx,
  items: readonly Authored[],
  standing: Standing,
): Promise<Appended> {
  const { tenant, keys } = server;
  const now = server.clock();
  const sealer = createSealer(tx, server);
  const workspace = createWorkspace(tx, tenant, sealer);
  const past = createPast(tx, tenant);
  const first = await decideAll(workspace, past, items, standing);
  const superseded = past.superseded();
  const isOver = (entry: string) => superseded.some(({ old }) => old === entry);
  const decided = standing.isForced
    ? first
    : await withinRoom(
        workspace,
        await withWaiting({ workspace, sealer, isOver }, first, standing.isRevoked),
      );
  const projection = await project(workspace, businessDateJst(now), keys.mac);
  const head = await headSeq(tx, tenant);
  const mark = toBase64Url(server.random(6));
  const written = await writeBatch(
    { tx, tenant, sealer, workspace, now, mark, superseded, lane: standing.lane },
    decided,
    projection,
    head,
  );
  await keepClosings(server, tx, workspace.all());
  const changed = [...workspace.all()].flatMap(({ dirty, now: record }): Rec[] =>
    record && dirty.size > 0 ? [record] : [],
  );
  const receiptOf = new Map(written.map((receipt) => [receipt.id, receipt]));
  return {
    receipts: items.flatMap(({ entry }) => receiptOf.get(entry.header.id) ?? []),
    afterCommit: () => {
      sealer.keep();
      server.hints.tell(Math.max(head + 1, ...written.map(({ seq }) => seq)));
      for (const record of changed) if (record.kind === 'seeker') server.index.put(record);
      if (changed.some((record) => isConsentOver(record, businessDateJst(now))))
        server.late.isWaiting = true;
    },
  };
}

const lastChange = prepared((tx, { tenant }: { tenant: string }) =>
  tx
    .selectFrom('change')
    .select((build) => build.fn.max('seq').as('seq'))
    .where('tenant', '=', tenant),
);

export async function headSeq(tx: Tx, tenant: string): Promise<number> {
  const [row] = await lastChange(tx, { tenant });
  return Number(row?.seq ?? 0);
}
