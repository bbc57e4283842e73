/**
 * The naive re-execution: every entry that had an effect, in the order of its verdict, applied one after the other to bare
 * records, merging by rules written down here once more. No workspace, no batches, no SQL.
 */
import { kindNamed, verbNamed } from '../../src/domain/kinds/index.ts';
import type { Change, Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import type { Received } from './ledger.ts';
import { word } from './word.ts';

type Open = Record<string, unknown>;
type Kept = Record<string, unknown> & { field: string; entry: string };

/** What a confirmed entry's author had seen, and whose streams she sees without asking the server. */
export interface Sight {
  readonly seen: number;
  readonly shown?: Rec | undefined;
  readonly form?: Values | undefined;
  readonly tablet: string;
}

interface Written {
  readonly seq: number;
  readonly store: string;
  readonly value: unknown;
}

export interface Replayed {
  /** Values written over by somebody who could not have known them. */
  readonly blind: readonly string[];
  /** Handoffs with a name that were accepted though nobody consented any more. */
  readonly unconsented: readonly string[];
  readonly records: ReadonlyMap<string, Rec>;
  /** Entries whose verdict does not fit what the oracle found. */
  readonly disputes: readonly string[];
  /** A state is moved by entries that do not say from which. */
  readonly unseen: readonly string[];
  readonly moves: readonly {
    readonly kind: string;
    readonly from: string;
    readonly to: string;
    readonly entry: string;
  }[];
}

const effective = new Set(['applied', 'merged', 'conflict']);

/** Of equal canonical text. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isOpen(a) || !isOpen(b)) return (a ?? null) === (b ?? null);
  const keys = Object.keys(a);
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== Object.keys(b).length) return false;
  for (const key of keys) if (!Object.hasOwn(b, key) || !same(a[key], b[key])) return false;
  return true;
}

const isOpen = (value: unknown): value is Open => typeof value === 'object' && value !== null;

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${key}:${canonical((value as Open)[key])}`).join()}}`;
}

export function replay(
  received: readonly Received[],
  sightOf: (entry: string) => Sight | undefined,
  tabletOf: (store: string) => string,
): Replayed {
  const written = new Map<string, Written[]>();
  const blind: string[] = [];
  const unconsented: string[] = [];
  const records = new Map<string, Rec>();
  const disputes: string[] = [];
  const unseen: string[] = [];
  const moves: { kind: string; from: string; to: string; entry: string }[] = [];
  const inOrder = received
    .filter(({ verdict }) => effective.has(verdict.code))
    .toSorted(
      (a, b) => a.verdictSeq - b.verdictSeq || Number(b.isMover) - Number(a.isMover) || a.at - b.at,
    );
  for (const one of inOrder) {
    const { met, after } = applyEntry(records, one, (key) =>
      unseen.push(`${one.header.verb} ${one.header.id} moves ${key} without saying what it saw`),
    );
    blind.push(...overwritten(records, after, one, { written, received, sightOf, tabletOf }));
    const said = one.verdict.code;
    if (met !== (said === 'conflict'))
      disputes.push(
        `${one.header.verb} ${one.header.id}: verdict ${said}, met another value: ${met}`,
      );
    for (const [key, record] of after) {
      const [from, to] = [stateIn(records.get(key)), stateIn(record)];
      if (
        record.kind === 'handoff' &&
        from !== to &&
        to === 'accepted' &&
        !isAgreed(records, record, one.header.businessDate)
      )
        unconsented.push(
          `${one.header.verb} ${one.header.id} accepted ${key} without a live consent`,
        );
      if (from !== to) moves.push({ kind: record.kind, from, to, entry: one.header.verb });
    }
    for (const [key, record] of after) records.set(key, record);
  }
  return { records, disputes, moves, blind, unconsented, unseen };
}

/** That its date is past says enough: the server's clock may not have ended it yet. */
function isAgreed(records: ReadonlyMap<string, Rec>, handoff: Rec, date: string): boolean {
  const { named, consent } = handoff.parts['facts'] ?? {};
  const given = records.get(`consent/${word(consent)}`);
  const until = word(given?.parts['facts']?.['expiresOn']);
  return named !== true || (stateIn(given) === 'live' && until >= date);
}

const stateIn = (record: Rec | undefined) => word(record?.parts['facts']?.['state']) || '-';

/** Of the records whose state is moved, those of which the entry does not say what it saw. */
function unseenStates(
  changes: readonly Change[],
  { body, actor }: Received,
  records: ReadonlyMap<string, Rec>,
): string[] {
  // The server itself sees what is there.
  if (actor.role === 'system') return [];
  return changes
    .filter(({ part, set }) => part === 'facts' && 'state' in set)
    .map(({ kind, id }) => `${kind}/${id}`)
    .filter((key) => records.has(key) && !(key in body.expected));
}

/** Whether it met another value, and the records that it touches as they stand after it. */
function applyEntry(
  records: ReadonlyMap<string, Rec>,
  one: Received,
  onUnseen: (key: string) => void,
): { readonly met: boolean; readonly after: ReadonlyMap<string, Rec> } {
  const { header, actor } = one;
  const verb = verbNamed(header.verb.split('@')[0] ?? '');
  if (!verb) throw new Error(`no verb ${header.verb}`);
  const body = lookedAt(verb.prevails ? aboutItself(one.body, header.verb) : one.body, records);
  const after = new Map<string, Rec>();
  const handoff = records.get(`handoff/${word(body.args['id'])}`);
  const isLook = header.verb.startsWith('handoff.receive@');
  const isBack = handoff && cameBack(`handoff/${handoff.id}`, body, records);
  // It is in without any change, and nothing else may be said of it.
  if (isLook && (isBack || tooLateToLook.has(stateIn(handoff))))
    return { met: one.verdict.code === 'applied', after };
  for (const [key, state] of Object.entries(body.expected))
    if (stateIn(records.get(key)) !== state || isResent(key, body, records))
      return { met: true, after };
  const view = { get: (kind: string, id: string) => records.get(`${kind}/${id}`) };
  const moment = { occurredAt: header.occurredAt, businessDate: header.businessDate };
  const changes = verb.apply(body.args, view, actor, moment);
  if (!verb.prevails) unseenStates(changes, one, records).forEach(onUnseen);
  const isTooLate = header.verb.split('@')[0]?.endsWith('.settle') && !isStillOpen(records, one);
  const found = changes.map((change) =>
    mergeNaively(records, change, header, body, isTooLate === true),
  );
  // A state is never kept beside another: what would set it has no effect at all.
  if (found.some(({ hasMetState }) => hasMetState)) return { met: true, after };
  for (const { key, change, values } of found) {
    const { kind, id, part } = change;
    const now = after.get(key) ?? records.get(key);
    after.set(key, { kind, id, parts: { ...now?.parts, [part]: values } });
  }
  return { met: found.some(({ hasMet }) => hasMet), after };
}

/** The two values between which she chose: nobody else has, and no other value made the question idle. */
function isStillOpen(records: ReadonlyMap<string, Rec>, { header, body }: Received): boolean {
  const [name = ''] = header.verb.split('.');
  const { id, part, field, entry } = body.args;
  const groups = kindNamed(name)?.parts[word(part)]?.together ?? [];
  const fields = groups.find((names) => names.includes(word(field))) ?? [word(field)];
  const kept = records.get(`${name}/${word(id)}`)?.parts[word(part)]?.['conflicts'];
  return ((kept as Kept[] | undefined) ?? []).some(
    (one) => one.entry === entry && fields.includes(one.field),
  );
}

/** A withdrawal ends what rests on the consent however that stands by now: only the consent itself can be in its way. */
function aboutItself(body: Received['body'], verb: string): Received['body'] {
  const own = `${verb.split('.')[0]}/${word(body.args['id'])}`;
  const isOwn = ([key]: readonly [string, unknown]) => key === own || key.startsWith(`${own}/`);
  const base = Object.fromEntries(Object.entries(body.base).filter(isOwn));
  const expected = Object.fromEntries(Object.entries(body.expected).filter(isOwn));
  return { ...body, base, expected };
}

/** Came back, and was sent again on another consent than the one that the author saw, or without any. */
function isResent(key: string, { base }: Received['body'], records: ReadonlyMap<string, Rec>) {
  const facts = base[`${key}/facts`];
  const { consent: now = null } = records.get(key)?.parts['facts'] ?? {};
  if (!key.startsWith('handoff/') || !facts || !('consent' in facts)) return false;
  const isAgain = isNamelessAgain(key, records) && cameBack(key, { base }, records);
  return isAgain || !same(facts['consent'], now);
}

/** The author saw it before it had ever been sent back. */
function cameBack(
  key: string,
  { base }: Pick<Received['body'], 'base'>,
  records: ReadonlyMap<string, Rec>,
): boolean {
  const now = records.get(key)?.parts['facts']?.['returnReason'];
  return base[`${key}/facts`]?.['returnReason'] === null && now !== undefined;
}

/** Came back at least once, and nothing tells which time it was sent. */
function isNamelessAgain(key: string, records: ReadonlyMap<string, Rec>): boolean {
  const { consent, returnReason } = records.get(key)?.parts['facts'] ?? {};
  return consent === undefined && returnReason !== undefined;
}

const tooLateToLook = new Set(
  'received accepted inProgress reported closed expired cancelled voided'.split(' '),
);

/** Whoever saw a handoff sent has seen it: that the other desk has opened it since changes nothing; a new consent does. */
function lookedAt(body: Received['body'], records: ReadonlyMap<string, Rec>): Received['body'] {
  const [base, expected] = [{ ...body.base }, { ...body.expected }];
  for (const [key, state] of Object.entries(body.expected)) {
    const isOpened = stateIn(records.get(key)) === 'received';
    const facts = base[`${key}/facts`];
    const isSameRound =
      facts &&
      'consent' in facts &&
      !isResent(key, body, records) &&
      !isNamelessAgain(key, records);
    if (!key.startsWith('handoff/') || state !== 'sent' || !isOpened || !isSameRound) continue;
    expected[key] = 'received';
    if ('state' in facts) base[`${key}/facts`] = { ...facts, state: 'received' };
  }
  return { ...body, base, expected };
}

const nothing: Values = {};

function mergeNaively(
  records: ReadonlyMap<string, Rec>,
  change: Change,
  header: Received['header'],
  body: Received['body'],
  isTooLate: boolean,
) {
  const key = `${change.kind}/${change.id}`;
  const now = records.get(key);
  const fields: Open = { ...now?.parts[change.part] };
  const seen = (now && body.base[`${key}/${change.part}`]) ?? nothing;
  let kept = ((fields['conflicts'] as Kept[] | undefined) ?? []).filter(
    (one) =>
      !change.settled?.some(({ entry, field }) => one.entry === entry && one.field === field),
  );
  const groups = kindNamed(change.kind)?.parts[change.part]?.together ?? [];
  const group = (field: string) => groups.find((names) => names.includes(field)) ?? [field];
  let [hasMet, hasMetState] = [false, false];
  const done = new Set<string>();
  for (const name of Object.keys(change.set)) {
    if (groups.length === 0 && !(name in seen) && !isTooLate) {
      put(fields, name, change.set[name]);
      continue;
    }
    if (done.has(name)) continue;
    const unit = group(name).filter((field) => field in change.set || field in seen);
    for (const field of unit) done.add(field);
    const next = (field: string) => (field in change.set ? change.set[field] : seen[field]);
    // Who chose between two values of which nothing is left overturns nobody: whatever stands is another's word.
    const isMoved = (field: string) =>
      isTooLate || (field in seen && !same(seen[field] ?? null, fields[field] ?? null));
    const isClash = (field: string) =>
      isMoved(field) && !same(next(field) ?? null, fields[field] ?? null);
    if (!unit.some(isClash)) {
      for (const field of unit) if (field in change.set) put(fields, field, change.set[field]);
      continue;
    }
    hasMet = true;
    hasMetState ||= unit.includes('state');
    for (const field of unit) {
      const value = next(field) ?? undefined;
      kept = kept.filter((one) => !(one.entry === header.id && one.field === field));
      kept.push({
        field,
        entry: header.id,
        actor: header.actor,
        at: header.occurredAt,
        ...(value === undefined ? {} : { value }),
      });
    }
  }
  // A choice all of whose values are the current ones waits for nobody.
  kept = kept.filter((one) => {
    const together = kept.filter(
      (other) => other.entry === one.entry && group(one.field).includes(other.field),
    );
    return together.some((other) => !same(other['value'] ?? null, fields[other.field] ?? null));
  });
  put(fields, 'conflicts', kept.length === 0 ? undefined : kept);
  return { key, change, values: fields as Values, hasMet, hasMetState };
}

function put(fields: Open, name: string, value: unknown): void {
  if (value === null || value === undefined) delete fields[name];
  else fields[name] = value;
}

const watched = new Set(['seeker', 'visit', 'consultation']);

interface Sights {
  readonly written: Map<string, Written[]>;
  readonly received: readonly Received[];
  readonly sightOf: (entry: string) => Sight | undefined;
  readonly tabletOf: (store: string) => string;
}

/** Keeps the history of every field; whoever changes a value that had moved behind her back must have met a conflict. */
function overwritten(
  before: ReadonlyMap<string, Rec>,
  after: ReadonlyMap<string, Rec>,
  { header, verdictSeq }: Received,
  { written, received, sightOf, tabletOf }: Sights,
): string[] {
  const sight = sightOf(header.id);
  const isOwn = (store: string) => tabletOf(store) === tabletOf(header.store);
  return [...after].flatMap(([key, record]) => {
    const old = before.get(key);
    if (!watched.has(record.kind)) return [];
    return Object.entries(record.parts).flatMap(([part, values]) =>
      changedFields(old?.parts[part] ?? {}, values).flatMap((field) => {
        const [now, next] = [old?.parts[part]?.[field] ?? null, values[field] ?? null];
        const name = `${key}/${part}/${field}`;
        const past = written.get(name) ?? [];
        const last = past.at(-1);
        written.set(name, past);
        // Told in the order of verdicts: behind whatever she had seen.
        past.push({ seq: verdictSeq, store: header.store, value: next });
        if (!sight || !last || isOwn(last.store) || last.seq <= sight.seen) return [];
        const known = past.findLast(({ seq }) => seq <= sight.seen)?.value ?? null;
        const isHers = sight.shown?.id === record.id;
        const shown = isHers ? sight.shown.parts[part]?.[field] : known;
        // A value that has gone and come back is the one that her form shows.
        const form = isHers && sight.form ? sight.form[field] : known;
        if ([known, shown, form].some((saw) => same(saw ?? null, now))) return [];
        const isBusy = received.some(
          (other) =>
            isOwn(other.header.store) &&
            other.header.id !== header.id &&
            other.verdictSeq > sight.seen &&
            canonical(other.body).includes(record.id),
        );
        if (isBusy) return [];
        return [
          `${header.verb} ${header.id} put ${canonical(next)} over ${canonical(now)} at ${name}, having seen ${canonical(known)}`,
        ];
      }),
    );
  });
}

function changedFields(before: Values, after: Values): string[] {
  // Most parts of a record that an entry touches it leaves as they are.
  if (before === after) return [];
  const isChanged = (field: string) =>
    field !== 'conflicts' && !same(before[field] ?? null, after[field] ?? null);
  const changed = Object.keys(after).filter(isChanged);
  for (const field of Object.keys(before))
    if (!Object.hasOwn(after, field) && isChanged(field)) changed.push(field);
  return changed;
}
