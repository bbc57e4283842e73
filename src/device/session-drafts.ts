/** Half-filled forms, sealed under the data key; their keys are names of forms and opaque ids, never what was typed. */
import { isObject, type Values } from '../domain/value.ts';
import { openJson, sealJson } from './crypto.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';

const about = (desk: Desk, key: string) => ({ format: 1, store: desk.keys.store, draft: key });

export async function readDraft(desk: Desk, key: string): Promise<Values | undefined> {
  const row = await durably(desk.db, () => desk.db.drafts.get(key));
  if (!row.ok || !row.value || desk.isClosed()) return undefined;
  const opened = await openJson(desk.ports.crypto, desk.keys.dataKey, row.value, about(desk, key));
  // Sealed by writeDraft under this key and name.
  return isObject(opened) ? (opened as Values) : undefined;
}

/**
 * A draft that cannot be kept is no reason to stop typing: the form itself says when saving fails. The last one is written
 * while the screen locks, so a closed desk still seals it.
 */
export async function writeDraft(desk: Desk, key: string, values: Values): Promise<void> {
  const sealed = await sealJson(desk.ports, desk.keys.dataKey, values, about(desk, key));
  await durably(desk.db, () => desk.db.drafts.put({ key, ...sealed }));
}

export async function dropDraft(desk: Desk, key: string): Promise<void> {
  await durably(desk.db, () => desk.db.drafts.delete(key));
}
