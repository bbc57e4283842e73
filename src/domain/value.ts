/**
 * Values as they travel and rest: plain JSON, never null inside a record (an absent key is absent).
 * A patch alone uses null, to say "take this field out".
 */
export type Value = string | number | boolean | readonly Value[] | Values;
export interface Values {
  readonly [key: string]: Value;
}
export type Patch = Readonly<Record<string, Value | null>>;

/** Why a field that asks has no answer. Kept beside the answers, because "nobody asked" is not "no". */
export const absences = { unasked: '未聴取', none: '該当なし', declined: '回答しない' } as const;
export type Absence = keyof typeof absences;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAbsent(value: Value | undefined): value is { readonly absent: Absence } {
  return isObject(value) && typeof value['absent'] === 'string' && value['absent'] in absences;
}

export function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function integer(value: Value | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function flag(value: Value | undefined): boolean {
  return value === true;
}

export function texts(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameValue(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSameValue((a as Values)[key], (b as Values)[key]));
}
