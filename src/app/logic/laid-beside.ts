/** What a correction would send, beside what stands in the record now. What cannot be seen is never called empty. */
import { allFields, type Kind } from '../../domain/kind.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import type { Rec, View } from '../../domain/record.ts';
import { isSameValue, type Values } from '../../domain/value.ts';
import { namesIn } from './laid-over.ts';
import { fieldsNamed } from './outbox-view.ts';
import { valuesNow } from './record-form.ts';
import { valueWords, type RefWords } from './value-words.ts';

export interface ChangedRow {
  readonly label: string;
  /** undefined: no field of the record is meant. */
  readonly now: string | undefined;
  readonly typed: string;
  /** It is not what was seen under it. */
  readonly isMoved: boolean;
}

const unseenWords = 'この端末では見られません';

interface Sending {
  readonly verb: string;
  readonly args: Values;
  readonly seen: Values;
}

/** Only what would be another value than the record has now; what would be refused is said at its field. */
export function changedRows(
  { verb, args, seen }: Sending,
  record: Rec,
  view: View,
  ref: RefWords,
): readonly ChangedRow[] {
  const kind = kindNamed(record.kind);
  if (!kind) return [];
  const held = allFields(kind);
  const now = valuesNow(kind, record, view);
  const refused = fieldsNamed(verbNamed(verb)?.beside?.refuses(args, seen, view));
  return namesIn(args)
    .filter((name) => !refused.some(({ field }) => field === name))
    .filter((name) => isUnseen(kind, record, seen, name) || !isSameValue(args[name], now[name]))
    .map((name) => {
      const isUnknown = isUnseen(kind, record, seen, name);
      const field = held[name] ?? verbNamed(verb)?.args[name];
      const words = held[name] && valueWords(field, now[name], ref);
      return {
        label: field?.label ?? name,
        now: isUnknown ? unseenWords : words,
        typed: valueWords(field, args[name], ref),
        isMoved: held[name] !== undefined && !isUnknown && !isSameValue(seen[name], now[name]),
      };
    });
}

/**
 * It stands in a sealed part that is not here. One that was never written is not here either: where another one of the
 * record is, and nothing was seen in this one, it is taken for empty.
 */
function isUnseen({ parts }: Kind, record: Rec, seen: Values, name: string): boolean {
  const sealed = Object.keys(parts).filter((part) => parts[part]?.listed === false);
  const own = sealed.find((part) => Object.hasOwn(parts[part]?.fields ?? {}, name));
  if (own === undefined || record.parts[own]) return false;
  const wasThere = Object.keys(parts[own]?.fields ?? {}).some((one) => seen[one] !== undefined);
  return wasThere || !sealed.some((part) => record.parts[part]);
}
