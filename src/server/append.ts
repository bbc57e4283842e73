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
import { readLogNow, type LogNow } from './log-now.ts';
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

/** What has been read already in the same transaction, before anything was written that it tells of. */
type Read = Pick<LogNow, 'head' | 'isAnyWaiting'>;

/** A closing ends a run: it keeps what was counted before it. */
export async function appendWrites(
  server: Appending,
  tx: Tx,
  items: readonly Authored[],
  standing: Standing,
  read?: Read,
): Promise<Appended> {
  const done: Appended[] = [];
  for (const run of runsByClosing(items)) {
    const now = done.length === 0 ? read : undefined;
    const before = now ?? (await readLogNow(tx, server.tenant));
    done.push(await appendRun(server, tx, run, standing, before));
  }
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
  { head, isAnyWaiting }: Read,
): Promise<Appended> {
  const { tenant, keys } = server;
  const now = server.clock();
  const today = businessDateJst(now);
  const sealer = createSealer(tx, server);
  const workspace = createWorkspace(tx, tenant, sealer);
  const past = createPast(tx, tenant);
  const first = await decideAll(workspace, past, items, standing);
  const superseded = past.superseded();
  const isOver = (entry: string) => superseded.some(({ old }) => old === entry);
  // Who waits, waited before or does so in this run.
  const mayWait = isAnyWaiting || first.some(({ verdict }) => verdict.code === 'blocked');
  const decided =
    standing.isForced || !mayWait
      ? first
      : await withinRoom(
          workspace,
          await withWaiting({ workspace, sealer, isOver }, first, standing.isRevoked),
        );
  const projection = await project(workspace, today, keys.mac);
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
      if (changed.some((record) => isConsentOver(record, today))) server.late.isWaiting = true;
    },
  };
}
