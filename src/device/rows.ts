/**
 * Sealed rows [final]: one row is one part as the server said it, AES-256-GCM under the data key, bound by its additional
 * data to format, store, kind, id, part, revision and key. A row that does not open is left out, never guessed.
 */
import { kinds, kindNamed } from '../domain/kinds/index.ts';
import { isObject, type Values } from '../domain/value.ts';
import type { WirePart } from '../sync/protocol.ts';
import { openUnder, sealUnder, type CryptoPorts } from './crypto.ts';
import type { SealedRow } from './store-db.ts';

const rowFormat = 1;
const batch = 256;

export interface RowKeys {
  readonly store: string;
  readonly keyId: string;
  readonly dataKey: CryptoKey;
  /** Told of every row that does not open. */
  readonly onBroken?: (row: SealedRow) => void;
}

export interface OpenPart {
  readonly kind: string;
  readonly id: string;
  readonly part: string;
  readonly body: Values;
}

const kindsByNumber = new Map(kinds.map((kind) => [kind.number, kind]));

export function kindOfRow(row: Pick<SealedRow, 'k'>): string {
  return kindsByNumber.get(row.k)?.name ?? '';
}

export function isListed(kind: string, part: string): boolean {
  return kindNamed(kind)?.parts[part]?.listed ?? false;
}

type About = Pick<SealedRow, 'k' | 'i' | 'p' | 'rev' | 'keyId'>;

/** What `canonical` makes of it, already in its order: asked for with every row, and sorting is most of that work. */
function aadOf(store: string, { k, i, p, rev, keyId }: About): string {
  return JSON.stringify({ format: rowFormat, id: i, keyId, kind: k, part: p, rev, store });
}

/** undefined for a kind that this version of the app does not know yet. */
export async function sealRow(
  ports: CryptoPorts,
  { store, keyId, dataKey }: RowKeys,
  part: WirePart,
): Promise<SealedRow | undefined> {
  const kind = kindNamed(part.kind);
  if (!kind) return undefined;
  const head = {
    k: kind.number,
    i: part.id,
    p: part.part,
    rev: part.rev,
    seq: part.seq,
    keyId,
  };
  const { nonce, c } = await sealUnder(ports, dataKey, part.body, aadOf(store, head));
  return { ...head, nonce, c };
}

export async function openRow(
  crypto: SubtleCrypto,
  { store, dataKey, onBroken }: RowKeys,
  row: SealedRow,
): Promise<OpenPart | undefined> {
  const body = await openUnder(crypto, dataKey, row, aadOf(store, row));
  const kind = kindOfRow(row);
  if (!isObject(body)) onBroken?.(row);
  // Sealed under this store's own key by sealRow: what opens is what the server's answer was parsed to.
  return isObject(body) && kind
    ? { kind, id: row.i, part: row.p, body: body as Values }
    : undefined;
}

export async function openRows(
  crypto: SubtleCrypto,
  keys: RowKeys,
  rows: readonly SealedRow[],
): Promise<OpenPart[]> {
  const opened: OpenPart[] = [];
  for (let at = 0; at < rows.length; at += batch) {
    const some = rows.slice(at, at + batch).map((row) => openRow(crypto, keys, row));
    for (const part of await Promise.all(some)) if (part) opened.push(part);
  }
  return opened;
}
