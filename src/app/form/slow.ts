/**
 * A save that does not come to its end: a browser's storage may simply not answer. After some seconds it is said in words;
 * the save itself goes on, is never begun a second time, and its answer still counts when it comes.
 */
export const patienceMs = 8_000;

export function sayWhenSlow<T>(saving: Promise<T>, say: () => void): Promise<T> {
  const timer = setTimeout(say, patienceMs);
  return saving.finally(() => clearTimeout(timer));
}
