/**
 * Wider search: cards of the asker's own organisation from the index in memory. No log, no answer. Whose registration was
 * merged is found by her old name too, and answered under the registration that stands.
 */
import { mergedInto, rootOf } from '../domain/aliases.ts';
import { seekerName } from '../domain/kinds/seeker.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { readRecords } from './staff.ts';
import { uuidv7 } from './ids.ts';
import { createSealer } from './person-keys.ts';
import { prepared } from './prepared.ts';
import { gather, openParts } from './records.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import type { Tx } from './storage.ts';

const most = 50;

export async function searchSeekers(server: Server, asker: Asker, text: string) {
  const wait = await server.limits.search(asker.store.store);
  if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
  await logAsked(server, asker, 'searchServer', '');
  const ids = server.index.find(asker.member.org, text, most + 1);
  const found = await server.storage.read((tx) => foundPeople(server, tx, ids.slice(0, most)));
  return ok({
    // The index is a hint; the record itself says whose it is.
    found: found.flatMap(({ seeker, formerly }) =>
      partOf(seeker, 'facts')['org'] === asker.member.org
        ? [{ id: seeker.id, card: partOf(seeker, 'card'), ...(formerly ? { formerly } : {}) }]
        : [],
    ),
    limited: ids.length > most,
  }) satisfies Result<unknown>;
}

interface Found {
  readonly seeker: Rec;
  /** The name that matched, where it stands on a registration merged into this one. */
  readonly formerly: string | undefined;
}

/** Each person once, under the registration where she is found now. */
async function foundPeople(server: Server, tx: Tx, ids: string[]): Promise<Found[]> {
  const records = new Map<string, Rec>();
  for (let wanted = ids; wanted.length > 0;) {
    const read = await readRecords(server, tx, wanted);
    for (const { record } of read.values())
      if (record.kind === 'seeker') records.set(record.id, record);
    wanted = [...records.values()].flatMap((one) => mergedInto(one) ?? []);
    wanted = wanted.filter((id) => !records.has(id));
  }
  const found = new Map<string, Found>();
  for (const id of ids) {
    const seeker = records.get(rootOf(id, (one) => records.get(one)));
    if (!seeker || (found.has(seeker.id) && seeker.id !== id)) continue;
    const formerly = seeker.id === id ? undefined : seekerName(records.get(id));
    found.set(seeker.id, { seeker, formerly });
  }
  return [...found.values()];
}

/** What the server itself answers about people is on record beside the tablets' own access lanes. */
export async function logAsked(
  server: Server,
  { store, member }: Asker,
  action: string,
  record: string,
  kind = 'seeker',
): Promise<void> {
  const at = server.clock();
  const row = {
    tenant: server.tenant,
    id: uuidv7(at, server.random),
    store: store.store,
    user: member.id,
    org: member.org,
    action,
    kind,
    record,
    at,
  };
  await server.storage.write(server.tenant, (tx) =>
    tx.insertInto('access_event').values(row).execute(),
  );
}

const seekerParts = prepared((tx, given: { tenant: string; parts: readonly string[] }) =>
  tx
    .selectFrom('record_part')
    .selectAll()
    .where('tenant', '=', given.tenant)
    .where('kind', '=', 'seeker')
    .where('part', 'in', given.parts),
);

/** One whose key has been destroyed has an empty card. */
function withCard(record: Rec): Rec {
  const { kind, id } = record;
  return { kind, id, parts: { facts: partOf(record, 'facts'), card: partOf(record, 'card') } };
}

/** At start: every card is opened once. */
export async function buildIndex(
  server: Pick<Server, 'storage' | 'tenant' | 'keys' | 'personKeys' | 'index'>,
): Promise<void> {
  await server.storage.read(async (tx) => {
    const rows = await seekerParts(tx, { tenant: server.tenant, parts: ['facts', 'card'] });
    const found = gather(rows, await openParts(server.tenant, createSealer(tx, server), rows));
    for (const { record, rows: held } of found.values())
      if (held.has('card')) server.index.put(withCard(record));
  });
}
