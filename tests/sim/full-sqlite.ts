/**
 * The full tier's server base: the real SQLite adapter over a file. A mark is a copy of the file; a server that is killed
 * loses its connections, and SQLite rolls back what was open.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../src/server/sqlite.ts';
import type { Storage, Tx } from '../../src/server/storage.ts';
import type { Process, Schedule } from './schedule.ts';
import type { ServerFaults, SimBase } from './sim-base.ts';

const inTurn: readonly string[] = ['entry', 'change'];

export async function openFileBase(begun?: Uint8Array): Promise<SimBase> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-sim-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'town.sqlite');
  const markOf = (name: string) => join(folder, `${name}.mark`);
  const writing: { by: Process | undefined } = { by: undefined };
  const opened = new Set<() => void>();
  let reader: DatabaseSync | undefined;
  const read = () => (reader ??= new DatabaseSync(file, { readOnly: true }));
  if (begun) writeFileSync(file, begun);
  await (await openSqlite(file)).close();
  return {
    // Of these it matters which came first.
    rows: (table) =>
      read()
        .prepare(`select * from "${table}"${inTurn.includes(table) ? ' order by rowid' : ''}`)
        .all() as never[], // as the schema says
    head: () => Number(read().prepare('select max(seq) as seq from change').get()?.['seq'] ?? 0),
    isWriting: () => writing.by !== undefined,
    mark: (name) => {
      rmSync(markOf(name), { force: true });
      const copy = new DatabaseSync(file);
      copy.prepare('vacuum into ?').run(markOf(name));
      copy.close();
    },
    backTo: (name) => {
      for (const close of opened) close();
      reader?.close();
      reader = undefined;
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      copyFileSync(markOf(name), file);
    },
    unmark: () => undefined,
    storage: (schedule, process, faults) => {
      const connections = new Set<DatabaseSync>();
      const close = () => {
        opened.delete(close);
        for (const one of connections) if (one.isOpen) one.close();
        if (writing.by === process) writing.by = undefined;
      };
      opened.add(close);
      process.atDeath.push(close);
      const connect = (name: string) => {
        const made = new DatabaseSync(name);
        connections.add(made);
        return made;
      };
      const real = openSqlite(file, connect);
      return storageOver(real, schedule, process, faults, writing);
    },
  };
}

function storageOver(
  opening: Promise<Storage>,
  schedule: Schedule,
  process: Process,
  faults: ServerFaults,
  writing: { by: Process | undefined },
): Storage {
  const isFull = (error: unknown) =>
    error instanceof Error && 'errcode' in error && error.errcode === 13;
  const checked = async <T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> => {
    writing.by = process;
    const value = await work(tx);
    await schedule.point(process);
    if (faults.isFull) throw Object.assign(new Error('full'), { errcode: 13 });
    return value;
  };
  return {
    read: async (work) => {
      const real = await opening;
      await schedule.point(process);
      return real.read(work);
    },
    write: async (tenant, work) => {
      const real = await opening;
      await schedule.point(process);
      const value = await real
        .write(tenant, (tx) => checked(tx, work))
        .finally(() => (writing.by = undefined));
      // Committed, and nobody has been told: a crash here is a lost acknowledgement.
      await schedule.point(process);
      return value;
    },
    isOutage: isFull,
    close: () => Promise.resolve(),
  };
}
