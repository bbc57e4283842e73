/** Whether a choice between two values is still taken: what they are about may have been cancelled since, and then no press helps. */
import type { OutboxItem, Session } from '../../device/types.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Values } from '../../domain/value.ts';
import { isDeadEnd } from './dead-end.ts';

type Met = Pick<OutboxItem, 'id' | 'problem' | 'records'>;

/** Why none of its choices is taken any more; undefined where one may be. */
export async function choiceRefused(
  { check }: Pick<Session, 'check'>,
  item: Met,
): Promise<Problem | undefined> {
  const asked = choicesAsked(item);
  const found = await Promise.all(asked.map(({ verb, args }) => check(verb, args)));
  const isOver = found.every((problem, at) => isDeadEnd(problem, asked[at]?.verb ?? ''));
  return isOver ? found[0] : undefined;
}

/** The least that can be said: that the value stays as it is. Its sealed part need not be open for that. */
function choicesAsked({ id: entry, problem, records }: Met): { verb: string; args: Values }[] {
  if (problem?.code !== 'baseChanged') return [];
  const kind = kindNamed(problem.kind);
  const [field] = problem.fields;
  const part = Object.entries(kind?.parts ?? {}).find(([, { fields }]) =>
    Object.hasOwn(fields, field ?? ''),
  )?.[0];
  if (field === undefined || part === undefined) return [];
  return records
    .filter((one) => one.kind === problem.kind)
    .map(({ id }) => ({
      verb: `${problem.kind}.settle`,
      args: { id, part, field, entry, keep: 'current' },
    }));
}
