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
import type { PushRequest } from '../sync/protocol.ts';
import { isRefused } from '../sync/verdict.ts';
import { headSeq } from './log-now.ts';
import { parseJson } from './parse-json.ts';
import { takeIn } from './push.ts';
import type { Server } from './server.ts';
import type { ServerKeys } from './server-keys.ts';

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
  return ok({ epoch: server.epochNow.epoch, seq, stores: [...stores.values()] });
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
  const { store, entries } = request;
  const taken = await takeIn(server, request);
  const actor = entries[0]?.header.actor ?? '';
  const none = { store, actor, arrived: 0, known: 0, refused: [] };
  if (!taken.ok) return { ...none, missing: entries.length, problem: taken.problem };
  const outcome = taken.value;
  if (outcome.kind !== 'receipts')
    return { ...none, missing: entries.length, problem: whyNot[outcome.kind] };
  const { receipts, known } = outcome;
  const refused = receipts.filter(({ verdict }) => isRefused(verdict)).map(({ id }) => id);
  return { store, actor, arrived: receipts.length - known, known, missing: 0, refused };
}

/** That a stream was copied keeps nothing back: both histories are taken, and supervisors are told by an alarm. */
const whyNot = {
  gap: { code: 'waitsFor', kind: 'entry' },
  held: { code: 'restoring' },
} as const satisfies Readonly<Record<string, Problem>>;

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
