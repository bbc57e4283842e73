/** What each step does. A step begins something and does not wait for it; a step that finds nothing to do does nothing. */
import { author } from '../../src/server/author.ts';
import { noteBackup } from '../../src/server/restore.ts';
import type { Result } from '../../src/domain/problem.ts';
import { text, type Values } from '../../src/domain/value.ts';
import { amended } from '../../src/domain/verbs.ts';
import type { OutboxItem, Session } from '../../src/device/types.ts';
import { createNet } from '../../src/device/net.ts';
import { pushAll } from '../../src/device/push.ts';
import { openStores } from '../../src/device/stores.ts';
import { bringFile, makeFile } from './by-hand.ts';
import { isInTransaction, type Disk } from './disk.ts';
import { admitAnew, loseDatabases } from './lost-disk.ts';
import { heal, type Weather } from './network.ts';
import { createRng, type Rng } from './rng.ts';
import type { Confirmed } from './notes.ts';
import type { Step, StepKind } from './steps.ts';
import { password, pin } from './place.ts';
import { begin, isAwake, sitting, type Town } from './town.ts';
import type { SimTab, SimTablet } from './tablet.ts';
import { weightOf } from './weights.ts';
import { drawWrite, type Draft } from './writes.ts';

/** Mostly a counter is cut off, and now and then it is not. */
const usualWeathers = { good: 3, cut: 4, bad: 2, silent: 1, portal: 1 } as const;
const weathers = (Object.keys(usualWeathers) as Weather[]).flatMap((weather) =>
  Array<Weather>(weightOf(`weather.${weather}`, usualWeathers[weather])).fill(weather),
);

interface Scene {
  readonly town: Town;
  readonly tablet: SimTablet;
  readonly rng: Rng;
}

export type Check = (town: Town, tablet: SimTablet) => Promise<void>;

export async function perform(town: Town, step: Step, check: Check): Promise<void> {
  const tablet = town.tablets[step.tablet % town.tablets.length];
  if (!tablet) return;
  town.notes.say(() => `${step.kind} ${tablet.name}`);
  const rng = createRng(step.seed, 'step');
  if (step.kind === 'check') return check(town, tablet);
  const scene = { town, tablet, rng };
  await acts[step.kind](scene);
}

