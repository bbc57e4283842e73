/**
 * Formats marked [final] in design.md, pinned as literal texts and hashes. If a test here turns red, tablets in the field
 * hold entries that this code no longer understands: mend the code, never the literal.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { toBase64Url, type Bytes } from '../../src/sync/bytes.ts';
import {
  entryHash,
  entryVersion,
  readVerbRef,
  verbRef,
  type Body,
  type Header,
} from '../../src/sync/entry.ts';
import {
  envelopeAad,
  envelopeVersion,
  hpkeExportLabel,
  hpkeInfo,
  sealedText,
} from '../../src/sync/envelope.ts';
import { enrolBytes, leaseBytes, sessionBytes, type Lease } from '../../src/sync/lease.ts';

const header: Header = {
  v: 1,
  store: 'store-1',
  lane: 'write',
  seq: 7,
  prevHash: 'cHJldg',
  id: '0197c2a0-0000-7000-8000-000000000001',
  verb: 'visit.log@1',
  actor: 'st-1',
  lease: 'lease-1',
  occurredAt: 1_776_646_800_000,
  tz: 'Asia/Tokyo',
  businessDate: '2026-04-20',
  estSkew: -1200,
};
const body: Body = {
  args: { id: 'v-1', purposes: ['seminar'], heads: 2, note: '髙﨑さん' },
  base: { 'visit/v-1/facts': { state: 'waiting', ticket: null } },
  expected: { 'visit/v-1': 'waiting' },
  salt: 'AAECAwQFBgcICQoLDA0ODw',
};
const lease: Lease = {
  v: 1,
  id: 'lease-1',
  tenant: 'sapporo',
  store: 'store-1',
  device: 'device-1',
  user: 'st-1',
  role: 'counsellor',
  org: 'o-city',
  orgType: 'city',
  site: 's-1',
  issuedAt: 1,
  expiresAt: 2,
};

const headerText =
  '{"actor":"st-1","businessDate":"2026-04-20","estSkew":-1200,"id":"0197c2a0-0000-7000-8000-000000000001","lane":"write","lease":"lease-1","occurredAt":1776646800000,"prevHash":"cHJldg","seq":7,"store":"store-1","tz":"Asia/Tokyo","v":1,"verb":"visit.log@1"}';
const bodyText =
  '{"args":{"heads":2,"id":"v-1","note":"髙﨑さん","purposes":["seminar"]},"base":{"visit/v-1/facts":{"state":"waiting","ticket":null}},"expected":{"visit/v-1":"waiting"}}';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const sha256 = (bytes: Bytes) =>
  Promise.resolve(new Uint8Array(createHash('sha256').update(bytes).digest()));
const hashOf = (changed: Partial<Header>, changedBody: Partial<Body> = {}) =>
  entryHash({ ...header, ...changed }, { ...body, ...changedBody }, sha256);

test('the entry hash is SHA-256(header ‖ SHA-256(salt ‖ body)), over these very bytes', async () => {
  const salt = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  const inner = createHash('sha256').update(salt).update(bodyText, 'utf8').digest();
  const outer = createHash('sha256').update(headerText, 'utf8').update(inner).digest();
  expect(await hashOf({})).toBe(outer.toString('base64url'));
  expect(await hashOf({})).toBe('0ME3-SAamGwZKz0NQraFQbrNemuiXe0YvCu7ngeK_kw');
});

test('every field of header and body is under the hash', async () => {
  const own = await hashOf({});
  for (const [name, value] of Object.entries(header)) {
    const other = typeof value === 'number' ? value + 1 : `${value}x`;
    expect([name, await hashOf({ [name]: other })]).not.toEqual([name, own]);
  }
  for (const changed of [
    { args: { ...body.args, heads: 3 } },
    { base: {} },
    { expected: {} },
    { salt: toBase64Url(new Uint8Array(16)) },
  ])
    expect(await hashOf({}, changed)).not.toBe(own);
});

test('a redacted body leaves the chain checkable: the hash needs only the body hash', async () => {
  const seen: Bytes[] = [];
  await entryHash(header, body, (bytes) => {
    seen.push(bytes);
    return sha256(bytes);
  });
  expect(seen).toHaveLength(2);
  expect(text(seen[1]?.subarray(0, -32) ?? new Uint8Array())).toBe(headerText);
});

test('the envelope authenticates the header and seals the rest', () => {
  expect(text(envelopeAad(header))).toBe(headerText);
  expect(text(sealedText({ header, body, hash: 'h', sig: 'c2ln' }))).toBe(
    `${bodyText.slice(0, -1)},"salt":"AAECAwQFBgcICQoLDA0ODw","sig":"c2ln"}`,
  );
  expect([hpkeInfo, hpkeExportLabel]).toEqual(['madoguchi/envelope/v1', 'madoguchi/entry-key/v1']);
  expect([entryVersion, envelopeVersion]).toEqual([1, 1]);
});

test('what is signed: lease, session, enrolment, each under its own name', () => {
  expect(text(leaseBytes(lease))).toBe(
    'madoguchi/lease/v1\n{"device":"device-1","expiresAt":2,"id":"lease-1","issuedAt":1,"org":"o-city","orgType":"city","role":"counsellor","site":"s-1","store":"store-1","tenant":"sapporo","user":"st-1","v":1}',
  );
  expect(text(leaseBytes({ ...lease, post: 'p-1' }))).toContain('"post":"p-1"');
  expect(text(sessionBytes('store-1', 'bm9uY2U'))).toBe(
    'madoguchi/session/v1\n{"nonce":"bm9uY2U","store":"store-1"}',
  );
  expect(text(enrolBytes('device-1', 'store-1', 'st-1'))).toBe(
    'madoguchi/enrol/v1\n{"device":"device-1","staff":"st-1","store":"store-1"}',
  );
});

test('a verb travels as name@version', () => {
  expect(verbRef('visit.log', 1)).toBe('visit.log@1');
  expect(readVerbRef('visit.log@12')).toEqual({ name: 'visit.log', version: 12 });
  expect(readVerbRef('visit.log').version).toBe(0);
});
