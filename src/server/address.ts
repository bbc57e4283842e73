/** Whose request it is, for limits: the socket's address, or what a trusted proxy says last. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

export function addressOf(c: Context, trustProxy: boolean): string {
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  if (trustProxy && forwarded) return forwarded;
  // Requests of tests come without a socket.
  const hasSocket = typeof c.env === 'object' && c.env !== null && 'incoming' in c.env;
  return hasSocket ? (getConnInfo(c).remote.address ?? 'unknown') : 'unknown';
}
