/**
 * What was withdrawn with a reason. The entry stays in its stream without its readable copy, and its row says when. The
 * reason is a note, sealed like a draft and named by what the entry was about: it goes with the right to see that
 * (evicted.ts), and when the list is looked at more than a month later.
 */
import { businessDateJst } from '../domain/date.ts';
import { seekerName } from '../domain/kinds/seeker.ts';
import { verbNamed } from '../domain/kinds/index.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { refKey, type Ref } from '../domain/record.ts';
import { text, texts, type Values } from '../domain/value.ts';
import { readVerbRef } from '../sync/entry.ts';
import { hasEffect } from '../sync/verdict.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';
import { peopleNamed, recordsOf } from './entry-about.ts';
import type { LedgerItem } from './ledger.ts';
import { walkBack } from './proof-read.ts';
import { readDraft, writeDraft } from './session-drafts.ts';
import type { EntryRow } from './store-db.ts';
import type { WithdrawnItem } from './types.ts';
import { notePrefix } from './withdrawn-key.ts';
import { isPutRight, isWithdrawn, wentInBefore } from './verdicts.ts';

const shownMs = 31 * 24 * 3_600_000;

interface Withdrawal {
  readonly at: number;
  readonly reason: string;
}

/** Before the copy goes: then nobody knows any more what it was about. */
export function noteWithdrawn(
  desk: Desk,
  { row, copy }: LedgerItem,
  { at, reason }: Withdrawal,
): Promise<void> {
  const { name } = readVerbRef(row.envelope.header.verb);
  const people = copy ? peopleNamed(desk, name, copy.body.args).map(({ id }) => id) : [];
  const records = recordsOf(copy).map(refKey);
  const key = `${notePrefix}${at}/${[row.id, ...people, ...records].join('/')}`;
  return writeDraft(desk, key, { reason, people, records });
}

export async function readWithdrawn(desk: Desk): Promise<Result<readonly WithdrawnItem[]>> {
  if (desk.isClosed()) return fail({ code: 'locked' });
  const since = desk.ports.clock.now() - shownMs;
  const keys = await durably(desk.db, () => keysSince(desk, since));
  if (!keys.ok) return keys;
  const notes = new Map(
    await Promise.all(
      keys.value.map(async (key) => [entryOf(key), await readDraft(desk, key)] as const),
    ),
  );
  const rows = await durably(desk.db, () => rowsSince(desk, since, [...notes.keys()]));
  if (!rows.ok) return rows;
  const items = rows.value.map((row) => itemOf(desk, row, notes.get(row.id)));
  return ok(items.toSorted((a, b) => lastOf(b) - lastOf(a)));
}

const entryOf = (key: string) => key.split('/')[2] ?? '';

const lastOf = ({ withdrawnAt, occurredAt }: WithdrawnItem) => withdrawnAt ?? occurredAt;

/** Those before are done with, and go. */
function keysSince({ db }: Desk, since: number): Promise<string[]> {
  return db.transaction('rw', db.drafts, async () => {
    await db.drafts.where('key').between(notePrefix, `${notePrefix}${since}`).delete();
    return db.drafts.where('key').startsWith(notePrefix).primaryKeys();
  });
}

/** By when they were entered, and of those before whatever has a note. */
async function rowsSince(
  { db, stores, counter, older }: Desk,
  since: number,
  noted: readonly string[],
): Promise<readonly EntryRow[]> {
  const found = await Promise.all(
    [db, stores.of(counter.store), ...older.map((store) => stores.of(store))].map(async (of) => [
      ...(await walkBack(of, businessDateJst(since))).map(({ row }) => row),
      ...(await of.entries.where('id').anyOf(noted).toArray()),
    ]),
  );
  const rows = new Map(found.flat().map((row) => [row.id, row]));
  const own = new Set([...rows.values()].map(({ envelope }) => envelope.header.supersedes));
  const isByOthers = (row: EntryRow) => isPutRight(row) && !own.has(row.id);
  const isListed = (row: EntryRow) => isWithdrawn(row) || wentInBefore(row) || isByOthers(row);
  return [...rows.values()].filter((row) => isListed(row) && !isBefore(row, since));
}

function isBefore({ withdrawn, envelope }: EntryRow, since: number): boolean {
  return (withdrawn?.at ?? envelope.header.occurredAt) < since;
}

function itemOf(desk: Desk, row: EntryRow, note: Values | undefined): WithdrawnItem {
  const { header } = row.envelope;
  const { name } = readVerbRef(header.verb);
  const [person] = texts(note?.['people']).flatMap((id) => desk.memory.get('seeker', id) ?? []);
  return {
    id: row.id,
    verb: name,
    title: verbNamed(name)?.title ?? name,
    occurredAt: header.occurredAt,
    withdrawnAt: row.withdrawn?.at,
    reason: text(note?.['reason']),
    wentIn: wentInBefore(row),
    ...(isPutRight(row) && { isPutRight: true }),
    hasEffect: row.receipt !== undefined && hasEffect(row.receipt.verdict),
    records: texts(note?.['records']).map(refOf),
    personName: person && (seekerName(person) || undefined),
  };
}

function refOf(key: string): Ref {
  const [kind = '', id = ''] = key.split('/');
  return { kind, id };
}
