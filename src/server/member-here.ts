/**
 * Who stands behind a store today: its member of staff, as long as she is in service and her counter is the tablet's. Who has
 * moved signs in anew where she works now; what she had not sent from the old tablet still comes. The store, the place of its
 * tablet and her records are read at once: a counter that moves takes all of them along in one transaction.
 */
import { prepared } from './prepared.ts';
import { gather, type Stored } from './records.ts';
import { memberAmong, type Member } from './staff.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';
import type { Values } from '../domain/value.ts';

export interface Whereabouts {
  readonly store: Tables['store'];
  readonly member: Member | undefined;
  /** Of the tablet; undefined where a restored server has forgotten it. */
  readonly here: string | undefined;
  /** Facts of the store's user, organisation and counter, as far as they are there. */
  readonly known: ReadonlyMap<string, Stored>;
}

/** undefined where the store is not known. */
export async function whereabouts(
  server: Server,
  tx: Tx,
  name: string,
): Promise<Whereabouts | undefined> {
  const rows = await storeWithFacts(tx, { tenant: server.tenant, store: name });
  const [first] = rows;
  if (!first) return undefined;
  const {
    id: _id,
    kind: _kind,
    rev: _rev,
    seq: _seq,
    facts: _facts,
    here: place,
    ...store
  } = first;
  const parts = rows.flatMap(({ id, kind, rev, seq, facts }) =>
    id !== null && kind !== null && rev !== null && seq !== null && facts !== null
      ? [{ id, kind, part: 'facts', rev, seq, facts }]
      : [],
  );
  const known = gather(
    parts,
    parts.map(({ facts }) => JSON.parse(facts) as Values), // written by us alone
  );
  const here = place ?? undefined;
  const member = await memberAmong(server, tx, store.user, known);
  // A restored server may have forgotten the tablet, and knows it again by its counter's own store.
  const isHere = here === undefined || here === member?.site;
  return { store, member: isHere ? member : undefined, here, known };
}

const storeWithFacts = prepared((tx, given: { tenant: string; store: string }) =>
  tx
    .selectFrom('store')
    .leftJoin('device', (on) =>
      on.onRef('device.tenant', '=', 'store.tenant').onRef('device.device', '=', 'store.device'),
    )
    .leftJoin('record_part', (on) =>
      on
        .onRef('record_part.tenant', '=', 'store.tenant')
        .on((build) =>
          build('record_part.id', 'in', [
            build.ref('store.user'),
            build.ref('store.org'),
            build.ref('store.site'),
          ]),
        )
        .on('record_part.part', '=', 'facts'),
    )
    .selectAll('store')
    .select(['device.site as here', 'record_part.id', 'record_part.kind'])
    .select(['record_part.rev', 'record_part.seq', 'record_part.facts'])
    .where('store.tenant', '=', given.tenant)
    .where('store.store', '=', given.store),
);
