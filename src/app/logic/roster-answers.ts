/** What the server answers about rosters, start passwords and caseloads, in its shape or as a problem. */
import * as v from 'valibot';
import type { Rec } from '../../domain/record.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const imported = v.object({
  fresh: count,
  changed: count,
  back: count,
  same: count,
  ended: count,
  bad: v.array(v.object({ line: count, reason: v.string() })),
});
export type RosterTaken = v.InferOutput<typeof imported>;

const waiting = v.object({
  id: v.string(),
  name: v.string(),
  siteName: v.string(),
  validFrom: v.optional(v.string()),
  isIssued: v.boolean(),
});
export type WaitingStaff = v.InferOutput<typeof waiting>;

const sheet = v.object({ ...waiting.entries, password: v.string() });
export type StartSheet = v.InferOutput<typeof sheet>;

const waitingAnswer = v.object({ waiting: v.array(waiting) });
const sheetsAnswer = v.object({ sheets: v.array(sheet) });
const caseloadsAnswer = v.object({
  posts: v.array(v.object({ post: v.string(), people: count })),
  people: v.array(
    v.object({
      id: v.string(),
      parts: v.record(
        v.string(),
        v.custom<Rec['parts'][string]>((one) => typeof one === 'object'),
      ),
    }),
  ),
});
export type Caseloads = v.InferOutput<typeof caseloadsAnswer>;

const taken =
  <S extends v.GenericSchema>(schema: S) =>
  (answer: Result<unknown>): Result<v.InferOutput<S>> => {
    if (!answer.ok) return answer;
    const parsed = v.safeParse(schema, answer.value);
    return parsed.success ? ok(parsed.output) : fail({ code: 'malformed', reason: 'answer' });
  };

export const rosterTaken = taken(imported);
export const waitingFrom = taken(waitingAnswer);
export const sheetsFrom = taken(sheetsAnswer);
export const caseloadsFrom = taken(caseloadsAnswer);
