/**
 * What of a handoff may be told to a desk before the server has it: exactly the parts that the server would send there,
 * by the same scopes. Nothing is chosen here by name, so that a part that nobody may have cannot slip in.
 */
import { withoutConflicts } from '../domain/conflict.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { isServerField } from '../domain/field.ts';
import { parseValue } from '../domain/parse.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { text, type Values } from '../domain/value.ts';
import type { SharedPart } from './container.ts';
import { scopesOfActor, scopesOfPart, type People } from './scopes.ts';

export interface AddressedDesk {
  readonly org: string;
  readonly site: string;
}

export function deskOf(handoff: Rec): AddressedDesk {
  const { toOrg, toSite } = partOf(handoff, 'facts');
  return { org: text(toOrg) ?? '', site: text(toSite) ?? '' };
}

/** The parts of these records whose audience includes the desk today; whole, but for what nobody has chosen yet. */
export function partsFor(
  records: readonly Rec[],
  desk: AddressedDesk,
  today: string,
  people: People,
): SharedPart[] {
  const scopes = new Set(scopesOfActor(desk, today));
  return records.flatMap((record) => {
    const kind = kindNamed(record.kind);
    const parts = kind ? Object.keys(kind.parts) : [];
    return parts.flatMap((part): SharedPart[] => {
      const reaches = kind && scopesOfPart(kind, record, part, people).some((s) => scopes.has(s));
      const { id, kind: name } = record;
      return reaches
        ? [{ kind: name, id, part, body: withoutConflicts(partOf(record, part)) }]
        : [];
    });
  });
}

export function recordsOf(parts: readonly SharedPart[]): Rec[] {
  const found = new Map<string, Rec>();
  for (const { kind, id, part, body } of parts) {
    const key = `${kind}/${id}`;
    found.set(key, { kind, id, parts: { ...found.get(key)?.parts, [part]: body } });
  }
  return [...found.values()];
}

/** On the way in: declared fields with values that fit them, and nothing that would not have been sent here. */
export function isFitting(
  parts: readonly SharedPart[],
  handoff: string,
  desk: AddressedDesk,
  today: string,
): boolean {
  const records = recordsOf(parts);
  const offered = records.find((one) => one.kind === 'handoff');
  const consent = text(partOf(offered, 'facts')['consent']);
  const isKnown = ({ kind, id }: Rec) =>
    kind === 'handoff' ? id === handoff : kind === 'consent' && id === consent;
  const due = partsFor(records, desk, today, () => undefined);
  return (
    offered !== undefined &&
    records.every(isKnown) &&
    due.length === parts.length &&
    parts.every(isPart)
  );
}

function isPart({ kind, part, body }: SharedPart): boolean {
  const fields = kindNamed(kind)?.parts[part]?.fields ?? {};
  return Object.entries(body as Values).every(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) return false;
    return isServerField(field) ? typeof value === 'string' : parseValue(field, value, name).ok;
  });
}
