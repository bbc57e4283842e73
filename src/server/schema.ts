/**
 * The tables [final: design.md §7] as TypeScript sees them. Every key begins with the tenant. Personal values rest only in
 * `sealed` and `body` (AES-256-GCM under a key of the person, itself wrapped by the master key); `facts` are nameless.
 */
import type { Lane } from '../sync/entry.ts';
import type { VerdictCode } from '../sync/verdict.ts';

type Blob = Uint8Array;

/** What a change concerns. */
export interface PartKey {
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
    /** Epoch in which, restored, the server has heard all of this lane; null in rows older than the columns. */
    offered_write: string | null;
    offered_access: string | null;
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
  /** `start`: when it was made, where it is one that only begins (start-passwords.ts). */
  credential: { tenant: string; staff: string; hash: string; start: number | null };
  lease: { tenant: string; id: string; store: string; lease: string; sig: string };
  entry: {
    tenant: string;
    store: string;
    /** Of a stream that went on elsewhere too (a copied profile), every later history has a lane of its own: `write:<branch>`. */
    lane: string;
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
    /** JST date of the device's clock when it was written; null in rows older than the column. */
    day: string | null;
  };
  /** Which entry put which right; the first wins. */
  supersede: { tenant: string; old: string; entry: string };
  /** Entries that wait for a record, in the order in which they arrived. */
  blocked: { tenant: string; entry: string; kind: string; id: string; arrived: number };
  /** Verdicts that changed after their first receipt, for the author's next pull. */
  verdict_change: { tenant: string; store: string; seq: number; entry: string };
  /** What waits for a person: seen by the author and by supervisors of her organisation. Nothing personal. */
  repair: {
    tenant: string;
    entry: string;
    store: string;
    author: string;
    org: string;
    site: string;
    verb: string;
    code: string;
    at: number;
    state: 'open' | 'superseded' | 'discarded' | 'resolved';
    closed_by: string | null;
    closed_at: number | null;
  };
  /** Every epoch this server has had; the last is the present one. */
  epoch: {
    tenant: string;
    epoch: string;
    before: string | null;
    made_at: number;
    sig: string;
    state: 'open' | 'closed';
    /** Tenant sequence that the restored backup reached. */
    seq: number;
    released_by: string | null;
    opened_at: number | null;
  };
  /** Pushed while the epoch is closed: judged in the old order when it opens. */
  reoffer: {
    tenant: string;
    store: string;
    lane: Lane;
    seq: number;
    hash: string;
    /** Sequence of its old receipt; null for what is new. */
    old_seq: number | null;
    /** The verdict of that receipt. */
    old_code: VerdictCode | null;
    /** 1 where that was a refusal with which its author has dealt. */
    put_away: number | null;
    request: string;
    received_at: number;
  };
  /** The facts that a closing counted. */
  closing_fact: { tenant: string; closing: string; kind: string; id: string; facts: string };
  /** What a tablet says it wrote on a day. */
  day_claim: {
    tenant: string;
    device: string;
    day: string;
    count: number;
    hash: string;
    at: number;
  };
  change: PartKey & {
    seq: number;
    entry: string;
    /** Drawn by the transaction that wrote it: what a restored server writes at the same sequence has another. Null in rows
        older than the column. */
    mark: string | null;
  };
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
  /** Anonymous answers: no store, author, time or order of arrival. */
  survey: {
    tenant: string;
    id: string;
    site: string;
    month: string;
    overall: string;
    glad: string | null;
  };
  survey_comment: { tenant: string; id: string; site: string; month: string; sealed: Blob };
}
