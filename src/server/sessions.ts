/** Nonces and session tokens, in memory alone: a restart asks every tablet to sign again, which it does by itself. */
import { timingSafeEqual } from 'node:crypto';
import { toBase64Url } from '../sync/bytes.ts';

export const nonceLife = 2 * 60_000;
export const sessionLife = 12 * 3_600_000;
const mostNonces = 20_000;

export interface Session {
  readonly store: string;
  readonly expiresAt: number;
}

export interface Sessions {
  readonly nonce: (store: string, now: number) => string;
  /** True once, for the store it was made for, within its life. */
  readonly spend: (store: string, nonce: string, now: number) => boolean;
  readonly open: (
    store: string,
    now: number,
  ) => { readonly token: string; readonly expiresAt: number };
  readonly find: (token: string, now: number) => Session | undefined;
  readonly end: (store: string) => void;
}

export function createSessions(random: (length: number) => Uint8Array): Sessions {
  const nonces = new Map<string, Session>();
  const sessions = new Map<string, Session>();
  return {
    nonce: (store, now) => {
      dropOld(nonces, now);
      // Oldest first: a flood of questions shortens lives but never fills the memory.
      while (nonces.size >= mostNonces) nonces.delete(nonces.keys().next().value ?? '');
      const nonce = toBase64Url(random(32));
      nonces.set(nonce, { store, expiresAt: now + nonceLife });
      return nonce;
    },
    spend: (store, nonce, now) => {
      const found = nonces.get(nonce);
      if (found?.store === store) nonces.delete(nonce);
      return found?.store === store && found.expiresAt >= now;
    },
    open: (store, now) => {
      dropOld(sessions, now);
      const token = toBase64Url(random(32));
      const expiresAt = now + sessionLife;
      sessions.set(token, { store, expiresAt });
      return { token, expiresAt };
    },
    find: (token, now) => {
      const session = sessions.get(token);
      return session && session.expiresAt >= now ? session : undefined;
    },
    end: (store) => {
      for (const [token, session] of sessions) if (session.store === store) sessions.delete(token);
    },
  };
}

function dropOld(held: Map<string, Session>, now: number): void {
  for (const [key, { expiresAt }] of held) {
    if (expiresAt >= now) return; // in order of making, hence of ending
    held.delete(key);
  }
}

export function isSameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
