/**
 * Programmes and services of the seeds, brought in at start: those that the area does not know yet, so that a release that adds
 * one brings it to areas made before. What somebody has amended or ended stays as it is. A server that has been restored
 * and waits for its tablets writes nothing.
 */
import { text, type Values } from '../domain/value.ts';
import { seed } from './demo.ts';
import { programmeOrders, serviceOrders } from './seeds.ts';
import type { Server } from './server.ts';
import { factsOfKind } from './staff.ts';

export async function bringDirectory(server: Server): Promise<void> {
  if (server.epochNow.isClosed) return;
  const known = await server.storage.read(async (tx) => {
    const [programmes, services] = [
      await factsOfKind(server, tx, 'programme'),
      await factsOfKind(server, tx, 'serviceEntry'),
    ];
    return new Set([...programmes, ...services].map(({ id }) => id));
  });
  const isNew = ({ args }: { readonly args: Values }) => !known.has(text(args['id']) ?? '');
  await seed(server, [...programmeOrders, ...serviceOrders].filter(isNew));
}
