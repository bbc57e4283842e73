/** Records as they rest: one row per part, `facts` in clear, every other part sealed under the key of whom it is about. */
import type { Rec, Ref } from '../domain/record.ts';
import { refKey } from '../domain/record.ts';
import type { Values } from '../domain/value.ts';
import type { Sealer } from './person-keys.ts';
import { prepared } from './prepared.ts';
import { chunks, type Tx } from './storage.ts';

export interface StoredPart {
  readonly rev: number;
  readonly seq: number;
}
export interface Stored {
  readonly record: Rec;
  readonly rows: ReadonlyMap<string, StoredPart>;
}

export interface PartRef extends Ref {
  readonly part: string;
}

export const partKey = (part: PartRef) => `${part.kind}/${part.id}/${part.part}`;
export const partPlace = (tenant: string, part: PartRef) => `part/${tenant}/${partKey(part)}`;

export const bodyPlace = (tenant: string, entry: string) => `entry/${tenant}/${entry}`;

export interface PartRow extends PartRef {
  readonly rev: number;
  readonly seq: number;
  readonly person: string | null;
  readonly facts: string | null;
  readonly sealed: Uint8Array | null;
}

export async function loadRecords(
  tx: Tx,
  tenant: string,
  sealer: Sealer,
  ids: Iterable<string>,
): Promise<Map<string, Stored>> {
  const rows = await partRows(tx, tenant, ids);
  return gather(rows, await openParts(tenant, sealer, rows));
}

/** Every part of these ids, closed. */
export async function partRows(tx: Tx, tenant: string, ids: Iterable<string>): Promise<PartRow[]> {
  const rows: PartRow[] = [];
  for (const some of chunks([...new Set(ids)])) {
    const found = await partsOfIds(tx, { tenant, ids: some });
    rows.push(...found);
  }
  return rows;
}

const partsOfIds = prepared((tx, { tenant, ids }: { tenant: string; ids: readonly string[] }) =>
  tx.selectFrom('record_part').selectAll().where('tenant', '=', tenant).where('id', 'in', ids),
);

/** Bodies in the order of the rows; undefined where the key is gone. */
export async function openParts(
  tenant: string,
  sealer: Sealer,
  rows: readonly PartRow[],
): Promise<(Values | undefined)[]> {
  await sealer.load(rows.filter((row) => row.sealed !== null).map(ownerOf));
  return rows.map((row) => {
    const text = row.sealed
      ? sealer.open(ownerOf(row), row.sealed, partPlace(tenant, row))
      : (row.facts ?? undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Values); // written by us alone
  });
}

export function ownerOf(row: { readonly person: string | null; readonly id: string }): string {
  return row.person ?? row.id;
}

interface Gathered {
  readonly record: Ref & { readonly parts: Record<string, Values> };
  readonly rows: Map<string, StoredPart>;
}

export function gather(
  rows: readonly (PartRef & StoredPart)[],
  bodies: readonly (Values | undefined)[],
): Map<string, Stored> {
  const found = new Map<string, Gathered>();
  rows.forEach((row, index) => {
    const { kind, id, part, rev, seq } = row;
    const key = refKey(row);
    const held: Gathered = found.get(key) ?? { record: { kind, id, parts: {} }, rows: new Map() };
    found.set(key, held);
    const body = bodies[index];
    held.rows.set(part, { rev, seq });
    if (body) held.record.parts[part] = body;
  });
  return found;
}

export async function recordsOfPeople(
  tx: Tx,
  tenant: string,
  people: readonly string[],
): Promise<Ref[]> {
  const refs: Ref[] = [];
  for (const some of chunks(people)) {
    const rows = await refsOfPeople(tx, { tenant, people: some });
    refs.push(...rows);
  }
  return refs;
}

const refsOfPeople = prepared((tx, given: { tenant: string; people: readonly string[] }) =>
  tx
    .selectFrom('record_person')
    .select(['kind', 'id'])
    .where('tenant', '=', given.tenant)
    .where('person', 'in', given.people),
);
