/** The one write path: judge, seal and sign, one durable transaction, then memory and the other tabs. */
import { businessDateJst } from '../domain/date.ts';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import type { Values } from '../domain/value.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';
import { dropFormsOf } from './evicted.ts';
import { judgeHere, type JudgedHere } from './judge-here.ts';
import { appendEntry, unreadable, type Appended, type MakeFrom } from './stream.ts';
import type { WriteOptions } from './types.ts';
import { clearEntries } from './verdicts.ts';

export function write(
  desk: Desk,
  verb: string,
  args: Values,
  options: WriteOptions = {},
): Promise<Result<{ readonly id: string }>> {
  return desk.inTurn(async () => {
    if (desk.isClosed()) return fail({ code: 'locked' });
    let judged: JudgedHere | undefined;
    const moment = momentOf(desk, options);
    const { supersedes, seen } = options;
    const appended = await appendEntry(desk.ports, desk.stream, 'write', async (from) => {
      // Another tab of the same user has written or pulled; it counts for this judgement.
      const fresh = await freshen(desk, from);
      if (!fresh.ok) return fresh;
      const result = await judgeHere(desk.readWhole, desk.actor(), moment, verb, args, seen);
      // Judged by an emptied memory; what was saved before the lock is not to be lost.
      if (judged && desk.isClosed()) return ok(unreadable(judged.content));
      if (!result.ok) return result;
      const content = {
        ...result.value.content,
        ...(supersedes === undefined ? {} : { supersedes }),
      };
      judged = { ...result.value, content };
      return ok(content);
    });
    if (!appended.ok) return appended;
    await show(desk, appended.value, judged);
    if (supersedes !== undefined) await clearSuperseded(desk, supersedes);
    desk.ports.wrote(desk.keys.store);
    return ok({ id: appended.value.row.id });
  });
}

/** A comparison, or what goes by hand, takes parts without moving a cursor. */
function freshen(desk: Desk, { before, cursor, taken }: MakeFrom): Promise<Result<void>> {
  if (taken !== desk.taken()) return desk.readAnew();
  const isFresh = before === desk.head() && cursor === desk.cursor();
  return isFresh ? Promise.resolve(ok(undefined)) : desk.catchUp();
}

/**
 * In her own stream the old entry was cleared with the new one. Of a store that this one replaced, or of the counter, it is
 * cleared after: what a crash leaves behind, the server's word clears with a later pull.
 */
async function clearSuperseded(desk: Desk, entry: string): Promise<void> {
  const { stores, older, counter, keys } = desk;
  for (const store of [counter.store, ...older]) {
    const db = stores.of(store);
    await durably(db, () => db.transaction('rw', db.entries, () => clearEntries(db, [entry])));
  }
  // Forms half filled for the old one would lie here for ever.
  await durably(desk.db, () => dropFormsOf(desk.db, entry));
  await counter.refresh();
  await desk.refreshEntries();
  desk.ports.wrote(keys.store);
}

/** Whoever creates a record has its sealed parts before her anyway; what she amends she has opened with a logged view. */
async function show(
  desk: Desk,
  { row, copy }: Appended,
  judged: JudgedHere | undefined,
): Promise<void> {
  if (desk.isClosed()) return;
  const changes = copy?.changes ?? [];
  const created = changes.filter(({ kind, id }) => !judged?.view.get(kind, id));
  await desk.add({ store: desk.keys.store, row, copy });
  if (created.length > 0 && !desk.isClosed()) desk.memory.open(created);
}

export async function check(desk: Desk, verb: string, args: Values): Promise<Problem | undefined> {
  if (desk.isClosed()) return { code: 'locked' };
  const judged = await judgeHere(desk.readWhole, desk.actor(), momentOf(desk, {}), verb, args);
  return judged.ok ? undefined : judged.problem;
}

function momentOf({ ports }: Desk, { businessDate }: WriteOptions) {
  const occurredAt = ports.clock.now();
  return { occurredAt, businessDate: businessDate ?? businessDateJst(occurredAt) };
}