const acts: Readonly<Record<Exclude<StepKind, 'check'>, (scene: Scene) => void | Promise<void>>> = {
  write: (scene) => {
    const tab = seatAt(scene);
    if (!tab) return acts.unlock(scene);
    begin(scene.town, 'write', writeOne(scene, tab));
  },
  unlock: ({ town, tablet, rng }) => {
    const staff = rng.pick(tablet.staff) ?? '';
    begin(
      town,
      'unlock',
      withTab({ town, tablet }, (tab) => comeIn(town, tablet, tab, staff)),
    );
  },
  count: ({ town, tablet }) => {
    const input = { purposes: ['jobCounselling'], visitKind: 'new', channel: 'inPerson', heads: 1 };
    const count = async (tab: SimTab) => {
      const done = await tab.tablet.count(input);
      // The answer names the visit; the entry is found by it.
      confirm(
        town,
        tablet,
        'visit.log',
        done,
        done.ok ? entryAbout(tablet, done.value.id) : undefined,
      );
    };
    begin(town, 'count', withTab({ town, tablet }, count));
  },
  repair: ({ town, tablet, rng }) => {
    const session = seatAt({ town, tablet })?.tablet.session.peek();
    const items = session?.outbox.peek() ?? [];
    const item = rng.pick(items.filter(({ state }) => state !== 'pending'));
    if (!session || !item) return;
    if (!item.args || rng.chance(0.4)) begin(town, 'discard', session.discard(item.id, '不要'));
    else begin(town, 'resend', resend(town, tablet, session, item));
  },
  undo: ({ town, tablet, rng }) => {
    const undo = async (tab: SimTab) => {
      const visit = rng.pick(tab.tablet.counted.peek());
      if (visit) await tab.tablet.undoCount(visit.id);
    };
    begin(town, 'undo', withTab({ town, tablet }, undo));
  },
  open: ({ town, tablet, rng }) => {
    const session = seatAt({ town, tablet })?.tablet.session.peek();
    const seeker = rng.pick(session?.all('seeker').peek() ?? []);
    if (session && seeker) begin(town, 'open', session.openPerson(seeker.id, 'consultation'));
  },
  sync: ({ town, tablet }) =>
    begin(
      town,
      'sync',
      withTab({ town, tablet }, (tab) => tab.tablet.syncNow()),
    ),
  worker: (scene) => begin(scene.town, 'worker', pushFromWorker(scene)),
  lock: (scene) => seatAt(scene)?.tablet.lock(),
  tab: ({ town, tablet }) => {
    if (tablet.tabs.length < 2) begin(town, 'tab', opened(tablet));
  },
  lose: ({ town, tablet }) => loseDatabases(town, tablet),
  freeze: ({ town, tablet, rng }) => {
    const tab = rng.pick(tablet.tabs.filter(isAwake));
    if (!tab || isInTransaction(tablet.disk, tab.process)) return;
    tab.process.isFrozen = true;
    town.notes.fault('tab frozen');
  },
  crash: ({ town, tablet, rng }) => {
    const tab = rng.pick(tablet.tabs);
    if (tab) town.schedule.kill(tab.process);
    town.notes.fault('tablet crash');
  },
  weather: ({ town, tablet, rng }) => {
    const next = rng.pick<Weather>(weathers);
    if (next === 'good' || next === undefined) {
      heal(tablet.line);
      for (const tab of tablet.tabs.filter(isAwake)) tab.wake();
      return;
    }
    tablet.line.weather = next;
    town.notes.fault(`line ${next}`);
  },
  pass: ({ town, rng }) => town.timing.pass(1000 * (1 + rng.below(rng.chance(0.3) ? 3600 : 90))),
  night: ({ town }) => town.timing.pass(20 * 3_600_000),
  skew: ({ town, tablet, rng }) => {
    tablet.skew = rng.pick([0, -90_000, 400_000, -26 * 3_600_000, 30 * 86_400_000]) ?? 0;
    town.notes.fault('clock moved');
  },
  diskFull: ({ town, tablet, rng }) => {
    tablet.disk.isFull = !tablet.disk.isFull && rng.chance(0.7);
    if (tablet.disk.isFull) town.notes.fault('disk full');
  },
  diskCut: ({ town, tablet }) => {
    tablet.disk.cuts += 1;
    town.notes.fault('disk connection lost');
  },
  serverCrash: async ({ town }) => {
    town.notes.fault('server crash');
    town.killServer();
    await town.startServer();
  },
  backup: ({ town }) => {
    if (town.base.isWriting()) return;
    town.base.mark('backup');
    town.backups += 1;
    const seq = town.base.head();
    // The tablets hear how far it reaches; a process that dies or has a full disk says nothing.
    if (town.run) void noteBackup(town.run.server, seq).catch(() => undefined);
  },
  restore: async ({ town, rng }) => {
    if (town.backups === 0) return;
    town.notes.fault('server restored');
    town.notes.hasForgotten = true;
    town.killServer();
    if (town.backups > 1 && rng.chance(0.25)) {
      town.notes.fault('last backup of no use');
      town.base.unmark('backup');
      town.backups -= 1;
    }
    town.base.backTo('backup');
    await town.startServer();
  },
  clone: ({ town, tablet }) => {
    if (town.tablets.length > 4) return;
    town.notes.fault('profile copied');
    town.addTablet(`${tablet.name}'`, tablet.staff, town.tier.copyDisk(tablet.disk));
  },
  file: ({ town, tablet, rng }) => {
    const make = async ({ tablet: tab }: SimTab) => {
      const made = await makeFile(tab, rng);
      if (made) town.files.push(made);
    };
    begin(town, 'file', withTab({ town, tablet }, make));
  },
  bring: ({ town, tablet, rng }) => {
    const session = seatAt({ town, tablet })?.tablet.session.peek();
    const file = rng.pick(town.files);
    if (session && file) begin(town, 'bring', bringFile(session, file, town.notes));
  },
  serverFull: ({ town }) => {
    town.around.faults.isFull = !town.around.faults.isFull;
    if (!town.around.faults.isFull) return town.startServer();
    town.notes.fault('server disk full');
  },
  staff: ({ town, rng }) => {
    const who = rng.pick(town.place.people.slice(0, 5));
    const { run } = town;
    if (!who || !run) return;
    const order = rng.chance(0.3)
      ? { verb: 'staff.end', args: { id: who.id } }
      : { verb: 'staff.amend', args: { id: who.id, post: `post-${rng.below(4)}` } };
    town.notes.fault('staff changed');
    void author(run.server, [order]).catch(() => undefined);
  },
  revoke: ({ town, tablet }) => {
    const session = seatAt({ town, tablet })?.tablet.session.peek();
    if (session?.actor.role !== 'supervisor') return;
    const revoke = async () => {
      const list = await session.ask('/api/stores');
      const { stores = [] } = (list.ok ? list.value : {}) as {
        stores?: { store: string; mayRevoke: boolean; role: string }[];
      };
      const one = stores.find(({ mayRevoke, role }) => mayRevoke && role === 'counsellor');
      if (one) await session.ask('/api/stores/revoke', { body: { store: one.store } });
      town.notes.fault('store revoked');
    };
    begin(town, 'revoke', revoke());
  },
};

