/** The second place of unsent entries (spare.ts) on a simulated disk. */
import type { SparePort } from '../../src/device/ports.ts';
import type { Disk } from './disk.ts';
import type { Process, Schedule } from './schedule.ts';

export function spareOver(schedule: Schedule, process: Process, { spare }: Disk): SparePort {
  const after = async <T>(work: () => T): Promise<T> => {
    await schedule.point(process);
    return work();
  };
  return {
    names: () => after(() => [...spare.keys()]),
    read: (name) => after(() => spare.get(name)),
    // At once: behind one that hangs an entry is confirmed without its copy.
    put: async (name, text) => void spare.set(name, text),
    drop: (names) => after(() => names.forEach((name) => spare.delete(name))),
  };
}
