/** Records of the shelves that name a given one (an event's attendances, a placement's checks), and what can be added to it. */
import type { Kind, Verb } from '../../domain/kind.ts';
import { kinds } from '../../domain/kinds/index.ts';
import type { Actor, Rec } from '../../domain/record.ts';
import { creations } from './record-kinds.ts';
import { dateOf } from './record-list.ts';

export interface Naming {
  readonly kind: Kind;
  readonly records: readonly Rec[];
}

const shelved = kinds.filter(({ shelf }) => shelf !== undefined);

const fieldsNaming = (kind: Kind, to: string) =>
  Object.entries(kind.parts).flatMap(([part, { fields }]) =>
    Object.entries(fields)
      .filter(([, field]) => field.type === 'ref' && field.kind === to)
      .map(([field]) => ({ part, field })),
  );

export function naming(record: Rec, all: (kind: string) => readonly Rec[]): readonly Naming[] {
  return shelved.flatMap((kind) => {
    const fields = fieldsNaming(kind, record.kind);
    if (fields.length === 0) return [];
    const records = all(kind.name)
      .filter((one) => fields.some(({ part, field }) => one.parts[part]?.[field] === record.id))
      .toSorted((a, b) => (dateOf(kind, a) < dateOf(kind, b) ? 1 : -1));
    return records.length > 0 ? [{ kind, records }] : [];
  });
}

export interface Addition {
  readonly verb: Verb;
  /** The argument that names the record. */
  readonly field: string;
}

export function additions(record: Rec, actor: Actor): readonly Addition[] {
  return shelved.flatMap((kind) =>
    creations(kind, actor).flatMap((verb) => {
      const found = Object.entries(verb.args).find(
        ([, field]) => field.type === 'ref' && field.kind === record.kind,
      );
      return found ? [{ verb, field: found[0] }] : [];
    }),
  );
}
