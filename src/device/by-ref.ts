/** Values by record. By kind, then by id: both texts are there already, and one text joined of them is dear to look up. */
import type { Ref } from '../domain/record.ts';

export class ByRef<T> {
  readonly #kinds = new Map<string, Map<string, T>>();

  get(kind: string, id: string): T | undefined {
    return this.#kinds.get(kind)?.get(id);
  }
  has(kind: string, id: string): boolean {
    return this.#kinds.get(kind)?.has(id) ?? false;
  }
  set({ kind, id }: Ref, value: T): void {
    const found = this.#kinds.get(kind);
    if (found) found.set(id, value);
    else this.#kinds.set(kind, new Map([[id, value]]));
  }
  delete({ kind, id }: Ref): void {
    this.#kinds.get(kind)?.delete(id);
  }
  clear(): void {
    this.#kinds.clear();
  }
  kinds(): string[] {
    return [...this.#kinds.keys()];
  }
  of(kind: string): T[] {
    return [...(this.#kinds.get(kind)?.values() ?? [])];
  }
  values(): T[] {
    return this.kinds().flatMap((kind) => this.of(kind));
  }
}
