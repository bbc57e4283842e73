/**
 * The sealed container [final]: push requests on their way to the server by hand instead of by network. `handover` goes to
 * a colleague's tablet and carries besides what she may read of it, under a passphrase; `rescue` brings a tablet's unsent
 * entries to a supervisor. A file is one container a line, so that none is larger than a request may be.
 *
 *   ciphertext  HPKE as for envelopes (envelope.ts: info, exported key, AES-256-GCM), additional data containerAad,
 *               plaintext canonical({requests})
 *   share       AES-256-GCM under Argon2id(passphrase, salt), additional data shareAad: bound to the very ciphertext,
 *               plaintext canonical(Share)
 *
 * Whoever carries the file can open neither without the passphrase, and the requests not even with it.
 */
import * as v from 'valibot';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import type { Values } from '../domain/value.ts';
import { canonical, toBase64Url, utf8, type Bytes } from './bytes.ts';
import type { Sha256 } from './entry.ts';
import { pushRequest, type PushRequest } from './protocol.ts';

export const containerVersion = 1;
/** Of the plaintext; sealed and written out it stays below what one request may hold. */
export const maxContainerBytes = 600_000;
export const maxContainerRequests = 60;
export const maxFileLength = 64 * 1024 * 1024;
/** An offer is answered within days; what lay about for longer is asked for anew. */
export const oldestHandoverMs = 7 * 24 * 3_600_000;

const id = v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/));
const base64 = (max: number) => v.pipe(v.string(), v.maxLength(max), v.regex(/^[A-Za-z0-9_-]*$/));
const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Within bounds: a file must not make a tablet stretch keys for hours. */
const kdfSchema = v.strictObject({
  name: v.literal('argon2id'),
  m: v.pipe(v.number(), v.integer(), v.minValue(65_536), v.maxValue(262_144)),
  t: v.pipe(v.number(), v.integer(), v.minValue(3), v.maxValue(8)),
  p: v.literal(1),
  salt: base64(64),
});

const shareBox = v.strictObject({
  kdf: kdfSchema,
  nonce: base64(16),
  ciphertext: base64(200_000),
});

const sealedFields = {
  v: v.literal(containerVersion),
  purpose: v.picklist(['handover', 'rescue']),
  madeAt: instant,
  device: id,
  hpkeKeyId: id,
  enc: base64(100),
  nonce: base64(16),
  ciphertext: base64(900_000),
};

/** What is sent to the server: a share is not for it. */
export const containerRequest = v.strictObject(sealedFields);
export const containerSchema = v.strictObject({
  ...sealedFields,
  share: v.exactOptional(shareBox),
});

export const containerContent = v.strictObject({
  requests: v.pipe(v.array(pushRequest), v.minLength(1), v.maxLength(maxContainerRequests)),
});

/** What became of each store's entries. `refused`: arrived, but without effect; their ids say nothing to strangers. */
export const containerResponse = v.object({
  epoch: v.string(),
  /** Tenant sequence at which all of it stands. */
  seq: instant,
  stores: v.array(
    v.object({
      store: id,
      actor: id,
      arrived: instant,
      known: instant,
      missing: instant,
      refused: v.array(id),
      problem: v.exactOptional(
        v.custom<Problem>((raw) => typeof raw === 'object' && raw !== null && 'code' in raw),
      ),
    }),
  ),
});

const sharedPart = v.strictObject({
  kind: v.pipe(v.string(), v.maxLength(40)),
  id,
  part: v.pipe(v.string(), v.maxLength(40)),
  body: v.custom<Values>((raw) => typeof raw === 'object' && raw !== null && !Array.isArray(raw)),
});

export const shareSchema = v.strictObject({
  v: v.literal(1),
  tenant: id,
  handoff: id,
  /** Entries in the container that made the handoff what it is. */
  entries: v.pipe(v.array(id), v.minLength(1), v.maxLength(50)),
  parts: v.pipe(v.array(sharedPart), v.minLength(1), v.maxLength(20)),
});

export type SealedContainer = v.InferOutput<typeof containerRequest>;
export type Container = v.InferOutput<typeof containerSchema>;
export type ShareBox = v.InferOutput<typeof shareBox>;
export type Share = v.InferOutput<typeof shareSchema>;
export type SharedPart = Share['parts'][number];
export type ContainerResponse = v.InferOutput<typeof containerResponse>;
export type StoreDelivery = ContainerResponse['stores'][number];
export type ContainerHead = Omit<SealedContainer, 'nonce' | 'ciphertext'>;

export function headOf(container: ContainerHead): ContainerHead {
  const { v: version, purpose, madeAt, device, hpkeKeyId, enc } = container;
  return { v: version, purpose, madeAt, device, hpkeKeyId, enc };
}

export function containerAad(container: ContainerHead): Bytes {
  return utf8(`madoguchi/container/v1\n${canonical(headOf(container))}`);
}

export async function shareAad(container: SealedContainer, sha256: Sha256): Promise<Bytes> {
  const { nonce, ciphertext } = container;
  const digest = toBase64Url(await sha256(utf8(ciphertext)));
  return utf8(`madoguchi/share/v1\n${canonical({ ...headOf(container), nonce, digest })}`);
}

export function contentText(requests: readonly PushRequest[]): Bytes {
  return utf8(canonical({ requests }));
}

export function withoutShare(container: Container): SealedContainer {
  const { share: _, ...sealed } = container;
  return sealed;
}

export function fileText(containers: readonly Container[]): string {
  return containers.map((one) => `${JSON.stringify(one)}\n`).join('');
}

export const wrongContainer = (reason: string) => fail({ code: 'wrongContainer', reason });
const notOurs = () =>
  wrongContainer('このファイルは、窓口のファイルではないか、途中で壊れています。');

/** All lines or none: a cut-off file is told before anything is asked or done. */
export function readFile(text: string): Result<readonly Container[]> {
  if (text.length > maxFileLength) return wrongContainer('このファイルは大きすぎます。');
  const containers: Container[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const parsed = v.safeParse(containerSchema, fromJson(line));
    if (!parsed.success) return notOurs();
    containers.push(parsed.output);
  }
  return containers.length > 0 ? ok(containers) : notOurs();
}

function fromJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
