/**
 * The pull cursor: opaque to the tablet, bound to its store by a MAC, so that nobody asks about scopes that were never
 * hers. A cursor of another epoch, schema or store, or an altered one, means: from the beginning. It is the server's own
 * word that a change was committed at its sequence (`mark`): where that change is another one or none, the server has been
 * put back from a backup (forgotten.ts).
 */
import * as v from 'valibot';
import { canonical, fromUtf8 } from '../sync/bytes.ts';
import { parseJson } from './parse-json.ts';
import type { Server } from './server.ts';
import { isSameText } from './sessions.ts';
import type { Telling } from './verdict-changes.ts';

const schemaVersion = 1;

/** Hundreds of them come with every request: one look at all. */
const textsSchema = v.custom<string[]>(
  (list) => Array.isArray(list) && list.every((one) => typeof one === 'string'),
);
const positionSchema = v.strictObject({
  scope: v.string(),
  /** A scope newly learnt is sent; one lost is swept. */
  op: v.picklist(['send', 'sweep']),
  after: v.nullable(v.tuple([v.string(), v.string(), v.string()])),
  /** Of a scope followed before, only kinds that the app has newly learnt. Absent: all that it knows. */
  kinds: v.exactOptional(textsSchema),
});
const cursorSchema = v.strictObject({
  epoch: v.string(),
  schema: v.literal(schemaVersion),
  /** Scopes whose changes the device follows: its own, and lost ones until they are swept. */
  scopes: textsSchema,
  seq: v.number(),
  /** Of the change at `seq`: random, hence silent about it. Absent in cursors of older releases. */
  mark: v.exactOptional(v.string()),
  todo: v.array(positionSchema),
  /** Kinds that the device has had from the beginning, or is being sent. Absent: it has never said which it knows. */
  kinds: v.exactOptional(textsSchema),
  /** Where later verdicts go on. Absent in cursors of older releases: behind `seq`. */
  told: v.exactOptional(v.tuple([v.number(), v.string()])),
  again: v.exactOptional(v.number()),
  /** Drawn at each beginning: what is sent anew never bears a cursor that a tablet has had before. */
  run: v.exactOptional(v.string()),
  mac: v.string(),
});

export type Position = v.InferOutput<typeof positionSchema>;
export interface Cursor extends Telling {
  readonly scopes: readonly string[];
  readonly seq: number;
  readonly mark?: string;
  readonly todo: readonly Position[];
  readonly kinds?: readonly string[];
  readonly run?: string;
}

/** As it was given, in an epoch. */
export interface GivenCursor extends Cursor {
  readonly epoch: string;
}

/** Of each store the one last written or found to be ours: its text says the same for ever, and is brought again and again. */
export type KnownCursors = Map<string, { readonly text: string; readonly cursor: GivenCursor }>;
const mostKnown = 2_000;

function keep({ cursors }: Server, store: string, text: string, cursor: GivenCursor): void {
  if (cursors.size >= mostKnown) cursors.clear();
  cursors.set(store, { text, cursor });
}

export function writeCursor(server: Server, store: string, cursor: GivenCursor): string {
  const plain = { ...cursor, schema: schemaVersion };
  const mac = server.keys.mac('cursor/v1', `${store}\n${canonical(plain)}`);
  const text = Buffer.from(JSON.stringify({ ...plain, mac })).toString('base64url');
  keep(server, store, text, cursor);
  return text;
}

export function readCursor(
  server: Server,
  store: string,
  text: string | null,
): GivenCursor | undefined {
  if (text === null) return undefined;
  const known = server.cursors.get(store);
  const isKnown = known !== undefined && isSameText(text, known.text);
  const cursor = isKnown ? known.cursor : proven(server, store, text);
  return cursor?.epoch === server.epochNow.epoch ? cursor : undefined;
}

function proven(server: Server, store: string, text: string): GivenCursor | undefined {
  const plainText = decode(text);
  if (plainText === undefined) return undefined;
  const parsed = parseJson(cursorSchema, plainText);
  if (!parsed.ok) return undefined;
  const { mac, ...plain } = parsed.value;
  const expected = server.keys.mac('cursor/v1', `${store}\n${canonical(plain)}`);
  if (!isSameText(mac, expected)) return undefined;
  keep(server, store, text, plain);
  return plain;
}

/** Node passes over what is no base64url: only a text that comes out again as it went in is one. */
function decode(text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) return undefined;
  try {
    return fromUtf8(bytes);
  } catch {
    return undefined;
  }
}

/** Kinds that the app knows and this cursor has not begun; none where it begins with everything. */
export function newKinds(
  cursor: Cursor | undefined,
  known: readonly string[] | undefined,
): readonly string[] {
  // The list of this release stays one and the same (pull.ts).
  if (!cursor || !known || cursor.kinds === known) return [];
  const begun = new Set(cursor.kinds);
  return known.filter((kind) => !begun.has(kind));
}

/**
 * What changed in the audience: new scopes are to be sent, lost ones swept, newly learnt kinds sent of every scope, half-done
 * ones begun again where they turned.
 */
export function follow(
  cursor: Cursor | undefined,
  now: readonly string[],
  head: number,
  learnt: readonly string[] = [],
): Cursor {
  const start: Cursor = cursor ?? { scopes: [], seq: head, todo: [] };
  if (isSettled(start, now) && learnt.length === 0)
    return { scopes: start.scopes, seq: start.seq, todo: [] };
  const [followed, wanted] = [new Set(start.scopes), new Set(now)];
  const scopes = [...new Set([...followed, ...wanted])];
  const todo = scopes.flatMap((scope): Position[] => {
    const op = wanted.has(scope) ? 'send' : 'sweep';
    const whole: Position = { scope, op, after: null };
    const begun = start.todo.filter((position) => position.scope === scope);
    if (begun.some((position) => position.op !== op)) return [whole];
    const isNew = op === 'sweep' || !followed.has(scope);
    if (isNew) return begun.length > 0 ? begun : [whole];
    if (learnt.length === 0) return begun;
    const rest = begun.filter(({ kinds }) => !kinds?.every((kind) => learnt.includes(kind)));
    return [...rest, { ...whole, kinds: [...learnt] }];
  });
  return { scopes, seq: start.seq, todo };
}

/** As nearly always: it follows what it did, and has been sent all of it. */
function isSettled({ scopes, todo }: Cursor, now: readonly string[]): boolean {
  return todo.length === 0 && isSameList(scopes, now);
}

export function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}
