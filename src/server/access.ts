/**
 * The access lane: who viewed, printed, searched or exported what. Kept whole in the stream, with {kind, id, action} in
 * clear for the audit and for 「この記録を見た人」. No verdict to speak of, no effect on records.
 */
import { text } from '../domain/value.ts';
import { readVerbRef, type Entry } from '../sync/entry.ts';
import { headSeq, type Appended, type Appending } from './append.ts';
import { createSealer } from './person-keys.ts';
import type { Tables } from './schema.ts';
import { chunks, type Tx } from './storage.ts';
import { bodyPlace, bodyText, entryRow } from './write-batch.ts';

type Facts = Readonly<Record<'kind' | 'id' | 'action', string>>;
const word = /^[0-9A-Za-z.-]{0,64}$/;

/** Only words that can be no name of a person stand in clear. */
function factsOf({ header, body }: Entry): Facts {
  const clear = (name: string) => {
    const value = text(body.args[name]) ?? '';
    return word.test(value) ? value : '';
  };
  const named = readVerbRef(header.verb).name.replace(/^access\./, '');
  const action = clear('action') || (word.test(named) ? named : '');
  return { kind: clear('kind'), id: clear('id'), action };
}

export async function appendAccess(
  server: Appending,
  tx: Tx,
  store: Tables['store'],
  entries: readonly Entry[],
): Promise<Appended> {
  const { tenant } = server;
  const [now, seq] = [server.clock(), await headSeq(tx, tenant)];
  const sealer = createSealer(tx, server);
  const items = entries.map((entry) => {
    const facts = factsOf(entry);
    return { entry, facts, owner: facts.kind === 'seeker' && facts.id ? facts.id : store.store };
  });
  await sealer.make(items.map((item) => item.owner));
  const verdict = { code: 'applied' } as const;
  const rows = items.map(({ entry, facts, owner }) => {
    const body = sealer.seal(owner, bodyText(entry), bodyPlace(tenant, entry));
    const rest = { owner, facts: JSON.stringify(facts), body, verdict, seq, now };
    return entryRow(tenant, entry, rest);
  });
  for (const some of chunks(rows)) await tx.insertInto('entry').values(some).execute();
  const events = items.map(({ entry, facts }) => eventRow(tenant, store, entry, facts));
  for (const some of chunks(events)) await tx.insertInto('access_event').values(some).execute();
  const receipts = entries.map(({ header, hash }) => ({ id: header.id, hash, seq, verdict }));
  return { receipts, afterCommit: sealer.keep };
}

function eventRow(
  tenant: string,
  { store, user, org }: Tables['store'],
  { header }: Entry,
  { kind, id, action }: Facts,
): Tables['access_event'] {
  const at = header.occurredAt;
  return { tenant, id: header.id, store, user, org, action, kind, record: id, at };
}
