/** What an own entry is about, from its readable copy: the records that it changes, and the people whom it names. */
import { kindNamed } from '../domain/kinds/index.ts';
import { peopleOf } from '../domain/kind.ts';
import { seekerName } from '../domain/kinds/seeker.ts';
import { refKey, type Rec, type Ref } from '../domain/record.ts';
import { text, type Values } from '../domain/value.ts';
import type { Desk } from './desk.ts';
import type { LedgerItem } from './ledger.ts';

export function recordsOf(copy: LedgerItem['copy']): readonly Ref[] {
  const refs = (copy?.changes ?? []).map(({ kind, id }) => ({ kind, id }));
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}

/** The counter that it puts down in a record of its own kind. */
export function siteIn(verb: string, copy: LedgerItem['copy']): string | undefined {
  const own = (copy?.changes ?? []).filter(({ kind }) => kind === verb.split('.')[0]);
  return own.flatMap(
    ({ part, set }) => (part === 'facts' && text(set['site'] ?? undefined)) || [],
  )[0];
}

export function personName(desk: Desk, verb: string, copy: LedgerItem['copy']): string | undefined {
  if (!copy) return undefined;
  const { args } = copy.body;
  if (text(args['familyName'])) return seekerName({ parts: { card: args } });
  const [person] = peopleNamed(desk, verb, args);
  return (person ? seekerName(person) : nameWritten(desk, args)) || undefined;
}

/** Of somebody who is in no record yet: as she was written down in an own entry that was not taken. */
function nameWritten({ items }: Desk, args: Values): string | undefined {
  const ids = Object.values(args);
  const changes = items.peek().flatMap(({ copy }) => copy?.changes ?? []);
  const written = changes.find(
    ({ kind, id, part }) => kind === 'seeker' && part === 'card' && ids.includes(id),
  );
  return written && seekerName({ parts: { card: written.set as Values } });
}

/** Whom it names, itself or through its record, as far as this tablet knows them. */
export function peopleNamed(desk: Desk, verb: string, args: Values): readonly Rec[] {
  const values = Object.values(args).filter((value) => typeof value === 'string');
  const kind = kindNamed(verb.split('.')[0] ?? '');
  const record = kind && desk.memory.get(kind.name, text(args['id']) ?? '');
  const ids = [...values, ...(kind && record ? peopleOf(kind, record) : [])];
  return ids.flatMap((id) => desk.memory.get('seeker', id) ?? []);
}
