/**
 * Facts of staff, organisations and counters, by their text as it rests: few, and read with nearly every request. A text says
 * the same for ever, and nobody changes what has been read.
 */
import type { Values } from '../domain/value.ts';

/** Some 5 MB. */
const most = 5_000;

const known = new Map<string, Values>();

export function knownFacts(text: string | null): Values {
  if (text === null) return {};
  const found = known.get(text);
  if (found) return found;
  const values = JSON.parse(text) as Values; // written by us alone
  if (known.size >= most) known.clear();
  known.set(text, values);
  return values;
}
