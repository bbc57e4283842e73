/** 書類: the papers that can be made for one person, from what this tablet shows of her. */
import type { Rec } from '../../../domain/record.ts';
import { namesOf } from '../../logic/names-of.ts';
import { papersOf } from '../../logic/papers.ts';
import { personCard } from '../../logic/person.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { List, Row } from '../../ui/list.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { PrintButton } from './print-button.tsx';

interface PersonPapersProps {
  readonly seeker: Rec;
  readonly about: readonly Rec[];
  readonly onClose: () => void;
}

export function PersonPapers({ seeker, about, onClose }: PersonPapersProps) {
  const { actor, get } = useSession();
  const today = useTablet().today();
  const person = personCard(seeker, today).name;
  const world = { seeker, person, about, actor, nameOf: namesOf(get), today };
  return (
    <Sheet title="書類を印刷" header={<PersonHeader seeker={seeker} />} onClose={onClose}>
      <p class="quiet">紹介状と紹介の控えは、「紹介」の画面で印刷します。</p>
      <List label="印刷できる書類">
        {papersOf(world).map((paper) => (
          <Row
            key={`${paper.code} ${paper.about?.id ?? ''}`}
            title={paper.title}
            sub={sub(paper.lines)}
            aside={<PrintButton paper={paper} person={seeker.id} />}
          />
        ))}
      </List>
    </Sheet>
  );
}

const sub = (lines: readonly (readonly [string, string])[]) =>
  lines
    .filter(([label, value]) => label !== '氏名' && value !== '')
    .slice(0, 2)
    .map(([, value]) => value)
    .join('　');
