/**
 * Every message between tablet and server, as schemas: the wire's only definition. Requests are parsed with them on the
 * server, answers on the tablet. Members are added, never renamed; a change of meaning is a new protocol number.
 */
import * as v from 'valibot';
import type { Problem } from '../domain/problem.ts';
import type { Values } from '../domain/value.ts';
import { digestBuckets } from './digest.ts';
import type { Verdict } from './verdict.ts';

export const protocolVersion = 2;
/** Push takes every version ever shipped; pull alone may ask for an update, and the outbox has gone before it. */
export const oldestPullProtocol = 2;
export const maxPushEntries = 100;
export const maxPullReceipts = 20;
export const pullPageParts = 500;

const id = v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/));
const base64 = v.pipe(v.string(), v.maxLength(200_000), v.regex(/^[A-Za-z0-9_-]*$/));
const instant = v.pipe(v.number(), v.safeInteger());

const headerSchema = v.strictObject({
  v: v.literal(1),
  store: id,
  lane: v.picklist(['write', 'access']),
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  prevHash: base64,
  id,
  verb: v.pipe(v.string(), v.maxLength(80)),
  actor: id,
  lease: id,
  occurredAt: instant,
  tz: v.pipe(v.string(), v.maxLength(40)),
  businessDate: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
  estSkew: instant,
  supersedes: v.exactOptional(id),
});

const envelopeSchema = v.strictObject({
  v: v.literal(1),
  hpkeKeyId: id,
  enc: base64,
  nonce: base64,
  header: headerSchema,
  ciphertext: base64,
});

const leaseSchema = v.strictObject({
  lease: v.strictObject({
    v: v.literal(1),
    id,
    tenant: id,
    store: id,
    device: id,
    user: id,
    role: v.picklist(['counter', 'counsellor', 'supervisor', 'system']),
    org: id,
    orgType: v.picklist(['city', 'hw', 'pref', 'contractor']),
    site: id,
    alsoSites: v.exactOptional(v.pipe(v.array(id), v.maxLength(4), v.readonly())),
    post: v.exactOptional(v.string()),
    issuedAt: instant,
    expiresAt: instant,
    publicKey: v.exactOptional(base64),
  }),
  sig: base64,
});

const cursorText = v.pipe(v.string(), v.minLength(1), v.maxLength(16_000));

/** Lane position already known to the server; null at the beginning of a lane. */
const headSchema = v.nullable(v.strictObject({ seq: instant, hash: base64 }));

const receiptSchema = v.object({
  id,
  hash: base64,
  seq: instant,
  verdict: v.custom<Verdict>((value) => typeof value === 'object' && value !== null),
  closed: v.exactOptional(v.literal(true)),
  withdrawn: v.exactOptional(v.literal(true)),
  putAway: v.exactOptional(v.literal(true)),
  epoch: v.exactOptional(v.string()),
  sig: v.exactOptional(base64),
});

export const pushRequest = v.strictObject({
  protocol: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  store: id,
  lane: v.picklist(['write', 'access']),
  after: headSchema,
  leases: v.pipe(v.array(leaseSchema), v.maxLength(20)),
  entries: v.pipe(v.array(envelopeSchema), v.minLength(1), v.maxLength(maxPushEntries)),
  /** Receipts that the tablet already holds for these entries and for the one before: after a restored backup they tell
      the old order, and that the server has forgotten. */
  receipts: v.exactOptional(v.pipe(v.array(receiptSchema), v.maxLength(maxPushEntries + 1))),
  /** Entries of this lane that follow after these: a restored server waits for a tablet until none does. */
  left: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  /** How far this tablet has read, by the cursor of one of its stores: a server put back from a backup knows by it that it
      was, before it judges anything by what it has left. */
  seen: v.exactOptional(v.strictObject({ store: id, cursor: cursorText })),
});

/** Of a protocol that this version does not know; nothing else of it can be. */
export const futureRequest = v.looseObject({
  protocol: v.pipe(v.number(), v.safeInteger(), v.minValue(protocolVersion + 1)),
});

/**
 * `gap`: nothing was stored; the tablet goes on from the head named. `held`: the server has been restored and keeps these
 * until it opens; they stay pending here. `fork`: this stream has another history elsewhere; all was kept, the store must
 * be enrolled anew. `durable`: everything up to this sequence is in a backup.
 */
export const pushResponse = v.variant('kind', [
  v.object({
    kind: v.literal('receipts'),
    epoch: v.string(),
    receipts: v.array(receiptSchema),
    durable: v.exactOptional(instant),
    fork: v.exactOptional(v.boolean()),
  }),
  v.object({ kind: v.literal('gap'), epoch: v.string(), head: headSchema }),
  v.object({ kind: v.literal('held'), epoch: v.string(), upTo: headSchema }),
]);

