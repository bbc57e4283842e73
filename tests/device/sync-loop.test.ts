/**
 * No stall longer than a minute after the network heals, whatever happened before: the real loop, the real network layer and
 * the real patience with locks, over random sequences of faults on a clock of their own.
 */
import * as fc from 'fast-check';
import * as v from 'valibot';
import { signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import type { Problem } from '../../src/domain/problem.ts';
import { patientLocks, type LockSource } from '../../src/device/locks.ts';
import { createNet } from '../../src/device/net.ts';
import { createSyncLoop } from '../../src/device/sync-loop.ts';

const health = { ok: true, version: '1', protocol: 2, epoch: 'e' };
const html = { 'content-type': 'text/html' };
const json = (body: unknown, status = 200) => Response.json(body, { status });

/** What a line, a portal, a server or this tablet can do wrong while it lasts. */
const faults = [
  'cut',
  'hang',
  'deaf',
  'portal page',
  'portal redirect',
  'portal json',
  'trouble',
  'bad gateway',
  'wait',
  'throw',
  'hung step',
  'frozen',
  'lock held',
] as const;
type Fault = (typeof faults)[number];

interface World {
  readonly now: () => number;
  readonly syncedAt: () => number | undefined;
  readonly problem: () => Problem | undefined;
  readonly begin: (fault: Fault) => void;
  readonly heal: () => void;
  readonly wake: () => void;
  readonly pass: (seconds: number) => Promise<void>;
}

function createWorld(chance: () => number): World {
  let now = 0;
  let fault: Fault | undefined;
  let syncedAt: number | undefined;
  let wake: () => void = () => undefined;
  const due = new Map<symbol, { readonly at: number; readonly work: () => void }>();
  const timers = {
    after: (ms: number, work: () => void) => {
      const id = Symbol();
      due.set(id, { at: now + ms, work });
      return () => void due.delete(id);
    },
  };
  const locks = patientLocks(heldBySleepers(), timers);
  const net = createNet({ timers, fetch: (path, init) => answer(path, init, fault) });

  /** A lock that another tab took while this fault lasted is never given back. */
  function heldBySleepers(): LockSource {
    let isHeld = false;
    return {
      request: async (_name, { signal: abort }, work) => {
        isHeld ||= fault === 'lock held';
        if (!isHeld) return work();
        return new Promise((_, reject) => {
          abort.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        });
      },
    };
  }
  const push = () =>
    locks.request('outbox', async () => {
      if (fault === 'throw') throw new Error('a bug');
      if (fault === 'hung step') await new Promise(() => undefined);
      const said = await net.post('/api/push', {}, v.object({ receipts: v.number() }));
      return said.ok ? undefined : said.problem;
    });
  const pull = async () => {
    const said = await net.post('/api/pull', {}, v.object({ rows: v.number() }));
    if (said.ok) syncedAt = now;
    return said.ok ? undefined : said.problem;
  };
  const page = {
    onWake: (wish: () => void) => {
      wake = wish;
      return () => undefined;
    },
    onHide: () => () => undefined,
  };
  const clock = { now: () => now };
  const loop = createSyncLoop({ timers, page, chance, clock }, [push, pull], net.ended);
  loop.trigger();
  return {
    now: () => now,
    syncedAt: () => syncedAt,
    problem: () => loop.problem.peek(),
    begin: (next) => (fault = next),
    heal: () => (fault = undefined),
    wake: () => wake(),
    pass: async (seconds) => {
      for (let second = 0; second < seconds; second++) {
        now += 1_000;
        const rung = fault === 'frozen' ? [] : [...due].filter(([, { at }]) => at <= now);
        for (const [id, { work }] of rung) if (due.delete(id)) work();
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

async function answer(
  path: string,
  { signal: abort }: RequestInit,
  fault: Fault | undefined,
): Promise<Response> {
  if (fault === 'cut') throw new TypeError('no line');
  if (fault === 'deaf') return new Promise(() => undefined);
  if (fault === 'hang')
    return new Promise((_, reject) => {
      abort?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    });
  if (fault === 'portal page') return new Response('<title>Wi-Fi</title>', { headers: html });
  if (fault === 'portal redirect') return Response.redirect('http://portal.example/', 302);
  if (fault === 'portal json') return json({ ok: true, receipts: 'login' });
  if (fault === 'bad gateway') return new Response('<h1>502</h1>', { status: 502, headers: html });
  if (fault === 'trouble') return json({ problem: { code: 'serverTrouble' } }, 503);
  if (fault === 'wait')
    return json({ problem: { code: 'tooManyRequests', waitSeconds: 900 } }, 429);
  if (path === '/api/health') return json(health);
  return json(path === '/api/push' ? { receipts: 1 } : { rows: 1 });
}

/** A throw is told to the runtime; here the runtime is this list. */
async function collecting(work: () => Promise<void>): Promise<unknown[]> {
  const told: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  const listen = (error: unknown) => told.push(error);
  process.on('unhandledRejection', listen);
  try {
    await work();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('unhandledRejection', listen);
    for (const other of others) process.on('unhandledRejection', other);
  }
  return told;
}

const step = fc.record({
  fault: fc.constantFrom(...faults),
  seconds: fc.integer({ min: 1, max: 200 }),
  wakes: fc.boolean(),
});

test('no stall is longer than a minute after the network heals, whatever happened before', async () => {
  const told = await collecting(() =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 4, maxLength: 4 }),
        async (history, luck) => {
          let drawn = 0;
          const world = createWorld(() => luck[drawn++ % luck.length] ?? 0);
          await world.pass(1);
          for (const { fault, seconds, wakes } of history) {
            world.begin(fault);
            if (wakes) world.wake();
            await world.pass(seconds);
          }
          world.heal();
          const healedAt = world.now();
          await world.pass(60);
          expect(world.syncedAt()).toBeGreaterThan(healedAt);
          expect(world.problem()).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    ),
  );
  for (const error of told) expect(error).toMatchObject({ message: 'a bug' });
}, 120_000);

test('every fault is one: while it lasts, nothing is called synced', async () => {
  const told = await collecting(async () => {
    for (const fault of faults) {
      if (fault === 'lock held' || fault === 'throw') continue;
      const world = createWorld(() => 0.5);
      world.begin(fault);
      await world.pass(1);
      const before = world.syncedAt();
      await world.pass(300);
      expect([fault, world.syncedAt()]).toEqual([fault, before]);
    }
  });
  expect(told).toEqual([]);
});

test('a tab that holds the lock in its sleep: pushed without it, and hardly waited for the next time', async () => {
  const world = createWorld(() => 0.5);
  world.begin('lock held');
  await world.pass(20);
  const first = world.syncedAt();
  expect(first).toBeDefined();
  await world.pass(30);
  expect(world.syncedAt()).toBeGreaterThan(first ?? Infinity);
});

test('a throw in one step leaves the others their turn and the loop alive; the bug is told', async () => {
  const told = await collecting(async () => {
    const world = createWorld(() => 0.5);
    world.begin('throw');
    await world.pass(30);
    expect(world.syncedAt()).toBeGreaterThan(20_000);
    expect(world.problem()).toEqual({ code: 'malformed', reason: 'sync' });
  });
  expect(told.length).toBeGreaterThan(2);
});

test('a frozen tab that wakes gives the hung run up at once, not half a minute later', async () => {
  const world = createWorld(() => 0.5);
  await world.pass(1);
  world.begin('deaf');
  await world.pass(31);
  world.begin('frozen');
  await world.pass(600);
  // The line is good, but this tab's timers still do not run.
  world.wake();
  await world.pass(2);
  expect(world.syncedAt()).toBeGreaterThan(630_000);
});

test('the wait that the server asks for is kept, but never for longer than is good', async () => {
  let [runs, now] = [0, 0];
  let wake: () => void = () => undefined;
  const waits: number[] = [];
  const loop = createSyncLoop(
    {
      clock: { now: () => now },
      chance: () => 0,
      timers: { after: (ms) => (waits.push(ms), () => undefined) },
      page: { onWake: (wish) => ((wake = wish), () => undefined), onHide: () => () => undefined },
    },
    [async () => ({ code: 'tooManyRequests', waitSeconds: runs++ === 0 ? 12 : 900 })],
    signal(0),
  );
  await loop.runNow();
  expect(waits.at(-1)).toBe(12_000);
  now = 11_000;
  wake();
  expect(runs).toBe(1);
  now = 12_000;
  wake();
  await loop.runNow();
  expect(waits.at(-1)).toBe(40_000);
  now = -5_000_000;
  wake();
  await Promise.resolve();
  expect(runs).toBe(4);
  loop.stop();
});
