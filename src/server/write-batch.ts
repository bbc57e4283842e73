/** Writes what a judged run has changed, in few statements: entries, change log, parts, scopes, people, conflicts. */
import { businessDateJst } from '../domain/date.ts';
import type { Entry } from '../sync/entry.ts';
import type { Receipt, Verdict } from '../sync/verdict.ts';
import type { Decided } from './judging.ts';
import { peopleIn } from './people.ts';
import { personOfPart } from '../domain/kind.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { refKey, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { writeBlocked } from './blocked.ts';
import { closeSettled, writeLater, writeRepairs, writeSuperseded } from './repair.ts';
import type { Superseded } from './supersede.ts';
import type { Sealer } from './person-keys.ts';
import { isMoved, type Moved, type Projection } from './project.ts';
import { bodyPlace, ownerOf, partKey, partPlace, type PartRef } from './records.ts';
import type { Tables } from './schema.ts';
import { prepared, preparedInsert } from './prepared.ts';
import { chunks, type Tx } from './storage.ts';
import type { Held, Workspace } from './workspace.ts';

export interface Batch {
  readonly tx: Tx;
  readonly tenant: string;
  readonly sealer: Sealer;
  readonly workspace: Workspace;
  readonly now: number;
  /** Drawn for this run alone. */
  readonly mark: string;
  /** Entries that this run puts right. */
  readonly superseded: readonly Superseded[];
  /** Absent: the lane that the entries name. */
  readonly lane?: string | undefined;
}

type Change = Tables['change'];

const insertChanges = preparedInsert((tx, rows: readonly Change[]) =>
  tx.insertInto('change').values(rows),
);
export const insertEntries = preparedInsert((tx, rows: readonly Tables['entry'][]) =>
  tx.insertInto('entry').values(rows),
);
const insertChangeScopes = preparedInsert((tx, rows: readonly Tables['change_scope'][]) =>
  tx.insertInto('change_scope').values(rows),
);
const insertPartScopes = preparedInsert((tx, rows: readonly Tables['part_scope'][]) =>
  tx.insertInto('part_scope').values(rows),
);
const insertPeople = preparedInsert((tx, rows: readonly Tables['record_person'][]) =>
  tx.insertInto('record_person').values(rows),
);
const insertConflicts = preparedInsert((tx, rows: readonly Tables['conflict'][]) =>
  tx.insertInto('conflict').values(rows),
);

/** Every touched part takes the next sequence; entries without effect stand at the sequence before them. */
export interface Sequenced {
  readonly changes: readonly Change[];
  readonly seqOfPart: ReadonlyMap<string, number>;
  readonly seqOfEntry: readonly number[];
}

export function sequence(
  { tenant, mark }: Pick<Batch, 'tenant' | 'mark'>,
  head: number,
  decided: readonly Decided[],
  projection: Projection,
): Sequenced {
  let seq = head;
  const changes: Change[] = [];
  const seqOfPart = new Map<string, number>();
  const take = ({ kind, id, part }: PartRef, entry: string) => {
    seq += 1;
    changes.push({ tenant, seq, kind, id, part, entry, mark });
    seqOfPart.set(partKey({ kind, id, part }), seq);
  };
  const seqOfEntry = decided.map(({ touched, entry }) => {
    for (const part of touched) take(part, entry.header.id);
    return seq;
  });
  const cause = decided.findLast((item) => item.touched.length > 0)?.entry.header.id ?? '';
  for (const part of [...projection.rekeyed, ...projection.scoped.filter(isMoved)])
    if (!seqOfPart.has(partKey(part))) take(part, cause);
  return { changes, seqOfPart, seqOfEntry };
}

/** `decided` stands in the order of its effects; receipts are of the entries that are new. */
export async function writeBatch(
  batch: Batch,
  decided: readonly Decided[],
  projection: Projection,
  head: number,
): Promise<Receipt[]> {
  const { tx, tenant, superseded, workspace } = batch;
  const order = sequence(batch, head, decided, projection);
  await writeEntries(batch, decided, order);
  await insertChanges(tx, order.changes);
  await writeParts(batch, order);
  await writeScopes(batch, projection.scoped, order);
  await writePeople(batch);
  await writeBlocked(
    tx,
    tenant,
    decided,
    superseded.map(({ old }) => old),
  );
  await writeRepairs(batch, decided);
  await writeLater(batch, decided, order.seqOfEntry);
  // Without a change of its own a run stands at the next sequence, so that every pull from here on hears of it.
  const told = Math.max(head + 1, order.changes.at(-1)?.seq ?? 0);
  await writeSuperseded(batch, superseded, told);
  await closeSettled(batch, workspace, decided, told);
  return decided.flatMap(({ entry, verdict, isAgain }, index) =>
    isAgain
      ? []
      : [{ id: entry.header.id, hash: entry.hash, seq: order.seqOfEntry[index] ?? head, verdict }],
  );
}

