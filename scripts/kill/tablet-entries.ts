/** What a tablet's databases really hold, read in the page apart from the app's code. */
import type { Page } from 'playwright-core';

export interface HeldEntry {
  readonly store: string;
  readonly lane: string;
  readonly seq: number;
  readonly id: string;
  readonly hash: string;
  readonly prevHash: string;
  readonly verb: string;
}

export interface Held {
  readonly entries: readonly HeldEntry[];
  /** 'store lane' → hash of the head that the store remembers. */
  readonly heads: Readonly<Record<string, string>>;
}

export function heldIn(page: Page): Promise<Held> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('IndexedDB')));
      });
    interface Row {
      readonly lane: string;
      readonly seq: number;
      readonly id: string;
      readonly hash: string;
      readonly envelope: { readonly header: { readonly prevHash: string; readonly verb: string } };
    }
    const entries: HeldEntry[] = [];
    const heads: Record<string, string> = {};
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await asked(indexedDB.open(name));
      if (db.objectStoreNames.contains('entries') && db.objectStoreNames.contains('meta')) {
        const stores = db.transaction(['entries', 'meta']);
        const rows = (await asked(stores.objectStore('entries').getAll())) as Row[]; // as src/device writes them
        for (const { lane, seq, id, hash, envelope } of rows) {
          const { prevHash, verb } = envelope.header;
          entries.push({ store: name, lane, seq, id, hash, prevHash, verb });
        }
        for (const lane of ['write', 'access']) {
          const head = (await asked(stores.objectStore('meta').get(`head:${lane}`))) as
            { readonly value: { readonly hash: string } } | undefined;
          if (head) heads[`${name} ${lane}`] = head.value.hash;
        }
      }
      db.close();
    }
    return { entries, heads };
  });
}

/** Holes, broken chains and heads that are not the last entry's. */
export function tornIn({ entries, heads }: Held): number {
  const streams = Map.groupBy(entries, ({ store, lane }) => `${store} ${lane}`);
  let torn = 0;
  for (const [name, stream] of streams) {
    const rows = stream.toSorted((a, b) => a.seq - b.seq);
    for (const [index, row] of rows.entries())
      if (row.seq !== index + 1 || row.prevHash !== (rows[index - 1]?.hash ?? '')) torn += 1;
    if (heads[name] !== rows.at(-1)?.hash) torn += 1;
  }
  return torn;
}
