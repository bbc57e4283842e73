/**
 * What the server writes itself: seeding an area, expiries. Entries of its own stream, signed by its identity, judged and
 * applied by the same code as everyone's.
 */
import type { Actor } from '../domain/record.ts';
import type { Values } from '../domain/value.ts';
import { businessDateJst } from '../domain/date.ts';
import { verbNamed } from '../domain/kinds/index.ts';
import { fromBase64Url, toBase64Url } from '../sync/bytes.ts';
import {
  entryHash,
  entryVersion,
  verbRef,
  type Body,
  type Entry,
  type Header,
} from '../sync/entry.ts';
import type { Receipt } from '../sync/verdict.ts';
import { appendWrites, type Appending } from './append.ts';
import { uuidv7 } from './ids.ts';
import type { Authored } from './judging.ts';
import type { Tx } from './storage.ts';
import { streamHead } from './streams.ts';

/** The server's own stream; no tablet's store has this id. */
export const ownStore = 'server';
/** In a header's `actor`. */
export const systemUser = 'system';
const system: Actor = {
  user: systemUser,
  role: 'system',
  org: 'system',
  orgType: 'city',
  site: '',
};

export interface Order {
  readonly verb: string;
  readonly args: Values;
}

/** In the transaction of the orders, before it is committed: what goes with them. A throw undoes all of it. */
export type Within = (tx: Tx, receipts: readonly Receipt[]) => Promise<void>;

/** In order, in one transaction. */
export async function author(
  server: Appending,
  orders: readonly Order[],
  within?: Within,
): Promise<readonly Receipt[]> {
  if (orders.length === 0) return [];
  const appended = await server.storage.write(server.tenant, async (tx) => {
    let head = await streamHead(tx, server.tenant, ownStore, 'write');
    const items: Authored[] = [];
    for (const order of orders) {
      const entry = await makeEntry(server, order, (head?.seq ?? 0) + 1, head?.hash ?? '');
      head = { seq: entry.header.seq, hash: entry.hash };
      items.push({ entry, actor: system });
    }
    const written = await appendWrites(server, tx, items, { isRevoked: false, isForced: false });
    await within?.(tx, written.receipts);
    return written;
  });
  appended.afterCommit();
  return appended.receipts;
}

async function makeEntry(
  server: Appending,
  order: Order,
  seq: number,
  prevHash: string,
): Promise<Entry> {
  const now = server.clock();
  const header: Header = {
    v: entryVersion,
    store: ownStore,
    lane: 'write',
    seq,
    prevHash,
    id: uuidv7(now, server.random),
    verb: verbRef(order.verb, verbNamed(order.verb)?.version ?? 0),
    actor: system.user,
    lease: '',
    occurredAt: now,
    tz: 'Asia/Tokyo',
    businessDate: businessDateJst(now),
    estSkew: 0,
  };
  const salt = toBase64Url(server.random(16));
  const body: Body = { args: order.args, base: {}, expected: {}, salt };
  const hash = await entryHash(header, body, server.keys.cipher.sha256);
  const sig = await server.keys.sign(fromBase64Url(hash) ?? new Uint8Array());
  return { header, body, hash, sig };
}
