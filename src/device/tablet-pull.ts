/** A pull for the open desk: rows and cursor first, then memory, then word to the other tabs. */
import { refKey, type Ref } from '../domain/record.ts';
import type { Result } from '../domain/problem.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';
import type { PartRef } from './memory.ts';
import type { DevicePorts } from './ports.ts';
import { pullAll } from './pull.ts';
import { revealPulled } from './session-open.ts';
import { writeMeta } from './store-db.ts';

export function pullDesk(ports: DevicePorts, desk: Desk): Promise<Result<void>> {
  const { db, keys, login, net } = desk;
  return pullAll(ports, net, {
    db,
    keys,
    login,
    copiesTouching: (evicted) => copiesTouching(desk, evicted),
    isClosed: desk.isClosed,
    onPage: async (page, from) => {
      const refs = new Map<string, Ref>();
      for (const { kind, id } of [...page.parts, ...page.evicted])
        refs.set(refKey({ kind, id }), { kind, id });
      if (refs.size > 0 || !page.more)
        ports.channel.post({
          type: 'rows',
          store: keys.store,
          step: { from, to: page.cursor },
          refs: [...refs.values()],
        });
      if (!page.more) await tellCounter(ports, desk, page.now);
      await desk.takePage(from, page);
      await revealPulled(desk, page.parts);
    },
  });
}

function copiesTouching(desk: Desk, evicted: readonly PartRef[]): string[] {
  if (evicted.length === 0) return [];
  const gone = new Set(evicted.map((ref) => `${refKey(ref)}/${ref.part}`));
  return desk.items
    .peek()
    .filter(({ copy }) =>
      copy?.changes.some((change) => gone.has(`${refKey(change)}/${change.part}`)),
    )
    .map(({ row }) => row.id);
}

/** The counter asks nobody the time itself: what a pull measured is its skew too. */
async function tellCounter({ clock }: DevicePorts, desk: Desk, serverNow: number): Promise<void> {
  const db = desk.stores.of(desk.counter.store);
  await durably(db, () => writeMeta(db, 'skew', Math.round(clock.now() - serverNow)));
}
