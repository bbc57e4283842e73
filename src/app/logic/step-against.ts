/** The record whose state is in the way of an entry, and why it was cancelled, where it was. */
import type { Session } from '../../device/types.ts';
import { codeLabel } from '../../domain/codes.ts';
import { stateOf } from '../../domain/kind.ts';
import type { Problem } from '../../domain/problem.ts';
import { partOf, type Rec, type Ref } from '../../domain/record.ts';
import { text, type Values } from '../../domain/value.ts';

interface Said {
  readonly verb: string;
  readonly args: Values | undefined;
}

export function stepAgainst(
  { verb, args = {} }: Said,
  problem: Problem | undefined,
  record: Rec | undefined,
): Ref | undefined {
  if (problem?.code !== 'illegalState' && problem?.code !== 'baseChanged') return undefined;
  const { kind } = problem;
  const id = verb.startsWith(`${kind}.`)
    ? args['id']
    : (args[kind] ?? partOf(record, 'facts')[kind]);
  return text(id) === undefined ? undefined : { kind, id: text(id) ?? '' };
}

export function voidReasonOf(record: Rec | undefined): string | undefined {
  const reason = text(partOf(record, 'facts')['voidReason']);
  return stateOf(record) === 'voided' && reason ? codeLabel('voidReason', reason) : undefined;
}

/** It was another person: what was written belongs to somebody else. */
export function isWrongPerson({ get }: Pick<Session, 'get'>, ref: Ref | undefined): boolean {
  const record = ref && get(ref.kind, ref.id);
  return stateOf(record) === 'voided' && partOf(record, 'facts')['voidReason'] === 'wrongPerson';
}
