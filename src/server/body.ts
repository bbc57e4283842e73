/** Request bodies: JSON alone, 1 MiB at most unless the route says more (counted as it arrives), shaped by a schema of the wire. */
import type { Context } from 'hono';
import type * as v from 'valibot';
import { fail, ok, type Result } from '../domain/problem.ts';
import { parseJson } from './parse-json.ts';

export const maxBody = 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export async function readBody<S extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(
  c: Context,
  schema: S,
  most = maxBody,
): Promise<Result<v.InferOutput<S>>> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    return fail({ code: 'malformed', reason: 'content-type' });
  const text = await readText(c.req.raw, most);
  return text.ok ? parseJson(schema, text.value) : text;
}

async function readText(request: Request, most: number): Promise<Result<string>> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return fail({ code: 'tooLarge' });
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = request.body ?? [];
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) return fail({ code: 'tooLarge' });
    chunks.push(chunk);
  }
  try {
    return ok(decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
  } catch {
    return fail({ code: 'malformed', reason: 'utf-8' });
  }
}
