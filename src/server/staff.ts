/** Members of staff as the records say now: who may sign in where, and as what. */
import { businessDateJst } from '../domain/date.ts';
import { isInService } from '../domain/kinds/staff.ts';
import { partOf, refKey, type Actor, type Rec } from '../domain/record.ts';
import { text, type Values } from '../domain/value.ts';
import type { OrganisationType, Role } from '../domain/record.ts';
import { createSealer } from './person-keys.ts';
import { knownFacts } from './known-facts.ts';
import { prepared } from './prepared.ts';
import { loadRecords, type PartRow, type Stored } from './records.ts';
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

/** A record that has been read. */
export type Known = Pick<Stored, 'record'>;
export type Reading = Pick<Server, 'tenant' | 'keys' | 'personKeys'>;
type ReadingNow = Reading & Pick<Server, 'clock'>;

export async function readRecords(server: Reading, tx: Tx, ids: string[]) {
  return loadRecords(tx, server.tenant, createSealer(tx, server), ids);
}

/** Members in service today alone. */
export async function memberOf(
  server: ReadingNow,
  tx: Tx,
  id: string,
): Promise<Member | undefined> {
  return memberAmong(server, tx, id, await readRecords(server, tx, [id]));
}

/** Of records that have been read: of her organisation and counter only where they are among them. */
export async function memberAmong(
  server: ReadingNow,
  tx: Tx,
  id: string,
  known: ReadonlyMap<string, Known>,
): Promise<Member | undefined> {
  const staff = known.get(`staff/${id}`)?.record;
  if (!staff) return undefined;
  const [member] = await membersFrom(server, tx, [staff], known);
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

/** `known`: records that have been read already. */
export async function membersAt(
  server: ReadingNow,
  tx: Tx,
  site: string,
  known?: ReadonlyMap<string, Known>,
): Promise<Member[]> {
  const kinds = ['staff', 'organisation'];
  const rows = await factsOf(tx, { tenant: server.tenant, kinds });
  // Whoever does not name the counter in her facts as they rest need not be read.
  const named = `"site":${JSON.stringify(site)}`;
  const near = rows.filter(({ kind, facts }) => kind !== 'staff' || facts?.includes(named));
  const records = asFacts(near, knownFacts);
  const staff = records.filter(
    (one) => one.kind === 'staff' && partOf(one, 'facts')['site'] === site,
  );
  const all = new Map(known);
  for (const record of records) all.set(refKey(record), { record });
  return membersFrom(server, tx, staff, all);
}

/** Who may sign in at a counter, as its tablets list them. */
export async function staffAt(
  server: ReadingNow,
  tx: Tx,
  site: string,
  known?: ReadonlyMap<string, Known>,
) {
  const members = await membersAt(server, tx, site, known);
  return members.map(({ id, name, org, orgName, role }) => ({ id, name, org, orgName, role }));
}

/** `known`: records that have been read already. */
export async function namedSite(
  server: Reading,
  tx: Tx,
  site: string,
  known?: ReadonlyMap<string, Known>,
) {
  const ref = `site/${site}`;
  const record = (known?.get(ref) ?? (await readRecords(server, tx, [site])).get(ref))?.record;
  return { id: site, name: text(partOf(record, 'facts')['name']) ?? '' };
}

/** Records of a kind of the area, facts only. */
export async function factsOfKind(server: Reading, tx: Tx, kind: string): Promise<Rec[]> {
  return factsOfKinds(server, tx, [kind]);
}

/** Of several kinds at once, each in the order of its ids. */
export async function factsOfKinds(
  server: Reading,
  tx: Tx,
  kinds: readonly string[],
): Promise<Rec[]> {
  return asFacts(await factsOf(tx, { tenant: server.tenant, kinds }));
}

/** Of rows that hold facts: those lie in clear. */
export function asFacts(
  rows: readonly Pick<PartRow, 'kind' | 'id' | 'facts'>[],
  read = valuesOf,
): Rec[] {
  return rows.map(({ kind, id, facts }) => ({ kind, id, parts: { facts: read(facts) } }));
}

export function valuesOf(facts: string | null): Values {
  return facts === null ? {} : (JSON.parse(facts) as Values); // written by us alone
}

const factsOf = prepared((tx, { tenant, kinds }: { tenant: string; kinds: readonly string[] }) =>
  tx
    .selectFrom('record_part')
    .select(['kind', 'id', 'facts'])
    .where('tenant', '=', tenant)
    .where('kind', 'in', kinds)
    .where('part', '=', 'facts')
    // As the index has them: by their ids alone, several kinds would be found by a walk through every record.
    .orderBy('kind')
    .orderBy('id'),
);

async function membersFrom(
  server: ReadingNow,
  tx: Tx,
  staff: readonly Rec[],
  known: ReadonlyMap<string, Known> = new Map(),
): Promise<Member[]> {
  const today = businessDateJst(server.clock());
  const active = staff.filter((one) => isInService(partOf(one, 'facts'), today));
  const missing = new Set<string>();
  for (const one of active) {
    const { org, site } = partOf(one, 'facts');
    if (!known.has(`organisation/${text(org)}`)) missing.add(text(org) ?? '');
    if (!known.has(`site/${text(site)}`)) missing.add(text(site) ?? '');
  }
  const read = missing.size > 0 ? await readRecords(server, tx, [...missing]) : undefined;
  const records = read ? new Map([...known, ...read]) : known;
  return active.flatMap((one) => memberIn(records, one) ?? []);
}

function memberIn(records: ReadonlyMap<string, Known>, staff: Rec): Member | undefined {
  const facts = partOf(staff, 'facts');
  const org = text(facts['org']) ?? '';
  const orgFacts = partOf(records.get(`organisation/${org}`)?.record, 'facts');
  if (orgFacts['state'] !== 'active') return undefined;
  const site = text(facts['site']) ?? '';
  return {
    id: staff.id,
    name: text(facts['name']) ?? '',
    org,
    orgName: text(orgFacts['name']) ?? '',
    orgType: text(orgFacts['orgType']) as OrganisationType, // code list of the kind
    site,
    alsoSites: tookOver(records.get(`site/${site}`)?.record),
    role: text(facts['role']) as Role, // code list of the kind
    post: text(facts['post']),
    lastDay: text(facts['validTo']),
  };
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
