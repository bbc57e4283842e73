/**
 * Every choice that is open about a record, in the order in which the values came. Nothing is chosen silently: the server's
 * stays until somebody presses, and the choice is an entry like any other.
 */
import { useRef } from 'preact/hooks';
import type { Ref } from '../../../domain/record.ts';
import { sideBySide, type SideBySide } from '../../logic/conflict-view.ts';
import { refWords } from '../../logic/value-words.ts';
import { useSession } from '../../state/context.ts';
import { Choice } from './choice.tsx';
import './conflicts.css';

interface ConflictChoicesProps {
  readonly of: Ref;
  /** Choices that this entry left; without it, every open one. */
  readonly entry?: string | undefined;
}

function useSideBySide({ of, entry }: ConflictChoicesProps): readonly SideBySide[] {
  const session = useSession();
  // Read as a signal, so that a settled choice leaves at once.
  const records = session.all(of.kind).value;
  const record = records.find(({ id }) => id === of.id) ?? session.get(of.kind, of.id);
  return sideBySide(record, session.actor.user, refWords(session.get), entry);
}

export function ConflictChoices(props: ConflictChoicesProps) {
  const shown = useStaying(useSideBySide(props));
  return (
    <div class="conflicts">
      {shown.map(({ key, one, isOpen }) => (
        <Choice key={key} of={props.of} shown={one} isOpen={isOpen} />
      ))}
    </div>
  );
}

interface Staying {
  readonly key: string;
  readonly one: SideBySide;
  readonly isOpen: boolean;
}

/** What is settled keeps its place until the last one is: the next choice must not slide under the finger. */
function useStaying(open: readonly SideBySide[]): readonly Staying[] {
  const seen = useRef(new Map<string, SideBySide>()).current;
  for (const one of open) seen.set(one.key, one);
  const left = new Set(open.map(({ key }) => key));
  return [...seen].map(([key, one]) => ({ key, one, isOpen: left.has(key) }));
}
