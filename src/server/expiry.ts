/**
 * Expiries are verbs that the server writes: consents and postings past their date, staff past their last day, counters
 * past theirs, handoffs
 * unanswered ten business days after the day an answer was wanted. At start, every hour, and before a push or pull when the date has changed or a consent has come
 * late, its date already past.
 */
import holidays from '@holiday-jp/holiday_jp';
import { addDays, businessDateJst, weekdayJa } from '../domain/date.ts';
import { isConsentOver } from '../domain/kinds/consent.ts';
import { isPostingOver } from '../domain/kinds/job-posting.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { hasEffect } from '../sync/verdict.ts';
import { author, type Order } from './author.ts';
import type { Server } from './server.ts';
import { moveAmong } from './site-close.ts';
import { factsOfKinds } from './staff.ts';

const graceDays = 10;

export interface Expiry {
  /** Cheap when the date is the one last seen. */
  readonly ifNewDay: () => Promise<void>;
  readonly run: () => Promise<void>;
}

export function createExpiry(server: Server): Expiry {
  let doneFor = '';
  let running: Promise<void> | undefined;
  const begin = async () => {
    server.late.isWaiting = false;
    try {
      // A restored server has not heard yet what was done in time; it runs again when the epoch opens.
      await (server.epochNow.isClosed
        ? Promise.resolve()
        : expireAll(server, businessDateJst(server.clock())));
    } catch (error) {
      server.late.isWaiting = true;
      throw error;
    } finally {
      running = undefined;
    }
  };
  const run = () => (running ??= begin());
  return {
    run,
    ifNewDay: async () => {
      const today = businessDateJst(server.clock());
      if (doneFor === today && !server.late.isWaiting) return;
      try {
        // What came while a run was under way waits for the next.
        do await run();
        while (server.late.isWaiting);
        doneFor = today;
      } catch (error) {
        // A push must not wait for it; the next contact tries again.
        server.log.error({ err: error }, 'expiry failed');
      }
    },
  };
}

async function expireAll(server: Server, today: string): Promise<void> {
  const found = await server.storage.read((tx) =>
    factsOfKinds(server, tx, ['consent', 'handoff', 'jobPosting', 'staff', 'site']),
  );
  const of = (kind: string) => found.filter((one) => one.kind === kind);
  const orders: Order[] = [
    ...of('consent')
      .filter((one) => isConsentOver(one, today))
      .map(order('consent.expire')),
    ...of('handoff')
      .filter((one) => isUnanswered(one, today))
      .map(order('handoff.expire')),
    ...of('jobPosting')
      .filter((one) => isPostingOver(one, today))
      .map(order('jobPosting.expire')),
    ...of('staff')
      .filter((one) => hasLeft(one, today))
      .map(order('staff.end')),
  ];
  await moveAmong(server, today, of('site'));
  const receipts = await author(server, orders);
  const refused = receipts.filter((one) => !hasEffect(one.verdict));
  // A handoff that ended with its consent in the same run is refused here, rightly.
  if (refused.length > 0) server.log.info({ count: refused.length }, 'expiries refused');
}

const order =
  (verb: string) =>
  (record: Rec): Order => ({ verb, args: { id: record.id } });

function hasLeft(record: Rec, today: string): boolean {
  const { state, validTo } = partOf(record, 'facts');
  return state === 'active' && (text(validTo) ?? today) < today;
}

function isUnanswered(record: Rec, today: string): boolean {
  const { state, dueOn } = partOf(record, 'facts');
  const due = text(dueOn);
  // Counted only from days gone by: nobody waits for the end of the calendar.
  return (
    state === 'sent' &&
    due !== undefined &&
    due < today &&
    businessDaysAfter(due, graceDays) < today
  );
}

/**
 * Days on which public offices are open: no Saturday, Sunday, public holiday or day from 29 December to 3 January
 * (行政機関の休日に関する法律 1条).
 */
export function businessDaysAfter(date: string, days: number): string {
  let at = date;
  for (let left = days; left > 0;) {
    at = addDays(at, 1);
    if (!isClosedDay(at)) left--;
  }
  return at;
}

function isClosedDay(date: string): boolean {
  const day = date.slice(5);
  return (
    ['土', '日'].includes(weekdayJa(date)) ||
    holidays.isHoliday(date) ||
    day >= '12-29' ||
    day <= '01-03'
  );
}
