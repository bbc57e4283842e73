/** Members of staff as the records say now: who may sign in where, and as what. */
import { partOf, type Actor, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import type { OrganisationType, Role } from '../domain/record.ts';
import { createSealer } from './person-keys.ts';
import { loadRecords, openParts, type PartRow, type Stored } from './records.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly org: string;
  readonly orgName: string;
  readonly orgType: OrganisationType;
  readonly site: string;
  readonly role: Role;
  readonly post: string | undefined;
}

export type Reading = Pick<Server, 'tenant' | 'keys' | 'personKeys'>;

export async function readRecords(server: Reading, tx: Tx, ids: string[]) {
  return loadRecords(tx, server.tenant, createSealer(tx, server), ids);
}

/** Active members alone. `org` is where she was when last asked about: mostly she still is. */
export async function memberOf(
  server: Reading,
  tx: Tx,
  id: string,
  org?: string,
): Promise<Member | undefined> {
  const known = await readRecords(server, tx, org === undefined ? [id] : [id, org]);
  const staff = known.get(`staff/${id}`)?.record;
  const [member] = await membersFrom(server, tx, staff ? [staff] : [], known);
  return member;
}

export async function membersAt(server: Reading, tx: Tx, site: string): Promise<Member[]> {
  const staff = await factsOfKind(server, tx, 'staff');
  return membersFrom(
    server,
    tx,
    staff.filter((one) => partOf(one, 'facts')['site'] === site),
  );
}

/** Records of a kind of the area, facts only. */
export async function factsOfKind(server: Reading, tx: Tx, kind: string): Promise<Rec[]> {
  const rows: PartRow[] = await tx
    .selectFrom('record_part')
    .selectAll()
    .where('tenant', '=', server.tenant)
    .where('kind', '=', kind)
    .where('part', '=', 'facts')
    .orderBy('id')
    .execute();
  const bodies = await openParts(server.tenant, createSealer(tx, server), rows);
  return rows.map(({ id }, index) => ({ kind, id, parts: { facts: bodies[index] ?? {} } }));
}

async function membersFrom(
  server: Reading,
  tx: Tx,
  staff: readonly Rec[],
  known: ReadonlyMap<string, Stored> = new Map(),
): Promise<Member[]> {
  const active = staff.filter((one) => partOf(one, 'facts')['state'] === 'active');
  const orgs = active.map((one) => text(partOf(one, 'facts')['org']) ?? '');
  const isKnown = orgs.every((org) => known.has(`organisation/${org}`));
  const records = isKnown ? known : await readRecords(server, tx, orgs);
  return active.flatMap((one) => {
    const facts = partOf(one, 'facts');
    const org = text(facts['org']) ?? '';
    const orgFacts = partOf(records.get(`organisation/${org}`)?.record, 'facts');
    if (orgFacts['state'] !== 'active') return [];
    return [
      {
        id: one.id,
        name: text(facts['name']) ?? '',
        org,
        orgName: text(orgFacts['name']) ?? '',
        orgType: text(orgFacts['orgType']) as OrganisationType, // code list of the kind
        site: text(facts['site']) ?? '',
        role: text(facts['role']) as Role, // code list of the kind
        post: text(facts['post']),
      },
    ];
  });
}

export function actorOfMember({ id, role, org, orgType, site, post }: Member): Actor {
  return { user: id, role, org, orgType, site, ...(post === undefined ? {} : { post }) };
}
