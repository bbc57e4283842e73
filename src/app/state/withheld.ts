/**
 * Fields that were held back from a save because of a number nobody may record. Kept as sealed drafts with the number
 * blotted out, so that a lock in between loses none of the words around it: one for each record, which goes with it, and
 * under `key` of which records there are any.
 */
import { signal } from '@preact/signals';
import type { Session } from '../../device/types.ts';
import { texts, type Values } from '../../domain/value.ts';
import { recordAndPeople } from '../logic/draft-about.ts';
import { blotted, type Withheld } from '../logic/withheld.ts';

const key = 'withheld';
const keyOf = (id: string) => `${key} ${id}`;

export const withheld = signal<readonly Withheld[]>([]);

/** Closed without an answer: it comes again with the next save that holds something back, or at the next unlock. */
export const isSetAside = signal(false);

export function holdBack(session: Session, item: Withheld): void {
  withheld.value = [...withheld.value, item];
  isSetAside.value = false;
  keep(session, item);
}

export function letGo(session: Session, item: Withheld): void {
  withheld.value = withheld.value.filter((other) => other !== item);
  keep(session, item);
}

/** Brings back what the last lock left; answers how to forget it at the next. */
export function bringBack(session: Session): () => void {
  let isOver = false;
  void kept(session).then(({ items, apart }) => {
    if (isOver) return;
    const others = [...apart, ...items].filter((item) => !isHeld(item));
    withheld.value = [...others, ...withheld.value];
    for (const item of apart) keep(session, item);
  });
  return () => {
    isOver = true;
    withheld.value = [];
    isSetAside.value = false;
  };
}

/** With the number still in its words, or typed since. */
const isHeld = ({ verb, id, values }: Withheld) =>
  withheld
    .peek()
    .some(
      (item) =>
        item.verb === verb && item.id === id && Object.keys(values).every((n) => n in item.values),
    );

/** `apart`: once all lay in one draft, and nothing took them along. */
async function kept(session: Session) {
  const all = await session.readDraft(key);
  const drafts = texts(all?.['records']).map((id) => session.readDraft(keyOf(id)));
  return { items: (await Promise.all(drafts)).flatMap(itemsIn), apart: itemsIn(all) };
}

function itemsIn(draft: Values | undefined): Withheld[] {
  const items = draft?.['items'];
  // Written by `keep` alone, under this store's key.
  return Array.isArray(items) ? (items as readonly Values[]).flatMap(itemOf) : [];
}

function itemOf({ verb, id, values, seen }: Values): Withheld[] {
  return typeof verb === 'string' && typeof id === 'string'
    ? [{ verb, id, values: values as Values, seen: seen as Values | undefined }]
    : [];
}

/** One after the other, so that a slow write never brings back what was let go meanwhile. */
let last: Promise<unknown> = Promise.resolve();

function keep(session: Session, { verb, id }: Withheld): void {
  const records = [...new Set(withheld.peek().map((item) => item.id))];
  const items = withheld.peek().filter((item) => item.id === id);
  const record = session.get(verb.split('.')[0] ?? '', id);
  const about = record ? recordAndPeople(record) : [id];
  const put = (name: string, values: Values, isAny: boolean, of?: readonly string[]) =>
    isAny ? session.writeDraft(name, values, of) : session.dropDraft(name);
  last = last
    .then(() => put(key, { records }, records.length > 0))
    .then(() => put(keyOf(id), { items: items.map(asKept) }, items.length > 0, about))
    .catch(() => undefined);
}

const asKept = ({ verb, id, values, seen }: Withheld): Values => ({
  verb,
  id,
  values: blotted(values),
  ...(seen && { seen }),
});
