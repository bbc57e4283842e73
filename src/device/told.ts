/**
 * What an own entry copied from a part that may not be read here any more (a handoff whose consent ended) goes from its readable
 * copy; what its author wrote besides stays, and the envelope is sent as it was. Asked of what is held now, so that it does not
 * matter when the part went: while she sat here, behind the lock, or in another tab.
 */
import { toldAtMost, toldBy, withoutCopied } from '../domain/copied.ts';
import { verbNamed } from '../domain/kinds/index.ts';
import { ok, type Result } from '../domain/problem.ts';
import { readVerbRef, type LocalCopy } from '../sync/entry.ts';
import { sealJson, type Box } from './crypto.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';
import type { LedgerItem } from './ledger.ts';
import type { EntryRow, StoreDb } from './store-db.ts';
import { copyAbout } from './stream.ts';

interface Shortened {
  readonly row: EntryRow;
  readonly copy: Box;
}

/** For a desk that opens, and after every pull. */
export async function dropUntold(desk: Desk): Promise<Result<void>> {
  const own = desk.items.peek().filter((item) => item.store === desk.keys.store);
  const shorter = await Promise.all(own.map((item) => shortened(desk, item)));
  const found = shorter.filter((one) => one !== undefined);
  if (found.length === 0) return ok(undefined);
  const kept = await durably(desk.db, () => keep(desk.db, found));
  if (!kept.ok) return kept;
  desk.ports.wrote(desk.keys.store);
  return desk.refreshEntries();
}

async function shortened(desk: Desk, { row, copy }: LedgerItem): Promise<Shortened | undefined> {
  const verb = verbNamed(readVerbRef(row.envelope.header.verb).name);
  const told = copy && toldBy(verb, copy.body.args);
  const record = told && desk.memory.get(told.kind, told.id);
  if (!verb || !told || record?.parts[told.part]) return undefined;
  const { args } = copy.body;
  const names = copy.told ?? toldAtMost(verb, record);
  if (!names.some((name) => Object.hasOwn(args, name))) return undefined;
  const rest: LocalCopy = {
    ...copy,
    body: { ...copy.body, args: withoutCopied(names, args) },
    changes: copy.changes.map((change) => ({ ...change, set: withoutCopied(names, change.set) })),
  };
  const about = copyAbout({ store: desk.keys.store, ...row });
  return { row, copy: await sealJson(desk.ports, desk.keys.dataKey, rest, about) };
}

/** Of one whose copy has gone meanwhile there is nothing to shorten. */
function keep(db: StoreDb, shorter: readonly Shortened[]): Promise<void> {
  return db.transaction('rw', db.entries, async () => {
    for (const { row, copy } of shorter) {
      const now = await db.entries.get([row.lane, row.seq]);
      if (now?.copy) await db.entries.put({ ...now, copy });
    }
  });
}
