/**
 * Closing a counter. A supervisor says its last day and where it moves (`planClosing`), until then it can be taken back; the day
 * after, the server moves it (`moveCounters`, at its first contact): staff, tablets and open codes of the counter, of both
 * organisations, in one transaction or not at all. Records keep their counter, so figures of the past stay where they were;
 * what is open there is seen and done at the successor (Actor.alsoSites).
 */
import * as v from 'valibot';
import { addDays, businessDateJst, isIsoDate } from '../domain/date.ts';
import { stateOf } from '../domain/kind.ts';
import { cannotMove } from '../domain/kinds/site.ts';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { hasEffect, type Receipt } from '../sync/verdict.ts';
import { author, type Order } from './author.ts';
import { logAsked } from './search.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { factsOfKind } from './staff.ts';
import type { Tx } from './storage.ts';

export const closeRequest = v.strictObject({
  movedTo: v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/)),
  closedOn: v.pipe(v.string(), v.check(isIsoDate)),
});
export type CloseRequest = v.InferOutput<typeof closeRequest>;

/** Told a year ahead at most, and a week late at most: nobody rewrites whose days these were. */
export const closingDays = { back: 7, ahead: 366 } as const;

const refused = (reason: string): Problem => ({ code: 'refused', reason });
const factsOf = (record: Rec | undefined) => partOf(record, 'facts');

export async function planClosing(
  server: Server,
  asker: Asker,
  { movedTo, closedOn }: CloseRequest,
): Promise<Result<{ readonly moved: boolean }>> {
  const { site } = asker.member;
  if (server.epochNow.isClosed) return fail({ code: 'restoring' });
  const today = businessDateJst(server.clock());
  const isNear =
    addDays(today, -closingDays.back) <= closedOn && closedOn <= addDays(today, closingDays.ahead);
  if (!isNear) return fail(refused('最後の日は、一週間前から一年先までの日にしてください。'));
  const sites = await server.storage.read((tx) => factsOfKind(server, tx, 'site'));
  const wrong = unfit(sites, site, movedTo);
  if (wrong) return fail(wrong);
  await logAsked(server, asker, 'closeCounter', `${site} ${movedTo} ${closedOn}`, 'site');
  const args = { id: site, movedTo, closedOn };
  const problem = firstRefusal(await author(server, [{ verb: 'site.close', args }]));
  if (problem) return fail(problem);
  await moveCounters(server, today);
  const after = await server.storage.read((tx) => factsOfKind(server, tx, 'site'));
  return ok({ moved: stateOf(after.find((one) => one.id === site)) === 'closed' });
}

/** Two that move into the same one, or into one that moves itself, would be more than the successor can hold. */
function unfit(sites: readonly Rec[], site: string, movedTo: string): Problem | undefined {
  const at = (id: string) => sites.find((one) => one.id === id);
  const isTaken = sites.some((one) => one.id !== site && factsOf(one)['movedTo'] === movedTo);
  const isAwaited = sites.some((one) => factsOf(one)['movedTo'] === site);
  if (isTaken || isAwaited)
    return refused(
      'ほかの窓口を引き継ぐ窓口は、もう一つの窓口の移る先にも、閉じる窓口にもできません。',
    );
  return cannotMove(at(site), at(movedTo));
}

/** Until it has been done. */
export async function takeBackClosing(server: Server, asker: Asker): Promise<Result<object>> {
  const { site } = asker.member;
  await logAsked(server, asker, 'keepCounter', site, 'site');
  const problem = firstRefusal(await author(server, [{ verb: 'site.stay', args: { id: site } }]));
  return problem ? fail(problem) : ok({});
}

/** Counters whose last day is over. One that cannot be moved stays as it is, and is tried again. */
export async function moveCounters(server: Server, today: string): Promise<void> {
  const sites = await server.storage.read((tx) => factsOfKind(server, tx, 'site'));
  await moveAmong(server, today, sites);
}

/** Of counters that have been read. */
export async function moveAmong(
  server: Server,
  today: string,
  sites: readonly Rec[],
): Promise<void> {
  for (const site of sites) {
    const { movedTo, closedOn } = factsOf(site);
    const isDue = stateOf(site) === 'active' && (text(closedOn) ?? today) < today;
    const to = text(movedTo);
    if (isDue && to !== undefined) await moveCounter(server, site.id, to);
  }
}

class NotMoved extends Error {}

async function staffStandingAt(server: Server, tx: Tx, site: string): Promise<Rec[]> {
  const staff = await factsOfKind(server, tx, 'staff');
  return staff.filter((one) => stateOf(one) === 'active' && factsOf(one)['site'] === site);
}

async function moveCounter(server: Server, from: string, to: string): Promise<void> {
  const moving = await server.storage.read((tx) => staffStandingAt(server, tx, from));
  const orders: Order[] = [
    { verb: 'site.move', args: { id: from } },
    ...moving.map(({ id }) => ({ verb: 'staff.amend', args: { id, site: to } })),
  ];
  let ended: readonly string[] = [];
  try {
    await author(server, orders, async (tx, receipts) => {
      const problem = firstRefusal(receipts);
      if (problem) throw new NotMoved(problem.code);
      // Somebody was registered meanwhile: a closed counter keeps nobody. The next hour tries again.
      if ((await staffStandingAt(server, tx, from)).length > 0) throw new NotMoved('staff');
      ended = await moveTablets(server, tx, from, to);
    });
  } catch (error) {
    if (!(error instanceof NotMoved)) throw error;
    server.log.error({ from, to, problem: error.message }, 'counter not moved');
    return;
  }
  // The next word of both counters' tablets opens a new session, and that brings the new lease.
  for (const store of ended) server.sessions.end(store);
}

async function moveTablets(
  { tenant }: Server,
  tx: Tx,
  from: string,
  to: string,
): Promise<readonly string[]> {
  const stores = await tx
    .selectFrom('store')
    .select('store')
    .where('tenant', '=', tenant)
    .where('site', 'in', [from, to])
    .execute();
  for (const table of ['store', 'device', 'device_code'] as const)
    await tx
      .updateTable(table)
      .set({ site: to })
      .where('tenant', '=', tenant)
      .where('site', '=', from)
      .execute();
  return stores.map(({ store }) => store);
}

function firstRefusal(receipts: readonly Receipt[]): Problem | undefined {
  for (const { verdict } of receipts)
    if (!hasEffect(verdict))
      return 'problem' in verdict ? verdict.problem : { code: 'serverTrouble' };
  return undefined;
}
