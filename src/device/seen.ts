/** What the author of an entry saw of its own record in the fields that it sets: the base of its merge, as values. */
import { refKey } from '../domain/record.ts';
import { text, type Values } from '../domain/value.ts';
import type { Body } from '../sync/entry.ts';

export function seenBy(verb: string, { args, base }: Pick<Body, 'args' | 'base'>): Values {
  const own = refKey({ kind: verb.split('.')[0] ?? '', id: text(args['id']) ?? '' });
  const parts = Object.entries(base).filter(([key]) => key.startsWith(`${own}/`));
  const values = parts.flatMap(([, part]) => Object.entries(part));
  // Values of a record, or null where there was none.
  return Object.fromEntries(values.filter(([, value]) => value !== null)) as Values;
}
