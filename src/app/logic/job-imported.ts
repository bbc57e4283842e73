/** The server's answer to an import, in its shape or as a problem. */
import * as v from 'valibot';
import { fail, ok, type Result } from '../../domain/problem.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const imported = v.object({
  fresh: count,
  changed: count,
  same: count,
  over: count,
  ended: count,
  bad: v.array(v.object({ line: count, reason: v.string() })),
});
export type Imported = v.InferOutput<typeof imported>;

export function importedFrom(answer: Result<unknown>): Result<Imported> {
  if (!answer.ok) return answer;
  const parsed = v.safeParse(imported, answer.value);
  return parsed.success ? ok(parsed.output) : fail({ code: 'malformed', reason: 'import' });
}
