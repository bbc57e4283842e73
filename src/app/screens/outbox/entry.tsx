/** One entry in a list: what it is, when, and what it is about, so that one knows what to look at. */
import { useEffect, useState } from 'preact/hooks';
import type { OutboxItem, Session } from '../../../device/types.ts';
import type { Field } from '../../../domain/field.ts';
import { kindNamed } from '../../../domain/kinds/index.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { draftsLeft } from '../../form/use-form.ts';
import { entryPerson } from '../../logic/entry-person.ts';
import { nobodyWords, unnamedWords } from '../../logic/outbox-words.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession } from '../../state/context.ts';
import { Tag } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';

interface EntryProps {
  readonly item: OutboxItem;
  /** Of the words, for buttons that need more than their own. */
  readonly id?: string | undefined;
}

export function Entry({ item, id }: EntryProps) {
  const about = aboutWords(useSession(), item);
  const hasDraft = useHasDraft(item.id);
  return (
    <>
      <span class="row-main" id={id}>
        <span class="row-title">{item.title}</span>
        <span class="row-sub">
          <TimeText at={item.occurredAt} withDate />　{about}
        </span>
      </span>
      {hasDraft && <Tag tone="accent">書きかけがあります</Tag>}
    </>
  );
}

/** The person, the firm, or the visit that a nameless entry is about. */
export function aboutWords({ get }: Pick<Session, 'get'>, item: OutboxItem): string {
  const { verb, args = {} } = item;
  const kind = verb.split('.')[0] ?? '';
  const record = get(kind, text(args['id']) ?? '');
  const firm = text(args['employerName']) ?? text(partOf(record, 'shared')['employerName']);
  const visit = kind === 'visit' && record ? visitWords(record) : '';
  const known = [entryPerson(get, item), firm, visit].filter(Boolean).join('　');
  if (known) return known;
  const nobody = nobodyWords(item);
  return nobody === unnamedWords && isShut(kind, record) ? shutWords : nobody;
}

const shutWords = '（開くと、だれの記録か出ます）';

/** Whom it is about stands in a part that has not been opened since the tablet was locked. */
function isShut(kind: string, record: Rec | undefined): boolean {
  const parts = Object.entries(kindNamed(kind)?.parts ?? {});
  const isOfPerson = (field: Field) => field.type === 'ref' && field.kind === 'seeker';
  return parts.some(
    ([part, { fields }]) => record && !record.parts[part] && Object.values(fields).some(isOfPerson),
  );
}

/** Of one of its forms; looked for again when a form has been left. */
function useHasDraft(id: string): boolean {
  const session = useSession();
  const [has, setHas] = useState(false);
  useEffect(() => {
    let isLate = false;
    const keys = ['repair', 'anew', 'discard'].map((form) => `${form}-${id}`);
    void Promise.all(keys.map((key) => session.readDraft(key))).then((found) => {
      if (!isLate) setHas(found.some(Boolean));
    });
    return () => {
      isLate = true;
    };
  }, [id, draftsLeft.value]);
  return has;
}
