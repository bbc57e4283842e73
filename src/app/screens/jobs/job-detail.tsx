/**
 * One posting in full, and the one thing to do with it: refer somebody to it, the person it was sought for or one who is
 * chosen here. The wage is one line, as people say it.
 */
import { useState } from 'preact/hooks';
import { asked } from '../../../domain/field.ts';
import { kindNamed } from '../../../domain/kinds/index.ts';
import { allFields } from '../../../domain/kind.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text, type Values } from '../../../domain/value.ts';
import { referralFrom, wageWords } from '../../logic/job-search.ts';
import { refWords, valueWords, type RefWords } from '../../logic/value-words.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/list.tsx';
import { isAllowed } from '../../../domain/permission.ts';
import { PersonPicker } from '../seekers/person-picker.tsx';

interface JobDetailProps {
  readonly record: Rec;
  readonly seeker: Rec | undefined;
  readonly onClose: () => void;
}

/** Said together, where the first of them would stand. */
const wageNames = ['wageUnit', 'wageFrom', 'wageTo'];
/** Its name stands above. */
const titled = 'jobTitle';

const kind = kindNamed('jobPosting');
const fields = kind ? asked(allFields(kind)) : {};

export function JobDetail({ record, seeker, onClose }: JobDetailProps) {
  const { get } = useSession();
  const facts = partOf(record, 'facts');
  const rows = rowsOf(facts, refWords(get));
  return (
    <Section
      title={text(facts['jobTitle'])}
      aside={
        <Button size="small" onPress={onClose}>
          とじる
        </Button>
      }
    >
      <Refer record={record} seeker={seeker} />
      <dl class="job-values">
        {rows.map(([label, words]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

type Row = readonly [label: string, words: string];

function rowsOf(facts: Values, ref: RefWords): readonly Row[] {
  const known = Object.entries(fields).filter(([name]) => facts[name] !== undefined);
  const pay = wageWords(facts);
  const wage = pay && known.find(([name]) => wageNames.includes(name))?.[0];
  return known
    .filter(([name]) => name !== titled && (name === wage || !wageNames.includes(name)))
    .map(([name, field]) =>
      name === wage ? ['賃金', pay] : [field.label, valueWords(field, facts[name], ref)],
    );
}

type ReferProps = Pick<JobDetailProps, 'record' | 'seeker'>;

/** Somebody who may not refer reads the posting and no more. */
function Refer({ record, seeker }: ReferProps) {
  const { actor } = useSession();
  const [isChoosing, setChoosing] = useState(false);
  const begin = (id: string) => go('referral-new', { seeker: id, values: referralFrom(record) });
  if (!isAllowed('referral.write', actor, 'own')) return null;
  if (isChoosing) return <PersonPicker label="紹介する方" chosen={undefined} onChoose={begin} />;
  return (
    <div class="buttons">
      {seeker ? (
        <Button kind="primary" onPress={() => begin(seeker.id)}>
          この求人で紹介を記録する
        </Button>
      ) : (
        <Button kind="primary" onPress={() => setChoosing(true)}>
          この求人を紹介する方を選ぶ
        </Button>
      )}
    </div>
  );
}
