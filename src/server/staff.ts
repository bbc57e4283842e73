/** Members of staff as the records say now: who may sign in where, and as what. */
import { businessDateJst } from '../domain/date.ts';
import { isInService } from '../domain/kinds/staff.ts';
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
  /** The counter that hers has taken over. */
  readonly alsoSites: readonly string[];
  readonly role: Role;
  readonly post: string | undefined;
  /** Of her service, where it is known. */
  readonly lastDay: string | undefined;
}

export type Reading = Pick<Server, 'tenant' | 'keys' | 'personKeys'>;
type ReadingNow = Reading & Pick<Server, 'clock'>;

export async function readRecords(server: Reading, tx: Tx, ids: string[]) {
  return loadRecords(tx, server.tenant, createSealer(tx, server), ids);
}

/** Members in service today alone. `near` is where she was when last asked about: mostly she still is. */
export async function memberOf(
  server: ReadingNow,
  tx: Tx,
  id: string,
  near?: Pick<Member, 'org' | 'site'>,
): Promise<Member | undefined> {
  const known = await readRecords(server, tx, near ? [id, near.org, near.site] : [id]);
  const staff = known.get(`staff/${id}`)?.record;
  const [member] = await membersFrom(server, tx, staff ? [staff] : [], known);
  return member;
}

/** Whether she is still here or not. */
export async function nameOfStaff(
  server: Reading,
  tx: Tx,
  id: string,
): Promise<string | undefined> {
  const staff = (await readRecords(server, tx, [id])).get(`staff/${id}`)?.record;
  return text(partOf(staff, 'facts')['name']);
}

export async function membersAt(server: ReadingNow, tx: Tx, site: string): Promise<Member[]> {
  const staff = await factsOfKind(server, tx, 'staff');
  return membersFrom(
    server,
    tx,
    staff.filter((one) => partOf(one, 'facts')['site'] === site),
  );
}

/** Who may sign in at a counter, as its tablets list them. */
export async function staffAt(server: ReadingNow, tx: Tx, site: string) {
  const members = await membersAt(server, tx, site);
  return members.map(({ id, name, org, orgName, role }) => ({ id, name, org, orgName, role }));
}

export async function namedSite(server: Reading, tx: Tx, site: string) {
  const record = (await readRecords(server, tx, [site])).get(`site/${site}`)?.record;
  return { id: site, name: text(partOf(record, 'facts')['name']) ?? '' };
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
  server: ReadingNow,
  tx: Tx,
  staff: readonly Rec[],
  known: ReadonlyMap<string, Stored> = new Map(),
): Promise<Member[]> {
  const today = businessDateJst(server.clock());
  const active = staff.filter((one) => isInService(partOf(one, 'facts'), today));
  const refs = active.flatMap((one) => {
    const { org, site } = partOf(one, 'facts');
    return [`organisation/${text(org)}`, `site/${text(site)}`];
  });
  const isKnown = refs.every((ref) => known.has(ref));
  const ids = refs.map((ref) => ref.slice(ref.indexOf('/') + 1));
  const records = isKnown ? known : await readRecords(server, tx, [...new Set(ids)]);
  return active.flatMap((one) => {
    const facts = partOf(one, 'facts');
    const org = text(facts['org']) ?? '';
    const orgFacts = partOf(records.get(`organisation/${org}`)?.record, 'facts');
    if (orgFacts['state'] !== 'active') return [];
    const site = text(facts['site']) ?? '';
    return [
      {
        id: one.id,
        name: text(facts['name']) ?? '',
        org,
        orgName: text(orgFacts['name']) ?? '',
        orgType: text(orgFacts['orgType']) as OrganisationType, // code list of the kind
        site,
        alsoSites: tookOver(records.get(`site/${site}`)?.record),
        role: text(facts['role']) as Role, // code list of the kind
        post: text(facts['post']),
        lastDay: text(facts['validTo']),
      },
    ];
  });
}

/** Counters that closed and moved into this one. */
export function tookOver(site: Rec | undefined): readonly string[] {
  const closed = text(partOf(site, 'facts')['tookOver']);
  return closed === undefined ? [] : [closed];
}

export function actorOfMember({ id, role, org, orgType, site, alsoSites, post }: Member): Actor {
  return {
    user: id,
    role,
    org,
    orgType,
    site,
    ...(alsoSites.length > 0 ? { alsoSites } : {}),
    ...(post === undefined ? {} : { post }),
  };
}