function bodyOwner({ entry, touched, about }: Decided, workspace: Workspace): string {
  const records = touched.map((part) => workspace.get(part.kind, part.id));
  const person = records.flatMap(peopleIn)[0] ?? about.find((ref) => ref.kind === 'seeker')?.id;
  return person ?? touched[0]?.id ?? text(entry.body.args['id']) ?? entry.header.store;
}

export function bodyText(entry: Entry): string {
  return JSON.stringify({ ...entry.body, sig: entry.sig });
}

async function writeEntries(batch: Batch, decided: readonly Decided[], order: Sequenced) {
  const { tx, tenant, sealer, workspace, now, lane } = batch;
  const owners = decided.map((item) => (item.isAgain ? '' : bodyOwner(item, workspace)));
  await sealer.make(owners.filter((owner) => owner !== ''));
  const rows = decided.flatMap((item, index) => {
    const { entry, verdict } = item;
    const owner = owners[index] ?? '';
    if (item.isAgain) return [];
    return entryRow(tenant, entry, {
      owner,
      facts: factsOf(item),
      body: sealer.seal(owner, bodyText(entry), bodyPlace(tenant, entry.header.id)),
      verdict,
      seq: order.seqOfEntry[index] ?? 0,
      now,
      lane,
    });
  });
  await insertEntries(tx, rows);
  await writeVerdicts(batch, decided, order);
  await writeConflicts(batch, decided);
}

function factsOf({ touched }: Decided): string {
  return JSON.stringify({ records: [...new Set(touched.map(refKey))] });
}

/** Of entries stored before. */
async function writeVerdicts({ tx, tenant }: Batch, decided: readonly Decided[], order: Sequenced) {
  for (const [index, item] of decided.entries()) {
    const { entry, verdict, isAgain } = item;
    if (!isAgain) continue;
    const seq = order.seqOfEntry[index] ?? 0;
    await tx
      .updateTable('entry')
      .set({
        verdict: JSON.stringify(verdict),
        facts: factsOf(item),
        verdict_seq: seq,
      })
      .where('tenant', '=', tenant)
      .where('id', '=', entry.header.id)
      .execute();
  }
}

export function entryRow(
  tenant: string,
  { header, hash }: Entry,
  rest: {
    readonly owner: string;
    readonly facts: string;
    readonly body: Uint8Array;
    readonly verdict: Verdict;
    readonly seq: number;
    readonly now: number;
    readonly lane?: string | undefined;
    /** Where another entry has the id. */
    readonly id?: string;
  },
): Tables['entry'] {
  const { store, seq } = header;
  const { owner, facts, body, now, lane = header.lane, id = header.id } = rest;
  return {
    tenant,
    store,
    lane,
    seq,
    id,
    hash,
    header: JSON.stringify(header),
    facts,
    owner,
    body,
    verdict: JSON.stringify(rest.verdict),
    verdict_seq: rest.seq,
    received_at: now,
    day: dayOf(header.occurredAt),
  };
}

const lastTime = 8.64e15;

/** The JST date by the device's clock, whatever that clock says. */
function dayOf(occurredAt: number): string | null {
  return Math.abs(occurredAt) < lastTime - 1e9 ? businessDateJst(occurredAt) : null;
}

async function writeConflicts({ tx, tenant, now }: Batch, decided: readonly Decided[]) {
  const rows = decided.flatMap(({ entry, verdict }) =>
    verdict.code === 'conflict'
      ? [{ tenant, entry: entry.header.id, problem: JSON.stringify(verdict.problem), at: now }]
      : [],
  );
  await insertConflicts(tx, rows);
}

async function writeParts(batch: Batch, order: Sequenced): Promise<void> {
  const { tx, tenant, sealer, workspace } = batch;
  const parts = [...workspace.all()].flatMap((held) =>
    partsToWrite(held).map((part) => ({ held, ref: { ...held.ref, part } })),
  );
  const persons = parts.map(({ held, ref }) => personOf(held.now, ref));
  await sealer.make(
    parts.flatMap(({ ref }, index) =>
      ref.part === 'facts' ? [] : [ownerOf({ person: persons[index] ?? null, id: ref.id })],
    ),
  );
  const rows = parts.map(({ held, ref }, index) => {
    const person = persons[index] ?? null;
    const body = JSON.stringify(held.now?.parts[ref.part] ?? {});
    const isClear = ref.part === 'facts';
    return {
      tenant,
      ...ref,
      rev: (held.rows.get(ref.part)?.rev ?? 0) + (held.dirty.has(ref.part) ? 1 : 0),
      seq: order.seqOfPart.get(partKey(ref)) ?? held.rows.get(ref.part)?.seq ?? 0,
      person,
      facts: isClear ? body : null,
      sealed: isClear
        ? null
        : sealer.seal(ownerOf({ person, id: ref.id }), body, partPlace(tenant, ref)),
    };
  });
  await upsertParts(tx, rows);
}

