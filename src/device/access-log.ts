/**
 * No log, no read: an access event is an entry of the access lane, durable before anything is shown. In clear at the server
 * stand only kind, id and action; everything else of it is sealed like any body.
 */
import { businessDateJst } from '../domain/date.ts';
import { ok, type Result } from '../domain/problem.ts';
import type { Values } from '../domain/value.ts';
import { verbRef } from '../sync/entry.ts';
import type { Desk } from './desk.ts';
import { appendEntry } from './stream.ts';

export type AccessAction =
  'view' | 'print' | 'search' | 'export' | 'discard' | 'handOver' | 'takeOver';

export async function logAccess(
  { ports, stream, inTurn, keys }: Desk,
  action: AccessAction,
  about: Values,
): Promise<Result<void>> {
  const occurredAt = ports.clock.now();
  const logged = await inTurn(() =>
    appendEntry(ports, stream, 'access', async () =>
      ok({
        verb: verbRef(`access.${action}`, 1),
        occurredAt,
        businessDate: businessDateJst(occurredAt),
        body: { args: { ...about, action }, base: {}, expected: {} },
      }),
    ),
  );
  if (!logged.ok) return logged;
  ports.wrote(keys.store);
  return ok(undefined);
}
