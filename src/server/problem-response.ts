/** Every refusal is `{problem}` with a status; nothing else of what went wrong leaves the server. */
import type { Context } from 'hono';
import type { Problem } from '../domain/problem.ts';

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 429 | 503;

const statuses: Readonly<Partial<Record<Problem['code'], Status>>> = {
  unauthorised: 401,
  wrongPassword: 401,
  startPassword: 401,
  wrongDeviceCode: 401,
  revoked: 403,
  notAllowed: 403,
  restrictedPerson: 403,
  notFound: 404,
  alreadyExists: 409,
  illegalState: 409,
  baseChanged: 409,
  tooLarge: 413,
  tooManyRequests: 429,
  restoring: 503,
  serverTrouble: 503,
};

export function statusOf(problem: Problem): Status {
  return statuses[problem.code] ?? 400;
}

export function refuse(c: Context, problem: Problem): Response {
  if (problem.code === 'tooManyRequests') c.header('Retry-After', String(problem.waitSeconds));
  return c.json({ problem }, statusOf(problem));
}
