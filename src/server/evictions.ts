/**
 * Evictions for a locked tablet (design.md §6.5): only a person may pull, so it asks without one, by the cursor that it
 * holds. The cursor is bound to its store by the server's MAC; the answer names what has left its scopes since, as opaque
 * ids, no body, no cause, no author. What only a passing window takes away (yesterday's files) goes with the next pull.
 */
import { businessDateJst } from '../domain/date.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { pullPageParts, type EvictionRequest, type EvictionResponse } from '../sync/protocol.ts';
import { scopesOfActor } from '../sync/scopes.ts';
import { askingAt } from './asking.ts';
import { readCursor } from './cursor.ts';
import { fitness } from './forgotten.ts';
import { heed } from './restore.ts';
import { among } from './pull.ts';
import { partKey } from './records.ts';
import type { Server } from './server.ts';
import { actorOfMember } from './staff.ts';
import type { Tx } from './storage.ts';
import { hiddenChanges } from './visible.ts';

export async function evictions(
  server: Server,
  { store: name, cursor: text, since = 0 }: EvictionRequest,
): Promise<Result<EvictionResponse>> {
  const { tenant } = server;
  const { epoch } = server.epochNow;
  const cursor = readCursor(server, name, text);
  if (!cursor) return fail({ code: 'unauthorised' });
  const wait = await server.limits.push(name);
  if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
  const found = await server.storage.read(async (tx) => {
    const asking = await askingAt(server, tx, name, cursor.seq);
    if (!asking) return { problem: { code: 'unauthorised' } as const };
    const { log, who } = asking;
    if (who.store.state !== 'active' || !who.member)
      return { problem: { code: 'revoked' } as const };
    // What a backup does not know has not left anybody's scopes.
    const fit = await fitness(server, tx, cursor, log);
    if (fit !== 'fits') return { fit };
    const scopes = scopesOfActor(actorOfMember(who.member), businessDateJst(server.clock()));
    const from = Math.max(cursor.seq, since);
    const followed = among(cursor.scopes);
    const asked = { tenant, followed, scopes, seq: from, limit: pullPageParts };
    const { rows, upTo, more } = await goneSince(tx, asked, log.head);
    const evicted = [...new Map(rows.map((row) => [partKey(row), row])).values()];
    return { evicted: evicted.map(({ kind, id, part }) => ({ kind, id, part })), upTo, more };
  });
  if ('problem' in found) return fail(found.problem);
  if (!('fit' in found)) return ok({ epoch, ...found });
  await heed(server, found.fit, cursor, name);
  return fail({ code: 'restoring' });
}

async function goneSince(tx: Tx, asked: Parameters<typeof hiddenChanges>[1], head: number) {
  const { seq, limit } = asked;
  if (seq >= head) return { rows: [], upTo: seq, more: false };
  const rows = await hiddenChanges(tx, asked);
  const more = rows.length === limit;
  // A part's scopes share its sequence: the last may be cut, and is asked for again.
  const last = more ? Number(rows.at(-1)?.seq) - 1 : head;
  return { rows, upTo: Math.max(seq, last), more };
}
