/** Runs one history: the steps, then everything is healed and brought to rest, then the oracle judges. */
import { perform, comeIn } from './actions.ts';
import { watchCursors } from './cursors.ts';
import { checkAtRest, checkTablet, watchScreens } from './invariants.ts';
import { epochsOn, seqOf, unsentOn } from './holdings.ts';
import { heal } from './network.ts';
import type { Violation } from './notes.ts';
import { stepsOf, type Step } from './steps.ts';
import type { Template } from './template.ts';
import { createTown, isAwake, sitting, type Town } from './town.ts';

/** Somebody whom the steps do not know. */
export interface Beside {
  /** Between two steps. */
  readonly go: (town: Town) => void;
  /** When everything is well again. */
  readonly finish: (town: Town) => Promise<void>;
}

export interface Outcome {
  readonly seed: number;
  readonly steps: number;
  readonly faults: number;
  readonly writes: number;
  readonly violations: readonly Violation[];
  readonly town: Town;
}

export async function runHistory(
  template: Template,
  seed: number,
  steps: readonly Step[] = stepsOf(seed),
  beside?: Beside,
): Promise<Outcome> {
  const losesDatabases = steps.some(({ kind }) => kind === 'lose');
  const town = createTown(seed, template, losesDatabases);
  const { schedule, notes } = town;
  const onRejection = (reason: unknown) =>
    notes.violation('throw', reason instanceof Error ? (reason.stack ?? '') : String(reason));
  process.on('unhandledRejection', onRejection);
  try {
    await town.startServer();
    for (const tablet of town.tablets) if (town.rng.chance(0.6)) tablet.line.weather = 'cut';
    for (const step of steps) {
      await perform(town, step, checkTablet);
      await schedule.run(step.turns);
      watchScreens(town);
      watchCursors(town);
      beside?.go(town);
      if (notes.violations.length > 0) break;
    }
    if (notes.violations.length === 0) await bringToRest(town, beside);
    if (notes.violations.length === 0) await checkAtRest(town);
    await new Promise((resolve) => setImmediate(resolve));
  } catch (error) {
    notes.violation('throw', error instanceof Error ? (error.stack ?? '') : String(error));
  } finally {
    for (const { process: one } of town.tablets.flatMap(({ tabs }) => [...tabs]))
      schedule.kill(one);
    town.killServer();
    town.end();
    await schedule.run(0);
    template.base.backTo('history');
    // Let go and marked anew: a mark that stands for thousands of histories makes each slower than the last.
    template.base.unmark('history');
    template.base.mark('history');
    process.off('unhandledRejection', onRejection);
  }
  const faults = [...notes.faults.values()].reduce((sum, count) => sum + count, 0);
  return {
    seed,
    steps: steps.length,
    faults,
    writes: notes.counts.writes,
    violations: notes.violations,
    town,
  };
}

/** The network heals and disks have room: a minute later whoever is awake has sent all there is. Then everybody comes in. */
async function bringToRest(town: Town, beside?: Beside): Promise<void> {
  const { schedule, notes } = town;
  town.around.faults.isFull = false;
  await town.startServer();
  for (const tablet of town.tablets) {
    tablet.disk.isFull = false;
    heal(tablet.line);
    // One goes on by itself; a frozen one stays as it is, with whatever it has in its hands.
    for (const tab of tablet.tabs.filter(isAwake).slice(1)) schedule.kill(tab.process);
  }
  await beside?.finish(town);
  // A restored server waits for every tablet it knows, awake or not. Where nobody enters or reads anything, it is found out
  // by what tablets ask from time to time. So is what was brought by hand before it could be taken.
  const rounds = Number(notes.hasForgotten) + Number(town.files.length > 0);
  for (let round = 0; round < rounds; round++) {
    for (const tablet of town.tablets) await settleTablet(town, tablet);
    town.timing.pass(longestUnnoticedMs);
    await schedule.run(Infinity);
    for (const tablet of town.tablets) await settleTablet(town, tablet);
  }
  const late = () =>
    town.tablets.filter(({ tabs, disk }) =>
      tabs
        .filter(isAwake)
        .some(({ tablet }) => tablet.sync.peek().pending > 0 || unsentOn(disk) > 0),
    );
  await waitFor(town, () => late().length === 0);
  for (const { name, tabs } of late()) {
    const says = tabs.map(({ tablet }) => JSON.stringify(tablet.sync.peek()));
    notes.violation('stall', `${name} has not sent all within a minute: ${says.join(' ')}`);
  }
  for (const tablet of town.tablets) await settleTablet(town, tablet);
  // The first to come in have not seen what the last have brought.
  for (const tablet of town.tablets) await settleTablet(town, tablet);
}

const longestMs = 60_000;
/** Ten minutes by the tablet's own clock, which somebody may have put back by several since it asked last (actions.ts, skew). */
const longestUnnoticedMs = 20 * 60_000;

/** Lets time pass from timer to timer until it is so, a minute at most. */
async function waitFor({ schedule, timing }: Town, isSo: () => boolean): Promise<boolean> {
  const until = timing.now() + longestMs;
  for (;;) {
    await schedule.run(Infinity);
    const wait = Math.ceil(timing.untilNext());
    if (isSo() || timing.now() + wait > until) return isSo();
    timing.pass(wait);
  }
}

function isLevel({ base }: Town, tablet: Town['tablets'][number]): boolean {
  if (unsentOn(tablet.disk) > 0) return false;
  const staff = sitting(tablet)?.tablet.session.peek()?.actor.user;
  if (seqOf(tablet.disk, staff) !== base.head()) return false;
  // Restored, another server may stand where the one stood that the tablet knows.
  const epoch = base.rows('meta').find(({ name }) => name === 'epoch')?.value;
  return epochsOn(tablet.disk).every((one) => one === epoch);
}

export async function settleTablet(town: Town, tablet: Town['tablets'][number]): Promise<void> {
  const done = async (work: Promise<unknown>) => {
    let isOver = false;
    const watched = work.finally(() => (isOver = true));
    if (await waitFor(town, () => isOver)) await watched;
    else town.notes.violation('stall', `${tablet.name} does not come to an end`);
  };
  if (!tablet.tabs.some(isAwake)) await done(tablet.open());
  const tab = sitting(tablet) ?? tablet.tabs.find(isAwake);
  if (!tab) return;
  if (!tab.tablet.session.peek()) await done(comeIn(town, tablet, tab, tablet.staff[0] ?? ''));
  if (!isLevel(town, tablet)) await done(tab.tablet.syncNow());
}
