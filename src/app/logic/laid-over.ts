/**
 * A refused correction over the record as it stands now: the form begins with the record, what its author changed lies on
 * it, and only what differs is sent again. A value that somebody else has set since is named, and one that moves while the
 * form is open is shown before it is written over (design.md §6.4).
 */
import type { Session } from '../../device/types.ts';
import type { Fields } from '../../domain/field.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Rec } from '../../domain/record.ts';
import { isSameValue, text, type Values } from '../../domain/value.ts';
import { amended, clearNames } from '../../domain/verbs.ts';
import { isShown } from '../form/form-values.ts';
import { amendArgs } from './amend-args.ts';
import { repairFields } from './outbox-view.ts';
import { valuesNow } from './record-form.ts';
import { withNewTail } from './registration-parts.ts';
import { valueWords, type RefWords } from './value-words.ts';

/** The record that an entry is about, opened with a logged view where parts of it are sealed. */
export async function openTarget(
  session: Session,
  verb: string,
  args: Values,
): Promise<Rec | undefined> {
  const kind = kindNamed(verb.split('.')[0] ?? '');
  const id = text(args['id']) ?? '';
  // Of a merged registration another one is shown; that is not the one that was corrected.
  if (!kind || session.get(kind.name, id)?.id !== id) return undefined;
  const isSealed = Object.values(kind.parts).some((part) => !part.listed);
  if (isSealed) await session.open(kind.name, id, '要確認の記録を直す');
  return session.get(kind.name, id);
}

export function isCorrection(verb: string): boolean {
  const known = verbNamed(verb);
  return known?.shape?.does === 'amend' && Object.hasOwn(known.args, 'clear');
}

export interface LaidOver {
  readonly fields: Fields;
  readonly before: Values;
  /** With what was changed laid on it. */
  readonly start: Values;
  /** Goes along as it was given: ids, references, what the form does not show. */
  readonly kept: Values;
}

export function laidOver(verb: string, record: Rec, args: Values): LaidOver {
  const kind = kindNamed(record.kind);
  const before = kind ? valuesNow(kind, record) : {};
  const start = amended(before, args);
  const fields = repairFields(verb);
  const drawn = (name: string) => {
    const field = fields[name];
    return field !== undefined && isShown(field, start);
  };
  const kept = Object.entries(args).filter(([name]) => name !== 'clear' && !drawn(name));
  const left = clearNames(args).filter((name) => !drawn(name));
  const clear = left.length > 0 ? { clear: left.map((name) => ({ name })) } : {};
  return { fields, before, start, kept: { ...Object.fromEntries(kept), ...clear } };
}

/** What is sent: the difference to the record alone. A field that was never shown is no emptied one. */
export function difference({ fields, before, start, kept }: LaidOver, form: Values): Values {
  const own = Object.fromEntries(
    Object.entries(fields).filter(
      ([name, field]) =>
        !Object.hasOwn(kept, name) && (isShown(field, start) || isShown(field, form)),
    ),
  );
  return amendArgs(own, before, withNewTail(start, form));
}

export const namesIn = (args: Values): readonly string[] => [
  ...Object.keys(args).filter((name) => name !== 'clear'),
  ...clearNames(args),
];

/** What the record holds now in the fields that would be sent; the others stay as they were shown. */
export function standsNow({ before }: LaidOver, now: Rec | undefined, args: Values): Values {
  const kind = kindNamed(now?.kind ?? '');
  if (!kind || !now) return before;
  const values = valuesNow(kind, now);
  const sent = namesIn(args);
  return Object.fromEntries([
    ...Object.entries(before).filter(([name]) => !sent.includes(name)),
    ...Object.entries(values).filter(([name]) => sent.includes(name)),
  ]);
}

/** Why it is not sent yet: somebody wrote there while the form was open, or there is nothing to send. */
export function refusedHere(over: LaidOver, now: Values, args: Values): Problem | undefined {
  const sent = namesIn(args);
  if (sent.length === 0) return { code: 'refused', reason: nothing };
  const moved = sent.filter((name) => !isSameValue(over.before[name], now[name]));
  const labels = moved.map((name) => `「${over.fields[name]?.label ?? name}」`).join('');
  return moved.length > 0
    ? {
        code: 'refused',
        reason: `${labels}は、この画面を開いたあとに書き換えられました。いまの記録を出しなおしたので、見くらべて、それでもよければもう一度押してください。まだ送っていません。`,
      }
    : undefined;
}

const nothing = 'いまの記録と同じ内容のため、送るものがありません。';

export interface ChangedRow {
  readonly label: string;
  readonly now: string;
  readonly typed: string;
  /** It is not what its author saw when she changed it. */
  readonly isOthers: boolean;
}

/** What was changed, beside what stands in the record now. `seen`: what its author saw, where that is known. */
export function changedRows(
  over: LaidOver,
  seen: Values | undefined,
  ref: RefWords,
): readonly ChangedRow[] {
  const { fields, before, start } = over;
  return namesIn(difference(over, start)).map((name) => ({
    label: fields[name]?.label ?? name,
    now: valueWords(fields[name], before[name], ref),
    typed: valueWords(fields[name], start[name], ref),
    isOthers: seen !== undefined && !isSameValue(seen[name], before[name]),
  }));
}
