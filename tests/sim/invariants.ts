/**
 * I1–I11 (issue: sync that loses nothing). `checkTablet` judges one tablet in the middle of a day, once it is level with the
 * server; `checkAtRest` judges the whole town when everything has come to rest.
 */
import { addDays, businessDateJst } from '../../src/domain/date.ts';
import { kindNamed, kinds } from '../../src/domain/kinds/index.ts';
import type { Actor, Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { officialCounts } from '../../src/server/counts.ts';
import { checkByHand } from './by-hand.ts';
import { countByHand } from './counting.ts';
import { holdingsOf, isToldGone, ownEntry, type HeldPart, type Holding } from './holdings.ts';
import { isLegal } from './legal.ts';
import { checkSpare } from './lost-disk.ts';
import {
  readLedger,
  readStanding,
  recordsOf,
  type Ledger,
  type Received,
  type ServerPart,
  type Standing,
} from './ledger.ts';
import { canonical, replay, same } from './replay.ts';
import { checkOrder } from './order.ts';
import { createRng } from './rng.ts';
import type { SimTablet } from './tablet.ts';
import { sitting, type Town } from './town.ts';
import { createEyes } from './visible.ts';
import { word } from './word.ts';

interface Truth {
  /** By kind/id/part. */
  readonly parts: ReadonlyMap<string, PartAndRecord>;
  readonly records: ReadonlyMap<string, Rec>;
  readonly head: number;
  /** Which change that is: a restored server counts the same numbers again. */
  readonly mark: unknown;
  readonly today: string;
  readonly eyes: ReturnType<typeof createEyes>;
}

interface PartAndRecord {
  readonly part: ServerPart;
  readonly record: Rec | undefined;
}

function truthOf(town: Town, { parts, changes }: Standing): Truth {
  const records = recordsOf(parts);
  const named = parts.map((part) => {
    const key = `${part.kind}/${part.id}`;
    return [`${key}/${part.part}`, { part, record: records.get(key) }] as const;
  });
  const today = businessDateJst(town.timing.now());
  const last = lastChange(town, changes);
  return {
    parts: new Map(named),
    records,
    head: last?.seq ?? 0,
    mark: last?.mark,
    today,
    eyes: createEyes(records, today),
  };
}

/** Sequences are given in the order in which changes are committed: whoever has read up to one has read what was before. */
function lastChange({ notes }: Town, changes: Standing['changes']) {
  let last: (typeof changes)[number] | undefined;
  let before = 0;
  for (const change of changes) {
    if (change.seq <= before)
      notes.violation('I4', `change ${change.seq} was written after ${before}`);
    before = change.seq;
    if (before >= (last?.seq ?? 0)) last = change;
  }
  return last;
}

/** The oracle only opens: what it would draw for sealing nobody sees. */
const chance = createRng(0);
const vaultOf = ({ tier, place }: Town) => ({ ...place, cipher: tier.cipher(chance) });
const keysOf = ({ tier, timing }: Town) =>
  tier.keys(chance, timing.now, { after: () => () => undefined });

type Held = Map<SimTablet, Holding[]>;

export async function checkAtRest(town: Town): Promise<void> {
  const ledger = readLedger(town.base, vaultOf(town));
  const { received } = ledger;
  const truth = truthOf(town, ledger);
  const holdings: Held = new Map();
  for (const tablet of town.tablets)
    holdings.set(tablet, await holdingsOf(tablet.disk, keysOf(town)));
  checkEverywhere(town, received, holdings);
  checkSpare(town, received);
  checkOrder(town, ledger.entries);
  checkEffects(town, ledger, truth);
  checkPushes(town);
  checkEpochs(town);
  await checkCounts(town, truth);
  for (const [tablet, held] of holdings) {
    checkRest(town, tablet, held);
    checkCopies(town, tablet, held, received);
    checkByHand(town.notes, tablet.name, held, truth.head);
    checkPutAway(town, tablet, held);
    checkView(town, tablet, held, truth);
    checkScreen(town, tablet, held);
  }
}

/** Level with the server, a tablet shows what may be seen and nothing else; what others have not sent is not its affair. */
export async function checkTablet(town: Town, tablet: SimTablet): Promise<void> {
  const held = await holdingsOf(tablet.disk, keysOf(town));
  // One that is put away is marked first and emptied then, in another database: until it says so itself, it is judged at rest.
  const judged = held.filter(({ store, meta }) => store.state === 'live' || meta.has('wiped'));
  checkPutAway(town, tablet, judged);
  const head = town.base.head();
  if (judged.some(({ meta }) => meta.get('seq') === head))
    checkView(town, tablet, judged, truthOf(town, readStanding(town.base, vaultOf(town))));
}

/** I1: every confirmed entry is in exactly one visible place. I2: and came once. */
function checkEverywhere({ notes }: Town, received: readonly Received[], held: Held) {
  const places = Map.groupBy(received, ({ header }) => header.id);
  const rows = new Map(
    [...held].flatMap(([{ name }, holdings]) =>
      holdings.flatMap(({ entries, meta }) =>
        entries.map(
          (row) => [`${name} ${row.id}`, { row, upTo: Number(meta.get('seq') ?? 0) }] as const,
        ),
      ),
    ),
  );
  for (const { id, verb, tablet, store } of notes.confirmed) {
    const isLost = notes.lost.has(store);
    const found = places.get(id) ?? [];
    const kept = rows.get(`${tablet} ${id}`);
    const [first] = found;
    // What the server has forgotten is told again by the tablet alone.
    if (found.length !== 1 && !(isLost && notes.hasForgotten))
      notes.violation('I1', `${verb} ${id} of ${tablet} is at the server ${found.length} times`);
    if (!kept && !isLost) notes.violation('I1', `${verb} ${id} is gone from ${tablet}`);
    if (!kept || !first) continue;
    const [here, there] = [kept.row.state, first.verdict.code];
    // Of a later verdict its author hears when she comes in again.
    if (here !== there && (here !== 'blocked' || kept.upTo >= first.verdictSeq))
      notes.violation('I1', `${verb} ${id} is ${here} on ${tablet}, ${there} at the server`);
    if (kept.row.hash !== first.hash) notes.violation('I1', `${verb} ${id} came as something else`);
  }
}

/** I2: effect exactly once · I7: only legal transitions · I8: both values kept · I9: no circle of aliases. */
function checkEffects(town: Town, ledger: Ledger, truth: Truth) {
  const { notes, tablets } = town;
  const { received } = ledger;
  const confirmed = new Map(notes.confirmed.map((one) => [one.id, one]));
  const tabletOf = (store: string) =>
    // A copied profile shares streams with the tablet it was copied from.
    (
      tablets.find(({ disk }) => disk.bases.has(`madoguchi-${store}`))?.name ??
      notes.lost.get(store) ??
      store
    ).replaceAll("'", '');
  const naive = replay(
    received,
    (id) => (notes.hasForgotten ? undefined : confirmed.get(id)),
    tabletOf,
  );
  for (const words of naive.blind) notes.violation('I8', words);
  for (const dispute of naive.disputes) notes.violation('I8', dispute);
  for (const { kind, from, to, entry } of naive.moves)
    if (!isLegal(kind, from, to))
      notes.violation('I7', `${entry} moves ${kind} from ${from} to ${to}`);
  for (const words of [...naive.unconsented, ...naive.unseen]) notes.violation('I7', words);
  checkWaiting(notes, ledger, truth);
  checkSuperseded(notes, received);
  for (const key of new Set([...naive.records.keys(), ...truth.records.keys()])) {
    const [mine, theirs] = [naive.records.get(key), truth.records.get(key)];
    if (same(mine?.parts, theirs?.parts) || same(bare(mine), bare(theirs))) continue;
    notes.violation(
      'I2',
      `${key}\n  oracle ${canonical(bare(mine))}\n  server ${canonical(bare(theirs))}`,
    );
  }
  for (const record of truth.records.values()) {
    if (record.kind !== 'seeker') continue;
    const seen = new Set<string>();
    let at: unknown = record.id;
    while (typeof at === 'string') {
      if (seen.has(at)) {
        notes.violation('I9', `aliases of ${record.id} go in a circle`);
        break;
      }
      seen.add(at);
      at = truth.records.get(`seeker/${at}`)?.parts['facts']?.['mergedInto'];
    }
  }
}

/** Of those that put the same entry right the first alone has an effect. */
function checkSuperseded(notes: Town['notes'], received: readonly Received[]) {
  const done = new Set<string>();
  for (const { header, verdict } of received) {
    const old = header.supersedes;
    if (old === undefined || !['applied', 'merged'].includes(verdict.code)) continue;
    if (done.has(old)) notes.violation('I2', `${old} was put right twice`);
    done.add(old);
  }
}

/** Nobody waits for what is there, of the author's own organisation, where it is a person; save what was put away before. */
function checkWaiting(notes: Town['notes'], { received, over }: Ledger, { records }: Truth) {
  for (const { header, verdict, actor } of received) {
    if (verdict.code !== 'blocked' || over.has(header.id)) continue;
    const record = records.get(verdict.by);
    const org = record?.parts['facts']?.['org'];
    if (record && (record.kind !== 'seeker' || org === actor.org))
      notes.violation(
        'I1',
        `${header.verb} ${header.id} still waits for ${verdict.by}, which is there`,
      );
  }
}

/**
 * At every moment: what she has just entered is on her screen, be it pending, answered for or in the rows. Arrivals and
 * people of the day alone, which nothing but another post takes out of sight again.
 */
export function watchScreens({ notes, tablets }: Town): void {
  if (notes.creations.size === 0) return;
  for (const tablet of tablets)
    for (const { tablet: tab } of tablet.tabs) {
      const session = tab.session.peek();
      if (!session) continue;
      for (const [entry, made] of notes.creations) {
        if (made.session !== session || session.get(made.kind, made.id) !== undefined) continue;
        const { user } = session.actor;
        const state = ownEntry(tablet.disk, user, entry)?.state;
        const isMade = state === 'pending' || state === 'applied';
        if (isMade && !isToldGone(tablet.disk, user, made, notes.toldGone))
          notes.violation(
            'I1',
            `${made.kind}/${made.id}, ${state}, is not on the screen of ${tablet.name}`,
          );
      }
    }
}

/** The pseudonym is the server's own; empty parts say nothing. */
function bare(record: Rec | undefined): unknown {
  const parts = Object.entries(record?.parts ?? {}).map(([name, values]) => {
    const { personKey: _, conflicts, ...rest } = values as Values & { personKey?: unknown };
    const kept = Array.isArray(conflicts) ? { conflicts: conflicts.map(canonical).sort() } : {};
    return [name, { ...rest, ...kept }] as const;
  });
  return Object.fromEntries(parts.filter(([, values]) => Object.keys(values).length > 0));
}

/** Nobody is made to wait for a restore that there was not. */
function checkEpochs({ notes, base }: Town) {
  const begun = base.rows('epoch').length;
  if (!notes.hasForgotten && begun !== 1)
    notes.violation('stall', `${begun} epochs have begun though nothing was restored`);
}

/** I10: whatever a tablet of ours sent was taken; the server's own trouble alone is an excuse. */
function checkPushes({ notes }: Town) {
  const odd = notes.refusedPushes.find((said) => !said.startsWith('503'));
  if (odd !== undefined) notes.violation('I10', `a push was refused: ${odd}`);
}

/** I6. */
async function checkCounts(town: Town, { records }: Truth) {
  if (!town.run) return;
  for (const site of town.place.sites) {
    const period = { from: '2026-10-01', to: '2027-03-31' };
    const asked = officialCounts(town.run.server, site, period);
    await town.schedule.run(Infinity);
    const { rows } = await asked;
    for (const [metric, value] of Object.entries(countByHand(records, site))) {
      const row = rows.find((one) => one.metric === metric);
      // Closed days stand as they were closed; what has come since is told beside them.
      const said = row && row.value + row.late;
      if (said !== value)
        town.notes.violation('I6', `${metric} at ${site}: ${said}, by hand ${value}`);
    }
  }
}

/** Nothing is left over: a minute after everything is well again, every tablet has sent all and says so. */
function checkRest({ notes }: Town, tablet: SimTablet, held: readonly Holding[]) {
  for (const { store, entries } of held) {
    const left = entries.filter((row) => row.state === 'pending');
    if (left.length > 0)
      notes.violation(
        'stall',
        `${left.length} of ${store.store} (${store.role} ${store.state}) on ${tablet.name} are not sent`,
      );
  }
  const state = sitting(tablet)?.tablet.sync.peek();
  if (state && state.pending > 0)
    notes.violation('stall', `${tablet.name} says ${state.pending} pending`);
}

/** I1: what is still readable of an own entry says what was written. No handoff of these days tells anything of it. */
function checkCopies(
  { notes }: Town,
  tablet: SimTablet,
  held: readonly Holding[],
  received: readonly Received[],
) {
  const written = new Map(received.map(({ header, body }) => [header.id, body.args]));
  for (const { row, copy } of held.flatMap(({ opened }) => opened?.copies ?? [])) {
    const args = written.get(row.id);
    if (args && !same(args, copy.body.args))
      notes.violation(
        'I1',
        `the copy of ${row.envelope.header.verb} ${row.id} on ${tablet.name} says ${canonical(copy.body.args)}, not ${canonical(args)}`,
      );
  }
}

/** I5: what is put away holds nothing that could be read. */
function checkPutAway({ notes }: Town, tablet: SimTablet, held: readonly Holding[]) {
  for (const { store, rows, opened } of held) {
    // A forked one is only shut, until its owner enrols anew.
    if (store.role !== 'user' || store.state === 'live' || store.state === 'forked') continue;
    if (rows.length + (opened?.copies.length ?? 0) > 0)
      notes.violation('I5', `a store that was put away on ${tablet.name} still holds rows`);
  }
}

/** I3, I4, I5 for whoever sits at the tablet, where she is level with the server. */
function checkView({ notes }: Town, tablet: SimTablet, held: readonly Holding[], truth: Truth) {
  for (const holding of held) {
    const { store, meta, opened } = holding;
    if (store.role !== 'user' || store.state !== 'live') continue;
    const isLevel = meta.get('seq') === truth.head;
    const actor = actorNow(truth, store.staff);
    if (!isLevel || !actor || !opened || !isOfNow(holding, actor, truth)) continue;
    comparePartsWith(notes, tablet, holding, opened, actor, truth);
  }
}

/** Her last page was judged for this day, this standing and this life of the server: otherwise what she holds is not wrong but old. */
function isOfNow({ cursor }: Holding, actor: Actor, { today, mark }: Truth): boolean {
  if (!cursor || cursor.mark !== mark) return false;
  const { org, site, post } = actor;
  const tomorrow = addDays(today, 1);
  return [`post:${org}:${post}`, `day:${org}:${site}:${tomorrow}`].every((one) =>
    cursor.scopes?.includes(one),
  );
}

function actorNow({ records }: Truth, staff: string): Actor | undefined {
  const facts = records.get(`staff/${staff}`)?.parts['facts'];
  if (facts?.['state'] !== 'active') return undefined;
  const orgType = records.get(`organisation/${word(facts['org'])}`)?.parts['facts']?.['orgType'];
  return {
    user: staff,
    role: facts['role'],
    org: facts['org'],
    orgType,
    site: facts['site'],
    post: facts['post'],
  } as Actor;
}

function comparePartsWith(
  notes: Town['notes'],
  tablet: SimTablet,
  { meta, isEvictedSince }: Holding,
  opened: NonNullable<Holding['opened']>,
  actor: Actor,
  { parts, eyes }: Truth,
) {
  const { parts: here, copies } = opened;
  for (const [key, { part, record }] of parts) {
    const own = here.get(key);
    const isMine = record !== undefined && eyes(actor, record, part.part);
    if (isMine && !own) notes.violation('I4', `${actor.user} on ${tablet.name} lacks ${key}`);
    if (isMine && own && (own.seq !== part.seq || !same(own.body, part.body)))
      notes.violation(
        'I3',
        `${key} on ${tablet.name} of ${actor.user}: ${canonical(own)} is not ${canonical(part)}`,
      );
    if (!isMine && own) notes.violation('I5', `${actor.user} on ${tablet.name} still holds ${key}`);
  }
  for (const key of here.keys())
    if (!parts.has(key))
      notes.violation('I3', `${tablet.name} holds ${key}, which the server has not`);
  const passed = Number(meta.get('seq'));
  for (const { row, copy } of copies) {
    const isPassed =
      ['applied', 'merged'].includes(row.state) && (row.receipt?.seq ?? Infinity) <= passed;
    if (isPassed)
      notes.violation(
        'I5',
        `a readable copy of ${row.envelope.header.verb} is left on ${tablet.name}`,
      );
    const gone = copy.changes.find(
      (change) =>
        isEvictedSince(row, change) && !here.has(`${change.kind}/${change.id}/${change.part}`),
    );
    if (gone)
      notes.violation(
        'I5',
        `the copy of a ${row.state} ${row.envelope.header.verb} tells ${gone.kind}/${gone.id}/${gone.part} on ${tablet.name}`,
      );
  }
}

/** At rest what the screen shows is the rows. */
function checkScreen({ notes }: Town, tablet: SimTablet, held: readonly Holding[]) {
  const session = sitting(tablet)?.tablet.session.peek();
  const own = held.find(
    ({ store }) => store.staff === session?.actor.user && store.state === 'live',
  );
  if (!session || !own?.opened) return;
  const unseen = new Map(own.opened.parts);
  const wrong = (words: string) => notes.violation('I3', `the screen of ${tablet.name} ${words}`);
  const check = (key: string, shown: Values | undefined, { body }: HeldPart) => {
    if (same(shown, body)) return;
    wrong(`shows ${canonical(shown)} for ${key}, not ${canonical(body)}`);
  };
  for (const { name, parts: declared } of kinds)
    for (const { id, parts } of session.all(name).peek())
      for (const [part, shown] of Object.entries(parts)) {
        const key = `${name}/${id}/${part}`;
        const held = unseen.get(key);
        unseen.delete(key);
        if (!held) wrong(`shows ${key}, which its rows have not`);
        else if (declared[part]?.listed) check(key, shown, held);
      }
  for (const [key, held] of unseen) {
    const [kind = '', , part = ''] = key.split('/');
    if (kindNamed(kind)?.parts[part]?.listed) check(key, undefined, held);
  }
}
