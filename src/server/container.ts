/**
 * A container that somebody carried here: opened, and each push request in it run like any other. Nobody need be signed in,
 * as for push: the signatures inside are the authorship. What of one store does not fit keeps nothing else back; the same
 * file again changes nothing.
 */
import { ok, type Problem, type Result } from '../domain/problem.ts';
import { fromBase64Url, fromUtf8 } from '../sync/bytes.ts';
import {
  containerAad,
  containerContent,
  wrongContainer,
  type ContainerResponse,
  type SealedContainer,
  type StoreDelivery,
} from '../sync/container.ts';
import type { PushRequest, PushResponse } from '../sync/protocol.ts';
import { hasEffect, type Verdict } from '../sync/verdict.ts';
import { headSeq } from './log-now.ts';
import { parseJson } from './parse-json.ts';
import { push } from './push.ts';
import type { Server } from './server.ts';
import type { ServerKeys } from './server-keys.ts';
import { streamHead } from './streams.ts';

const unreadable = () => wrongContainer('このファイルは途中で壊れているか、別のエリアのものです。');

export async function takeContainer(
  server: Server,
  container: SealedContainer,
): Promise<Result<ContainerResponse>> {
  const requests = await openContainer(container, server.keys);
  if (!requests) return unreadable();
  const stores = new Map<string, StoreDelivery>();
  // One after the other, in the order of the file: later ones may rest on earlier ones.
  for (const request of requests) {
    const delivered = await deliver(server, request);
    const before = stores.get(request.store);
    stores.set(request.store, before ? sum(before, delivered) : delivered);
  }
  const seq = await server.storage.read((tx) => headSeq(tx, server.tenant));
  return ok({ epoch: server.epoch, seq, stores: [...stores.values()] });
}

async function openContainer(
  container: SealedContainer,
  keys: ServerKeys,
): Promise<readonly PushRequest[] | undefined> {
  const key = await keys.entryKey(container.hpkeKeyId, container.enc);
  const [nonce, sealed] = [fromBase64Url(container.nonce), fromBase64Url(container.ciphertext)];
  if (!key || !nonce || !sealed) return undefined;
  try {
    const text = fromUtf8(keys.cipher.openGcm(key, nonce, sealed, containerAad(container)));
    const content = parseJson(containerContent, text);
    return content.ok ? content.value.requests : undefined;
  } catch {
    return undefined; // not sealed to us, or altered on the way
  }
}

async function deliver(server: Server, request: PushRequest): Promise<StoreDelivery> {
  const { store, lane, entries } = request;
  const head = await server.storage.read((tx) => streamHead(tx, server.tenant, store, lane));
  const answer = await push(server, request);
  const actor = entries[0]?.header.actor ?? '';
  const none = { store, actor, arrived: 0, known: 0, refused: [] };
  const problem = problemOf(answer);
  if (problem || !answer.ok || answer.value.kind !== 'receipts')
    return { ...none, missing: entries.length, problem: problem ?? { code: 'serverTrouble' } };
  const known = entries.filter(({ header }) => header.seq <= (head?.seq ?? 0)).length;
  const { receipts } = answer.value;
  const isWithout = (verdict: Verdict) => verdict.code !== 'blocked' && !hasEffect(verdict);
  const refused = receipts.filter(({ verdict }) => isWithout(verdict)).map(({ id }) => id);
  return { store, actor, arrived: entries.length - known, known, missing: 0, refused };
}

function problemOf(answer: Result<PushResponse>): Problem | undefined {
  if (!answer.ok) return answer.problem;
  const { value } = answer;
  if (value.kind === 'gap') return { code: 'waitsFor', kind: 'entry' };
  if (value.kind === 'held') return { code: 'restoring' };
  return value.fork ? { code: 'forked' } : undefined;
}

function sum(before: StoreDelivery, next: StoreDelivery): StoreDelivery {
  const problem = before.problem ?? next.problem;
  return {
    store: next.store,
    actor: before.actor,
    arrived: before.arrived + next.arrived,
    known: before.known + next.known,
    missing: before.missing + next.missing,
    refused: [...before.refused, ...next.refused],
    ...(problem ? { problem } : {}),
  };
}
