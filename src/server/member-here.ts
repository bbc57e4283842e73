/**
 * Who stands behind a store today: its member of staff, as long as she is in service and her counter is the tablet's. Who has
 * moved signs in anew where she works now; what she had not sent from the old tablet still comes. The store, the place of its
 * tablet and her records are read at once: a counter that moves takes all of them along in one transaction.
 */
import { sql } from 'kysely';
import { knownFacts } from './known-facts.ts';
import { prepared } from './prepared.ts';
import { memberAmong, type Known, type Member } from './staff.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';
import { storeColumns, storeIn, type StoreHere } from './store-here.ts';

export interface Whereabouts {
  readonly store: StoreHere;
  readonly member: Member | undefined;
  /** Of the tablet; undefined where a restored server has forgotten it. */
  readonly here: string | undefined;
  /** Facts of the store's user, organisation and counter, as far as they are there. */
  readonly known: ReadonlyMap<string, Known>;
}

/** undefined where the store is not known. */
export async function whereabouts(
  server: Server,
  tx: Tx,
  name: string,
): Promise<Whereabouts | undefined> {
  const [row] = await storeWithFacts(tx, { tenant: server.tenant, store: name });
  return row && whereaboutsIn(server, tx, row);
}

interface WithFacts extends StoreHere {
  readonly here: string | null;
  readonly staffFacts: string | null;
  readonly orgFacts: string | null;
  readonly siteFacts: string | null;
}

export async function whereaboutsIn(server: Server, tx: Tx, row: WithFacts): Promise<Whereabouts> {
  const store = storeIn(row);
  const known = new Map<string, Known>();
  note(known, 'staff', store.user, row.staffFacts);
  note(known, 'organisation', store.org, row.orgFacts);
  note(known, 'site', store.site, row.siteFacts);
  const here = row.here ?? undefined;
  const member = await memberAmong(server, tx, store.user, known);
  // A restored server may have forgotten the tablet, and knows it again by its counter's own store.
  const isHere = here === undefined || here === member?.site;
  return { store, member: isHere ? member : undefined, here, known };
}

function note(known: Map<string, Known>, kind: string, id: string, facts: string | null): void {
  if (facts === null) return;
  known.set(`${kind}/${id}`, { record: { kind, id, parts: { facts: knownFacts(facts) } } });
}

/** For a `select` from stores: what the records say of each one's user, organisation and counter. */
export function factsBeside(tx: Tx) {
  const facts = (kind: string, id: 'user' | 'org' | 'site') =>
    tx
      .selectFrom('record_part')
      .select('record_part.facts')
      .where('record_part.tenant', '=', sql.ref<string>('store.tenant'))
      .where('record_part.id', '=', sql.ref<string>(`store.${id}`))
      .where('record_part.kind', '=', sql.lit(kind))
      .where('record_part.part', '=', sql.lit('facts'));
  return [
    facts('staff', 'user').as('staffFacts'),
    facts('organisation', 'org').as('orgFacts'),
    facts('site', 'site').as('siteFacts'),
  ] as const;
}

const storeWithFacts = prepared((tx, given: { tenant: string; store: string }) =>
  tx
    .selectFrom('store')
    .leftJoin('device', (on) =>
      on.onRef('device.tenant', '=', 'store.tenant').onRef('device.device', '=', 'store.device'),
    )
    .select(storeColumns)
    .select('device.site as here')
    .select(factsBeside(tx))
    .where('store.tenant', '=', given.tenant)
    .where('store.store', '=', given.store),
);
