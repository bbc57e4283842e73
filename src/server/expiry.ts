/**
 * Expiries are verbs that the server writes: consents past their date, handoffs unanswered ten business days after the
 * day an answer was wanted. At start, every hour, and whenever the date has changed since the last push or pull.
 */
import { addDays, businessDateJst, weekdayJa } from '../domain/date.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import { author, type Order } from './author.ts';
import type { Server } from './server.ts';
import { factsOfKind } from './staff.ts';

const graceDays = 10;

export interface Expiry {
  /** Cheap when the date is the one last seen. */
  readonly ifNewDay: () => Promise<void>;
  readonly run: () => Promise<void>;
}

export function createExpiry(server: Server): Expiry {
  let doneFor = '';
  let running: Promise<void> | undefined;
  const run = () => {
    running ??= expireAll(server, businessDateJst(server.clock())).finally(() => {
      running = undefined;
    });
    return running;
  };
  return {
    run,
    ifNewDay: async () => {
      const today = businessDateJst(server.clock());
      if (doneFor === today) return;
      try {
        await run();
        doneFor = today;
      } catch (error) {
        // A push must not wait for it: dates are checked besides wherever they matter, and the next contact tries again.
        server.log.error({ err: error }, 'expiry failed');
      }
    },
  };
}

async function expireAll(server: Server, today: string): Promise<void> {
  const [consents, handoffs] = await server.storage.read(async (tx) => [
    await factsOfKind(server, tx, 'consent'),
    await factsOfKind(server, tx, 'handoff'),
  ]);
  const orders: Order[] = [
    ...(consents ?? []).filter((one) => isConsentOver(one, today)).map(order('consent.expire')),
    ...(handoffs ?? []).filter((one) => isUnanswered(one, today)).map(order('handoff.expire')),
  ];
  const receipts = await author(server, orders);
  const refused = receipts.filter((one) => one.verdict.code !== 'applied');
  // A handoff that ended with its consent in the same run is refused here, rightly.
  if (refused.length > 0) server.log.info({ count: refused.length }, 'expiries refused');
}

const order =
  (verb: string) =>
  (record: Rec): Order => ({ verb, args: { id: record.id } });

function isConsentOver(record: Rec, today: string): boolean {
  const { state, expiresOn } = partOf(record, 'facts');
  return state === 'live' && (text(expiresOn) ?? '9999-12-31') < today;
}

function isUnanswered(record: Rec, today: string): boolean {
  const { state, dueOn } = partOf(record, 'facts');
  const due = text(dueOn);
  return state === 'sent' && due !== undefined && businessDaysAfter(due, graceDays) < today;
}

/** Mondays to Fridays; public holidays are not known here and make the wait shorter by as many days. */
export function businessDaysAfter(date: string, days: number): string {
  let at = date;
  for (let left = days; left > 0;) {
    at = addDays(at, 1);
    if (!['土', '日'].includes(weekdayJa(at))) left--;
  }
  return at;
}
