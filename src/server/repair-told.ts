/** What an entry copied from a part that its reader could not pull any more is not told by the entry either. */
import { businessDateJst } from '../domain/date.ts';
import { toldAtMost, toldBy, withoutCopied } from '../domain/copied.ts';
import type { Verb } from '../domain/kind.ts';
import { refKey } from '../domain/record.ts';
import type { Values } from '../domain/value.ts';
import { scopesOfActor } from '../sync/scopes.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { readRecords } from './staff.ts';
import type { Tx } from './storage.ts';
import { asSeenBy } from './visible.ts';

export async function stillTold(
  server: Server,
  tx: Tx,
  { actor }: Asker,
  verb: Verb,
  args: Values,
): Promise<Values> {
  const told = toldBy(verb, args);
  if (!told) return args;
  const scopes = scopesOfActor(actor, businessDateJst(server.clock()));
  const { shown } = await asSeenBy(server, tx, scopes, [told]);
  if (shown.length > 0) return args;
  const record = (await readRecords(server, tx, [told.id])).get(refKey(told))?.record;
  return withoutCopied(toldAtMost(verb, record), args);
}
