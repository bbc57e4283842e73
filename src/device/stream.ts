/**
 * The stream [final]: the one path by which an entry comes to be, for both lanes and for the counter. Header, hash,
 * signature and envelope are made before the transaction opens; inside it only the head is compared, and for a readable
 * copy whether parts were taken away since, and rows are put. If so (another tab wrote or pulled), everything is judged and
 * made again, so that the stream stays gapless.
 */
import { fail, ok, type Result } from '../domain/problem.ts';
import { fromBase64Url, toBase64Url, type Bytes } from '../sync/bytes.ts';
import {
  entryVersion,
  hashUnder,
  headerBytes,
  type Body,
  type Entry,
  type Header,
  type Lane,
  type LocalCopy,
} from '../sync/entry.ts';
import type { Lease } from '../sync/lease.ts';
import { sealJson, sha256, sign, type Box, type CryptoPorts } from './crypto.ts';
import { durably } from './durable.ts';
import { isLost } from './epoch.ts';
import type { Clock } from './ports.ts';
import type { Sealer } from './sealer.ts';
import type { Spare } from './spare.ts';
import {
  headNameOf,
  readMetas,
  writeMeta,
  type EntryRow,
  type Head,
  type StoreDb,
} from './store-db.ts';
import { clearEntries, withoutCopy } from './verdicts.ts';

export interface Stream {
  readonly db: StoreDb;
  readonly lease: () => Lease;
  readonly signingKey: CryptoKey;
  readonly sealer: Sealer;
  /** Seals local copies; absent for the counter, whose copies are nameless and lie in clear. */
  readonly dataKey?: CryptoKey;
}

export interface StreamPorts extends CryptoPorts {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly spare?: Spare;
}

export interface Content {
  readonly verb: string;
  readonly occurredAt: number;
  readonly businessDate: string;
  readonly body: Omit<Body, 'salt'>;
  /** The entry that this one puts right: with this one durable, it waits for nobody. */
  readonly supersedes?: string;
  /** Changes to keep beside the envelope until the server's rows have them. */
  readonly changes?: LocalCopy['changes'];
  readonly told?: LocalCopy['told'];
}

export interface Appended {
  readonly row: EntryRow;
  readonly copy: LocalCopy | undefined;
}

const maxTries = 50;
/** So often it is made anew because parts have gone; then it becomes durable without a readable copy. */
const maxReadable = 10;

export interface MakeFrom {
  /** Number of the entry before. */
  readonly before: number;
  /** How far the rows are. */
  readonly cursor: string | undefined;
  /** How often parts had been taken away: what was read at another number is to be read anew. */
  readonly taken: number;
}

/**
 * `make` is told the number of the entry before and how far the rows are, and asked again for every try: what another tab
 * wrote or pulled meanwhile may change the judgement.
 */
export async function appendEntry(
  ports: StreamPorts,
  stream: Stream,
  lane: Lane,
  make: (start: MakeFrom) => Promise<Result<Content>>,
): Promise<Result<Appended>> {
  let readableTries = maxReadable;
  for (let attempt = 0; attempt < maxTries; attempt++) {
    const start = await durably(stream.db, () => readStart(stream.db, lane));
    if (!start.ok) return start;
    if (start.value === 'lost') return fail({ code: 'storageLost' });
    const begun = start.value;
    const { head, cursor, taken = 0 } = begun;
    const content = await make({ before: head?.seq ?? 0, cursor, taken });
    if (!content.ok) return content;
    const kept = readableTries > 0 ? content.value : unreadable(content.value);
    const made = await prepare(ports, stream, lane, kept, begun);
    const put = await durably(stream.db, () => commit(stream.db, made.row, begun));
    if (!put.ok) return put;
    if (put.value === 'rowsGone') readableTries -= 1;
    if (put.value !== 'durable') continue;
    if (ports.spare) await ports.spare.keep(stream.db, made.row);
    return ok(made);
  }
  return fail({ code: 'storageBroken' });
}

/** Without what would be kept beside the envelope. */
export function unreadable(content: Content): Content {
  const { changes: _, told: __, ...rest } = content;
  return rest;
}

