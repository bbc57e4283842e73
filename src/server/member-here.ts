/**
 * Who stands behind a store today: its member of staff, as long as she is in service and her counter is the tablet's. Who has
 * moved signs in anew where she works now; what she had not sent from the old tablet still comes.
 */
import { memberOf, type Member } from './staff.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';

export async function memberHere(
  server: Server,
  tx: Tx,
  { user, org, site, device }: Tables['store'],
): Promise<Member | undefined> {
  const member = await memberOf(server, tx, user, { org, site });
  const here = await siteOfDevice(server, tx, device);
  // A restored server may have forgotten the tablet, and knows it again by its counter's own store.
  return here === undefined || here === member?.site ? member : undefined;
}

export async function siteOfDevice(
  server: Server,
  tx: Tx,
  device: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('device')
    .select('site')
    .where('tenant', '=', server.tenant)
    .where('device', '=', device)
    .executeTakeFirst();
  return row?.site;
}
