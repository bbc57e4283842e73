/** Request bodies: JSON alone, 1 MiB at most (counted as it arrives), shaped by a schema of the wire. */
import type { Context } from 'hono';
import type * as v from 'valibot';
import { fail, ok, type Result } from '../domain/problem.ts';
import { parseJson } from './parse-json.ts';

export const maxBody = 1024 * 1024;

export async function readBody<S extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(
  c: Context,
  schema: S,
): Promise<Result<v.InferOutput<S>>> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type))
    return fail({ code: 'malformed', reason: 'content-type' });
  const text = await readText(c.req.raw);
  return text.ok ? parseJson(schema, text.value) : text;
}

async function readText(request: Request): Promise<Result<string>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBody)
    return fail({ code: 'tooLarge' });
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | readonly Uint8Array[] = request.body ?? [];
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBody) return fail({ code: 'tooLarge' });
    chunks.push(chunk);
  }
  try {
    return ok(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks)),
    );
  } catch {
    return fail({ code: 'malformed', reason: 'utf-8' });
  }
}
