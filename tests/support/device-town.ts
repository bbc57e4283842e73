/** The demo area's real server in-process, and tablets at its counters that reach it through their own line. */
import { demoCodes } from '../../src/server/demo-codes.ts';
import { demoPassword } from '../../src/server/demo.ts';
import type { Session } from '../../src/device/types.ts';
import { openTestArea, type TestArea } from '../server/area.ts';
import { must, surroundings, type Surroundings, type Tab } from './device-surroundings.ts';

export const pin = '135790';

export interface Town {
  readonly area: TestArea;
  /** An admitted tablet. */
  readonly tablet: (site?: string) => Promise<Place>;
  readonly close: () => Promise<void>;
}

export interface Place extends Surroundings {
  readonly tab: Tab;
  readonly enrol: (staff: string, tab?: Tab) => Promise<Session>;
  readonly unlock: (staff: string, tab?: Tab) => Promise<Session>;
}

export async function openTown(): Promise<Town> {
  const area = await openTestArea();
  const places: Surroundings[] = [];
  return {
    area,
    tablet: async (site = 'shiroishi') => {
      const around = surroundings((path, init) => area.ask(path, init), area.clock);
      places.push(around);
      const tab = await around.open();
      must(await tab.tablet.admit({ code: demoCodes[site] ?? '', name: `窓口${places.length}` }));
      const sit = (on: Tab) => {
        const session = on.tablet.session.peek();
        if (!session) throw new Error('nobody sits here');
        return session;
      };
      return {
        ...around,
        tab,
        enrol: async (staff, on = tab) => {
          must(await on.tablet.enrolStaff({ staff, password: demoPassword, pin }));
          await on.tablet.syncNow();
          return sit(on);
        },
        unlock: async (staff, on = tab) => {
          must(await on.tablet.unlock(staff, pin));
          return sit(on);
        },
      };
    },
    close: async () => {
      for (const place of places) place.closeAll();
      await area.close();
    },
  };
}

/** The session of whoever sits at the tablet. */
export function sit({ tab }: Place): Session {
  const session = tab.tablet.session.peek();
  if (!session) throw new Error('nobody sits here');
  return session;
}
