/**
 * Fields that were held back from a save because of a number nobody may record. Kept as a sealed draft with the number
 * blotted out, so that a lock in between loses none of the words around it.
 */
import { signal } from '@preact/signals';
import type { Session } from '../../device/types.ts';
import type { Values } from '../../domain/value.ts';
import { blotted, type Withheld } from '../logic/withheld.ts';

const key = 'withheld';

export const withheld = signal<readonly Withheld[]>([]);

/** Closed without an answer: it comes again with the next save that holds something back, or at the next unlock. */
export const isSetAside = signal(false);

export function holdBack(session: Session, item: Withheld): void {
  withheld.value = [...withheld.value, item];
  isSetAside.value = false;
  void keep(session);
}

export function letGo(session: Session, item: Withheld): void {
  withheld.value = withheld.value.filter((other) => other !== item);
  void keep(session);
}

/** Brings back what the last lock left; answers how to forget it at the next. */
export function bringBack(session: Session): () => void {
  void session.readDraft(key).then((draft) => {
    const items = draft?.['items'];
    // Written by `keep` alone, under this store's key.
    if (Array.isArray(items))
      withheld.value = [...(items as readonly Values[]).flatMap(itemOf), ...withheld.value];
  });
  return () => {
    withheld.value = [];
    isSetAside.value = false;
  };
}

function itemOf({ verb, id, values, seen }: Values): Withheld[] {
  return typeof verb === 'string' && typeof id === 'string'
    ? [{ verb, id, values: values as Values, seen: seen as Values | undefined }]
    : [];
}

function keep(session: Session): Promise<void> {
  const items = withheld.peek().map(({ verb, id, values, seen }) => ({
    verb,
    id,
    values: blotted(values),
    ...(seen && { seen }),
  }));
  return items.length > 0 ? session.writeDraft(key, { items }) : session.dropDraft(key);
}
