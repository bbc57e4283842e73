/**
 * What a correction would send, beside what stands in the record now: a value that somebody else has set since is named, and
 * one that moves while the form is open is shown before it is written over. What cannot be seen is never called empty.
 */
import { kindNamed } from '../../domain/kinds/index.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Rec } from '../../domain/record.ts';
import { isSameValue, type Values } from '../../domain/value.ts';
import { clearNames } from '../../domain/verbs.ts';
import { difference, type LaidOver } from './laid-over.ts';
import { valuesNow } from './record-form.ts';
import { valueWords, type RefWords } from './value-words.ts';

const namesIn = (args: Values): readonly string[] => [
  ...Object.keys(args).filter((name) => name !== 'clear'),
  ...clearNames(args),
];

const fieldOf = ({ held, taken }: LaidOver, name: string) => held[name] ?? taken[name];

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
  const labels = moved.map((name) => `「${fieldOf(over, name)?.label ?? name}」`).join('');
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
  /** undefined: no field of the record is meant. */
  readonly now: string | undefined;
  readonly typed: string;
  /** It is not what its author saw when she changed it. */
  readonly isOthers: boolean;
}

export const unseenWords = 'この端末では見られません';

/** What was changed, beside what stands in the record now. `seen`: what its author saw, where that is known. */
export function changedRows(
  over: LaidOver,
  seen: Values | undefined,
  ref: RefWords,
): readonly ChangedRow[] {
  return namesIn(difference(over, over.start)).map((name) => {
    const field = fieldOf(over, name);
    const isUnseen = over.unseen.includes(name);
    const before = over.before[name];
    return {
      label: field?.label ?? name,
      now: isUnseen ? unseenWords : nowWords(over, name, ref),
      typed: valueWords(field, over.start[name], ref),
      isOthers: seen !== undefined && !isUnseen && !isSameValue(seen[name], before),
    };
  });
}

function nowWords(over: LaidOver, name: string, ref: RefWords): string | undefined {
  const field = over.held[name];
  return field && valueWords(field, over.before[name], ref);
}
