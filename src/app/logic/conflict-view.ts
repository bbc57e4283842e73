/**
 * Two values for one field, as they stand side by side: the server's, which is current, and the one kept beside it, with
 * who wrote that and when. Pure: a record in, lines out.
 */
import { choicesOf, type Choice } from '../../domain/conflict.ts';
import { allFields } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import type { Rec } from '../../domain/record.ts';
import { valueWords, type RefWords } from './value-words.ts';

export interface SideBySide {
  readonly choice: Choice;
  /** By me, or whose name the tablet knows. */
  readonly isMine: boolean;
  readonly rows: readonly {
    readonly label: string;
    readonly current: string;
    readonly other: string;
  }[];
}

/** With `entry`, of that one alone. */
export function sideBySide(
  record: Rec | undefined,
  me: string,
  ref: RefWords,
  entry?: string,
): readonly SideBySide[] {
  const kind = record && kindNamed(record.kind);
  if (!kind) return [];
  const fields = allFields(kind);
  return choicesOf(kind, record)
    .filter((choice) => entry === undefined || choice.entry === entry)
    .map((choice) => ({
      choice,
      isMine: choice.actor === me,
      rows: differing(
        choice.values.map(({ field, current, other }) => ({
          label: fields[field]?.label ?? field,
          current: valueWords(fields[field], current, ref),
          other: valueWords(fields[field], other, ref),
        })),
      ),
    }));
}

/** Of fields that go together, those that say the same on both sides are nothing to choose by. */
function differing(rows: SideBySide['rows']): SideBySide['rows'] {
  const some = rows.filter(({ current, other }) => current !== other);
  return some.length > 0 ? some : rows;
}

export function hasChoices(record: Rec): boolean {
  const kind = kindNamed(record.kind);
  return kind !== undefined && choicesOf(kind, record).length > 0;
}
