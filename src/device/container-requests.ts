/**
 * The unsent entries of a stream as the push requests that would carry them, from the acknowledged head on, cut to what a
 * request and a container may hold. Reads only; needs no key.
 */
import { contentText, maxContainerBytes, maxContainerRequests } from '../sync/container.ts';
import type { Lane } from '../sync/entry.ts';
import { maxPushEntries, protocolVersion, type PushRequest } from '../sync/protocol.ts';
import { readMeta, type EntryRow, type Head, type StoreDb } from './store-db.ts';

const maxLeases = 20;
const perRead = 200;

export async function unsentRequests(
  db: StoreDb,
  store: string,
  lane: Lane,
): Promise<PushRequest[]> {
  const requests: PushRequest[] = [];
  let before = await readMeta(db, `acked:${lane}`);
  for (;;) {
    const from = [lane, (before?.seq ?? 0) + 1];
    const range = db.entries.where('[lane+seq]').between(from, [lane, Infinity]);
    const rows = await range.limit(perRead).toArray();
    const last = rows.at(-1);
    if (!last) return requests;
    for (const group of cut(rows)) {
      requests.push(await requestOf(db, store, lane, before, group));
      const end = group.at(-1);
      if (end) before = { seq: end.seq, hash: end.hash };
    }
  }
}

async function requestOf(
  db: StoreDb,
  store: string,
  lane: Lane,
  before: Head | undefined,
  rows: readonly EntryRow[],
): Promise<PushRequest> {
  const ids = [...new Set(rows.map((row) => row.envelope.header.lease))];
  const leases = await db.leases.bulkGet(ids);
  return {
    protocol: protocolVersion,
    store,
    lane,
    after: before && before.seq > 0 ? { seq: before.seq, hash: before.hash } : null,
    leases: leases.flatMap((lease) => (lease ? [lease.signed] : [])),
    entries: rows.map((row) => row.envelope),
  };
}

/** Half of a container at most, so that leases and the next request's head find room beside it. */
function cut(rows: readonly EntryRow[]): EntryRow[][] {
  const groups: EntryRow[][] = [];
  let leases = new Set<string>();
  let size = 0;
  for (const row of rows) {
    const { header } = row.envelope;
    const length = JSON.stringify(row.envelope).length;
    const group = groups.at(-1);
    const isFull =
      !group ||
      group.length === maxPushEntries ||
      size + length > maxContainerBytes / 2 ||
      (leases.size === maxLeases && !leases.has(header.lease));
    if (isFull) {
      groups.push([row]);
      [leases, size] = [new Set(), 0];
    } else group.push(row);
    leases.add(header.lease);
    size += length;
  }
  return groups;
}

/** In order; what belongs to one container stays below its size. */
export function inContainers(requests: readonly PushRequest[]): PushRequest[][] {
  const groups: PushRequest[][] = [];
  let size = 0;
  for (const request of requests) {
    const length = contentText([request]).length;
    const group = groups.at(-1);
    if (!group || size + length > maxContainerBytes || group.length === maxContainerRequests) {
      groups.push([request]);
      size = length;
    } else {
      group.push(request);
      size += length;
    }
  }
  return groups;
}

export function entriesIn(requests: readonly PushRequest[]): number {
  return requests.reduce((sum, { entries }) => sum + entries.length, 0);
}
