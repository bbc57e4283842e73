/** Pull sessions: the store's key signs a nonce; the token serves that store alone. Who is behind it is asked anew each time. */
import { fail, ok, type Result } from '../domain/problem.ts';
import type { Actor } from '../domain/record.ts';
import { sessionBytes, type SignedLease } from '../sync/lease.ts';
import type { SessionResponse } from '../sync/protocol.ts';
import { signLease } from './leases.ts';
import type { Server } from './server.ts';
import { whereabouts, type Whereabouts } from './member-here.ts';
import { actorOfMember, namedSite, staffAt, tookOver, type Member } from './staff.ts';
import type { StoreHere } from './store-here.ts';
import { recallStore } from './stores.ts';
import { surveyPass } from './survey.ts';

export interface Asker {
  readonly store: StoreHere;
  readonly member: Member;
  readonly actor: Actor;
}

interface SessionRequest {
  readonly store: string;
  readonly nonce: string;
  readonly sig: string;
  readonly lease?: SignedLease;
}

/** A store that this server has forgotten is known again by its lease, to whoever has the key that stands in it. */
export async function openSession(
  server: Server,
  { store: name, nonce, sig, lease }: SessionRequest,
): Promise<Result<SessionResponse>> {
  if (!server.sessions.spend(name, nonce, server.clock())) return fail({ code: 'unauthorised' });
  const known = await find(server, name);
  const key = known?.store.public_key ?? lease?.lease.publicKey;
  const isHers =
    key !== undefined && (await server.keys.cipher.isSigned(key, sessionBytes(name, nonce), sig));
  if (!isHers) return fail({ code: 'unauthorised' });
  const found = known ?? (await recalled(server, name, lease));
  if (!found) return fail({ code: 'unauthorised' });
  if (found.store.state !== 'active') return fail({ code: 'revoked' });
  return renew(server, found);
}

function find(server: Server, store: string): Promise<Whereabouts | undefined> {
  return server.storage.read((tx) => whereabouts(server, tx, store));
}

async function recalled(server: Server, name: string, lease: SignedLease | undefined) {
  const store = await recallStore(server, name, lease ? [lease] : []);
  return store && find(server, store.store);
}

/** The lease follows the records: a new post or role is in it from the next session on. */
async function renew(
  server: Server,
  { store, member, here = store.site, known }: Whereabouts,
): Promise<Result<SessionResponse>> {
  const isCounter = store.role === 'counter';
  if (!isCounter && !member) return fail({ code: 'revoked' });
  const { staff, site } = await server.storage.read(async (tx) => ({
    staff: await staffAt(server, tx, here, known),
    site: await namedSite(server, tx, here, known),
  }));
  const lease =
    isCounter || !member
      ? await signLease(server, store, counterAt(store.site, known))
      : await signLease(server, standingOf(store, member), member);
  const now = server.clock();
  const pass = surveyPass(server, site.id);
  const session = server.sessions.open(store.store, now);
  return ok({
    ...session,
    now,
    epoch: server.epochNow.epoch,
    lease,
    surveyPass: pass,
    staff,
    site,
  });
}

function standingOf(store: StoreHere, { role, org, orgType, site }: Member): StoreHere {
  return { ...store, role, org, org_type: orgType, site };
}

/** A counter has no post and no last day. */
function counterAt(site: string, known: Whereabouts['known']) {
  const alsoSites = tookOver(known.get(`site/${site}`)?.record);
  return { alsoSites };
}

/** Who asks, by the bearer token. A counter's own token renews leases and reads nothing. */
export async function askerOf(
  server: Server,
  authorization: string | undefined,
): Promise<Result<Asker>> {
  const name = storeOfToken(server, authorization);
  return name.ok ? askerIn(await find(server, name.value)) : name;
}

export function storeOfToken(server: Server, authorization: string | undefined): Result<string> {
  const token = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(authorization ?? '')?.[1];
  const session = token && server.sessions.find(token, server.clock());
  return session ? ok(session.store) : fail({ code: 'unauthorised' });
}

export function askerIn(found: Whereabouts | undefined): Result<Asker> {
  if (found?.store.state !== 'active') return fail({ code: 'revoked' });
  const { store, member } = found;
  if (store.role === 'counter') return fail({ code: 'notAllowed', action: 'file.read' });
  if (!member) return fail({ code: 'revoked' });
  return ok({ store, member, actor: actorOfMember(member) });
}
