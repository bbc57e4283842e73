/** What a server has really kept, read from its SQLite file: entries in stream order, and whether any stream has a hole. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface KeptEntry {
  readonly store: string;
  readonly lane: string;
  readonly seq: number;
  readonly id: string;
  readonly hash: string;
  readonly prevHash: string;
  readonly verb: string;
  readonly verdict: string;
}

export function keptEntries(data: string): readonly KeptEntry[] {
  const db = new DatabaseSync(join(data, 'madoguchi.sqlite'), { readOnly: true });
  const rows = db
    .prepare(
      'select store, lane, seq, id, hash, header, verdict from entry order by store, lane, seq',
    )
    .all();
  db.close();
  return rows.map(({ store, lane, seq, id, hash, header, verdict }) => {
    const { prevHash, verb } = JSON.parse(String(header)) as { prevHash: string; verb: string };
    const { code } = JSON.parse(String(verdict)) as { code: string };
    return {
      store: String(store),
      lane: String(lane),
      seq: Number(seq),
      id: String(id),
      hash: String(hash),
      prevHash,
      verb,
      verdict: code,
    };
  });
}

/** Numbers without a gap, each chained to the one before, no id twice; empty when all is well. */
export function faultsIn(entries: readonly KeptEntry[]): string[] {
  const faults: string[] = [];
  const last = new Map<string, KeptEntry>();
  const ids = new Set<string>();
  for (const entry of entries) {
    const stream = `${entry.store} ${entry.lane}`;
    const before = last.get(stream);
    if (entry.seq !== (before?.seq ?? 0) + 1) faults.push(`${stream} ${entry.seq}: a gap`);
    if (entry.prevHash !== (before?.hash ?? '')) faults.push(`${stream} ${entry.seq}: not chained`);
    if (ids.has(entry.id)) faults.push(`${entry.id}: twice`);
    ids.add(entry.id);
    last.set(stream, entry);
  }
  return faults;
}
