/** Who acts, as the signed lease says. */
import type { Actor } from '../domain/record.ts';
import type { Lease } from '../sync/lease.ts';

export function actorOf({ user, role, org, orgType, site, post }: Lease): Actor {
  return { user, role, org, orgType, site, ...(post === undefined ? {} : { post }) };
}
