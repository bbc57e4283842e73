/** The server's tables read with bare SQL and opened with the test cipher: what the oracle believes to have been received. */
import type { Cipher } from '../../src/server/cipher.ts';
import type { Place } from './place.ts';
import type { Actor, Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import type { Body, Header } from '../../src/sync/entry.ts';
import type { Verdict } from '../../src/sync/verdict.ts';
import type { SimBase } from './sim-sqlite.ts';
import { word } from './word.ts';

export interface Received {
  readonly header: Header;
  readonly hash: string;
  readonly body: Body;
  readonly verdict: Verdict;
  readonly verdictSeq: number;
  /** The change at that sequence is its own; an entry that changed nothing stands behind the one that did. */
  readonly isMover: boolean;
  /** Order of arrival. */
  readonly at: number;
  readonly actor: Actor;
}

export interface ServerPart {
  readonly kind: string;
  readonly id: string;
  readonly part: string;
  readonly rev: number;
  readonly seq: number;
  readonly body: Values;
}

const system: Actor = { user: 'system', role: 'system', org: 'system', orgType: 'city', site: '' };

/** What opens the server's sealed columns. */
interface ServerVault extends Pick<Place, 'tenant' | 'master'> {
  readonly cipher: Cipher;
}

type Open = (owner: string, sealed: Uint8Array, place: string) => unknown;

function openerOf(base: SimBase, { cipher, tenant, master }: ServerVault): Open {
  const keys = new Map(
    base
      .all('select person, wrapped from person_key')
      .map(({ person, wrapped }) => [String(person), wrapped as Uint8Array]),
  );
  const unwrapped = new Map<string, Uint8Array>();
  const keyOf = (owner: string) => {
    const wrapped = keys.get(owner);
    if (!wrapped) throw new Error(`no key of ${owner}`);
    const key = cipher.open(master, wrapped, `person_key/${tenant}/${owner}`);
    unwrapped.set(owner, key);
    return key;
  };
  return (owner, sealed, place) => {
    const key = unwrapped.get(owner) ?? keyOf(owner);
    return JSON.parse(cipher.open(key, sealed, place).toString('utf8'));
  };
}

/** Write lane, in order of arrival. */
export function receivedEntries(base: SimBase, vault: ServerVault): Received[] {
  return entriesWhere(base, vault, "lane like 'write%'");
}

/** Entries that a person has put right or withdrawn with a reason: nobody waits for them any more. */
export function putAway(
  base: SimBase,
  vault: ServerVault,
  received: readonly Received[],
): ReadonlySet<unknown> {
  const isDiscard = "lane like 'access%' and header like '%\"access.discard@%'";
  return new Set<unknown>([
    ...received.flatMap(({ header }) => header.supersedes ?? []),
    ...entriesWhere(base, vault, isDiscard).map(({ body }) => body.args['id']),
  ]);
}

const entriesAndMovers = `
  select entry.rowid as at, hash, header, owner, body, verdict, verdict_seq, change.entry as mover
  from entry left join change on change.tenant = entry.tenant and change.seq = verdict_seq`;

function entriesWhere(base: SimBase, vault: ServerVault, condition: string): Received[] {
  const rows = base.all(`${entriesAndMovers} where ${condition} order by entry.rowid`);
  if (rows.length === 0) return [];
  const open = openerOf(base, vault);
  const leases = new Map(
    base
      .all('select id, lease from lease')
      .map(({ id, lease }) => [String(id), leaseActor(String(lease))]),
  );
  return rows.map((row) => {
    const header = JSON.parse(String(row['header'])) as Header;
    const place = `entry/${vault.tenant}/${header.id}`;
    return {
      header,
      hash: String(row['hash']),
      body: open(String(row['owner']), row['body'] as Uint8Array, place) as Body,
      verdict: JSON.parse(String(row['verdict'])) as Verdict,
      verdictSeq: Number(row['verdict_seq']),
      isMover: row['mover'] === header.id,
      at: Number(row['at']),
      actor: leases.get(header.lease) ?? system,
    };
  });
}

function leaseActor(text: string): Actor {
  const { user, role, org, orgType, site, post } = JSON.parse(text) as Actor;
  return { user, role, org, orgType, site, ...(post === undefined ? {} : { post }) };
}

const allParts = 'select kind, id, part, rev, seq, person, facts, sealed from record_part';

export function serverParts(base: SimBase, vault: ServerVault): ServerPart[] {
  const open = openerOf(base, vault);
  return base.all(allParts).map((row) => {
    const [kind, id, part] = [String(row['kind']), String(row['id']), String(row['part'])];
    const owner = row['person'] === null ? id : word(row['person']);
    const sealed = row['sealed'] as Uint8Array | null;
    const body = sealed
      ? open(owner, sealed, `part/${vault.tenant}/${kind}/${id}/${part}`)
      : JSON.parse(String(row['facts']));
    return {
      kind,
      id,
      part,
      rev: Number(row['rev']),
      seq: Number(row['seq']),
      body: body as Values,
    };
  });
}

export function recordsOf(parts: readonly ServerPart[]): Map<string, Rec> {
  const records = new Map<string, Rec & { readonly parts: Record<string, Values> }>();
  for (const { kind, id, part, body } of parts) {
    const key = `${kind}/${id}`;
    const record = records.get(key) ?? { kind, id, parts: {} };
    record.parts[part] = body;
    records.set(key, record);
  }
  return records;
}
