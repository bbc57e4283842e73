/**
 * The programmes of the public plans, written on real tablets in one day, for record-outbox.ts: verbs of every kind that
 * their flows know, then of each record whatever else asks for nothing but the record, at last its cancellation. Steps that
 * days lie between, or that the server answers, are left out; what is refused is told and has no place in an outbox.
 */
import { kindNamed } from '../../src/domain/kinds/index.ts';
import type { Session, Tablet } from '../../src/device/types.ts';
import { text, type Values } from '../../src/domain/value.ts';
import type { TestArea } from '../../tests/server/area.ts';
import { steps } from '../../tests/support/programme-steps.ts';
import { Walk, type By, type Clerk } from '../../tests/support/programme-walk.ts';
import { programmes } from '../../tests/support/programmes.ts';

export interface Seat {
  readonly tablet: Tablet;
  readonly session: () => Session;
}

interface Made {
  readonly by: By;
  readonly kind: string;
  readonly id: string;
}

export async function playProgrammes(area: TestArea, seats: Readonly<Record<By, Seat>>) {
  const written = new Set<string>();
  const refused: string[] = [];
  const made: Made[] = [];
  let last: Seat | undefined;

  /** Whoever takes over sees what the one before has written. */
  const turnTo = async (seat: Seat) => {
    if (last === seat) return;
    await last?.tablet.syncNow();
    await seat.tablet.syncNow();
    last = seat;
  };
  const say = async (by: By, verb: string, args: Values): Promise<string | undefined> => {
    await turnTo(seats[by]);
    const done = await seats[by].session().write(verb, args);
    if (!done.ok) return JSON.stringify(done.problem);
    written.add(verb);
    return undefined;
  };
  const clerk = (by: By): Clerk => ({
    token: '',
    signIn: () => Promise.reject(new Error('asks the server')),
    post: () => Promise.reject(new Error('asks the server')),
    act: async (verb, args) => {
      const problem = await say(by, verb, args);
      if (problem !== undefined) throw new Error(`${verb}: ${problem}`);
      const [kind = ''] = verb.split('.');
      const id = text(args['id']);
      if (id !== undefined && !made.some((one) => one.id === id)) made.push({ by, kind, id });
      return { code: 'applied' };
    },
  });
  const desk = {
    site: 'shiroishi',
    area,
    city: clerk('city'),
    hw: clerk('hw'),
    citySupervisor: clerk('citySupervisor'),
    hwSupervisor: clerk('hwSupervisor'),
  };
  for (const { code, clients, walk: flow } of programmes) {
    const walk = new Walk(
      desk,
      clients.filter((one) => one !== 'employer'),
    );
    try {
      for (const one of flow) {
        const [name, options] = typeof one === 'string' ? [one, {}] : one;
        await steps[name]?.(walk, options);
      }
    } catch (error) {
      refused.push(`${code}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const { by, kind, id } of made)
    for (const { name } of Object.values(kindNamed(kind)?.verbs ?? {}))
      if (!written.has(name)) await say(by, name, { id });
  for (const { by, kind, id } of made)
    if (!written.has(`${kind}.void`)) await say(by, `${kind}.void`, { id, voidReason: 'mistake' });
  await last?.tablet.syncNow();
  return { written, refused };
}
