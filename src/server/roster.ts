/**
 * Takes a roster: a supervisor's list of her own organisation's staff, read and planned as on the tablet, then written whole in
 * one transaction or not at all. The same file twice changes nothing. Who asked is on record; passwords are another matter
 * (start-passwords.ts), so that a lost answer loses none.
 */
import * as v from 'valibot';
import { addDays, businessDateJst, isIsoDate } from '../domain/date.ts';
import { planRoster, type RosterPlan } from '../domain/import/roster-plan.ts';
import { readRoster, unmappedRoster, type RosterGround } from '../domain/import/roster.ts';
import { readTable, type BadLine } from '../domain/import/table.ts';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { hasEffect, type Receipt } from '../sync/verdict.ts';
import { author } from './author.ts';
import { decodeOffice } from './decode-office.ts';
import { rosterOrders } from './roster-orders.ts';
import { logAsked } from './search.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { factsOfKind } from './staff.ts';
import { dropCredentials } from './start-passwords.ts';
import type { Tx } from './storage.ts';

export const rosterRequest = v.strictObject({
  file: v.pipe(v.string(), v.base64()),
  map: v.record(v.string(), v.string()),
  /** The last day of who is not in the list; without it nobody ends. */
  endsOn: v.exactOptional(v.pipe(v.string(), v.check(isIsoDate))),
  /** Whom she saw among those who would end: nobody else does. Absent from screens of before. */
  ending: v.exactOptional(v.array(v.string())),
});

export interface RosterDone {
  readonly fresh: number;
  readonly changed: number;
  readonly back: number;
  readonly same: number;
  readonly ended: number;
  readonly bad: readonly BadLine[];
}

/** A supervisor may be a month late, or a year ahead. */
export const endsOnDays = { back: 31, ahead: 366 } as const;

export async function importRoster(
  server: Server,
  asker: Asker,
  { file, map, endsOn, ending }: v.InferOutput<typeof rosterRequest>,
): Promise<Result<RosterDone>> {
  const table = readTable(Buffer.from(file, 'base64'), decodeOffice);
  if (!table.ok) return table;
  const lacking = unmappedRoster(map);
  if (lacking.length > 0)
    return fail({ code: 'wrongFile', reason: `列が足りません：${lacking.join('、')}` });
  const today = businessDateJst(server.clock());
  if (endsOn !== undefined && !isNear(endsOn, today)) return fail(farDate);
  const ground = await groundOf(server, asker, today);
  const read = readRoster(table.value, map, ground);
  const plan = planRoster(read, map, endsOn, ground);
  const seen = new Set(ending);
  if (ending && plan.ending.some(({ id }) => !seen.has(id))) return fail(others);
  await logAsked(server, asker, 'importRoster', '', 'staff');
  const orders = rosterOrders(plan, asker.member.org, endsOn, today);
  const back = plan.back.map(({ id }) => id);
  try {
    await author(server, orders, (tx, receipts) => settle(server, tx, receipts, back));
  } catch (error) {
    if (error instanceof HalfTaken) return fail(moved);
    throw error;
  }
  return ok({ ...counted(plan), bad: read.bad });
}

class HalfTaken extends Error {}

const moved: Problem = {
  code: 'refused',
  reason:
    '取りこむ間に、職員か窓口の記録が変わりました。何も取りこんでいません。もう一度お試しください。',
};

const others: Problem = {
  code: 'refused',
  reason:
    '退任になる方が、画面で見た方とちがいます。何も取りこんでいません。一覧を確かめて、もう一度お試しください。',
};

const farDate: Problem = {
  code: 'refused',
  reason: '一覧にない方の退任日は、一か月前から一年先までの日にしてください。',
};

function isNear(date: string, today: string): boolean {
  return addDays(today, -endsOnDays.back) <= date && date <= addDays(today, endsOnDays.ahead);
}

async function groundOf(server: Server, { member }: Asker, today: string): Promise<RosterGround> {
  return server.storage.read(async (tx) => ({
    org: member.org,
    user: member.id,
    sites: await factsOfKind(server, tx, 'site'),
    staff: await factsOfKind(server, tx, 'staff'),
    today,
  }));
}

/** All of it or nothing; whoever comes back begins with a new password. */
async function settle(
  server: Server,
  tx: Tx,
  receipts: readonly Receipt[],
  back: readonly string[],
): Promise<void> {
  const refused = receipts.filter((one) => !hasEffect(one.verdict));
  if (refused.length > 0) {
    server.log.warn({ refused: refused.map((one) => one.verdict) }, 'roster refused');
    throw new HalfTaken();
  }
  await dropCredentials(server, tx, back);
}

function counted({ fresh, changed, back, over, same, ending }: RosterPlan) {
  return {
    fresh: fresh.length,
    changed: changed.length,
    back: back.length,
    same,
    ended: over.length + ending.length,
  };
}