export const pullRequest = v.strictObject({
  protocol: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  cursor: v.nullable(v.pipe(v.string(), v.maxLength(16_000))),
  /** Names of the kinds that this version of the app knows; one it has newly learnt is sent from the beginning. */
  kinds: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(200))),
  /** Of each stream that is laid over the rows the last receipt: rows of a server that has forgotten the entry would take it
      from the screen. */
  receipts: v.exactOptional(v.pipe(v.array(receiptSchema), v.maxLength(maxPullReceipts))),
});

const partSchema = v.object({
  kind: v.string(),
  id,
  part: v.string(),
  rev: instant,
  seq: instant,
  body: v.custom<Values>((value) => typeof value === 'object' && value !== null),
});

const evictedSchema = v.array(v.object({ kind: v.string(), id, part: v.string() }));

export const pullResponse = v.object({
  epoch: v.string(),
  /** Server clock, epoch ms: the tablet's skew and 「何時時点」. */
  now: instant,
  parts: v.array(partSchema),
  evicted: evictedSchema,
  cursor: v.string(),
  /** The cursor was not accepted, or there was none: all is sent from the beginning. What the tablet holds and is not sent
      again by the page without `more` goes with that page. */
  fresh: v.exactOptional(v.literal(true)),
  /** The same for these kinds alone, which the app has newly learnt. */
  begun: v.exactOptional(v.array(v.string())),
  /** Every verdict up to here is reflected in the rows once `more` is false. */
  seq: instant,
  more: v.boolean(),
  /** Verdicts of this member's own entries that have changed since (a blocked one was judged again). */
  verdicts: v.exactOptional(v.array(receiptSchema)),
  durable: v.exactOptional(instant),
});

/** What the tablet's rows come to, bucket by bucket (digest.ts), at a cursor that stands at the head. */
export const digestRequest = v.strictObject({
  cursor: cursorText,
  buckets: v.pipe(
    v.array(v.strictObject({ count: v.pipe(instant, v.minValue(0)), hash: base64 })),
    v.length(digestBuckets),
  ),
});

/**
 * `behind`: the tablet has to pull first. `differs`: these buckets, whole, replace the tablet's. `rebuild`: so much differs
 * that the tablet had better begin again.
 */
export const digestResponse = v.variant('kind', [
  v.object({ kind: v.literal('same'), epoch: v.string() }),
  v.object({ kind: v.literal('behind'), epoch: v.string() }),
  v.object({ kind: v.literal('rebuild'), epoch: v.string() }),
  v.object({
    kind: v.literal('differs'),
    epoch: v.string(),
    buckets: v.array(v.object({ bucket: instant, parts: v.array(partSchema) })),
  }),
]);

/** Asked by a locked tablet, by the cursor alone: what it holds and may not any more, as opaque ids. */
export const evictionRequest = v.strictObject({
  store: id,
  cursor: cursorText,
  /** Up to where it has asked before. */
  since: v.exactOptional(instant),
});
export const evictionResponse = v.object({
  epoch: v.string(),
  evicted: evictedSchema,
  upTo: instant,
  more: v.boolean(),
});

/** The data of one event of GET /api/hints: something was committed, no word of what. */
export const hint = v.object({ tenant: id, seq: instant });

export const deviceRequest = v.strictObject({
  code: v.pipe(v.string(), v.maxLength(20)),
  device: id,
  store: id,
  name: v.pipe(v.string(), v.maxLength(40)),
  /** Raw P-256 point (65 bytes), base64url: the counter's signing key. */
  publicKey: base64,
});

const serverKeys = v.object({
  /** Raw P-256 point of the server's identity, pinned by the device. */
  identity: base64,
  hpke: v.object({ keyId: id, publicKey: base64 }),
});

/** An epoch of the server, signed by the identity that devices pinned at enrolment. `before` is the one it follows. */
export const epochStatement = v.object({
  epoch: v.string(),
  before: v.nullable(v.string()),
  madeAt: instant,
  sig: base64,
});

const staffList = v.array(
  v.object({ id, name: v.string(), org: id, orgName: v.string(), role: v.string() }),
);

export const enrolResponse = v.object({
  tenant: id,
  area: v.string(),
  epoch: v.string(),
  now: instant,
  keys: serverKeys,
  lease: leaseSchema,
  site: v.object({ id, name: v.string() }),
  /** Staff who may enrol on this tablet (those of its site). */
  staff: staffList,
  /** The epochs up to the present one: how a store knows those before it. */
  epochs: v.exactOptional(v.array(epochStatement)),
  /** To a tablet just admitted: those of its counter that have not been heard of for long. */
  silent: v.exactOptional(v.array(v.object({ name: v.string(), heardAt: instant }))),
});

