/** 未送信・要確認: what has not reached the server, what it refused and why, until a person clears it with a reason. */
import { verbNamed } from '../domain/kinds/index.ts';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { readVerbRef } from '../sync/entry.ts';
import { seenBy } from '../sync/seen.ts';
import { logAccess } from './access-log.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';
import { personName, recordsOf, siteIn } from './entry-about.ts';
import { dropFormsOf } from './evicted.ts';
import type { LedgerItem } from './ledger.ts';
import type { EntryRow } from './store-db.ts';
import type { OutboxItem } from './types.ts';
import { cleared, isDealtWith } from './verdicts.ts';
import { noteWithdrawn } from './withdrawn.ts';

/** What was refused in part and dealt with is kept for its rows alone; it waits for nobody. */
export const isAsked = ({ row }: LedgerItem): boolean => !isDealtWith(row);

export function outboxItem(desk: Desk, { row, copy }: LedgerItem): OutboxItem {
  const { header } = row.envelope;
  const { name } = readVerbRef(header.verb);
  return {
    id: row.id,
    seq: row.seq,
    verb: name,
    title: verbNamed(name)?.title ?? name,
    occurredAt: header.occurredAt,
    businessDate: header.businessDate,
    state: row.state,
    problem: problemOf(row),
    args: copy?.body.args,
    seen: copy && seenBy(name, copy.body),
    records: recordsOf(copy),
    site: siteIn(name, copy),
    personName: personName(desk, name, copy),
  };
}

function problemOf({ receipt }: EntryRow): Problem | undefined {
  return receipt && 'problem' in receipt.verdict ? receipt.verdict.problem : undefined;
}

/** The reason is an access event of its own; then the entry's readable copy goes and it waits for nobody any more. */
export async function discard(
  desk: Desk,
  all: readonly LedgerItem[],
  entryId: string,
  reason: string,
): Promise<Result<void>> {
  if (desk.isClosed()) return fail({ code: 'locked' });
  const item = all.find(({ row }) => row.id === entryId);
  const waiting = item ? await isWaiting(desk, item) : ok(false);
  if (!waiting.ok) return waiting;
  if (!item || !waiting.value) return fail({ code: 'notFound', kind: 'entry' });
  const logged = await logAccess(desk, 'discard', { kind: 'entry', id: entryId, reason });
  if (!logged.ok) return logged;
  const at = desk.ports.clock.now();
  await noteWithdrawn(desk, item, { at, reason });
  const done = await giveUp(desk, item, at);
  if (!done.ok) return done;
  if (!done.value) return fail({ code: 'superseded' });
  // They lie with the desk, also of an entry of the counter or of an older store.
  const dropped = await durably(desk.db, () => dropFormsOf(desk.db, entryId));
  if (!dropped.ok) return dropped;
  desk.ports.wrote(item.store);
  if (item.store === desk.counter.store) return desk.counter.refresh();
  return desk.refreshEntries();
}

/** Asked of the store: another tab may have put it right, or withdrawn it, a moment ago. */
async function isWaiting(desk: Desk, { store, row }: LedgerItem): Promise<Result<boolean>> {
  const db = desk.stores.of(store);
  const now = await durably(db, () => db.entries.get([row.lane, row.seq]));
  return now.ok ? ok(now.value?.care !== undefined) : now;
}

/** False where another tab has put it right meanwhile: then it is no withdrawn one, though the reason is said. */
function giveUp(desk: Desk, { store, row: { lane, seq } }: LedgerItem, at: number) {
  const db = desk.stores.of(store);
  return durably(db, () =>
    db.transaction('rw', db.entries, async () => {
      const row = await db.entries.get([lane, seq]);
      if (row?.care === undefined) return false;
      await db.entries.put({ ...cleared(row), withdrawn: { at } });
      return true;
    }),
  );
}

/** Of an entry that is not on this tablet there is nothing to clear here: the reason itself tells the server. */
export async function discardOther(
  desk: Desk,
  entryId: string,
  reason: string,
): Promise<Result<void>> {
  if (desk.isClosed()) return fail({ code: 'locked' });
  const logged = await logAccess(desk, 'discard', { kind: 'entry', id: entryId, reason });
  return logged.ok ? durably(desk.db, () => dropFormsOf(desk.db, entryId)) : logged;
}