/** What changed, and what is another person's now though its words are the same: it is sealed anew under her key. */
function partsToWrite({ ref, before, now, dirty }: Held): string[] {
  if (dirty.size === 0) return [];
  return Object.keys(now?.parts ?? {}).filter((part) => {
    const place = { ...ref, part };
    return dirty.has(part) || personOf(before, place) !== personOf(now, place);
  });
}

function personOf(record: Rec | undefined, { kind: name, part }: PartRef): string | null {
  const kind = kindNamed(name);
  return (kind && record && personOfPart(kind, record, part)) ?? null;
}

const upsertParts = preparedInsert((tx, rows: readonly Tables['record_part'][]) =>
  tx
    .insertInto('record_part')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'id', 'kind', 'part']).doUpdateSet((row) => ({
        rev: row.ref('excluded.rev'),
        seq: row.ref('excluded.seq'),
        person: row.ref('excluded.person'),
        facts: row.ref('excluded.facts'),
        sealed: row.ref('excluded.sealed'),
      })),
    ),
);

/** A change is announced to its old and its new audience. */
async function writeScopes(batch: Batch, scoped: readonly Moved[], order: Sequenced) {
  const { tx, tenant } = batch;
  const announced = scoped.flatMap(({ kind, id, part, old, now }) => {
    const seq = order.seqOfPart.get(partKey({ kind, id, part }));
    if (seq === undefined) return [];
    const audience = [...old, ...now.filter((scope) => !old.includes(scope))];
    return audience.map((scope) => ({ tenant, scope, seq, kind, id, part }));
  });
  await insertChangeScopes(tx, announced);
  const moved = scoped.filter(isMoved);
  for (const [part, gone] of goneScopes(moved)) await removeScopes(tx, tenant, part, gone);
  const added = moved.flatMap(({ kind, id, part, old, now }) =>
    now.filter((scope) => !old.includes(scope)).map((scope) => ({ tenant, scope, kind, id, part })),
  );
  await insertPartScopes(tx, added);
}

/** Parts that lose the same scopes go together: a person leaving a window takes all of her file along. */
function goneScopes(moved: readonly Moved[]): [Moved[], string[]][] {
  const groups = new Map<string, [Moved[], string[]]>();
  for (const part of moved) {
    const gone = part.old.filter((scope) => !part.now.includes(scope)).sort();
    if (gone.length === 0) continue;
    const name = [part.kind, part.part, ...gone].join(' ');
    const group = groups.get(name) ?? [[], gone];
    group[0].push(part);
    groups.set(name, group);
  }
  return [...groups.values()];
}

async function removeScopes(tx: Tx, tenant: string, parts: Moved[], scopes: string[]) {
  const [first] = parts;
  if (!first) return;
  const { kind, part } = first;
  for (const some of chunks(parts.map(({ id }) => id)))
    await deleteScopes(tx, { tenant, ids: some, kind, part, scopes });
}

const deleteScopes = prepared(
  (
    tx,
    given: {
      tenant: string;
      ids: readonly string[];
      kind: string;
      part: string;
      scopes: readonly string[];
    },
  ) =>
    tx
      .deleteFrom('part_scope')
      .where('tenant', '=', given.tenant)
      .where('id', 'in', given.ids)
      .where('kind', '=', given.kind)
      .where('part', '=', given.part)
      .where('scope', 'in', given.scopes),
);

async function writePeople({ tx, tenant, workspace }: Batch): Promise<void> {
  const dirty = [...workspace.all()]
    .filter((held) => held.dirty.size > 0)
    .map(({ ref, before, now }) => ({ ref, before: peopleIn(before), now: peopleIn(now) }));
  const added = dirty.flatMap(({ ref, before, now }) =>
    now.filter((person) => !before.includes(person)).map((person) => ({ tenant, person, ...ref })),
  );
  await insertPeople(tx, added);
  for (const { ref, before, now } of dirty) {
    const gone = before.filter((person) => !now.includes(person));
    if (gone.length === 0) continue;
    await tx
      .deleteFrom('record_person')
      .where('tenant', '=', tenant)
      .where('kind', '=', ref.kind)
      .where('id', '=', ref.id)
      .where('person', 'in', gone)
      .execute();
  }
}
