/**
 * A tablet as a stranger would build it from src/sync alone: real keys, entries, envelopes (WebCrypto, @hpke/core).
 * Shares no code with src/device, so that the two check each other through the server.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { Values } from '../../src/domain/value.ts';
import { fromBase64Url, toBase64Url, utf8, type Bytes } from '../../src/sync/bytes.ts';
import { entryHash, type Body, type Entry, type Header, type Lane } from '../../src/sync/entry.ts';
import {
  envelopeAad,
  hpkeExportLabel,
  hpkeInfo,
  sealedText,
  type Envelope,
} from '../../src/sync/envelope.ts';
import { enrolBytes, sessionBytes, type SignedLease } from '../../src/sync/lease.ts';
import {
  protocolVersion,
  type EnrolResponse,
  type PullResponse,
  type PushResponse,
} from '../../src/sync/protocol.ts';
import type { Receipt } from '../../src/sync/verdict.ts';

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const sha256 = async (bytes: Bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

let counter = 0;
export const newId = () =>
  `0199${(++counter).toString(16).padStart(4, '0')}-${toBase64Url(randomBytes(9)).toLowerCase().replaceAll('_', '-')}-x`;

export interface KeyPair {
  readonly publicKey: string;
  readonly sign: (bytes: Bytes) => Promise<string>;
}

export async function makeKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return {
    publicKey: toBase64Url(raw),
    sign: async (bytes) => {
      const signature = await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        pair.privateKey,
        bytes,
      );
      return toBase64Url(new Uint8Array(signature));
    },
  };
}

interface Seal {
  readonly keyId: string;
  readonly enc: string;
  readonly key: CryptoKey;
}

async function makeSeal({ keyId, publicKey }: EnrolResponse['keys']['hpke']): Promise<Seal> {
  const point = fromBase64Url(publicKey) ?? new Uint8Array();
  const recipientPublicKey = await suite.kem.deserializePublicKey(point.buffer);
  const context = await suite.createSenderContext({
    recipientPublicKey,
    info: utf8(hpkeInfo).buffer,
  });
  const raw = await context.export(utf8(hpkeExportLabel).buffer, 32);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  return { keyId, enc: toBase64Url(new Uint8Array(context.enc)), key };
}

async function sealEntry(seal: Seal, entry: Entry): Promise<Envelope> {
  const nonce = randomBytes(12);
  const ciphertext = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: envelopeAad(entry.header) },
    seal.key,
    sealedText(entry),
  );
  return {
    v: 1,
    hpkeKeyId: seal.keyId,
    enc: seal.enc,
    nonce: toBase64Url(nonce),
    header: entry.header,
    ciphertext: toBase64Url(new Uint8Array(ciphertext)),
  };
}

export interface Written {
  readonly entry: Entry;
  readonly envelope: Envelope;
}

export interface WriteOptions {
  readonly lane?: Lane;
  readonly businessDate?: string;
  readonly base?: Body['base'];
  readonly expected?: Body['expected'];
  readonly verb?: string;
  readonly supersedes?: string;
  /** Chosen beforehand, as an attacker may. */
  readonly id?: string;
}

export class FakeStore {
  readonly written: Record<Lane, Written[]> = { write: [], access: [] };
  readonly rows = new Map<string, { rev: number; body: Values }>();
  acked: Record<Lane, number> = { write: 0, access: 0 };
  cursor: string | null = null;
  token = '';
  readonly ask: Ask;
  readonly store: string;
  readonly keys: KeyPair;
  readonly enrolled: EnrolResponse;
  lease: SignedLease;
  readonly #seal: Seal;
  readonly #now: () => number;
  readonly #today: () => string;

  constructor(
    ask: Ask,
    store: string,
    keys: KeyPair,
    enrolled: EnrolResponse,
    seal: Seal,
    clock: Clock,
  ) {
    this.ask = ask;
    this.store = store;
    this.keys = keys;
    this.enrolled = enrolled;
    this.lease = enrolled.lease;
    this.#seal = seal;
    this.#now = clock.now;
    this.#today = clock.today;
  }

  /** Makes an entry on the stream; nothing is sent. */
  async write(verb: string, args: Values, options: WriteOptions = {}): Promise<Written> {
    const lane = options.lane ?? 'write';
    const before = this.written[lane].at(-1)?.entry;
    const header: Header = {
      v: 1,
      store: this.store,
      lane,
      seq: (before?.header.seq ?? 0) + 1,
      prevHash: before?.hash ?? '',
      id: options.id ?? newId(),
      verb: options.verb ?? `${verb}@1`,
      actor: this.lease.lease.user,
      lease: this.lease.lease.id,
      occurredAt: this.#now(),
      tz: 'Asia/Tokyo',
      businessDate: options.businessDate ?? this.#today(),
      estSkew: 0,
      ...(options.supersedes === undefined ? {} : { supersedes: options.supersedes }),
    };
    const body: Body = {
      args,
      base: options.base ?? {},
      expected: options.expected ?? {},
      salt: toBase64Url(randomBytes(16)),
    };
    const written = await this.seal(header, body);
    this.written[lane].push(written);
    return written;
  }

