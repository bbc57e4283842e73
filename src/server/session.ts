/** Pull sessions: the store's key signs a nonce; the token serves that store alone. Who is behind it is asked anew each time. */
import { fail, ok, type Result } from '../domain/problem.ts';
import type { Actor } from '../domain/record.ts';
import { sessionBytes, type SignedLease } from '../sync/lease.ts';
import type { SessionResponse } from '../sync/protocol.ts';
import { issueLease } from './leases.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import { memberHere, siteOfDevice } from './member-here.ts';
import { actorOfMember, namedSite, staffAt, type Member } from './staff.ts';
import { findStore, recallStore, storeOf } from './stores.ts';
import { surveyPass } from './survey.ts';

export interface Asker {
  readonly store: Tables['store'];
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
  const known = await findStore(server, name);
  const isFresh = server.sessions.spend(name, nonce, server.clock());
  const key = known?.public_key ?? lease?.lease.publicKey;
  const isHers =
    key !== undefined &&
    isFresh &&
    (await server.keys.cipher.isSigned(key, sessionBytes(name, nonce), sig));
  if (!isHers) return fail({ code: 'unauthorised' });
  const store = known ?? (await recallStore(server, name, lease ? [lease] : []));
  if (!store) return fail({ code: 'unauthorised' });
  if (store.state !== 'active') return fail({ code: 'revoked' });
  return renew(server, store);
}

/** The lease follows the records: a new post or role is in it from the next session on. */
async function renew(server: Server, store: Tables['store']): Promise<Result<SessionResponse>> {
  const isCounter = store.role === 'counter';
  const { member, staff, site } = await server.storage.read(async (tx) => {
    const here = (await siteOfDevice(server, tx, store.device)) ?? store.site;
    return {
      member: isCounter ? undefined : await memberHere(server, tx, store),
      staff: await staffAt(server, tx, here),
      site: await namedSite(server, tx, here),
    };
  });
  if (!isCounter && !member) return fail({ code: 'revoked' });
  const current = member
    ? { ...store, role: member.role, org: member.org, org_type: member.orgType, site: member.site }
    : store;
  const lease = await server.storage.write(server.tenant, (tx) =>
    issueLease(server, tx, current, member),
  );
  const now = server.clock();
  const pass = surveyPass(server, site.id);
  const session = server.sessions.open(store.store, now);
  return ok({ ...session, now, epoch: server.epoch, lease, surveyPass: pass, staff, site });
}

/** Who asks, by the bearer token. A counter's own token renews leases and reads nothing. */
export async function askerOf(
  server: Server,
  authorization: string | undefined,
): Promise<Result<Asker>> {
  const token = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(authorization ?? '')?.[1];
  const session = token && server.sessions.find(token, server.clock());
  if (!session) return fail({ code: 'unauthorised' });
  const { store, member } = await server.storage.read(async (tx) => {
    const found = await storeOf(tx, server.tenant, session.store);
    const isAsked = found?.state === 'active' && found.role !== 'counter';
    const who = isAsked ? await memberHere(server, tx, found) : undefined;
    return { store: found, member: who };
  });
  if (store?.state !== 'active') return fail({ code: 'revoked' });
  if (store.role === 'counter') return fail({ code: 'notAllowed', action: 'file.read' });
  if (!member) return fail({ code: 'revoked' });
  return ok({ store, member, actor: actorOfMember(member) });
}
