/**
 * Two values for one field, as they stand side by side: the one that is current, and the one kept beside it, with who wrote
 * that and when. Pure: a record in, lines out.
 */
import type { OutboxItem } from '../../device/types.ts';
import { choicesOf, type Choice } from '../../domain/conflict.ts';
import { isIsoDate, jstTimeOfDay } from '../../domain/date.ts';
import { boundTo, isPlain } from '../../domain/follows.ts';
import { allFields, type Kind } from '../../domain/kind.ts';
import { kindLabel } from '../../domain/kind-labels.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { partOf, type Rec, type Ref } from '../../domain/record.ts';
import { integer, text } from '../../domain/value.ts';
import { clearNames, flatten } from '../../domain/verbs.ts';
import { formatDateJa } from '../../domain/wareki.ts';
import { valueWords, type RefWords } from './value-words.ts';

type Side = 'current' | 'other';

export interface SideBySide {
  /** The same however much of the choice is open or held here. */
  readonly key: string;
  readonly choice: Choice;
  /** Which of a person's records it belongs to; '' where it is her own file. */
  readonly about: string;
  /** By me, or whose name the tablet knows. */
  readonly isMine: boolean;
  readonly rows: readonly {
    readonly label: string;
    readonly current: string;
    readonly other: string;
  }[];
  /** What is odd about the record if that side is taken. */
  readonly warnings: Readonly<Record<Side, string | undefined>>;
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
  return choicesOf(kind, record)
    .filter((choice) => entry === undefined || choice.entry === entry)
    .map((choice) => ({
      key: `${choice.entry}/${boundTo(kind, [choice.field])[0]}`,
      choice,
      about: aboutWords(kind, record),
      isMine: choice.actor === me,
      rows: differing(rowsOf(kind, choice, ref)),
      warnings: {
        current: warningOf(kind, record, choice, 'current'),
        other: warningOf(kind, record, choice, 'other'),
      },
    }));
}

function aboutWords(kind: Kind, record: Rec): string {
  if (record.kind === 'seeker') return '';
  const facts = partOf(record, 'facts');
  const date = text(facts[kind.sort ?? 'date']);
  const at = integer(facts['startedAt']) ?? integer(facts['arrivedAt']);
  const day = date !== undefined && isIsoDate(date) ? formatDateJa(date) : '';
  const when = [day, at === undefined ? '' : jstTimeOfDay(at)].filter(Boolean).join(' ');
  return [kindLabel(kind.name), when, kind.summary(record)].filter(Boolean).join('　');
}

/** What follows from another value by itself says nothing beside it. */
function rowsOf(kind: Kind, { values }: Choice, ref: RefWords): SideBySide['rows'] {
  const fields = allFields(kind);
  return values
    .filter((one) => !isPlain(kind, one, values))
    .map(({ field, current, other }) => ({
      label: fields[field]?.label ?? field,
      current: valueWords(fields[field], current, ref),
      other: valueWords(fields[field], other, ref),
    }));
}

/** Of fields that go together, those that say the same on both sides are nothing to choose by. */
function differing(rows: SideBySide['rows']): SideBySide['rows'] {
  const some = rows.filter(({ current, other }) => current !== other);
  return some.length > 0 ? some : rows;
}

function warningOf(kind: Kind, record: Rec, { values }: Choice, side: Side): string | undefined {
  const chosen = values.map((one) => [one.field, one[side] ?? ''] as const);
  const names = chosen.map(([name]) => name);
  const after = { ...flatten(record), ...Object.fromEntries(chosen) };
  const rules = (kind.rules ?? []).filter(({ level, fields }) => {
    return level === 'warning' && boundTo(kind, fields).some((name) => names.includes(name));
  });
  return rules.map(({ breaks }) => breaks(after)).find((words) => words !== undefined);
}

export function hasChoices(record: Rec): boolean {
  const kind = kindNamed(record.kind);
  return kind !== undefined && choicesOf(kind, record).length > 0;
}

/** When I entered a current value myself, as far as this tablet knows: while that is not sent. */
export function enteredHere(
  outbox: readonly Pick<OutboxItem, 'state' | 'occurredAt' | 'args' | 'records'>[],
  of: Ref,
  { values }: Choice,
): number | undefined {
  const times = outbox.flatMap(({ state, occurredAt, args = {}, records }) => {
    const said = [...Object.keys(args), ...clearNames(args)];
    const isOf = records.some(({ kind, id }) => kind === of.kind && id === of.id);
    const isSaid = values.some(({ field }) => said.includes(field));
    return state === 'pending' && isOf && isSaid ? [occurredAt] : [];
  });
  return times.at(-1);
}