  async seal(header: Header, body: Body): Promise<Written> {
    const hash = await entryHash(header, body, sha256);
    const sig = await this.keys.sign(fromBase64Url(hash) ?? new Uint8Array());
    const entry = { header, body, hash, sig };
    return { entry, envelope: await sealEntry(this.#seal, entry) };
  }

  request(from: number, to: number, lane: Lane = 'write') {
    const before = this.written[lane][from - 1]?.entry;
    return {
      protocol: 1,
      store: this.store,
      lane,
      after: before ? { seq: before.header.seq, hash: before.hash } : null,
      leases: [this.lease],
      entries: this.written[lane].slice(from, to).map((one) => one.envelope),
    };
  }

  post(path: string, body: unknown): Promise<Response> {
    return post(this.ask, path, body, this.token);
  }

  /** Sends what the server has not acknowledged. */
  async push(lane: Lane = 'write'): Promise<Receipt[]> {
    const request = this.request(this.acked[lane], this.written[lane].length, lane);
    const response = await this.post('/api/push', request);
    const answer = (await response.json()) as PushResponse;
    if (response.status !== 200 || answer.kind !== 'receipts')
      throw new Error(`push ${response.status} ${JSON.stringify(answer)}`);
    this.acked[lane] = this.written[lane].length;
    return answer.receipts;
  }

  /** Writes and sends one; answers its verdict. */
  async act(verb: string, args: Values, options: WriteOptions = {}): Promise<Receipt['verdict']> {
    await this.write(verb, args, options);
    const receipt = (await this.push(options.lane)).at(-1);
    if (!receipt) throw new Error('no receipt');
    return receipt.verdict;
  }

  async signIn(): Promise<Response> {
    const asked = await this.post('/api/nonce', { store: this.store });
    const { nonce } = (await asked.json()) as { nonce: string };
    const sig = await this.keys.sign(sessionBytes(this.store, nonce));
    const response = await this.post('/api/session', { store: this.store, nonce, sig });
    const said = (await response.clone().json()) as { token?: string; lease?: SignedLease };
    if (said.token) this.token = said.token;
    if (said.lease) this.lease = said.lease;
    return response;
  }

  async pullPage(): Promise<PullResponse> {
    const response = await this.post('/api/pull', {
      protocol: protocolVersion,
      cursor: this.cursor,
    });
    if (response.status !== 200) throw new Error(`pull ${response.status}`);
    const page = (await response.json()) as PullResponse;
    for (const { kind, id, part, rev, body } of page.parts)
      this.rows.set(`${kind}/${id}/${part}`, { rev, body });
    for (const { kind, id, part } of page.evicted) this.rows.delete(`${kind}/${id}/${part}`);
    this.cursor = page.cursor;
    return page;
  }

  /** To the end; answers the pages. */
  async pull(): Promise<PullResponse[]> {
    if (!this.token) await this.signIn();
    const pages: PullResponse[] = [];
    do pages.push(await this.pullPage());
    while (pages.at(-1)?.more);
    return pages;
  }

  has(kind: string, id: string): string[] {
    const prefix = `${kind}/${id}/`;
    return [...this.rows.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
      .sort();
  }
}

export interface Clock {
  readonly now: () => number;
  readonly today: () => string;
}

export function post(ask: Ask, path: string, body: unknown, token = ''): Promise<Response> {
  const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const headers = { 'content-type': 'application/json', ...authorization };
  return ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

export class FakeDevice {
  readonly device = newId();
  readonly ask: Ask;
  readonly clock: Clock;
  readonly keys: KeyPair;
  counter: FakeStore | undefined;

  constructor(ask: Ask, clock: Clock, keys: KeyPair) {
    this.ask = ask;
    this.clock = clock;
    this.keys = keys;
  }

  async admit(code: string): Promise<Response> {
    const store = newId();
    const body = {
      code,
      device: this.device,
      store,
      name: '窓口1番',
      publicKey: this.keys.publicKey,
    };
    const response = await post(this.ask, '/api/devices', body);
    if (response.status === 200)
      this.counter = await this.open(store, this.keys, (await response.clone().json()) as never);
    return response;
  }

  async enrolRequest(staff: string, password: string, keys: KeyPair, store = newId()) {
    return {
      device: this.device,
      store,
      staff,
      password,
      publicKey: keys.publicKey,
      deviceSig: await this.keys.sign(enrolBytes(this.device, store, staff)),
    };
  }

  async enrol(staff: string, password: string): Promise<FakeStore> {
    const keys = await makeKeyPair();
    const request = await this.enrolRequest(staff, password, keys);
    const response = await post(this.ask, '/api/stores', request);
    if (response.status !== 200)
      throw new Error(`enrol ${response.status} ${await response.text()}`);
    return this.open(request.store, keys, (await response.json()) as EnrolResponse);
  }

  async open(store: string, keys: KeyPair, enrolled: EnrolResponse): Promise<FakeStore> {
    const seal = await makeSeal(enrolled.keys.hpke);
    return new FakeStore(this.ask, store, keys, enrolled, seal, this.clock);
  }
}
