/**
 * What waits for a person: one row per entry whose verdict needs care, closed once as superseded, discarded or resolved.
 * Nothing personal stands in it. Whatever closes without its author's doing is told to her tablets with the next pull.
 */
import { conflictsOf } from '../domain/conflict.ts';
import { text } from '../domain/value.ts';
import { readVerbRef, type Entry } from '../sync/entry.ts';
import { needsCare } from '../sync/verdict.ts';
import { dropBlocked } from './blocked.ts';
import type { Decided } from './judging.ts';
import { preparedInsert } from './prepared.ts';
import type { Pusher } from './pushers.ts';
import type { Tables } from './schema.ts';
import type { Tx } from './storage.ts';
import type { Superseded } from './supersede.ts';
import type { Workspace } from './workspace.ts';

export interface Closing {
  readonly tx: Tx;
  readonly tenant: string;
  readonly now: number;
}

export async function writeRepairs(
  { tx, tenant, now }: Closing,
  decided: readonly Decided[],
): Promise<void> {
  const rows = decided
    .filter(({ verdict, isAgain }) => !isAgain && needsCare(verdict.code))
    .map(({ entry: { header }, actor, verdict }): Tables['repair'] => ({
      tenant,
      entry: header.id,
      store: header.store,
      author: actor.user,
      org: actor.org,
      site: actor.site,
      verb: readVerbRef(header.verb).name,
      code: verdict.code,
      at: now,
      state: 'open',
      closed_by: null,
      closed_at: null,
    }));
  await insertRepairs(tx, rows);
}

const insertRepairs = preparedInsert((tx, rows: readonly Tables['repair'][]) =>
  tx.insertInto('repair').values(rows),
);

/** Later verdicts: told to the author, and closed where nobody has to look any more. */
export async function writeLater(
  closing: Closing,
  decided: readonly Decided[],
  seqs: readonly number[],
): Promise<void> {
  const { tx, tenant } = closing;
  for (const [index, { entry, verdict, isAgain }] of decided.entries()) {
    if (!isAgain) continue;
    const { id, store } = entry.header;
    await tellAuthor(closing, store, id, seqs[index] ?? 0);
    if (needsCare(verdict.code))
      await tx
        .updateTable('repair')
        .set({ code: verdict.code })
        .where('tenant', '=', tenant)
        .where('entry', '=', id)
        .execute();
    else await close(closing, id, 'resolved', 'system', seqs[index] ?? 0);
  }
}

export async function writeSuperseded(
  closing: Closing,
  superseded: readonly Superseded[],
  seq: number,
): Promise<void> {
  const { tx, tenant } = closing;
  for (const { old, entry, by } of superseded) {
    await tx.insertInto('supersede').values({ tenant, old, entry }).execute();
    await close(closing, old, 'superseded', by, seq);
  }
}

/** Entries none of whose kept values is left in any record that they touched. */
export async function closeSettled(
  closing: Closing,
  workspace: Workspace,
  decided: readonly Decided[],
  seq: number,
): Promise<void> {
  const by = new Map(decided.flatMap((one) => one.settled.map((id) => [id, one.actor.user])));
  for (const [entry, user] of by) {
    const refs = await recordsOf(closing, decided, entry);
    await workspace.need(refs);
    const isLeft = refs.some(({ kind, id }) =>
      Object.values(workspace.get(kind, id)?.parts ?? {}).some((part) =>
        conflictsOf(part).some((kept) => kept.entry === entry),
      ),
    );
    if (!isLeft) await close(closing, entry, 'resolved', user, seq);
  }
}

async function recordsOf({ tx, tenant }: Closing, decided: readonly Decided[], id: string) {
  const own = decided.find(({ entry }) => entry.header.id === id);
  if (own) return own.touched;
  const row = await tx
    .selectFrom('entry')
    .select('facts')
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst();
  const { records } = JSON.parse(row?.facts ?? '{"records":[]}') as { records: readonly string[] };
  return records.map((key) => {
    const [kind = '', name = ''] = key.split('/');
    return { kind, id: name };
  });
}

/**
 * A refused entry withdrawn with a reason, said in the access lane: by its author, by a supervisor of her organisation, or,
 * where the counter itself is the author, by whoever sits at the same tablet. It is never judged again; what it was to put
 * right goes on waiting.
 */
export async function closeDiscarded(
  closing: Closing,
  store: Pusher,
  entries: readonly Entry[],
  head: number,
): Promise<void> {
  const { tx, tenant } = closing;
  for (const { header, body } of entries) {
    if (readVerbRef(header.verb).name !== 'access.discard') continue;
    const id = text(body.args['id']) ?? '';
    const row = await tx
      .selectFrom('repair')
      .innerJoin('store', (join) =>
        join.onRef('store.tenant', '=', 'repair.tenant').onRef('store.store', '=', 'repair.store'),
      )
      .select(['repair.author', 'repair.org', 'store.role', 'store.device'])
      .where('repair.tenant', '=', tenant)
      .where('repair.entry', '=', id)
      .executeTakeFirst();
    if (!row || !mayDiscard(row, store)) continue;
    // The next change takes the sequence after the head; until then every pull hears of it.
    if (!(await close(closing, id, 'discarded', store.user, head + 1))) continue;
    await dropBlocked(tx, tenant, [id]);
  }
}

function mayDiscard(
  row: { author: string; org: string; role: string; device: string },
  { user, role, org, device }: Pusher,
): boolean {
  const isSupervisor = role === 'supervisor' && row.org === org;
  return row.author === user || isSupervisor || (row.role === 'counter' && row.device === device);
}

/** True where it was open. */
async function close(
  closing: Closing,
  entry: string,
  state: Exclude<Tables['repair']['state'], 'open'>,
  by: string,
  seq: number,
): Promise<boolean> {
  const { tx, tenant, now } = closing;
  const row = await tx
    .selectFrom('repair')
    .select('store')
    .where('tenant', '=', tenant)
    .where('entry', '=', entry)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (!row) return false;
  await tx
    .updateTable('repair')
    .set({ state, closed_by: by, closed_at: now })
    .where('tenant', '=', tenant)
    .where('entry', '=', entry)
    .execute();
  await tellAuthor(closing, row.store, entry, seq);
  return true;
}

async function tellAuthor({ tx, tenant }: Closing, store: string, entry: string, seq: number) {
  await tx
    .insertInto('verdict_change')
    .values({ tenant, store, seq, entry })
    .onConflict((conflict) => conflict.columns(['tenant', 'store', 'seq', 'entry']).doNothing())
    .execute();
}
