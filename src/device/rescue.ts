/**
 * 未送信の控え: the unsent envelopes of every store of this tablet in one file, sealed once more to the server. Needs no key
 * and nobody to be signed in; a store that cannot be read is counted and the others are saved. Nothing on the tablet
 * changes: what is in the file stays to be sent.
 */
import { fail, ok, type Result } from '../domain/problem.ts';
import { fileText } from '../sync/container.ts';
import type { PushRequest } from '../sync/protocol.ts';
import { fileName } from './container-name.ts';
import { entriesIn, unsentRequests } from './container-requests.ts';
import { sealContainers, type SealPorts } from './container-seal.ts';
import { readEnrolment, type StoreRow } from './device-db.ts';
import { durably } from './durable.ts';
import type { StoragePort } from './ports.ts';
import { lanes } from './store-db.ts';
import { openStores, type Stores } from './stores.ts';
import type { RescueFile } from './types.ts';

export async function rescueFile(ports: SealPorts, stores: Stores): Promise<Result<RescueFile>> {
  const known = await durably(stores.device, async () => ({
    enrolment: await readEnrolment(stores.device),
    rows: await stores.device.stores.toArray(),
  }));
  if (!known.ok) return known;
  const { enrolment, rows } = known.value;
  if (!enrolment) return fail({ code: 'storageLost' });
  const requests: PushRequest[] = [];
  let unreadable = 0;
  for (const row of counterFirst(rows)) {
    const read = await unsentOf(stores, row);
    if (read.ok) requests.push(...read.value);
    else unreadable += 1;
  }
  const { device, hpke } = enrolment;
  const origin = { purpose: 'rescue', device, server: hpke } as const;
  const containers = await sealContainers(ports, origin, requests);
  const name = fileName('未送信の控え', ports.clock.now());
  return ok({ name, text: fileText(containers), entries: entriesIn(requests), unreadable });
}

/** For a tablet that does not open as a whole, because one of its stores does not. */
export async function rescueAlone(
  ports: SealPorts & { readonly storage: StoragePort },
): Promise<Result<RescueFile>> {
  const stores = openStores(ports.storage);
  try {
    return await rescueFile(ports, stores);
  } finally {
    stores.close();
  }
}

function counterFirst(rows: readonly StoreRow[]): StoreRow[] {
  return rows.toSorted((a, b) => Number(b.role === 'counter') - Number(a.role === 'counter'));
}

function unsentOf(stores: Stores, { store }: StoreRow): Promise<Result<PushRequest[]>> {
  const db = stores.of(store);
  return durably(db, async () => {
    const both = await Promise.all(lanes.map((lane) => unsentRequests(db, store, lane)));
    return both.flat();
  });
}
