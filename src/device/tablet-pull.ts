/** A pull for the open desk: rows and cursor first, then memory, then word to the other tabs; now and then a comparison. */
import { refKey, type Ref } from '../domain/record.ts';
import { ok, type Result } from '../domain/problem.ts';
import type { PullResponse } from '../sync/protocol.ts';
import type { Desk } from './desk.ts';
import { checkDigest } from './digest.ts';
import { durably } from './durable.ts';
import { copiesTouching, dropGone, knows, type KnownCopies } from './evicted.ts';
import type { DevicePorts } from './ports.ts';
import { pullAll } from './pull.ts';
import { revealPulled } from './session-open.ts';
import { dropUntold } from './told.ts';
import { readMeta, writeMeta } from './store-db.ts';

export async function pullDesk(ports: DevicePorts, desk: Desk): Promise<Result<void>> {
  const pulled = await pullPages(ports, desk);
  const dropped = await dropGone(desk);
  const left = dropped.ok ? await dropUntold(desk) : dropped;
  if (!pulled.ok) return pulled;
  if (!left.ok) return left;
  const checked = await checkDigest(ports, desk.net, {
    ...aboutDesk(desk),
    broken: desk.broken,
    onRepair: (repair) => announce(ports, desk, repair.cursor, repair),
  });
  if (!checked.ok) return checked;
  if (checked.value === 'idle') return ok(undefined);
  const again = checked.value === 'rebuild' ? await pullPages(ports, desk) : ok(undefined);
  const swept = await dropGone(desk);
  return again.ok ? swept : again;
}

function aboutDesk(desk: Desk) {
  const { db, keys, login, isClosed } = desk;
  const known: KnownCopies = {
    copiesTouching: (evicted) => copiesTouching(desk, evicted),
    knows: (entry) => knows(desk, entry),
  };
  return { db, keys, login, isClosed, ...known };
}

async function pullPages(ports: DevicePorts, desk: Desk): Promise<Result<void>> {
  let isTold = false;
  const pulled = await pullAll(ports, desk.net, {
    ...aboutDesk(desk),
    counter: desk.stores.of(desk.counter.store),
    others: [desk.counter.store, ...desk.older].map((store) => desk.stores.of(store)),
    onPage: async (page, from) => {
      isTold = true;
      if (!page.more) await tellCounter(ports, desk, page.now);
      await announce(ports, desk, from, page);
    },
  });
  // Of its visits the rows may have some now, and the server may have judged some anew: verdicts are kept before their page.
  if (isTold || !pulled.ok) await desk.counter.refresh();
  return pulled;
}

type News = Pick<PullResponse, 'cursor'> & {
  readonly [N in 'parts' | 'evicted']: Readonly<PullResponse[N]>;
} & { readonly more?: boolean };

async function announce(
  ports: DevicePorts,
  desk: Desk,
  from: string | undefined,
  news: News,
): Promise<void> {
  const { parts, evicted, cursor, more } = news;
  const refs = new Map<string, Ref>();
  for (const { kind, id } of [...parts, ...evicted]) refs.set(refKey({ kind, id }), { kind, id });
  if (refs.size > 0 || more === false)
    ports.channel.post({
      type: 'rows',
      store: desk.keys.store,
      step: { from, to: cursor },
      refs: [...refs.values()],
    });
  await desk.takePage(from, { parts: [...parts], evicted: [...evicted], cursor });
  await revealPulled(desk, parts);
}

/** The counter asks nobody the time itself: what a pull measured is its skew too. A second is the line's, not the clock's. */
async function tellCounter({ clock }: DevicePorts, desk: Desk, serverNow: number): Promise<void> {
  const db = desk.stores.of(desk.counter.store);
  const skew = Math.round(clock.now() - serverNow);
  await durably(db, async () => {
    const known = await readMeta(db, 'skew');
    if (known === undefined || Math.abs(known - skew) >= 1_000) await writeMeta(db, 'skew', skew);
  });
}
