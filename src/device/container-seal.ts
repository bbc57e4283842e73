/** Sealing a container to the server, and its share under a passphrase; opening a share. Nothing here is stored. */
import * as v from 'valibot';
import {
  canonical,
  fromBase64Url,
  fromUtf8,
  toBase64Url,
  utf8,
  type Bytes,
} from '../sync/bytes.ts';
import {
  containerAad,
  containerVersion,
  contentText,
  shareAad,
  shareSchema,
  type Container,
  type SealedContainer,
  type Share,
  type ShareBox,
} from '../sync/container.ts';
import type { PushRequest } from '../sync/protocol.ts';
import { inContainers } from './container-requests.ts';
import { pad, sealBytes, sha256, unpad, type CryptoPorts } from './crypto.ts';
import type { Clock } from './ports.ts';
import { openContext, type ServerKey } from './sealer.ts';
import { cold } from './vault-kdf.ts';
import type { Vault } from './vault.ts';

export interface SealPorts extends CryptoPorts {
  readonly clock: Clock;
}

export interface Origin {
  readonly purpose: Container['purpose'];
  readonly device: string;
  readonly server: ServerKey;
}

export async function sealContainers(
  ports: SealPorts,
  { purpose, device, server }: Origin,
  requests: readonly PushRequest[],
): Promise<SealedContainer[]> {
  const { enc, key } = await openContext(ports, server);
  const head = {
    v: containerVersion,
    purpose,
    madeAt: ports.clock.now(),
    device,
    hpkeKeyId: server.keyId,
    enc,
  } as const;
  return Promise.all(
    inContainers(requests).map(async (some) => {
      const nonce = ports.random(12);
      const aad = containerAad(head);
      const sealed = await sealBytes(ports.crypto, key, nonce, contentText(some), aad);
      return { ...head, nonce: toBase64Url(nonce), ciphertext: toBase64Url(sealed) };
    }),
  );
}

export async function sealShare(
  ports: CryptoPorts & { readonly vault: Vault },
  container: SealedContainer,
  passphrase: string,
  share: Share,
): Promise<ShareBox> {
  const salt = ports.random(16);
  const key = await ports.vault.passphraseKey({ ...cold, salt }, passphrase);
  const nonce = ports.random(12);
  const text = pad(utf8(canonical(share)));
  const aad = await shareAad(container, digestBy(ports));
  const ciphertext = toBase64Url(await sealBytes(ports.crypto, key, nonce, text, aad));
  const kdf = { ...cold, salt: toBase64Url(salt) };
  return { kdf, nonce: toBase64Url(nonce), ciphertext };
}

/** undefined for a wrong passphrase and for a bit that differs: nobody can tell the two apart. */
export async function openShare(
  ports: CryptoPorts & { readonly vault: Vault },
  container: SealedContainer,
  box: ShareBox,
  passphrase: string,
): Promise<Share | undefined> {
  const [salt, iv, sealed] = [box.kdf.salt, box.nonce, box.ciphertext].map(fromBase64Url);
  if (!salt || iv?.length !== 12 || !sealed) return undefined;
  const key = await ports.vault.passphraseKey({ ...box.kdf, salt }, passphrase);
  const additionalData = await shareAad(container, digestBy(ports));
  const params = { name: 'AES-GCM', iv, additionalData };
  const opened = await ports.crypto.decrypt(params, key, sealed).catch(() => undefined);
  const text = opened && unpad(new Uint8Array(opened));
  return text && readShare(text);
}

/** Whoever knew the passphrase may have written anything. */
function readShare(text: Bytes): Share | undefined {
  try {
    return v.parse(shareSchema, JSON.parse(fromUtf8(text)));
  } catch {
    return undefined;
  }
}

function digestBy({ crypto }: CryptoPorts) {
  return (bytes: Bytes) => sha256(crypto, bytes);
}
