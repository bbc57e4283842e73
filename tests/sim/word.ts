/** A value as a word; anything that is no text is none. */
export function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
