/** The programmes of the public plans, walked: each on days of its own, so that its counts are its own. */
import seed from '../../seeds/programmes.json' with { type: 'json' };
import type { Values } from '../../src/domain/value.ts';
import { steps } from './programme-steps.ts';
import { Walk, type Desk } from './programme-walk.ts';

export interface Programme {
  readonly code: string;
  readonly names: readonly string[];
  readonly clients: readonly string[];
  readonly kinds: readonly string[];
  readonly consent: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly walk: readonly (string | readonly [string, Values])[];
}

// JSON is typed by its first rows alone; the walk below is what the cast promises.
export const programmes = seed.rows as unknown as readonly Programme[];

/** What is wrong with a programme's walk; nothing where it ends in what its row names. */
export async function walkProgramme(desk: Desk, programme: Programme): Promise<string[]> {
  const walk = new Walk(
    desk,
    programme.clients.filter((code) => code !== 'employer'),
  );
  try {
    for (const one of programme.walk) {
      const [name, options] = typeof one === 'string' ? [one, {}] : one;
      const step = steps[name];
      if (!step) return [`no step ${name}`];
      await step(walk, options);
    }
    return [...countsDiffer(programme, await walk.counts()), ...lacks(programme, walk)];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    await walk.wait(1);
  }
}

function countsDiffer(programme: Programme, counted: Readonly<Record<string, number>>): string[] {
  return Object.entries(programme.counts).flatMap(([metric, expected]) =>
    counted[metric] === expected
      ? []
      : [`${metric}: ${String(counted[metric])}, the row says ${expected}`],
  );
}

function lacks(programme: Programme, walk: Walk): string[] {
  const unwritten = programme.kinds.filter((kind) => !walk.kinds.has(kind));
  return [
    ...unwritten.map((kind) => `${kind} was not written`),
    ...(programme.consent && !walk.hasConsent ? ['nobody was asked for consent'] : []),
  ];
}
