/** What the server says about the sharing area before anybody has signed in; in demo mode also whom one may try. */
import * as v from 'valibot';

const demoStaff = v.object({
  id: v.string(),
  name: v.string(),
  password: v.string(),
  site: v.optional(v.string()),
});
const demoCode = v.object({ code: v.string(), site: v.string(), name: v.string() });
const area = v.object({
  area: v.optional(v.string()),
  demoStaff: v.optional(v.array(demoStaff)),
  demoCodes: v.optional(v.array(demoCode)),
});

export type Area = v.InferOutput<typeof area>;

/** Undefined when the server does not answer: the screen then says that enrolling needs a connection. */
export async function askArea(): Promise<Area | undefined> {
  try {
    const answer = await fetch('/api/area', { credentials: 'omit' });
    const parsed = v.safeParse(area, await answer.json());
    return answer.ok && parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
