/** What tests of restored backups do with a town: save its database, put the older file back, look at what the server holds. */
import { copyFileSync } from 'node:fs';
import { createNet } from '../../src/device/net.ts';
import type { FetchPort, WorkerPorts } from '../../src/device/ports.ts';
import { openStores } from '../../src/device/stores.ts';
import type { StoreDb } from '../../src/device/store-db.ts';
import type { Session } from '../../src/device/types.ts';
import { headSeq } from '../../src/server/log-now.ts';
import { noteBackup } from '../../src/server/restore.ts';
import { putBack, savedIn, saveBackup } from './backup.ts';
import { must } from './device-surroundings.ts';
import type { Place, Town } from './device-town.ts';

export const visit = {
  channel: 'inPerson',
  visitKind: 'new',
  purposes: ['jobCounselling'],
  heads: 1,
};

export const sync = (place: Place) => place.tab.tablet.syncNow();
export const stateOf = (place: Place) => place.tab.tablet.sync.peek();

export interface RestoredTown {
  readonly saved: string;
  readonly saveBackup: () => Promise<void>;
  /** The tablets are told that all there is now is in one. */
  readonly noteBackup: () => Promise<void>;
  /** The process stops, the older file takes the place of the newer one, the process starts. */
  readonly putBack: (file?: string) => Promise<void>;
  /** A backup that outlasts the next one. */
  readonly setAside: () => string;
  readonly logVisit: (session: Session) => Promise<string>;
  readonly factsOf: (id: string) => Promise<Record<string, unknown> | undefined>;
}

export function restoredTown(town: Town): RestoredTown {
  const saved = savedIn(town.area);
  return {
    saved,
    saveBackup: () => saveBackup(town.area),
    noteBackup: async () => {
      const server = town.area.server();
      await noteBackup(server, await server.storage.read((tx) => headSeq(tx, server.tenant)));
    },
    putBack: (older) => putBack(town.area, older),
    setAside: () => {
      copyFileSync(saved, `${saved}.aside`);
      return `${saved}.aside`;
    },
    logVisit: async (session) => {
      const id = session.newId();
      must(await session.write('visit.log', { id, arrivedAt: town.area.clock.now, ...visit }));
      return id;
    },
    factsOf: (id) =>
      town.area.server().storage.read(async (tx) => {
        const row = await tx
          .selectFrom('record_part')
          .select('facts')
          .where('id', '=', id)
          .executeTakeFirst();
        return row && (JSON.parse(row.facts ?? '{}') as Record<string, unknown>);
      }),
  };
}

export async function dbOf(place: Place, staff: string): Promise<StoreDb> {
  const stores = openStores(place.tab.ports.storage);
  const rows = await stores.device.stores.where('staff').equals(staff).toArray();
  return stores.of(rows.at(-1)?.store ?? '');
}

/** The service worker of a tablet, with the page stopped; no line is cut for it. */
export async function workerOf(place: Place, town: Town) {
  const { ports: own, tablet } = await place.open();
  tablet.stop();
  const { clock, storage, channel, timers, crypto } = own;
  const fetch: FetchPort = (path, init) => town.area.ask(path, init);
  const ports: WorkerPorts = { clock, fetch, storage, channel, timers, crypto };
  return { ports, net: createNet(ports), stores: openStores(storage) };
}
