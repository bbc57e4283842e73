/**
 * What the author of a correction saw under what she wrote, and in what goes together with that: for the supervisor who sends
 * it in her place, so that nothing that has moved since is written over. Of parts that she could not pull now, nothing.
 */
import { unitOf } from '../domain/conflict.ts';
import { businessDateJst } from '../domain/date.ts';
import { boundTo } from '../domain/follows.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import type { Values } from '../domain/value.ts';
import { clearNames } from '../domain/verbs.ts';
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
  const seen = seenBy(verb, { args, base: Object.fromEntries(visible) });
  const written = writtenIn(verb, args);
  return Object.fromEntries(Object.entries(seen).filter(([name]) => written.has(name)));
}

/** What the arguments set or empty, with what merges as one with it or follows it. */
function writtenIn(verb: string, args: Values): ReadonlySet<string> {
  const kind = kindNamed(verb.split('.')[0] ?? '');
  const names = [...Object.keys(args), ...clearNames(args)];
  if (!kind) return new Set(names);
  const parts = Object.values(kind.parts);
  const partOf = (name: string) => parts.find(({ fields }) => Object.hasOwn(fields, name));
  return new Set(names.flatMap((name) => boundTo(kind, unitOf(partOf(name), name))));
}

function partIn(key: string) {
  const [kind = '', id = '', part = ''] = key.split('/');
  return { kind, id, part };
}
