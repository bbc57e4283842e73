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

/** An entry of whatever lane as it lies there. */
export interface Stored {
  readonly row: Tables['entry'];
  readonly header: Header;
  /** Order of arrival. */
  readonly at: number;
}

/** What the server has, each table read once. */
export interface Ledger {
  readonly entries: readonly Stored[];
  /** Write lane, in order of arrival. */
  readonly received: readonly Received[];
  /** Entries that a person has put right or withdrawn with a reason: nobody waits for them any more. */
  readonly over: ReadonlySet<unknown>;
  readonly changes: readonly Tables['change'][];
  readonly parts: readonly ServerPart[];
}

/** What she is compared with who is level with the server. */
export type Standing = Pick<Ledger, 'changes' | 'parts'>;

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

export function readLedger(base: SimBase, vault: ServerVault): Ledger {
  const open = openerOf(base, vault);
  const changes = base.rows('change');
  const entries = entriesOf(base);
  const bodyOf = ({ row, header }: Stored) =>
    open(row.owner, row.body, `entry/${vault.tenant}/${header.id}`) as Body;
  const received = receivedOf(base, entries, changes, bodyOf);
  const isDiscard = ({ row: { lane }, header }: Stored) =>
    lane.startsWith('access') && header.verb.startsWith('access.discard@');
  const over = new Set<unknown>([
    ...received.flatMap(({ header }) => header.supersedes ?? []),
    ...entries.filter(isDiscard).map((one) => bodyOf(one).args['id']),
  ]);
  return { entries, received, over, changes, parts: serverParts(base, vault, open) };
}

export function readStanding(base: SimBase, vault: ServerVault): Standing {
  return { changes: base.rows('change'), parts: serverParts(base, vault) };
}

export function receivedEntries(base: SimBase, vault: ServerVault): readonly Received[] {
  return readLedger(base, vault).received;
}

function entriesOf(base: SimBase): Stored[] {
  return base
    .rows('entry')
    .map((row, at) => ({ row, header: JSON.parse(row.header) as Header, at }));
}

function receivedOf(
  base: SimBase,
  entries: readonly Stored[],
  changes: Ledger['changes'],
  bodyOf: (one: Stored) => Body,
): Received[] {
  const leases = new Map(base.rows('lease').map(({ id, lease }) => [id, leaseActor(lease)]));
  const movers = new Map(changes.map(({ seq, entry }) => [seq, entry]));
  const written = entries.filter(({ row }) => row.lane.startsWith('write'));
  return written.map((one) => {
    const { row, header, at } = one;
    return {
      header,
      hash: row.hash,
      body: bodyOf(one),
      verdict: JSON.parse(row.verdict) as Verdict,
      verdictSeq: row.verdict_seq,
      isMover: movers.get(row.verdict_seq) === header.id,
      at,
      actor: leases.get(header.lease) ?? system,
    };
  });
}

function leaseActor(text: string): Actor {
  const { user, role, org, orgType, site, post } = JSON.parse(text) as Actor;
  return { user, role, org, orgType, site, ...(post === undefined ? {} : { post }) };
}

export function serverParts(
  base: SimBase,
  vault: ServerVault,
  open = openerOf(base, vault),
): ServerPart[] {
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
