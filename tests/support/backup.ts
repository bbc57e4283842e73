/** A backup of a test area's database, and the older file put back under the running server. */
import { DatabaseSync, backup } from 'node:sqlite';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { databaseName } from '../../src/server/master-key.ts';
import type { TestArea } from '../server/area.ts';

const fileOf = ({ folder }: TestArea) => join(folder, databaseName);
export const savedIn = ({ folder }: TestArea) => join(folder, 'saved.sqlite');

export async function saveBackup(area: TestArea): Promise<void> {
  rmSync(savedIn(area), { force: true });
  const source = new DatabaseSync(fileOf(area), { readOnly: true });
  await backup(source, savedIn(area));
  source.close();
}

/** The process stops, the older file takes the place of the newer one, the process starts. */
export function putBack(area: TestArea, older = savedIn(area)): Promise<void> {
  const file = fileOf(area);
  return area.restart(() => {
    for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
    copyFileSync(older, file);
  });
}

export async function backedUp(area: TestArea): Promise<() => Promise<void>> {
  await saveBackup(area);
  return () => putBack(area);
}
