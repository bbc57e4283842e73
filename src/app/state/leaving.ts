/**
 * How far a handoff sent on this tablet has come. That it was given by hand is kept beside the forms' sealed drafts, until
 * the server has it.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Session } from '../../device/types.ts';
import type { Rec } from '../../domain/record.ts';
import {
  hasUnsentStep,
  unsentHandoffs,
  waitingHandoffs,
  type Leaving,
} from '../logic/handoff-leaving.ts';
import { useSession } from './context.ts';

const given = signal<ReadonlySet<string>>(new Set());

/** For which handoffs a session has been asked: every row of a list wants to know. */
const asked = new WeakMap<Session, string>();

const keyOf = (id: string) => `handoff.byHand ${id}`;

export async function noteGiven(session: Session, id: string): Promise<void> {
  given.value = new Set([...given.peek(), id]);
  await session.writeDraft(keyOf(id), { id });
}

export function useLeaving(): (record: Rec) => Leaving | undefined {
  const session = useSession();
  const outbox = session.outbox.value;
  const unsent = unsentHandoffs(outbox);
  const waiting = waitingHandoffs(outbox);
  useEffect(() => void recall(session, unsent), [session, unsent.join(' ')]);
  return ({ id }) => {
    if (waiting.includes(id)) return 'waits';
    if (!unsent.includes(id)) return undefined;
    return given.value.has(id) ? 'byHand' : 'here';
  };
}

/** Cancelled, sent back or reported here, and not told yet; what is sent anew says so itself (`useLeaving`). */
export function useUnsentStep(record: Rec): boolean {
  const outbox = useSession().outbox.value;
  return useLeaving()(record) === undefined && hasUnsentStep(outbox, record.id);
}

async function recall(session: Session, unsent: readonly string[]): Promise<void> {
  if ((asked.get(session) ?? '') === unsent.join(' ')) return;
  asked.set(session, unsent.join(' '));
  const arrived = [...given.peek()].filter((id) => !unsent.includes(id));
  const notes = await Promise.all(unsent.map((id) => session.readDraft(keyOf(id))));
  const found = unsent.filter((_id, index) => notes[index] !== undefined);
  const next = [...given.peek(), ...found].filter((id) => !arrived.includes(id));
  if (next.some((id) => !given.peek().has(id)) || arrived.length > 0) given.value = new Set(next);
  await Promise.all(arrived.map((id) => session.dropDraft(keyOf(id))));
}
