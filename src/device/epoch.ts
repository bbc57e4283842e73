/**
 * The server's epoch as a store knows it from its first moment. Another one is believed only along a chain of statements
 * signed by the identity that this tablet pinned; otherwise sync stops and nothing is swept (design.md §6.7). Believed, the
 * cursor goes, and the server is told anew what it may have forgotten. A store that knows no epoch is not new: the browser
 * has cleared it, and a second stream must not begin under its name.
 */
import * as v from 'valibot';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { isChain, leadsOn, lineTo } from '../sync/epoch.ts';
import { epochResponse, type EpochStatement } from '../sync/protocol.ts';
import { hasEffect } from '../sync/verdict.ts';
import { isSigned } from './crypto.ts';
import { readEnrolment } from './device-db.ts';
import { durably } from './durable.ts';
import type { Net } from './net.ts';
import type { WorkerPorts } from './ports.ts';
import { lanes, readMeta, readMetas, writeMeta, type EntryRow, type StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';
import { isDealtWith } from './verdicts.ts';

type EpochPorts = Pick<WorkerPorts, 'crypto'>;

export function isLost(epoch: string | undefined): boolean {
  return epoch === undefined;
}

/** Of an answer that is to be kept: the epoch known is read in the transaction that keeps it. */
export function epochProblem(known: string | undefined, epoch: string): Problem | undefined {
  if (known === undefined) return { code: 'storageLost' };
  return known === epoch ? undefined : unproven;
}

const unproven: Problem = { code: 'serverTrouble' };

/** The epoch that an answer names: the one known, or proven and from here on the one known. */
export async function meetEpoch(
  ports: EpochPorts,
  net: Net,
  stores: Stores,
  db: StoreDb,
  epoch: string,
): Promise<Result<void>> {
  const read = await durably(db, () => readMetas(db, 'epoch', 'epochs'));
  if (!read.ok) return read;
  const [known, chain = []] = read.value;
  if (known === undefined) return fail({ code: 'storageLost' });
  if (known === epoch) return ok(undefined);
  const said = await net.get('/api/epoch', epochResponse);
  if (!said.ok) return said;
  const next = said.value.chain;
  if (next.at(-1)?.epoch !== epoch || !(await isProven(ports, stores, next))) return fail(unproven);
  const epochs = [...chain.map((one) => one.epoch), known];
  if (leadsOn(next, epochs)) return durably(db, () => follow(db, known, merged(chain, next)));
  // The server itself has forgotten an epoch; its own signed word about it will close it until it has heard the tablets.
  const line = lineTo(known, chain);
  if (line.length > 0)
    await net.post('/api/epoch', { chain: line }, v.object({ epoch: v.string() }));
  return fail(unproven);
}

async function isProven(
  { crypto }: EpochPorts,
  stores: Stores,
  chain: readonly EpochStatement[],
): Promise<boolean> {
  const enrolment = await durably(stores.device, () => readEnrolment(stores.device));
  if (!enrolment.ok || !enrolment.value) return false;
  const { tenant, identity } = enrolment.value;
  return isChain(tenant, chain, (bytes, sig) => isSigned(crypto, identity, sig, bytes));
}

/** The chain that leads to the present one last; what branched off before stays known. */
function merged(
  before: readonly EpochStatement[],
  next: readonly EpochStatement[],
): readonly EpochStatement[] {
  const isNext = new Set(next.map(({ epoch }) => epoch));
  return [...before.filter(({ epoch }) => !isNext.has(epoch)), ...next];
}

/**
 * Rows stay until the server has sent them anew. What is in no backup is shown to it again, what had been acknowledged last
 * in any case: by what it had left, or was offered by a copy of this tablet first, an entry may have got another verdict.
 */
async function follow(
  db: StoreDb,
  known: string,
  epochs: readonly EpochStatement[],
): Promise<void> {
  await db.transaction('rw', db.entries, db.meta, async () => {
    // Another tab was faster.
    if ((await readMeta(db, 'epoch')) !== known) return;
    await writeMeta(db, 'epoch', epochs.at(-1)?.epoch ?? known);
    await writeMeta(db, 'epochs', epochs);
    const durable = (await readMeta(db, 'durable')) ?? -1;
    // Sequences begin anew as well: what was in the rows by the old ones is laid over them until it is there by the new. The
    // watermark stays until another is told: an epoch that begins before this one has opened shall not put up everything.
    await db.meta.bulkDelete(['cursor', 'seq']);
    for (const lane of lanes) {
      const acked = (await readMeta(db, `acked:${lane}`))?.seq ?? 0;
      if (acked > 0) await goBackBefore(db, lane, await firstFrom(db, lane, durable, acked));
    }
  });
}

/**
 * The first entry that was answered at a sequence of the server or above: what was refused bears that of the change before it.
 * Not always in order, for one that waited is answered later.
 */
async function firstFrom(
  db: StoreDb,
  lane: EntryRow['lane'],
  durable: number,
  acked: number,
): Promise<number> {
  const answered = db.entries.where('[lane+seq]').between([lane, 1], [lane, acked], true, false);
  const first = await answered.filter(({ receipt }) => (receipt?.seq ?? -1) >= durable).first();
  return first?.seq ?? acked;
}

/** Inside a transaction over entries and meta: this entry and those after it are to be sent again; never fewer than are already. */
export async function goBackBefore(
  db: StoreDb,
  lane: EntryRow['lane'],
  seq: number,
): Promise<void> {
  const acked = (await readMeta(db, `acked:${lane}`))?.seq ?? 0;
  const before = await db.entries.get([lane, Math.min(seq - 1, acked)]);
  const head = before ? { seq: before.seq, hash: before.hash } : { seq: 0, hash: '' };
  await writeMeta(db, `acked:${lane}`, head);
  await db.entries
    .where('[lane+seq]')
    .between([lane, head.seq + 1], [lane, Infinity], true, true)
    .modify((row, ref) => {
      ref.value = again(row);
    });
}

/**
 * The receipt stays with it: it tells a restored server the old order. What was refused stays so on the screen, and whoever
 * has dealt with it is not asked again.
 */
function again(row: EntryRow): EntryRow {
  const isRefused = row.receipt && !hasEffect(row.receipt.verdict);
  if (isRefused || isDealtWith(row) || row.state === 'pending') return row;
  const { care: _, ...rest } = row;
  return { ...rest, state: 'pending' };
}
