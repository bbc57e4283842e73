/** What was entered in an entry, as a person reads it, and which of it its form shows. */
import type { OutboxItem } from '../../device/types.ts';
import { kindLabel } from '../../domain/kind-labels.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import type { Rec } from '../../domain/record.ts';
import { isObject, text, type Values } from '../../domain/value.ts';
import { clearNames } from '../../domain/verbs.ts';
import { emptyWords, refWords, valueWords, type RefWords } from './value-words.ts';
import { visitWords } from './visit-words.ts';

type Get = (kind: string, id: string) => Rec | undefined;
type Said = Pick<OutboxItem, 'verb' | 'args'>;

/** What the form shows of what was entered, and what goes along unasked. */
export const within = (args: Values, fields: object): Values =>
  Object.fromEntries(Object.entries(args).filter(([name]) => Object.hasOwn(fields, name)));

export const without = (args: Values, fields: object): Values =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !Object.hasOwn(fields, name)));

/** In the order of the form; ids and references are no words. */
export function enteredRows(
  { verb, args }: Said,
  ref: RefWords,
): readonly { readonly label: string; readonly text: string }[] {
  const fields = verbNamed(verb)?.args ?? {};
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = args?.[name];
    const isWords = field.type !== 'id' && field.type !== 'ref' && name !== 'clear';
    if (!isWords || value === undefined) return [];
    return [{ label: field.label, text: valueWords(field, value, ref) }];
  });
}

/** Everything that was typed, to be read and copied; what was to be emptied as well. */
export function typedRows(said: Said, ref: RefWords) {
  const fields = verbNamed(said.verb)?.args ?? {};
  const emptied = clearNames(said.args ?? {}).map((name) => ({
    label: fields[name]?.label ?? name,
    text: emptyWords,
  }));
  return [...enteredRows(said, ref), ...emptied];
}

/** The same; of a step, which has no words, what was to be done to what. */
export function writtenRows(said: Said, get: Get) {
  const ref = refWords(get);
  const rows = typedRows(said, ref);
  return rows.length > 0 ? rows : stepRows(said, get, ref);
}

function stepRows({ verb, args = {} }: Said, get: Get, ref: RefWords) {
  const kind = verb.split('.')[0] ?? '';
  const record = get(kind, text(args['id']) ?? '');
  const about = record && (kind === 'visit' ? visitWords(record) : ref(kind, record.id));
  const refs = Object.entries(verbNamed(verb)?.args ?? {}).flatMap(([name, field]) => {
    const words = field.type === 'ref' ? ref(field.kind, text(args[name]) ?? '') : '';
    return words === '' ? [] : [{ label: field.label, text: words }];
  });
  return [...(about ? [{ label: kindLabel(kind), text: about }] : []), ...refs];
}

/** Some of it is somebody's own words, which would have to be thought of again. */
export function hasWords({ verb, args = {} }: Said): boolean {
  const fields = verbNamed(verb)?.args ?? {};
  return Object.entries(fields).some(
    ([name, { type }]) =>
      (type === 'text' && text(args[name])) || (type === 'group' && isObject(args[name])),
  );
}
