/**
 * On a person's page: who may be the same person, and which registrations were merged into this one. Looking closer opens
 * both side by side; taking a merge apart leaves everything as it was before.
 */
import { useState } from 'preact/hooks';
import { mergedInto } from '../../../domain/aliases.ts';
import { seekerName } from '../../../domain/kinds/seeker.ts';
import { isAllowed } from '../../../domain/permission.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { useWrite } from '../../form/use-write.ts';
import { namesOf } from '../../logic/names-of.ts';
import { personCard } from '../../logic/person.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { List, Row, Section } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DateText, NameWithKana } from '../../ui/text.tsx';
import { Compare } from './compare.tsx';
import { PersonPicker } from './person-picker.tsx';
import { usePossiblePairs, whyWords } from './use-pairs.ts';

export function PossibleDuplicates({ seeker }: { readonly seeker: Rec }) {
  const [open, setOpen] = useState<Rec>();
  const pairs = usePossiblePairs().filter((pair) => [pair.first, pair.second].includes(seeker));
  const { actor } = useSession();
  if (!isAllowed('file.merge', actor, 'own')) return null;
  return (
    <>
      {pairs.map((pair) => {
        const other = pair.first === seeker ? pair.second : pair.first;
        return (
          <Notice key={other.id} tone="warning" title="同じ人かもしれません">
            <div class="duplicate-line">
              <DuplicateName record={other} />
              <Registered record={other} />
              <span>{whyWords(pair)}</span>
              <Button size="small" onPress={() => setOpen(other)}>
                くらべる
              </Button>
            </div>
          </Notice>
        );
      })}
      {open && <Compare seeker={seeker} other={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function DuplicateName({ record }: { readonly record: Rec }) {
  const card = personCard(record, useTablet().today());
  return <NameWithKana name={card.name} kana={card.kana} />;
}

function Registered({ record }: { readonly record: Rec }) {
  const { date, site } = partOf(record, 'facts');
  return (
    <span class="quiet">
      <DateText date={text(date)} />に{namesOf(useSession().get)('site', site)}で登録
    </span>
  );
}

/** 統合した登録: those that lead here, each with the way back. */
export function MergedFiles({ seeker }: { readonly seeker: Rec }) {
  const session = useSession();
  const write = useWrite();
  const merged = session
    .all('seeker')
    .value.filter(
      (one) => mergedInto(one) !== undefined && session.get('seeker', one.id)?.id === seeker.id,
    );
  if (merged.length === 0) return null;
  const unmerge = (id: string) =>
    write.save('seeker.unmerge', { id }, { message: '統合を解きました' });
  return (
    <Section title="統合した登録">
      <List label="統合した登録">
        {merged.map((one) => (
          <Row
            key={one.id}
            title={<DuplicateName record={one} />}
            sub={<Registered record={one} />}
            tags={
              <Button
                kind="plain"
                size="small"
                busy={write.busy}
                label={`${seekerName(one)}の統合を解く`}
                onPress={() => unmerge(one.id)}
              >
                統合を解く
              </Button>
            }
          />
        ))}
      </List>
      <ProblemNotice problem={write.problem} />
    </Section>
  );
}

/** Where staff know what no key tells: any other registration of the own organisation is chosen, then compared. */
export function ChooseDuplicate(props: { readonly seeker: Rec; readonly onClose: () => void }) {
  const { seeker, onClose } = props;
  const session = useSession();
  const [chosen, setChosen] = useState<string>();
  const other = chosen === undefined ? undefined : session.get('seeker', chosen);
  if (other) return <Compare seeker={seeker} other={other} onClose={onClose} />;
  return (
    <Sheet title="同じ人の登録を探す" header={<PersonHeader seeker={seeker} />} onClose={onClose}>
      <PersonPicker
        label="もう一つの登録"
        chosen={undefined}
        without={seeker.id}
        onChoose={setChosen}
      />
    </Sheet>
  );
}
