/**
 * One simulated tablet: a disk that outlives its tabs, a line, a clock of its own, a bus and locks between its tabs. Each
 * tab is a process running the real `openTablet`; it can die at any point and be opened again on what the disk holds.
 */
import { patientLocks, type LockSource } from '../../src/device/locks.ts';
import type { Message } from '../../src/device/messages.ts';
import type { DevicePorts } from '../../src/device/ports.ts';
import { openTablet, type OpenTablet } from '../../src/device/tablet.ts';
import type { Disk } from './disk.ts';
import { spareOver } from './spare-place.ts';
import { createLine, fetchOver, type Line, type Wire } from './network.ts';
import { streamOver } from './hint-line.ts';
import type { Rng } from './rng.ts';
import type { Process, Schedule } from './schedule.ts';
import type { Tier } from './tier.ts';
import type { Timing } from './timing.ts';

export interface SimTab {
  readonly process: Process;
  readonly tablet: OpenTablet;
  readonly wake: () => void;
}

export interface SimTablet {
  readonly name: string;
  readonly staff: readonly string[];
  disk: Disk;
  readonly line: Line;
  skew: number;
  readonly tabs: SimTab[];
  /** Opens a tab; undefined when it died on the way. */
  readonly open: () => Promise<SimTab>;
  readonly ports: (process: Process) => { readonly ports: DevicePorts; readonly wake: () => void };
}

export interface World {
  readonly schedule: Schedule;
  readonly tier: Tier;
  readonly rng: Rng;
  /** What keys and nonces are drawn from: a draw of their own, the same days in either tier. */
  readonly secrets: Rng;
  readonly timing: Timing;
  readonly wire: Wire;
  /** Databases get lost on this day. */
  readonly hasSpare: boolean;
}

export function createSimTablet(
  world: World,
  name: string,
  staff: readonly string[],
  disk: Disk,
): SimTablet {
  const { schedule, tier, rng, secrets, timing, wire } = world;
  const listeners = new Map<Process, (message: Message) => void>();
  const locks = createLocks();
  let opened = 0;
  const tablet: SimTablet = {
    name,
    staff,
    disk,
    line: createLine(),
    skew: 0,
    tabs: [],
    ports: (process) => {
      const wakes = new Set<() => void>();
      const timers = timing.timers(process);
      const now = () => timing.now() + tablet.skew;
      const ports = {
        clock: { now },
        fetch: fetchOver(wire, tablet.line, process),
        stream: streamOver(wire, tablet.line, process),
        storage: tier.storage(schedule, process, tablet.disk),
        channel: {
          post: (message: Message) => {
            for (const [other, hear] of listeners)
              if (other !== process) void schedule.point(other).then(() => hear(message));
          },
          listen: (hear: (message: Message) => void) => {
            listeners.set(process, hear);
            return () => listeners.delete(process);
          },
        },
        timers,
        locks: patientLocks(locks(process), timers),
        random: secrets.bytes,
        ...(world.hasSpare ? { spare: spareOver(schedule, process, tablet.disk) } : {}),
        ...tier.keys(secrets, now, timers),
        chance: rng.next,
        page: {
          onWake: (wake: () => void) => {
            wakes.add(wake);
            return () => wakes.delete(wake);
          },
          onHide: () => () => undefined,
        },
      };
      process.atDeath.push(() => listeners.delete(process));
      return { ports, wake: () => wakes.forEach((wake) => wake()) };
    },
    open: async () => {
      const process = schedule.process(`${name}/${++opened}`);
      const { ports, wake } = tablet.ports(process);
      const tab = { process, wake, tablet: await openTablet(ports) };
      tablet.tabs.push(tab);
      process.atDeath.push(() => void tablet.tabs.splice(tablet.tabs.indexOf(tab), 1));
      return tab;
    },
  };
  return tablet;
}

/** Web Locks between the tabs of one tablet; a dead tab's lock is free, a frozen one's is not. */
function createLocks(): (process: Process) => LockSource {
  let holder: Process | undefined;
  const queue: { readonly process: Process; readonly go: () => void }[] = [];
  const next = () => {
    holder = undefined;
    for (let one = queue.shift(); one; one = queue.shift())
      if (!one.process.isDead) return one.go();
  };
  return (process) => {
    process.atDeath.push(() => {
      if (holder === process) next();
    });
    return {
      request: async (_name, { signal }, work) => {
        if (holder)
          await new Promise<void>((resolve, reject) => {
            const one = { process, go: resolve };
            queue.push(one);
            signal.addEventListener('abort', () => {
              const at = queue.indexOf(one);
              if (at >= 0) queue.splice(at, 1);
              if (at >= 0) reject(new DOMException('waited in vain', 'AbortError'));
            });
          });
        holder = process;
        try {
          await work();
        } finally {
          if (holder === process) next();
        }
      },
    };
  };
}
