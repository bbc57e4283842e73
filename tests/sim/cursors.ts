/** Rows never go back in time: within one beginning a store's cursor only grows, whoever stores a page after another. */
import type { Base, Disk, Stored } from './disk.ts';
import type { Town } from './town.ts';

/** What the oracle reads in it. */
export interface Cursor {
  readonly epoch?: string;
  readonly run?: string;
  readonly seq?: number;
  readonly mark?: string;
  readonly scopes?: readonly string[];
}

/** By base, as it was last stored. */
const seen = new WeakMap<Disk, Map<string, Stored>>();
/** Rows are never mutated in place (disk.ts), and those of the morning are the same every day. */
const read = new WeakMap<object, Cursor | undefined>();

export function watchCursors({ notes, tablets }: Town): void {
  for (const { name, disk } of tablets) {
    const known = seen.get(disk) ?? new Map<string, Stored>();
    if (known.size === 0) seen.set(disk, known);
    for (const { name: base, tables } of disk.bases.values()) {
      const stored = cursorIn(tables);
      if (!stored) continue;
      const last = known.get(base);
      const now = stored === last ? undefined : cursorOf(stored);
      if (!now) continue;
      known.set(base, stored);
      const before = cursorOf(last);
      const isSame = before?.epoch === now.epoch && before?.run === now.run;
      if (isSame && (now.seq ?? 0) < (before?.seq ?? 0))
        notes.violation(
          'I4',
          `rows of ${base} on ${name} go back to ${now.seq} from ${before?.seq}`,
        );
    }
  }
}

export function cursorOn(disk: Disk, base: string): Cursor | undefined {
  const found = disk.bases.get(base);
  return found && cursorOf(cursorIn(found.tables));
}

const cursorIn = (tables: Base['tables']) => tables.get('meta')?.get('cursor');

function cursorOf(stored: Stored | undefined): Cursor | undefined {
  if (!stored) return undefined;
  const { row } = stored;
  if (!read.has(row)) read.set(row, parsed(row));
  return read.get(row);
}

function parsed({ value }: { readonly value?: unknown }): Cursor | undefined {
  if (typeof value !== 'string') return undefined;
  return JSON.parse(Buffer.from(value, 'base64url').toString()) as Cursor;
}
