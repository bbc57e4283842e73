/**
 * What lies in the second place (spare.ts), after every push: what the server has answered for goes, and what is of stores
 * that IndexedDB does not know any more is brought from here. That needs neither key nor tablet: the signatures are the
 * authorship, and twice is once. What the server cannot take yet stays.
 */
import type { Signal } from '@preact/signals-core';
import * as v from 'valibot';
import type { Result } from '../domain/problem.ts';
import type { Lane } from '../sync/entry.ts';
import {
  envelopeSchema,
  leaseSchema,
  protocolVersion,
  pushResponse,
  type PushRequest,
} from '../sync/protocol.ts';
import { durably } from './durable.ts';
import type { Net } from './net.ts';
import type { SparePort } from './ports.ts';
import { headNames, readMetas } from './store-db.ts';
import type { Stores } from './stores.ts';
import type { SyncStep } from './sync-loop.ts';
import type { Spared } from './types.ts';

const spareItem = v.object({ envelope: envelopeSchema, lease: leaseSchema });

interface Place {
  readonly name: string;
  readonly store: string;
  readonly lane: Lane;
  readonly seq: number;
}
type Item = Place & v.InferOutput<typeof spareItem>;

/** Each may name a lease of its own, of which a request holds so many. */
const perRequest = 20;

export function createSpareStep(
  spare: SparePort,
  { net, stores }: { readonly net: Net; readonly stores: Stores },
  spared: Signal<Spared>,
): SyncStep {
  return async () => {
    const places = (await spare.names()).map(placeOf);
    if (places.length === 0) return undefined;
    const answered = await answeredOn(stores);
    if (!answered.ok) return answered.problem;
    const known = answered.value;
    const isOver = ({ store, lane, seq }: Place) => seq <= (known.get(store)?.[lane] ?? 0);
    await spare.drop(places.filter(isOver).map(({ name }) => name));
    const orphans = await readAll(
      spare,
      places.filter(({ store }) => !known.has(store)),
    );
    if (orphans.length === 0) return undefined;
    const found = Math.max(spared.peek().found, writesIn(orphans));
    spared.value = { isCleared: true, found, left: writesIn(orphans) };
    const left = await bring(net, spare, orphans);
    spared.value = { isCleared: true, found, left: writesIn(left) };
    return undefined;
  };
}

function placeOf(name: string): Place {
  const [store = '', lane, seq] = name.split('/');
  return { name, store, lane: lane === 'access' ? 'access' : 'write', seq: Number(seq) };
}

/** That something was read or printed is written down too, but is no record of hers. */
const writesIn = (places: readonly Place[]) => places.filter(({ lane }) => lane === 'write').length;

type Answered = ReadonlyMap<string, Readonly<Record<Lane, number>>>;

function answeredOn(stores: Stores): Promise<Result<Answered>> {
  return durably(stores.device, async () => {
    const rows = await stores.device.stores.toArray();
    const heads = rows.map(async ({ store }) => {
      const known = await readMetas(stores.of(store), ...headNames);
      const upTo = (lane: Lane) => known[`acked:${lane}`]?.seq ?? 0;
      return [store, { write: upTo('write'), access: upTo('access') }] as const;
    });
    return new Map(await Promise.all(heads));
  });
}

/** What was torn while it was put here nobody can read; it stays, as whatever the server has not answered for. */
async function readAll(spare: SparePort, places: readonly Place[]): Promise<Item[]> {
  const read = await Promise.all(
    places.map(async (place) => ({ place, item: readItem(await spare.read(place.name)) })),
  );
  return read.flatMap(({ place, item }) => (item ? [{ ...place, ...item }] : []));
}

function readItem(text = ''): v.InferOutput<typeof spareItem> | undefined {
  try {
    return v.parse(spareItem, JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Answers what is left. */
async function bring(net: Net, spare: SparePort, orphans: readonly Item[]): Promise<Item[]> {
  const left = new Set(orphans);
  for (const run of runsOf(orphans)) {
    const answer = await net.post('/api/push', requestOf(run), pushResponse);
    if (!answer.ok && answer.problem.code === 'offline') break;
    if (!answer.ok || answer.value.kind !== 'receipts') continue;
    await spare.drop(run.map(({ name }) => name));
    for (const one of run) left.delete(one);
  }
  return [...left];
}

type Run = readonly [Item, ...Item[]];

/** In the order of each stream, without a hole. */
function runsOf(items: readonly Item[]): Run[] {
  const streams = Map.groupBy(items, ({ store, lane }) => `${store} ${lane}`);
  return [...streams.values()].flatMap((stream) => {
    const runs: [Item, ...Item[]][] = [];
    for (const item of stream.toSorted((a, b) => a.seq - b.seq)) {
      const run = runs.at(-1);
      const isNext = run?.at(-1)?.seq === item.seq - 1 && run.length < perRequest;
      if (run && isNext) run.push(item);
      else runs.push([item]);
    }
    return runs;
  });
}

function requestOf(run: Run): PushRequest {
  const { store, lane, seq, envelope } = run[0];
  return {
    protocol: protocolVersion,
    store,
    lane,
    after: seq > 1 ? { seq: seq - 1, hash: envelope.header.prevHash } : null,
    leases: [...new Map(run.map((one) => [one.lease.lease.id, one.lease])).values()],
    entries: run.map((one) => one.envelope),
  };
}