export const storeRequest = v.strictObject({
  device: id,
  store: id,
  staff: id,
  password: v.pipe(v.string(), v.maxLength(200)),
  /** Of her own, in place of the one that she was given to begin with. */
  newPassword: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  publicKey: base64,
  /** By the device's key over enrolBytes(device, store, staff). */
  deviceSig: base64,
});

export const nonceRequest = v.strictObject({ store: id });
export const nonceResponse = v.object({ nonce: base64 });
export const sessionRequest = v.strictObject({
  store: id,
  nonce: base64,
  sig: base64,
  /** Of a store that the server has not known: what it knew of it before it was restored. */
  lease: v.exactOptional(leaseSchema),
});
export const sessionResponse = v.object({
  token: v.string(),
  expiresAt: instant,
  now: instant,
  epoch: v.string(),
  lease: leaseSchema,
  /** What anonymous answers of this counter are sent with: the same for all its tablets (survey.ts). */
  surveyPass: v.exactOptional(v.string()),
  /** Staff who may enrol on this tablet, as of now: who has left or come since. */
  staff: v.exactOptional(staffList),
  /** The tablet's counter: another one when it has moved. */
  site: v.exactOptional(v.object({ id, name: v.string() })),
});

export const deviceCodeResponse = v.object({ code: v.string(), expiresAt: instant });

export const searchRequest = v.strictObject({
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
});
export const searchResponse = v.object({
  found: v.array(
    v.object({
      id,
      card: v.custom<Values>((value) => typeof value === 'object'),
      /** The name that matched, where it stands on a registration merged into this one. */
      formerly: v.exactOptional(v.string()),
    }),
  ),
  limited: v.boolean(),
});

/** Brings the file of a person of one's own organisation to hand at one's counter, for the day. */
export const callUpRequest = v.strictObject({ seeker: id });

const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/));
const dayProofSchema = v.strictObject({
  day,
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  hash: base64,
});

/** What a tablet says it wrote on a day: signed by its own key (claimBytes), which needs nobody to be there. */
export const proofRequest = v.strictObject({
  store: id,
  nonce: base64,
  claims: v.pipe(v.array(dayProofSchema), v.minLength(1), v.maxLength(31)),
  sig: base64,
});
/** What the server holds of the same tablet and day; the hashes one by one where the two differ. */
export const proofResponse = v.object({
  now: instant,
  days: v.array(
    v.object({ day, count: instant, hash: base64, held: v.exactOptional(v.array(base64)) }),
  ),
});

/** A captive portal answers 200 as well; it does not answer this. */
export const healthResponse = v.object({
  ok: v.literal(true),
  version: v.exactOptional(v.string()),
  now: v.exactOptional(instant),
  /** A portal's `{ok: true}` is none of ours. */
  protocol: instant,
  epoch: v.string(),
});

/** GET /api/epoch: the chain from the first to the present one. */
export const epochResponse = v.object({ chain: v.array(epochStatement) });

/** GET /api/epoch/state and the answer to POST /api/epoch/release, for supervisors: what a restored server waits for. */
export const epochStateResponse = v.object({
  state: v.picklist(['open', 'closed']),
  madeAt: instant,
  /** Supervisors who have released it before all was back; it opens with the second. */
  releases: v.array(v.object({ staff: id, name: v.string(), at: instant })),
  /** Stores known before that have not offered anew, each with its tablet. */
  missing: v.array(
    v.object({
      deviceName: v.string(),
      userName: v.nullable(v.string()),
      heardAt: v.nullable(instant),
    }),
  ),
});

export type EpochState = v.InferOutput<typeof epochStateResponse>;
export type ProofRequest = v.InferOutput<typeof proofRequest>;
export type ProofResponse = v.InferOutput<typeof proofResponse>;
export type PushRequest = v.InferOutput<typeof pushRequest>;
export type EpochStatement = v.InferOutput<typeof epochStatement>;
export type PushResponse = v.InferOutput<typeof pushResponse>;
export type PullRequest = v.InferOutput<typeof pullRequest>;
export type PullResponse = v.InferOutput<typeof pullResponse>;
export type DigestRequest = v.InferOutput<typeof digestRequest>;
export type DigestResponse = v.InferOutput<typeof digestResponse>;
export type EvictionRequest = v.InferOutput<typeof evictionRequest>;
export type EvictionResponse = v.InferOutput<typeof evictionResponse>;
export type DeviceRequest = v.InferOutput<typeof deviceRequest>;
export type EnrolResponse = v.InferOutput<typeof enrolResponse>;
export type StoreRequest = v.InferOutput<typeof storeRequest>;
export type SessionResponse = v.InferOutput<typeof sessionResponse>;
export type WirePart = v.InferOutput<typeof partSchema>;

/** Every refusal over HTTP has this body and a 4xx (or 503) status. */
export interface ProblemBody {
  readonly problem: Problem;
}
