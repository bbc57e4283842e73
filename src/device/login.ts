/**
 * A store's session with the server: its user key signs a nonce; the token lives in this object only and serves only this
 * store. Every session brings a fresh lease, believed when the pinned identity signed it. `revoked` is told to the owner.
 * A server put back from a backup may have forgotten the store; by the lease that it signed itself it knows it again.
 */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { toBase64Url } from '../sync/bytes.ts';
import { leaseBytes, sessionBytes, type SignedLease } from '../sync/lease.ts';
import { nonceResponse, sessionResponse, type SessionResponse } from '../sync/protocol.ts';
import { isSigned, sign } from './crypto.ts';
import type { Net } from './net.ts';
import type { Clock } from './ports.ts';

/** An hour, so that leases are renewed long before they are needed. */
const longestMs = 60 * 60_000;

export interface Login {
  /** Asks with the token; a token that has ended is renewed once. */
  readonly withToken: <T>(work: (token: string) => Promise<Result<T>>) => Promise<Result<T>>;
  /** Opens a new session now, for its lease. */
  readonly renew: () => Promise<Result<void>>;
  readonly drop: () => void;
}

export interface LoginOwner {
  readonly store: string;
  readonly identity: string;
  readonly signingKey: CryptoKey;
  /** The last one. */
  readonly lease: () => SignedLease;
  readonly onLease: (lease: SignedLease, serverNow: number) => Promise<Result<void>>;
  readonly onRevoked: () => Promise<void>;
  readonly onSaid: (said: SessionResponse) => Promise<unknown>;
}

interface LoginPorts {
  readonly clock: Clock;
  readonly crypto: SubtleCrypto;
}

export function createLogin(ports: LoginPorts, net: Net, owner: LoginOwner): Login {
  let session: { token: string; until: number } | undefined;
  const open = async (): Promise<Result<string>> => {
    const asked = await openSession(ports, net, owner);
    const isUnknown = !asked.ok && asked.problem.code === 'unauthorised';
    const answer = isUnknown ? await openSession(ports, net, owner, owner.lease()) : asked;
    if (!answer.ok) return refused(owner, answer.problem);
    const { token, expiresAt, now, lease } = answer.value;
    const kept = await owner.onLease(lease, now);
    if (!kept.ok) return kept;
    await owner.onSaid(answer.value);
    session = { token, until: ports.clock.now() + Math.min(expiresAt - now, longestMs) };
    return ok(token);
  };
  // Whoever sits down pulls and listens at once: one session serves both.
  let opening: Promise<Result<string>> | undefined;
  const start = () => (opening ??= open().finally(() => (opening = undefined)));
  const current = () => (session && session.until > ports.clock.now() ? session.token : undefined);
  return {
    withToken: async (work) => {
      const held = current();
      const token = held === undefined ? await start() : ok(held);
      if (!token.ok) return token;
      const done = await work(token.value);
      if (done.ok) return done;
      if (done.problem.code === 'revoked') return refused(owner, done.problem);
      if (done.problem.code !== 'unauthorised') return done;
      const again = await start();
      return again.ok ? work(again.value) : again;
    },
    renew: async () => {
      const started = await start();
      return started.ok ? ok(undefined) : started;
    },
    drop: () => {
      session = undefined;
    },
  };
}

async function refused(owner: LoginOwner, problem: Problem): Promise<Result<never>> {
  if (problem.code === 'revoked') await owner.onRevoked();
  return fail(problem);
}

async function openSession(
  { crypto }: LoginPorts,
  net: Net,
  { store, identity, signingKey }: LoginOwner,
  known?: SignedLease,
): Promise<Result<SessionResponse>> {
  const asked = await net.post('/api/nonce', { store }, nonceResponse);
  if (!asked.ok) return asked;
  const { nonce } = asked.value;
  const sig = toBase64Url(await sign(crypto, signingKey, sessionBytes(store, nonce)));
  const request = { store, nonce, sig, ...(known && { lease: known }) };
  const answer = await net.post('/api/session', request, sessionResponse);
  if (!answer.ok) return answer;
  const isOurs = await isOwnLease(crypto, identity, answer.value.lease, store);
  return isOurs ? answer : fail({ code: 'malformed', reason: 'lease' });
}

export async function isOwnLease(
  crypto: SubtleCrypto,
  identity: string,
  { lease, sig }: SignedLease,
  store: string,
): Promise<boolean> {
  return lease.store === store && (await isSigned(crypto, identity, sig, leaseBytes(lease)));
}
