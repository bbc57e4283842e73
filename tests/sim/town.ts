/** One history's world: tablets, server, clock and weather, with what the oracle is told of them. */
import type { PaperFile } from './by-hand.ts';
import type { Disk } from './disk.ts';
import type { Wire } from './network.ts';
import { createNotes, type Notes } from './notes.ts';
import { createRng, type Rng } from './rng.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import { startServer, type ServerRun, type Surroundings } from './server-run.ts';
import type { SimBase } from './sim-base.ts';
import { createSimTablet, type SimTab, type SimTablet } from './tablet.ts';
import { opening, type Place } from './place.ts';
import type { Template } from './template.ts';
import type { Tier } from './tier.ts';
import { createTiming, type Timing } from './timing.ts';

export interface Town {
  readonly seed: number;
  readonly tier: Tier;
  readonly place: Place;
  readonly rng: Rng;
  readonly schedule: Schedule;
  readonly timing: Timing;
  readonly base: SimBase;
  readonly around: Surroundings;
  readonly tablets: SimTablet[];
  readonly notes: Notes;
  /** Started work that may still be under way; a rejection is a bug. */
  readonly begun: Set<Promise<unknown>>;
  run: ServerRun | undefined;
  /** Those that have been made so far. */
  readonly files: PaperFile[];
  /** How many have been made; the last is put back, save where it is of no use. */
  backups: number;
  readonly startServer: () => Promise<void>;
  readonly killServer: () => void;
  /** The history is over: what it still holds open is let go. */
  readonly end: () => void;
  readonly addTablet: (name: string, staff: readonly string[], disk: Disk) => SimTablet;
}

export function createTown(
  seed: number,
  { tier, place, base, disks }: Template,
  hasSpare = false,
): Town {
  const rng = createRng(seed, 'world');
  const secrets = createRng(seed, 'secrets');
  const schedule = createSchedule(createRng(seed, 'schedule'), tier.settle);
  const timing = createTiming(opening);
  const notes = createNotes();
  const onThrow = (error: Error) => notes.violation('throw', `the server: ${error.stack}`);
  const faults = { isFull: false };
  const { now: clock, timers } = timing;
  const around = { schedule, base, clock, timers, tier, place, secrets, faults, onThrow };
  let runs = 0;
  const ask: Wire['ask'] = (path, init) =>
    town.run ? town.run.ask(path, init) : Promise.reject(new TypeError('no server'));
  const stream: Wire['stream'] = (path, init) =>
    town.run ? town.run.stream(path, init) : Promise.reject(new TypeError('no server'));
  const atEnd: (() => void)[] = [];
  const { fault: onFault, answer: onAnswer } = notes;
  const wire: Wire = { schedule, rng, ask, stream, onFault, onAnswer, atEnd };
  const world = { schedule, tier, rng, secrets, timing, wire, hasSpare };
  const town: Town = {
    seed,
    tier,
    place,
    rng,
    schedule,
    timing,
    base,
    around,
    tablets: [],
    notes,
    begun: new Set(),
    run: undefined,
    files: [],
    backups: 0,
    startServer: async () => {
      if (town.run) return;
      // On a full disk it does not start; whoever makes room starts it again.
      const starting = startServer(around, `server/${++runs}`).catch((error: unknown) => {
        if (!around.faults.isFull) throw error;
      });
      await schedule.run(Infinity);
      town.run = (await starting) ?? undefined;
    },
    killServer: () => {
      if (town.run) schedule.kill(town.run.process);
      town.run = undefined;
    },
    end: () => {
      for (const one of atEnd.splice(0)) one();
    },
    addTablet: (name, staff, disk) => {
      const tablet = createSimTablet(world, name, staff, disk);
      town.tablets.push(tablet);
      return tablet;
    },
  };
  for (const { name, staff } of place.tablets) {
    const disk = disks.get(name);
    if (disk) town.addTablet(name, staff, tier.copyDisk(disk));
  }
  return town;
}

/** Work that goes on by itself; whatever it throws is a violation. */
export function begin(town: Town, what: string, work: Promise<unknown>): void {
  const watched: Promise<unknown> = work.then(
    () => town.begun.delete(watched),
    (error: unknown) => {
      town.begun.delete(watched);
      town.notes.violation(
        'throw',
        `${what}: ${error instanceof Error ? error.stack : String(error)}`,
      );
    },
  );
  town.begun.add(watched);
}

/** Where somebody has come in, and can act. */
export function sitting({ tabs }: SimTablet): SimTab | undefined {
  return tabs.find((tab) => isAwake(tab) && tab.tablet.session.peek());
}

export const isAwake = ({ process }: SimTab) => !process.isFrozen;
