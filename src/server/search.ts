/** Wider search: cards of the asker's own organisation from the index in memory. No log, no answer. */
import { fail, ok, type Result } from '../domain/problem.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { factsOfKind, readRecords } from './staff.ts';
import { uuidv7 } from './ids.ts';
import { createSealer } from './person-keys.ts';
import { openParts, type PartRow } from './records.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';

const most = 50;

export async function searchSeekers(server: Server, asker: Asker, text: string) {
  const wait = await server.limits.search(asker.store.store);
  if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
  await logAsked(server, asker, 'searchServer', '');
  const ids = server.index.find(asker.member.org, text, most + 1);
  const records = await server.storage.read((tx) => readRecords(server, tx, ids.slice(0, most)));
  const found = ids.slice(0, most).flatMap((id) => {
    const record = records.get(`seeker/${id}`)?.record;
    // The index is a hint; the record itself says whose it is.
    return record && partOf(record, 'facts')['org'] === asker.member.org
      ? [{ id, card: partOf(record, 'card') }]
      : [];
  });
  return ok({ found, limited: ids.length > most }) satisfies Result<unknown>;
}

/** What the server itself answers about people is on record beside the tablets' own access lanes. */
export async function logAsked(
  server: Server,
  { store, member }: Asker,
  action: string,
  record: string,
): Promise<void> {
  const at = server.clock();
  const row = {
    tenant: server.tenant,
    id: uuidv7(at, server.random),
    store: store.store,
    user: member.id,
    org: member.org,
    action,
    kind: 'seeker',
    record,
    at,
  };
  await server.storage.write(server.tenant, (tx) =>
    tx.insertInto('access_event').values(row).execute(),
  );
}

/** At start: every card is opened once. */
export async function buildIndex(
  server: Pick<Server, 'storage' | 'tenant' | 'keys' | 'personKeys' | 'index'>,
): Promise<void> {
  await server.storage.read(async (tx) => {
    const facts = new Map((await factsOfKind(server, tx, 'seeker')).map((one) => [one.id, one]));
    const rows: PartRow[] = await tx
      .selectFrom('record_part')
      .selectAll()
      .where('tenant', '=', server.tenant)
      .where('kind', '=', 'seeker')
      .where('part', '=', 'card')
      .execute();
    const cards = await openParts(server.tenant, createSealer(tx, server), rows);
    rows.forEach(({ id }, index) => {
      const seeker: Rec = {
        kind: 'seeker',
        id,
        parts: { facts: partOf(facts.get(id), 'facts'), card: cards[index] ?? {} },
      };
      server.index.put(seeker);
    });
  });
}