/** 「直して送りなおす」: the same again; by now it may be right, or it names a person who is another's. */
async function resend(
  town: Town,
  tablet: SimTablet,
  session: Session,
  { id, verb, args }: OutboxItem,
): Promise<void> {
  if (!args) return;
  const done = await session.write(verb, args, { supersedes: id });
  confirm(town, tablet, verb, done, done.ok ? done.value.id : undefined);
}

/** Who acts has the tab before her: one that slept is awake again. */
function seatAt({ town, tablet }: Pick<Scene, 'town' | 'tablet'>): SimTab | undefined {
  const tab = sitting(tablet) ?? tablet.tabs.find((one) => one.tablet.session.peek());
  if (tab) town.schedule.thaw(tab.process);
  return tab;
}

async function withTab<T>(
  { town, tablet }: Pick<Scene, 'town' | 'tablet'>,
  work: (tab: SimTab) => Promise<T>,
): Promise<void> {
  const tab = tablet.tabs.at(-1) ?? (await opened(tablet));
  if (tab) town.schedule.thaw(tab.process);
  if (tab) await work(tab);
}

/** A disk that is cut while the tablet starts shows the page that says so; the next start finds it whole. */
async function opened(tablet: SimTablet): Promise<SimTab | undefined> {
  try {
    return await tablet.open();
  } catch (error) {
    if (error instanceof Error && error.message.includes('storage does not open')) return undefined;
    throw error;
  }
}

/** With her PIN; where that is not possible, as a person would: by password. */
export async function comeIn(town: Town, at: SimTablet, tab: SimTab, staff: string): Promise<void> {
  const { tablet } = tab;
  if (!tablet.enrolment.peek()) await admitAnew(town, at, tab);
  const unlocked = await tablet.unlock(staff, pin);
  if (unlocked.ok) return;
  if (['pinBlocked', 'revoked', 'refused', 'storageLost', 'forked'].includes(unlocked.problem.code))
    await tablet.enrolStaff({ staff, password, pin });
}

async function writeOne({ town, tablet, rng }: Scene, tab: SimTab): Promise<void> {
  const session = tab.tablet.session.peek();
  if (!session) return;
  const [now, today] = [tab.tablet.now(), tab.tablet.today()];
  const draft = drawWrite({ session, rng, now, today, orgs: town.place.orgs });
  if (!draft) return;
  const shown = session.get(draft.verb.split('.')[0] ?? '', text(draft.args['id']) ?? '');
  const form = formOf(session, draft);
  const done = await session.write(
    draft.verb,
    draft.args,
    form?.before ? { seen: form.before } : {},
  );
  form?.leave(done.ok);
  confirm(town, tablet, draft.verb, done, done.ok ? done.value.id : undefined, {
    shown,
    form: form?.before,
  });
  const kind = madeBy[draft.verb];
  const id = draft.args['id'];
  if (done.ok && kind && typeof id === 'string')
    town.notes.creations.set(done.value.id, { kind, id, session });
}

