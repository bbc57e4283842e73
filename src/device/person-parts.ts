/**
 * Which records are about a person. Some kinds keep that in a sealed part; it is opened here to find out, and nothing of it
 * is shown: showing is the caller's, after the view is logged.
 */
import { registrationsOf } from '../domain/aliases.ts';
import { kinds } from '../domain/kinds/index.ts';
import { peopleOf, type Kind } from '../domain/kind.ts';
import { ok, type Result } from '../domain/problem.ts';
import { partOf, refKey, type Rec, type Ref } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';
import { withPart } from './memory.ts';
import { openRows, type OpenPart } from './rows.ts';

/** Every registration of hers that was merged, and her files at the other organisation while a link lives. */
export function filesOf(desk: Desk, seeker: string): Set<string> {
  const own = registrationsOf(seeker, desk.memory.all('seeker').peek());
  const links = desk.memory.all('link').peek();
  const live = links.filter((link) => partOf(link, 'facts')['state'] === 'live');
  const others = live.flatMap((link) => {
    const { fromSeeker, toSeeker } = partOf(link, 'ties');
    const both = [text(fromSeeker), text(toSeeker)];
    return both.some((id) => id !== undefined && own.includes(id))
      ? both.filter((id) => id !== undefined)
      : [];
  });
  return new Set([...own, ...others]);
}

export async function recordsAbout(
  desk: Desk,
  people: ReadonlySet<string>,
): Promise<Result<Ref[]>> {
  const refs: Ref[] = [...people].map((id) => ({ kind: 'seeker', id }));
  for (const kind of kinds) {
    if (kind.name === 'seeker') continue;
    const records = await candidates(desk, kind);
    if (!records.ok) return records;
    const about = records.value.filter((record) => isAbout(kind, record, people));
    refs.push(...about.map(({ kind: name, id }) => ({ kind: name, id })));
  }
  return ok(refs);
}

export function isAbout(kind: Kind, record: Rec, people: ReadonlySet<string>): boolean {
  return peopleOf(kind, record).some((id) => people.has(id));
}

/** Records of a kind as far as the answer needs them: from memory, or from the sealed parts that name people. */
async function candidates(desk: Desk, kind: Kind): Promise<Result<readonly Rec[]>> {
  const naming = sealedPersonParts(kind);
  if (naming.length === 0) return ok(desk.memory.all(kind.name).peek());
  const opened = await openNaming(desk, kind, naming);
  if (!opened.ok) return opened;
  const records = new Map<string, Rec>();
  for (const part of opened.value)
    records.set(refKey(part), withPart(records.get(refKey(part)), part));
  for (const ref of ownRefs(desk, kind.name)) {
    const whole = await desk.readWhole(ref);
    if (!whole.ok) return whole;
    if (whole.value) records.set(refKey(ref), whole.value);
  }
  return ok([...records.values()]);
}

function sealedPersonParts(kind: Kind): string[] {
  const paths = [...Object.values(kind.parts).map(({ person }) => person), ...(kind.persons ?? [])];
  const parts = paths.map((path) => path?.split('.')[0] ?? '');
  return [...new Set(parts)].filter((part) => kind.parts[part]?.listed === false);
}

/** Keys first: of thousands of facts only the few naming parts are read and opened. */
async function openNaming(
  desk: Desk,
  { number }: Kind,
  naming: readonly string[],
): Promise<Result<OpenPart[]>> {
  const { db, keys, ports } = desk;
  const rows = await durably(db, async () => {
    const range = db.rows.where('[k+i+p]').between([number, '', ''], [number, '\uffff', '\uffff']);
    const all = await range.primaryKeys();
    return db.rows.bulkGet(all.filter(([, , part]) => naming.includes(part)));
  });
  if (!rows.ok) return rows;
  const found = rows.value.filter((row) => row !== undefined);
  return ok(await openRows(ports.crypto, keys, found));
}

/** Records that own entries touch and the rows may not hold yet. */
function ownRefs(desk: Desk, kind: string): Ref[] {
  const changes = desk.items.peek().flatMap(({ copy }) => copy?.changes ?? []);
  const own = changes.filter((change) => change.kind === kind);
  return [...new Map(own.map((change) => [refKey(change), change])).values()];
}
