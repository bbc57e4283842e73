/**
 * A step that somebody else overtook: the state of its record had moved when it reached the server, and nothing of it was
 * taken. No value is there to choose; what counts is the state that the record has now.
 */
import type { OutboxItem } from '../../device/types.ts';
import { stateOf } from '../../domain/kind.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import type { Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';

export interface Overtaken {
  readonly kind: string;
  /** The state that the record has now, in words. */
  readonly state: string;
  /** What the step wanted is so already; it is still possible from there; it is not. */
  readonly step: 'done' | 'possible' | 'impossible';
}

type Step = Pick<OutboxItem, 'state' | 'problem' | 'verb' | 'args' | 'records'>;

/** What became meanwhile of the record whose state was in the way; undefined where this tablet does not hold it. */
export function overtaken(
  item: Step,
  get: (kind: string, id: string) => Rec | undefined,
): Overtaken | undefined {
  const { problem, verb } = item;
  if (!isOvertaken(item) || problem?.code !== 'baseChanged') return undefined;
  const found = stateOf(get(problem.kind, idMet(item, problem.kind)));
  const words = kindNamed(problem.kind)?.states?.[found ?? ''];
  if (words === undefined) return undefined;
  const isOwn = verb.startsWith(`${problem.kind}.`);
  return { kind: problem.kind, state: words, step: isOwn ? stepFrom(verb, found) : 'possible' };
}

function stepFrom(verb: string, found: string | undefined): Overtaken['step'] {
  const shape = verbNamed(verb)?.shape;
  const to = shape?.does === 'move' ? shape.to : shape?.does === 'void' ? 'voided' : undefined;
  if (to !== undefined && to === found) return 'done';
  const isClosed = shape?.does === 'move' && !shape.from.includes(found ?? '');
  return isClosed || found === 'voided' ? 'impossible' : 'possible';
}

/** Its state was in the way, and nothing of the entry was taken: no value is there to choose. */
export function isOvertaken({ state, problem }: Pick<Step, 'state' | 'problem'>): boolean {
  return (
    state === 'conflict' && problem?.code === 'baseChanged' && problem.fields.includes('state')
  );
}

/** The record that its verb is about, where it is of that kind; else the one of that kind that it touches too. */
function idMet({ verb, args, records }: Step, kind: string): string {
  const own = verb.startsWith(`${kind}.`) ? text(args?.['id']) : undefined;
  return own ?? records.find((one) => one.kind === kind)?.id ?? '';
}
