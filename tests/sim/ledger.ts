/** The server's tables read row by row and opened with the test cipher: what the oracle believes to have been received. */
import type { Cipher } from '../../src/server/cipher.ts';
import type { Place } from './place.ts';
import type { Tables } from '../../src/server/schema.ts';
import type { Actor, Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import type { Body, Header } from '../../src/sync/entry.ts';
import type { Verdict } from '../../src/sync/verdict.ts';
import type { SimBase } from './sim-base.ts';

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
  const keys = new Map(base.rows('person_key').map(({ person, wrapped }) => [person, wrapped]));
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
  return entriesWhere(base, vault, ({ lane }) => lane.startsWith('write'));
}

/** Entries that a person has put right or withdrawn with a reason: nobody waits for them any more. */
export function putAway(
  base: SimBase,
  vault: ServerVault,
  received: readonly Received[],
): ReadonlySet<unknown> {
  const isDiscard = ({ lane, header }: Tables['entry']) =>
    lane.startsWith('access') && header.includes('"access.discard@');
  return new Set<unknown>([
    ...received.flatMap(({ header }) => header.supersedes ?? []),
    ...entriesWhere(base, vault, isDiscard).map(({ body }) => body.args['id']),
  ]);
}

function entriesWhere(
  base: SimBase,
  vault: ServerVault,
  isAsked: (row: Tables['entry']) => boolean,
): Received[] {
  // Numbered before any is left out.
  const rows = base
    .rows('entry')
    .map((row, at) => ({ ...row, at }))
    .filter(isAsked);
  if (rows.length === 0) return [];
  const open = openerOf(base, vault);
  const leases = new Map(base.rows('lease').map(({ id, lease }) => [id, leaseActor(lease)]));
  const movers = new Map(base.rows('change').map(({ seq, entry }) => [seq, entry]));
  return rows.map((row) => {
    const header = JSON.parse(row.header) as Header;
    const place = `entry/${vault.tenant}/${header.id}`;
    return {
      header,
      hash: row.hash,
      body: open(row.owner, row.body, place) as Body,
      verdict: JSON.parse(row.verdict) as Verdict,
      verdictSeq: row.verdict_seq,
      isMover: movers.get(row.verdict_seq) === header.id,
      at: row.at,
      actor: leases.get(header.lease) ?? system,
    };
  });
}

function leaseActor(text: string): Actor {
  const { user, role, org, orgType, site, post } = JSON.parse(text) as Actor;
  return { user, role, org, orgType, site, ...(post === undefined ? {} : { post }) };
}

export function serverParts(base: SimBase, vault: ServerVault): ServerPart[] {
  const open = openerOf(base, vault);
  return base.rows('record_part').map(({ kind, id, part, rev, seq, person, facts, sealed }) => {
    const body = sealed
      ? open(person ?? id, sealed, `part/${vault.tenant}/${kind}/${id}/${part}`)
      : JSON.parse(String(facts));
    return { kind, id, part, rev, seq, body: body as Values };
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
