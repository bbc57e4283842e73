/**
 * Half-filled forms, sealed under the data key. In clear are names of forms and opaque ids of what they are about, so that
 * they go with it (evicted.ts); never what was typed.
 */
import { isObject, type Values } from '../domain/value.ts';
import { openJson, sealJson } from './crypto.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';

/** Whoever strikes an id out of the row takes the draft with it. */
const sealedAbout = (desk: Desk, key: string, ids: readonly string[] | undefined) => ({
  format: 1,
  store: desk.keys.store,
  draft: key,
  ...(ids && { about: ids }),
});

export async function readDraft(desk: Desk, key: string): Promise<Values | undefined> {
  const row = await durably(desk.db, () => desk.db.drafts.get(key));
  if (!row.ok || !row.value || desk.isClosed()) return undefined;
  const about = sealedAbout(desk, key, row.value.about);
  const opened = await openJson(desk.ports.crypto, desk.keys.dataKey, row.value, about);
  // Sealed by writeDraft under this key and name.
  return isObject(opened) ? (opened as Values) : undefined;
}

/**
 * A draft that cannot be kept is no reason to stop typing: the form itself says when saving fails. The last one is written
 * while the screen locks, so a closed desk still seals it.
 */
export async function writeDraft(
  desk: Desk,
  key: string,
  values: Values,
  ids: readonly string[] = [],
): Promise<void> {
  const about = await withThoseBefore(desk, key, ids);
  const sealed = await sealJson(
    desk.ports,
    desk.keys.dataKey,
    values,
    sealedAbout(desk, key, about),
  );
  await durably(desk.db, () => desk.db.drafts.put({ key, ...(about && { about }), ...sealed }));
}

/** What it was about once is still in what was typed. */
async function withThoseBefore({ db }: Desk, key: string, ids: readonly string[]) {
  const before = await durably(db, () => db.drafts.get(key));
  const all = new Set([...((before.ok && before.value?.about) || []), ...ids]);
  return all.size > 0 ? [...all].sort() : undefined;
}

export async function dropDraft(desk: Desk, key: string): Promise<void> {
  await durably(desk.db, () => desk.db.drafts.delete(key));
}
