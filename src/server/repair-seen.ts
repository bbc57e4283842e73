/**
 * What the author of a correction saw under what she wrote: for the supervisor who sends it in her place, so that nothing that
 * has moved since is written over. Of parts that she could not pull now, nothing.
 */
import { businessDateJst } from '../domain/date.ts';
import type { Values } from '../domain/value.ts';
import type { Body } from '../sync/entry.ts';
import { scopesOfActor } from '../sync/scopes.ts';
import { seenBy } from '../sync/seen.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import type { Tx } from './storage.ts';
import { asSeenBy } from './visible.ts';

export async function seenThen(
  server: Server,
  tx: Tx,
  { actor }: Asker,
  verb: string,
  { args, base }: Body,
): Promise<Values> {
  const scopes = scopesOfActor(actor, businessDateJst(server.clock()));
  const { shown } = await asSeenBy(server, tx, scopes, Object.keys(base).map(partIn));
  const keys = new Set(shown.map(({ kind, id, part }) => `${kind}/${id}/${part}`));
  const visible = Object.entries(base).filter(([key]) => keys.has(key));
  return seenBy(verb, { args, base: Object.fromEntries(visible) });
}

function partIn(key: string) {
  const [kind = '', id = '', part = ''] = key.split('/');
  return { kind, id, part };
}
