/**
 * The tables [final: design.md §7] as TypeScript sees them. Every key begins with the tenant. Personal values rest only in
 * `sealed` and `body` (AES-256-GCM under a key of the person, itself wrapped by the master key); `facts` are nameless.
 */
import type { Lane } from '../sync/entry.ts';

type Blob = Uint8Array;

/** What a change concerns. */
interface PartKey {
  readonly tenant: string;
  readonly kind: string;
  readonly id: string;
  readonly part: string;
}

export interface Tables {
  /** Small facts about the tenant: epoch, demo mark, schema. */
  meta: { tenant: string; name: string; value: string };
  /** Locked by every write, never updated. */
  tenant_head: { tenant: string; area: string; made_at: number };
  server_key: {
    tenant: string;
    id: string;
    purpose: 'identity' | 'hpke' | 'secret';
    public_key: string;
    wrapped: Blob;
    made_at: number;
  };
  store: {
    tenant: string;
    store: string;
    device: string;
    user: string;
    role: string;
    org: string;
    org_type: string;
    site: string;
    public_key: string;
    state: 'active' | 'revoked';
    made_at: number;
    pushed_at: number | null;
    pulled_at: number | null;
    revoked_at: number | null;
    revoked_by: string | null;
  };
  device: {
    tenant: string;
    device: string;
    name: string;
    site: string;
    public_key: string;
    admitted_by: string;
    made_at: number;
  };
  device_code: {
    tenant: string;
    code: string;
    issued_by: string;
    org: string;
    org_type: string;
    site: string;
    expires_at: number;
    used_by: string | null;
  };
  credential: { tenant: string; staff: string; hash: string };
  lease: { tenant: string; id: string; store: string; lease: string; sig: string };
  entry: {
    tenant: string;
    store: string;
    lane: Lane;
    seq: number;
    id: string;
    hash: string;
    header: string;
    facts: string;
    /** Whose key seals the body: a person's id, else a record's, else the store's. */
    owner: string;
    body: Blob;
    verdict: string;
    verdict_seq: number;
    received_at: number;
  };
  change: PartKey & { seq: number; entry: string };
  change_scope: PartKey & { seq: number; scope: string };
  record_part: PartKey & {
    rev: number;
    seq: number;
    person: string | null;
    facts: string | null;
    sealed: Blob | null;
  };
  part_scope: PartKey & { scope: string };
  /** Every person a record is about, so that her records are found without opening any. */
  record_person: { tenant: string; person: string; kind: string; id: string };
  conflict: { tenant: string; entry: string; problem: string; at: number };
  alias: { tenant: string; kind: string; id: string; target: string };
  person_key: { tenant: string; person: string; wrapped: Blob };
  /** Who looked at what: from the access lane and from searches asked of the server. */
  access_event: {
    tenant: string;
    id: string;
    store: string;
    user: string;
    org: string;
    action: string;
    kind: string;
    record: string;
    at: number;
  };
  alarm: { tenant: string; id: string; what: string; details: string; at: number };
}
