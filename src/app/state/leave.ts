/**
 * What must happen before the screen goes away: drafts are sealed, then the tablet is locked. Forms say here whether they
 * are half-filled, so that no update is ever put under one (src/app/update.ts).
 */
import { computed, signal } from '@preact/signals';
import type { Tablet } from '../../device/types.ts';
import { isCovered } from './cover.ts';

type Flush = () => Promise<void>;

const flushes = new Set<Flush>();
const dirty = signal<ReadonlySet<string>>(new Set());
const patience = 1_000;

export const hasDirtyForm = computed(() => dirty.value.size > 0);

export function markDirty(form: string, isDirty: boolean): void {
  if (dirty.peek().has(form) === isDirty) return;
  const next = new Set(dirty.peek());
  if (isDirty) next.add(form);
  else next.delete(form);
  dirty.value = next;
}

export function beforeLeaving(flush: Flush): () => void {
  flushes.add(flush);
  return () => flushes.delete(flush);
}

/** Drafts first; a store that does not answer never keeps the screen open. */
export async function lockNow(tablet: Pick<Tablet, 'lock'>): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  await Promise.race([Promise.allSettled([...flushes].map((flush) => flush())), late]);
  isCovered.value = false;
  tablet.lock();
}

export function flushDrafts(): void {
  for (const flush of flushes) void flush().catch(() => undefined);
}
