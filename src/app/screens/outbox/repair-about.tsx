/** Whom and what a refused entry is about, whose it is, and the day on which it will count. */
import type { Session } from '../../../device/types.ts';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { kindNamed, verbNamed } from '../../../domain/kinds/index.ts';
import { text, type Values } from '../../../domain/value.ts';
import { namesOf } from '../../logic/names-of.ts';
import { countsHere } from '../../logic/outlook.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession } from '../../state/context.ts';
import { DateText } from '../../ui/text.tsx';
import type { Repairable } from './repair.tsx';

interface AboutProps {
  readonly item: Repairable;
  readonly author: string | undefined;
  readonly kept: Values;
  /** It is not to be sent any more. */
  readonly isOver?: boolean;
}

export function About({ item, author, kept, isOver = false }: AboutProps) {
  const session = useSession();
  const visit = item.verb.startsWith('visit.')
    ? session.get('visit', text(kept['id']) ?? '')
    : undefined;
  const name = namesOf(session.get);
  const isMoved =
    countsHere(item.verb) && item.site !== undefined && item.site !== session.actor.site;
  const refs = Object.entries(verbNamed(item.verb)?.args ?? {}).flatMap(([name, field]) => {
    const words = field.type === 'ref' ? refWords(session, field.kind, kept[name]) : '';
    return words === '' || words === item.personName ? [] : [`${field.label}：${words}`];
  });
  return (
    <p>
      {[item.personName ?? (visit && visitWords(visit)), ...refs].filter(Boolean).join('　') ||
        item.title}
      <span class="quiet">
        {'　'}
        {author && `${author.endsWith('）') ? author : `${author}さん`}の入力・`}
        {item.site && `「${name('site', item.site)}」の窓口・`}
        <DateText date={item.businessDate} />
        {isOver ? 'の記録' : 'の記録として送ります'}
        {!isOver && isMoved && `（「${name('site', session.actor.site)}」の数になります）`}
      </span>
      {author && !isOver && <strong class="repair-owner">{ownerWords(item.verb, session)}</strong>}
    </p>
  );
}

/** A record is of whoever sends it, whoever typed it first. */
function ownerWords(verb: string, { name }: Session): string {
  const isMade = verbNamed(verb)?.shape?.does === 'create';
  return `送ると、あなた（${name}）の${isMade ? '記録になります' : '操作として残ります'}。`;
}

function refWords(session: Session, kind: string, value: Values[string] | undefined): string {
  const record = session.get(kind, text(value) ?? '');
  if (!record) return '';
  return kindNamed(kind)?.summary(record) || kindLabel(kind);
}
