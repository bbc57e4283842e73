/**
 * The built app from the same port. Files with a hash in their name never change; the entrance, the worker and the
 * manifest are asked for anew each time. Unknown paths without a file name are the app's own.
 */
import type { Context } from 'hono';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};
const hashed = /^\/assets\/.*-[\w-]{8,}\.\w+$/;

export async function serveStatic(c: Context, folder: string): Promise<Response> {
  const path = safePath(c.req.path);
  if (path === undefined) return c.text('', 404);
  const extension = extname(path);
  const file = extension === '' ? '/index.html' : path;
  const type = types[extname(file)];
  const bytes = type === undefined ? undefined : await read(join(folder, file));
  if (!bytes || type === undefined) return c.text('見つかりません。', 404);
  const caching = hashed.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return c.body(Uint8Array.from(bytes), 200, { 'Content-Type': type, 'Cache-Control': caching });
}

/** undefined for anything that would leave the folder. */
function safePath(path: string): string | undefined {
  try {
    const plain = normalize(decodeURIComponent(path)).split(sep).join('/');
    const isSafe = plain.startsWith('/') && !plain.includes('..') && !/[\0\\]/.test(plain);
    return isSafe ? plain : undefined;
  } catch {
    return undefined;
  }
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}
