/** The demo area 札幌市: the public plans' counters, organisations and targets, and plainly fictional staff. Nothing is secret. */
import staff from '../../seeds/demo-staff.json' with { type: 'json' };
import { partOf } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { makeArea, openArea, setPassword, type Ports } from './area.ts';
import { author, type Order } from './author.ts';
import { demoCodes } from './demo-codes.ts';
import { hashPassword } from './passwords.ts';
import { organisationOrders, siteOrders, targetOrders } from './seeds.ts';
import type { Server } from './server.ts';
import { factsOfKind, membersAt } from './staff.ts';

export const demoPassword = 'madoguchi-demo-2026';

const staffOrders: readonly Order[] = staff.rows.map((row) => ({
  verb: 'staff.register',
  args: {
    id: row.id,
    name: row.name,
    kana: row.kana,
    org: row.organisation,
    site: row.site,
    role: row.role,
    post: row.post,
  },
}));

/** Made in steps that are each taken up again after a kill in the middle. */
export async function makeDemo(ports: Ports, made: Server | undefined): Promise<Server> {
  if (!made) await makeArea(ports, { tenant: 'sapporo', area: '札幌市', isDemo: true });
  const server = made ?? (await openArea(ports));
  if (!server) throw new Error('the demo area was not made');
  const sites = await server.storage.read((tx) => factsOfKind(server, tx, 'site'));
  if (sites.length === 0)
    await seed(server, [...siteOrders, ...organisationOrders, ...staffOrders, ...targetOrders]);
  if (await hasPasswords(server)) return server;
  const hash = await hashPassword(demoPassword, server.random(16));
  for (const { id } of staff.rows) await setPassword(server, id, hash);
  return server;
}

async function hasPasswords(server: Server): Promise<boolean> {
  const rows = await server.storage.read((tx) =>
    tx.selectFrom('credential').select('staff').where('tenant', '=', server.tenant).execute(),
  );
  return rows.length >= staff.rows.length;
}

export async function seed(server: Server, orders: readonly Order[]): Promise<void> {
  const receipts = await author(server, orders);
  const refused = receipts.findIndex((one) => one.verdict.code !== 'applied');
  if (refused >= 0) {
    const verdict = JSON.stringify(receipts[refused]?.verdict);
    throw new Error(`seed refused: ${JSON.stringify(orders[refused])} ${verdict}`);
  }
}

/** What the demo's sign-in page offers. */
export function demoArea(server: Server) {
  return server.storage.read(async (tx) => {
    const sites = await factsOfKind(server, tx, 'site');
    const nameOf = new Map(sites.map((one) => [one.id, text(partOf(one, 'facts')['name']) ?? '']));
    const members = (
      await Promise.all(Object.keys(demoCodes).map((site) => membersAt(server, tx, site)))
    ).flat();
    return {
      demoStaff: members.map(({ id, name, orgName, role, site }) => ({
        id,
        name,
        orgName,
        role,
        site,
        siteId: site,
        siteName: nameOf.get(site) ?? '',
        password: demoPassword,
      })),
      demoCodes: Object.entries(demoCodes).map(([site, code]) => ({
        site,
        code,
        name: nameOf.get(site) ?? '',
      })),
    };
  });
}
