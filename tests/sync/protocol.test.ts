/** The wire's shape, hashed: it cannot change unnoticed. And what the schemas refuse. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { canonical } from '../../src/sync/bytes.ts';
import type { Header } from '../../src/sync/entry.ts';
import type { Envelope } from '../../src/sync/envelope.ts';
import type { SignedLease } from '../../src/sync/lease.ts';
import * as protocol from '../../src/sync/protocol.ts';
import type { Receipt } from '../../src/sync/verdict.ts';

/** Everything in a schema that decides what passes; functions and messages left out. */
function shapeOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(shapeOf);
  if (schema instanceof RegExp) return schema.source;
  if (typeof schema === 'bigint') return String(schema);
  if (typeof schema !== 'object' || schema === null)
    return typeof schema === 'function' ? undefined : schema;
  const kept = Object.entries(schema).filter(
    ([key]) => !['~standard', '~run', 'message', 'expects'].includes(key),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, shapeOf(value)]));
}

const schemas = Object.entries(protocol).filter(
  ([, value]) => typeof value === 'object' && 'kind' in value,
);

test('the shape of the wire belongs to its version', () => {
  const shape = canonical(shapeOf(Object.fromEntries(schemas)));
  const hash = createHash('sha256').update(shape).digest('base64url').slice(0, 16);
  // Members are added, never renamed. An addition: pin the new hash. A change of meaning: a new protocolVersion too.
  expect([protocol.protocolVersion, hash]).toEqual([2, 'g341zWuUpzLJQxEL']);
});

test('the hash sees what decides: a name, a limit, an option, a nullable', () => {
  const hash = (schema: unknown) => canonical(shapeOf(schema));
  const base = v.object({ a: v.pipe(v.string(), v.maxLength(3)), b: v.picklist(['x']) });
  const others = [
    v.object({ a2: v.pipe(v.string(), v.maxLength(3)), b: v.picklist(['x']) }),
    v.object({ a: v.pipe(v.string(), v.maxLength(4)), b: v.picklist(['x']) }),
    v.object({ a: v.pipe(v.string(), v.maxLength(3)), b: v.picklist(['x', 'y']) }),
    v.object({ a: v.nullable(v.pipe(v.string(), v.maxLength(3))), b: v.picklist(['x']) }),
    v.strictObject({ a: v.pipe(v.string(), v.maxLength(3)), b: v.picklist(['x']) }),
    v.object({ a: v.pipe(v.string(), v.regex(/a/)), b: v.picklist(['x']) }),
  ];
  expect(new Set([base, ...others].map(hash)).size).toBe(7);
});

const header: Header = {
  v: 1,
  store: 's-1',
  lane: 'write',
  seq: 1,
  prevHash: '',
  id: 'e-1',
  verb: 'visit.log@1',
  actor: 'st-1',
  lease: 'l-1',
  occurredAt: 0,
  tz: 'Asia/Tokyo',
  businessDate: '2026-04-20',
  estSkew: 0,
};
const envelope: Envelope = {
  v: 1,
  hpkeKeyId: 'k-1',
  enc: 'AA',
  nonce: 'AA',
  header,
  ciphertext: 'AA',
};
const lease: SignedLease = {
  lease: {
    v: 1,
    id: 'l-1',
    tenant: 't-1',
    store: 's-1',
    device: 'd-1',
    user: 'st-1',
    role: 'counter',
    org: 'o-1',
    orgType: 'hw',
    site: 's-1',
    issuedAt: 0,
    expiresAt: 1,
  },
  sig: 'AA',
};
const push = {
  protocol: 1,
  store: 's-1',
  lane: 'write',
  after: null,
  leases: [lease],
  entries: [envelope],
};

describe('a push', () => {
  test('of the types that the tablet makes passes', () => {
    expect(v.parse(protocol.pushRequest, push)).toEqual(push);
    const post = { ...lease, lease: { ...lease.lease, post: 'p-1' } };
    expect(
      v.is(protocol.pushRequest, { ...push, leases: [post], after: { seq: 1, hash: 'AA' } }),
    ).toBe(true);
  });

  test.each([
    ['no entries', { ...push, entries: [] }],
    ['too many entries', { ...push, entries: Array.from({ length: 101 }, () => envelope) }],
    ['a member nobody knows', { ...push, more: 1 }],
    [
      'a sequence below one',
      { ...push, entries: [{ ...envelope, header: { ...header, seq: 0 } }] },
    ],
    ['an id that could be a path', { ...push, store: '../etc' }],
    [
      'a business date in words',
      { ...push, entries: [{ ...envelope, header: { ...header, businessDate: '今日' } }] },
    ],
    [
      'a ciphertext that is no base64url',
      { ...push, entries: [{ ...envelope, ciphertext: 'a=' }] },
    ],
    [
      'a role nobody has',
      { ...push, leases: [{ ...lease, lease: { ...lease.lease, role: 'root' } }] },
    ],
    ['an envelope of another version', { ...push, entries: [{ ...envelope, v: 2 }] }],
    ['nothing', undefined],
  ])('with %s is refused', (_title, raw) => {
    expect(v.is(protocol.pushRequest, raw)).toBe(false);
  });
});

test('answers: receipts, a gap', () => {
  const receipt: Receipt = { id: 'e-1', hash: 'AA', seq: 3, verdict: { code: 'applied' } };
  const answer = { kind: 'receipts', epoch: 'e', receipts: [receipt] };
  expect(v.parse(protocol.pushResponse, answer)).toEqual(answer);
  const gap = { kind: 'gap', epoch: 'e', head: null };
  expect(v.parse(protocol.pushResponse, gap)).toEqual(gap);
  expect(v.is(protocol.pushResponse, { kind: 'other', epoch: 'e' })).toBe(false);
});