/** Where an entry begins. */
interface Start {
  readonly head: Head | undefined;
  readonly skew: number;
  /** How often parts had been taken away: a copy judged by rows must not become durable when one of them has gone since. */
  readonly taken: number | undefined;
  readonly cursor: string | undefined;
}

async function readStart(db: StoreDb, lane: Lane): Promise<Start | 'lost'> {
  const names = ['epoch', 'skew', headNameOf[lane], 'taken', 'cursor'] as const;
  const [epoch, skew = 0, head, taken, cursor] = await readMetas(db, ...names);
  if (head === undefined && isLost(epoch)) return 'lost';
  return { head, skew, taken, cursor };
}

async function prepare(
  ports: StreamPorts,
  stream: Stream,
  lane: Lane,
  content: Content,
  { head, skew }: Start,
): Promise<Appended> {
  const lease = stream.lease();
  const header: Header = {
    v: entryVersion,
    store: lease.store,
    lane,
    seq: (head?.seq ?? 0) + 1,
    prevHash: head?.hash ?? '',
    id: ports.newId(),
    verb: content.verb,
    actor: lease.user,
    lease: lease.id,
    occurredAt: content.occurredAt,
    tz: 'Asia/Tokyo',
    businessDate: content.businessDate,
    estSkew: skew,
    ...(content.supersedes === undefined ? {} : { supersedes: content.supersedes }),
  };
  const body: Body = { ...content.body, salt: toBase64Url(ports.random(16)) };
  const serialised = headerBytes(header);
  const entry = await signEntry(ports, stream.signingKey, header, body, serialised);
  const { changes, told } = content;
  const copy = changes && { body, changes, ...(told && { told }) };
  const envelope = await stream.sealer.seal(entry, serialised);
  const { seq, id } = header;
  const row: EntryRow = { lane, seq, id, hash: entry.hash, state: 'pending', envelope };
  return { row: { ...row, ...(await keptCopy(ports, stream, header, copy)) }, copy };
}

async function signEntry(
  { crypto }: CryptoPorts,
  key: CryptoKey,
  header: Header,
  body: Body,
  serialised: Bytes,
): Promise<Entry> {
  const hash = await hashUnder(serialised, body, (bytes: Bytes) => sha256(crypto, bytes));
  const signature = await sign(crypto, key, fromBase64Url(hash) ?? new Uint8Array());
  return { header, body, hash, sig: toBase64Url(signature) };
}

async function keptCopy(
  ports: CryptoPorts,
  { dataKey }: Stream,
  header: Header,
  copy: LocalCopy | undefined,
): Promise<Partial<EntryRow>> {
  if (!copy) return {};
  if (!dataKey) return { plain: copy, held: header.id };
  const sealed: Box = await sealJson(ports, dataKey, copy, copyAbout(header));
  return { copy: sealed, held: header.id };
}

export function copyAbout({ store, lane, seq, id }: Pick<Header, 'store' | 'lane' | 'seq' | 'id'>) {
  return { format: 1, id, lane, seq, store };
}

/** Whether the entry is durable; if not, the head has moved, or rows under a copy have gone. Safe to repeat. */
async function commit(
  db: StoreDb,
  row: EntryRow,
  { head, taken }: Start,
): Promise<'durable' | 'headMoved' | 'rowsGone'> {
  return db.transaction('rw', db.entries, db.meta, async () => {
    const there = await db.entries.get([row.lane, row.seq]);
    if (there?.id === row.id) return 'durable';
    const names = ['wiped', headNameOf[row.lane], 'taken'] as const;
    const [isWiped, now, takenNow] = await readMetas(db, ...names);
    if (there || now?.hash !== head?.hash) return 'headMoved';
    if (row.held !== undefined && takenNow !== taken) return 'rowsGone';
    await db.entries.add(isWiped ? withoutCopy(row) : row);
    const { supersedes } = row.envelope.header;
    if (supersedes !== undefined) await clearEntries(db, [supersedes]);
    await writeMeta(db, `head:${row.lane}`, { seq: row.seq, hash: row.hash });
    return 'durable';
  });
}
