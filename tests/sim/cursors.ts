/** Rows never go back in time: within one beginning a store's cursor only grows, whoever stores a page after another. */
import type { Base, Disk } from './disk.ts';
import type { Town } from './town.ts';

interface Cursor {
  readonly text: string;
  readonly epoch?: string;
  readonly run?: string;
  readonly seq?: number;
}

const seen = new WeakMap<Disk, Map<string, Cursor>>();

export function watchCursors({ notes, tablets }: Town): void {
  for (const { name, disk } of tablets) {
    const known = seen.get(disk) ?? new Map<string, Cursor>();
    seen.set(disk, known);
    for (const [base, { tables }] of disk.bases) {
      const before = known.get(base);
      const text = cursorIn(tables);
      if (text === undefined || text === before?.text) continue;
      const now = read(text);
      known.set(base, now);
      const isSame = before?.epoch === now.epoch && before?.run === now.run;
      if (isSame && (now.seq ?? 0) < (before?.seq ?? 0))
        notes.violation(
          'I4',
          `rows of ${base} on ${name} go back to ${now.seq} from ${before?.seq}`,
        );
    }
  }
}

function cursorIn(tables: Base['tables']): string | undefined {
  const row = tables.get('meta')?.get('cursor')?.row;
  return (row as { readonly value?: string } | undefined)?.value;
}

function read(text: string): Cursor {
  const plain = JSON.parse(Buffer.from(text, 'base64url').toString()) as Omit<Cursor, 'text'>;
  return { ...plain, text };
}
