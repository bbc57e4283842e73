/** A supervisor's code: eight digits, ten minutes, one tablet. In demo every counter has one that stays good. */
import { demoCodeOf } from './demo-codes.ts';
import type { Server } from './server.ts';
import { membersAt, type Member } from './staff.ts';
import type { Tx } from './storage.ts';

export const codeLife = 10 * 60_000;

export interface Issued {
  readonly by: string;
  readonly org: string;
  readonly orgType: string;
  readonly site: string;
}

export async function issueCode(server: Server, by: Member) {
  const number = Buffer.from(server.random(6)).readUIntBE(0, 6) % 100_000_000;
  const code = String(number).padStart(8, '0');
  const expiresAt = server.clock() + codeLife;
  await server.storage.write(server.tenant, async (tx) => {
    await dropOld(server, tx);
    const row = {
      tenant: server.tenant,
      code: server.keys.mac('device-code/v1', code),
      issued_by: by.id,
      org: by.org,
      org_type: by.orgType,
      site: by.site,
      expires_at: expiresAt,
      used_by: null,
    };
    const insert = tx.insertInto('device_code').values(row);
    await insert
      .onConflict((conflict) => conflict.columns(['tenant', 'code']).doUpdateSet(row))
      .execute();
  });
  return { code, expiresAt };
}

async function dropOld(server: Server, tx: Tx): Promise<void> {
  await tx
    .deleteFrom('device_code')
    .where('tenant', '=', server.tenant)
    .where('expires_at', '<', server.clock())
    .execute();
}

/** The same device may ask again with its code, should the first answer have been lost. */
export async function claimCode(
  server: Server,
  tx: Tx,
  typed: string,
  device: string,
): Promise<Issued | undefined> {
  const code = typed.normalize('NFKC').replaceAll(/\D/g, '');
  const demo = await demoIssuer(server, tx, code);
  if (demo) return demo;
  const hash = server.keys.mac('device-code/v1', code);
  const row = await tx
    .selectFrom('device_code')
    .selectAll()
    .where('tenant', '=', server.tenant)
    .where('code', '=', hash)
    .executeTakeFirst();
  const isFree = row?.used_by === null || row?.used_by === device;
  if (!row || !isFree || row.expires_at < server.clock()) return undefined;
  await tx
    .updateTable('device_code')
    .set({ used_by: device })
    .where('tenant', '=', server.tenant)
    .where('code', '=', hash)
    .execute();
  return { by: row.issued_by, org: row.org, orgType: row.org_type, site: row.site };
}

async function demoIssuer(server: Server, tx: Tx, code: string): Promise<Issued | undefined> {
  const site = server.isDemo ? demoCodeOf(code) : undefined;
  if (!site) return undefined;
  const supervisor = (await membersAt(server, tx, site)).find((one) => one.role === 'supervisor');
  return (
    supervisor && { by: supervisor.id, org: supervisor.org, orgType: supervisor.orgType, site }
  );
}
