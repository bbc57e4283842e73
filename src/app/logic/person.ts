/**
 * How a person is put into words: name, kana, age, birth date, and the records that are about her. A joint view of two
 * organisations names two seekers; a live link says which they are. Nothing here opens or stores anything.
 */
import { registrationsOf } from '../../domain/aliases.ts';
import { ageOn, isIsoDate } from '../../domain/date.ts';
import { peopleOf, stateOf } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { seekerName } from '../../domain/kinds/seeker.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { formatWareki } from '../../domain/wareki.ts';

export interface PersonCard {
  readonly id: string;
  readonly name: string;
  readonly kana: string;
  /** 「62歳」, or undefined when the birth date is not known. */
  readonly age: string | undefined;
  readonly birth: string | undefined;
  readonly alias: string | undefined;
  readonly phoneTail: string | undefined;
}

export function personCard(record: Rec, today: string): PersonCard {
  const card = partOf(record, 'card');
  const birthDate = text(card['birthDate']);
  const isKnown = birthDate !== undefined && isIsoDate(birthDate);
  return {
    id: record.id,
    name: seekerName(record) || '（氏名なし）',
    kana: [text(card['familyKana']), text(card['givenKana'])].filter(Boolean).join(' '),
    age: isKnown ? `${ageOn(birthDate, today)}歳` : undefined,
    birth: isKnown ? formatWareki(birthDate) : undefined,
    alias: text(card['alias']),
    phoneTail: text(card['phoneTail']),
  };
}

/** Every registration of hers that was merged, and her seeker at the other organisation, where a live link joins them. */
export function idsOfPerson(
  seeker: string,
  links: readonly Rec[],
  seekers: readonly Rec[] = [],
): readonly string[] {
  const own = registrationsOf(seeker, seekers);
  const others = links
    .filter((link) => stateOf(link) === 'live')
    .flatMap((link) => {
      const { fromSeeker, toSeeker } = partOf(link, 'ties');
      const [from, to] = [text(fromSeeker) ?? '', text(toSeeker) ?? ''];
      if (own.includes(from)) return [to];
      return own.includes(to) ? [from] : [];
    });
  return [...new Set([...own, ...others.filter((id) => id !== '')])];
}

export function isAbout(record: Rec, ids: readonly string[]): boolean {
  const kind = kindNamed(record.kind);
  return kind !== undefined && peopleOf(kind, record).some((id) => ids.includes(id));
}

/** Every record about a person among those in memory, the person's own file left out. */
export function recordsAbout(
  records: readonly Rec[],
  seeker: string,
  links: readonly Rec[],
  seekers: readonly Rec[] = [],
): readonly Rec[] {
  const ids = idsOfPerson(seeker, links, seekers);
  return records.filter((record) => record.kind !== 'seeker' && isAbout(record, ids));
}

/** Day of the last visit this tablet knows, by seeker; `find` leads a merged registration to the one that stands. */
export function lastVisits(
  visits: readonly Rec[],
  find: (id: string) => string = (id) => id,
): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  for (const visit of visits) {
    const date = text(partOf(visit, 'facts')['date']);
    if (date === undefined || stateOf(visit) === 'voided') continue;
    for (const id of visitPeople(visit).map(find)) {
      if ((days.get(id) ?? '') < date) days.set(id, date);
    }
  }
  return days;
}

function visitPeople(visit: Rec): readonly string[] {
  return [partOf(visit, 'city')['citySeeker'], partOf(visit, 'hw')['hwSeeker']].flatMap(
    (id) => text(id) ?? [],
  );
}