/** Of each session, what it has seen of a record when it last corrected it. */
const glimpses = new WeakMap<Session, Map<string, Values>>();

interface Form {
  readonly before: Values | undefined;
  readonly leave: (isSaved: boolean) => void;
}

/**
 * Whoever corrects again has had the form open ever since: what has come in meanwhile she has not seen. Nor was there ever
 * what she typed and was refused.
 */
function formOf(session: Session, { verb, args }: Draft): Form | undefined {
  const [kind = '', does] = verb.split('.');
  const id = text(args['id']) ?? '';
  const record = does === 'amend' ? session.get(kind, id) : undefined;
  if (!record) return undefined;
  const seen = glimpses.get(session) ?? new Map<string, Values>();
  glimpses.set(session, seen);
  const before = seen.get(id);
  const shown: Values = Object.assign({}, ...Object.values(record.parts));
  const leave = (isSaved: boolean) =>
    seen.set(id, isSaved ? amended(shown, args) : (before ?? shown));
  return { before, leave };
}

const madeBy: Readonly<Record<string, string>> = {
  'visit.log': 'visit',
  'seeker.register': 'seeker',
};

function confirm(
  { notes }: Town,
  { name, disk }: SimTablet,
  verb: string,
  done: Result<unknown>,
  id: string | undefined,
  sight: Pick<Confirmed, 'shown' | 'form'> = {},
): void {
  notes.counts[done.ok ? 'writes' : 'refusals'] += 1;
  notes.say(() => `  ${name} ${verb} ${done.ok ? id : JSON.stringify(done.problem)}`);
  if (!done.ok) return;
  const kept = id === undefined ? undefined : keptOn(disk, id);
  if (id === undefined || !kept)
    notes.violation('I1', `${verb} said to be kept on ${name} and is not on its disk`);
  else notes.confirmed.push({ id, tablet: name, verb, ...sight, ...kept });
}

function keptOn(
  disk: Disk,
  id: string,
): { readonly store: string; readonly seen: number } | undefined {
  for (const [name, { tables }] of disk.bases) {
    const rows = [...(tables.get('entries')?.values() ?? [])];
    if (!rows.some(({ row }) => (row as KeptEntry).id === id)) continue;
    const seq = tables.get('meta')?.get('seq')?.row as { readonly value?: number } | undefined;
    return { store: name.replace('madoguchi-', ''), seen: seq?.value ?? 0 };
  }
  return undefined;
}

interface KeptEntry {
  readonly id: string;
  readonly plain?: { readonly changes: readonly { readonly id: string }[] };
}

export function entriesOn({ disk }: Pick<SimTablet, 'disk'>): KeptEntry[] {
  return [...disk.bases.values()].flatMap(({ tables }) =>
    [...(tables.get('entries')?.values() ?? [])].map(({ row }) => row as KeptEntry),
  );
}

function entryAbout(tablet: SimTablet, record: string): string | undefined {
  const found = entriesOn(tablet).find(({ plain }) =>
    plain?.changes.some(({ id }) => id === record),
  );
  return found?.id;
}

/** What the service worker does: it has neither keys nor screens, and a browser ends it when it likes: before it has told. */
async function pushFromWorker({ town, tablet, rng }: Scene): Promise<void> {
  const { schedule, notes } = town;
  const process = schedule.process(`${tablet.name}/worker`);
  const { ports } = tablet.ports(process);
  const post: typeof ports.channel.post = (message) => {
    if (rng.chance(0.8)) return ports.channel.post(message);
    notes.fault('worker ended');
    schedule.kill(process);
  };
  const stores = openStores(ports.storage);
  const mortal = { ...ports, channel: { ...ports.channel, post } };
  await pushAll(mortal, createNet(ports), stores);
  schedule.kill(process);
}
