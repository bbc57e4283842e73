/** Who acts, as the signed lease says. */
import type { Actor } from '../domain/record.ts';
import type { Lease } from '../sync/lease.ts';

export function actorOf({ user, role, org, orgType, site, alsoSites, post }: Lease): Actor {
  return {
    user,
    role,
    org,
    orgType,
    site,
    ...(alsoSites === undefined ? {} : { alsoSites }),
    ...(post === undefined ? {} : { post }),
  };
}
