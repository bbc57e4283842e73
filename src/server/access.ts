/**
 * The access lane: who viewed, printed, searched or exported what. Kept whole in the stream, with {kind, id, action} in
 * clear for the audit and for 「この記録を見た人」. No verdict to speak of, no effect on records.
 */
import { kindNamed } from '../domain/kinds/index.ts';
import { text } from '../domain/value.ts';
import { readVerbRef, type Entry } from '../sync/entry.ts';
import type { Appended, Appending } from './append.ts';
import { createSealer } from './person-keys.ts';
import type { Pusher } from './pushers.ts';
import { closeDiscarded } from './repair.ts';
import { bodyPlace } from './records.ts';
import type { Tables } from './schema.ts';
import { preparedInsert } from './prepared.ts';
import type { Tx } from './storage.ts';
import { bodyText, entryRow, insertEntries } from './write-batch.ts';

type Facts = Readonly<Record<'kind' | 'id' | 'action', string>>;
const action = /^[A-Za-z]{1,20}$/;
const recordId = /^[0-9a-z-]{1,64}$/;

/** In clear stand the action, a kind that exists, and a record's id where there is a kind. */
function factsOf({ header, body: { args } }: Entry): Facts {
  const named = readVerbRef(header.verb).name.replace(/^access\./, '');
  const kind = kindNamed(text(args['kind']) ?? '')?.name ?? '';
  const id = text(args['id']) ?? '';
  return {
    kind,
    id: kind !== '' && recordId.test(id) ? id : '',
    action: [text(args['action']) ?? '', named].find((one) => action.test(one)) ?? '',
  };
}

interface Standing {
  readonly lane: string;
  /** By now. */
  readonly isRevoked: boolean;
  /** Of the log. */
  readonly head: number;
}

export async function appendAccess(
  server: Appending,
  tx: Tx,
  store: Pusher,
  entries: readonly Entry[],
  { lane, isRevoked, head }: Standing,
): Promise<Appended> {
  const { tenant } = server;
  const now = server.clock();
  const sealer = createSealer(tx, server);
  const items = entries.map((entry) => {
    const facts = factsOf(entry);
    return { entry, facts, owner: facts.kind === 'seeker' && facts.id ? facts.id : store.store };
  });
  await sealer.make(items.map((item) => item.owner));
  const verdict = { code: 'applied' } as const;
  const rows = items.map(({ entry, facts, owner }) => {
    const body = sealer.seal(owner, bodyText(entry), bodyPlace(tenant, entry.header.id));
    const rest = { owner, facts: JSON.stringify(facts), body, verdict, seq: head, now, lane };
    return entryRow(tenant, entry, rest);
  });
  await insertEntries(tx, rows);
  const events = items.map(({ entry, facts }) => eventRow(tenant, store, entry, facts));
  await insertEvents(tx, events);
  if (!isRevoked) await closeDiscarded({ tx, tenant, now }, store, entries, head);
  const receipts = entries.map(({ header, hash }) => ({ id: header.id, hash, seq: head, verdict }));
  return { receipts, afterCommit: sealer.keep };
}

const insertEvents = preparedInsert((tx, rows: readonly Tables['access_event'][]) =>
  tx.insertInto('access_event').values(rows),
);

function eventRow(
  tenant: string,
  { store, user, org }: Pusher,
  { header }: Entry,
  { kind, id, action }: Facts,
): Tables['access_event'] {
  const at = header.occurredAt;
  return { tenant, id: header.id, store, user, org, action, kind, record: id, at };
}
