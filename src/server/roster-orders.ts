/**
 * A roster's plan as the server's own entries: registered, amended, back, ended. A last day that is still to come is a date
 * on the record, which ends with that day; one that is past ends it at once.
 */
import type { RosterChange, RosterPlan } from '../domain/import/roster-plan.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';
import type { Order } from './author.ts';

export function rosterOrders(
  plan: RosterPlan,
  org: string,
  endsOn: string | undefined,
  today: string,
): readonly Order[] {
  return [
    ...plan.fresh.map(({ id, values }) => ({
      verb: 'staff.register',
      args: { ...values, id, org },
    })),
    ...plan.back.map(rejoining),
    ...[...plan.back, ...plan.changed, ...plan.over].flatMap(amendment),
    ...plan.over.map(({ id, values }) => ended(id, text(values['validTo']))),
    ...(endsOn === undefined ? [] : plan.ending.map((one) => ending(one, endsOn, today))),
  ];
}

/** Without a last day she stays: the one that she had is over, unless the list says that very day again. */
function rejoining({ id, values }: RosterChange): Order {
  const validTo = text(values['validTo']);
  return { verb: 'staff.rejoin', args: { id, ...(validTo === undefined ? {} : { validTo }) } };
}

function amendment({ id, set, clear }: RosterChange): Order[] {
  if (Object.keys(set).length + clear.length === 0) return [];
  const emptied = clear.length > 0 ? { clear: clear.map((name) => ({ name })) } : {};
  return [{ verb: 'staff.amend', args: { ...set, id, ...emptied } }];
}

/** Whoever has not begun by then never does. */
function ending(one: Rec, endsOn: string, today: string): Order {
  const begins = text(partOf(one, 'facts')['validFrom']) ?? today;
  if (endsOn < today || begins > endsOn) return ended(one.id, endsOn);
  return { verb: 'staff.amend', args: { id: one.id, validTo: endsOn } };
}

function ended(id: string, validTo: string | undefined): Order {
  return { verb: 'staff.end', args: { id, ...(validTo === undefined ? {} : { validTo }) } };
}
