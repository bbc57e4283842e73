/** JSON from strangers: size and nesting are bounded before anything walks it; the shape is the schema's affair. */
import * as v from 'valibot';
import { fail, ok, type Result } from '../domain/problem.ts';

const maxDepth = 40;

/** Brackets outside strings; counted on the text, so that depth cannot exhaust a stack. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x22) at = endOfString(text, at);
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > maxDepth) return true;
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
  return false;
}

/** Where the quote stands that ends it: one before which backslashes come in pairs. Most of what is sent is long strings. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}

type AnySchema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

export function parseJson<S extends AnySchema>(schema: S, text: string): Result<v.InferOutput<S>> {
  if (isTooDeep(text)) return fail({ code: 'malformed', reason: 'depth' });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return fail({ code: 'malformed', reason: 'json' });
  }
  // Every message is an object; to valibot an empty list would pass for one.
  if (Array.isArray(raw)) return fail({ code: 'malformed', reason: 'list' });
  const parsed = v.safeParse(schema, raw, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return fail({ code: 'malformed', reason: v.getDotPath(issue) ?? 'body' });
}
