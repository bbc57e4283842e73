/**
 * Which days the full tier plays: the fast tier's, and in every tenth a tablet of an earlier release brings its real outbox.
 * Now and then a tablet turns out to be as the first release left it, entries unsent, and is upgraded when it opens.
 */
import { makeOlder } from './full-disk.ts';
import { fullTier } from './full-tier.ts';
import { runHistory, type Beside, type Outcome } from './history.ts';
import { oldTablet, readOutbox, releases, templateOf } from './old-outbox.ts';
import { createRng } from './rng.ts';
import { stepsOf } from './steps.ts';
import { makeTemplate, type Template } from './template.ts';

const oneOldIn = 10;

export async function fullPlayer(): Promise<(seed: number) => Promise<Outcome>> {
  const own = await makeTemplate(fullTier);
  const old = new Map<string, Template>();
  return async (seed) => {
    if (seed % oneOldIn > 0) return runHistory(own, seed, stepsOf(seed), upgrades(seed));
    const release = releases[Math.floor(seed / oneOldIn) % releases.length] ?? '';
    const outbox = readOutbox(release);
    const template = old.get(release) ?? (await templateOf(outbox));
    old.set(release, template);
    // A tablet of an earlier release knows nothing of a server that begins again.
    const steps = stepsOf(seed).filter(({ kind }) => kind !== 'restore');
    return runHistory(template, seed, steps, oldTablet(seed, outbox));
  };
}

function upgrades(seed: number): Beside {
  const rng = createRng(seed, 'upgrades');
  return {
    go: ({ tablets, schedule, notes }) => {
      const tablet = rng.chance(0.02) ? rng.pick(tablets) : undefined;
      if (!tablet) return;
      for (const one of tablet.tabs.map(({ process }) => process)) schedule.kill(one);
      if (makeOlder(tablet.disk)) notes.fault('tablet upgraded');
    },
    finish: () => Promise.resolve(),
  };
}
