/**
 * The tablet's side of the end-of-day proof (sync/proof.ts). Claims go to the server signed by the counter's key, on the
 * lock screen too, for the supervisor's table; its answer is what 「一致」 is said from, never a count of our own.
 */
import { addDays, businessDateJst } from '../domain/date.ts';
import { verbNamed } from '../domain/kinds/index.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { toBase64Url } from '../sync/bytes.ts';
import { readVerbRef } from '../sync/entry.ts';
import { nonceResponse, proofResponse, type ProofResponse } from '../sync/protocol.ts';
import { claimBytes, dayProof, type DayProof } from '../sync/proof.ts';
import { waitsByItself } from '../sync/verdict.ts';
import { sha256, sign } from './crypto.ts';
import { readEnrolment, type EnrolmentRow } from './device-db.ts';
import { durably } from './durable.ts';
import type { Net } from './net.ts';
import type { Clock } from './ports.ts';
import { datedSince, type Dated } from './proof-read.ts';
import type { Stores } from './stores.ts';
import type { DayReport, ReportedEntry } from './types.ts';
import { isWithdrawn } from './verdicts.ts';

interface Ports {
  readonly clock: Clock;
  readonly crypto: SubtleCrypto;
}

export interface ProofParts {
  readonly ports: Ports;
  readonly net: Net;
  readonly stores: Stores;
}

const daysBack = 6;

/** Days already claimed, with the hash that was claimed. */
export type Claimed = Map<string, string>;

/** Claims of the last days, where they are not what was claimed before. A claim that fails is made with the next run. */
export async function claimDays(parts: ProofParts, claimed: Claimed): Promise<Result<void>> {
  const enrolment = await enrolled(parts.stores);
  if (!enrolment.ok) return enrolment;
  const since = addDays(businessDateJst(parts.ports.clock.now()), -daysBack);
  const proofs = await proofsSince(parts, enrolment.value, since);
  if (!proofs.ok) return proofs;
  const fresh = proofs.value.filter(({ day, hash }) => claimed.get(day) !== hash);
  if (fresh.length === 0) return ok(undefined);
  const answer = await ask(parts, enrolment.value, fresh);
  if (!answer.ok) return answer;
  for (const { day, hash } of fresh) claimed.set(day, hash);
  return ok(undefined);
}

async function enrolled(stores: Stores): Promise<Result<EnrolmentRow>> {
  const row = await durably(stores.device, () => readEnrolment(stores.device));
  if (!row.ok) return row;
  return row.value ? ok(row.value) : fail({ code: 'notFound', kind: 'site' });
}

async function proofsSince(
  { ports, stores }: ProofParts,
  enrolment: EnrolmentRow,
  since: string,
): Promise<Result<DayProof[]>> {
  const found = await durably(stores.device, () => datedSince(stores, enrolment, since));
  if (!found.ok) return found;
  const today = addDays(since, daysBack);
  // Today is claimed though nothing was entered: a tablet that is in use and silent is not one that was never heard of.
  const days = new Set([today]);
  for (const { day } of found.value) if (day <= today) days.add(day);
  const own = found.value.filter(({ isOwn }) => isOwn);
  return ok(await Promise.all([...days].map((day) => proofOf(ports, own, day))));
}

function proofOf({ crypto }: Ports, all: readonly Dated[], day: string): Promise<DayProof> {
  const hashes = all.filter((one) => one.day === day).map(({ row }) => row.hash);
  return dayProof(day, hashes, (bytes) => sha256(crypto, bytes));
}

async function ask(
  { ports, net }: ProofParts,
  { counterStore: store, counterKey }: EnrolmentRow,
  claims: readonly DayProof[],
): Promise<Result<ProofResponse>> {
  const asked = await net.post('/api/nonce', { store }, nonceResponse);
  if (!asked.ok) return asked;
  const { nonce } = asked.value;
  const sig = toBase64Url(await sign(ports.crypto, counterKey, claimBytes(store, nonce, claims)));
  return net.post('/api/proof', { store, nonce, claims, sig }, proofResponse);
}

export async function reportDay(parts: ProofParts, day: string): Promise<Result<DayReport>> {
  const enrolment = await enrolled(parts.stores);
  if (!enrolment.ok) return enrolment;
  const first = await reportOf(parts, enrolment.value, day, false);
  // An entry that a wrong clock put far back in its stream is looked for before anything is called strange.
  if (!first.ok || first.value.extra === 0) return first;
  return reportOf(parts, enrolment.value, day, true);
}

async function reportOf(
  parts: ProofParts,
  enrolment: EnrolmentRow,
  day: string,
  isWhole: boolean,
): Promise<Result<DayReport>> {
  const { stores } = parts;
  const found = await durably(stores.device, () => datedSince(stores, enrolment, day, isWhole));
  if (!found.ok) return found;
  const all = found.value.filter((one) => one.day === day);
  const dated = all.filter(({ isOwn }) => isOwn);
  // What an earlier admission of this tablet left unsent is no part of its claim, and not to be kept silent about.
  const left = all.filter(({ isOwn, row }) => !isOwn && row.state === 'pending');
  const proof = await proofOf(parts.ports, dated, day);
  const answer = await ask(parts, enrolment, [proof]);
  const server = answer.ok ? answer.value.days.find((one) => one.day === day) : undefined;
  const missing = [...left, ...dated.filter(isLacking(proof, server))];
  const isSame = server?.count === proof.count && server.hash === proof.hash;
  const open = dated.filter(({ row }) => row.care !== undefined);
  const own = new Set(dated.map(({ row }) => row.hash));
  return ok({
    ...proof,
    receipted: dated.filter(({ row }) => row.state !== 'pending').length,
    care: open.length,
    waits: open.filter(({ row }) => waitsByItself(row.state)).length,
    withdrawn: dated.filter(({ row }) => isWithdrawn(row)).length,
    server: server && answer.ok ? { ...server, at: answer.value.now } : undefined,
    problem: answer.ok ? undefined : answer.problem,
    isMatched: isSame && left.length === 0,
    missing: missing.map(entryOf).sort((a, b) => a.occurredAt - b.occurredAt),
    extra: server?.held?.filter((hash) => !own.has(hash)).length ?? 0,
  });
}

type Answered = ProofResponse['days'][number];

/** By the server's own list where it answered; by receipts alone where it did not. */
function isLacking(proof: DayProof, server: Answered | undefined): (one: Dated) => boolean {
  if (!server) return ({ row }) => row.state === 'pending';
  if (server.hash === proof.hash) return () => false;
  const held = new Set(server.held);
  return ({ row }) => !held.has(row.hash);
}

function entryOf({ store, row }: Dated): ReportedEntry {
  const { header } = row.envelope;
  const { name } = readVerbRef(header.verb);
  const title = verbNamed(name)?.title ?? name;
  return { id: row.id, staff: store.staff, title, occurredAt: header.occurredAt };
}
