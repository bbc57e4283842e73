/** One posting in full, and the one thing to do with it: refer the person it was sought for. */
import { asked } from '../../../domain/field.ts';
import { kindNamed } from '../../../domain/kinds/index.ts';
import { allFields } from '../../../domain/kind.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { referralFrom } from '../../logic/job-search.ts';
import { refWords, valueWords } from '../../logic/value-words.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/list.tsx';

interface JobDetailProps {
  readonly record: Rec;
  readonly seeker: Rec | undefined;
  readonly onClose: () => void;
}

const kind = kindNamed('jobPosting');
const fields = kind ? asked(allFields(kind)) : {};

export function JobDetail({ record, seeker, onClose }: JobDetailProps) {
  const { get } = useSession();
  const facts = partOf(record, 'facts');
  const known = Object.entries(fields).filter(([name]) => facts[name] !== undefined);
  return (
    <Section
      title={text(facts['jobTitle'])}
      aside={
        <Button size="small" onPress={onClose}>
          とじる
        </Button>
      }
    >
      {seeker ? (
        <Button
          kind="primary"
          onPress={() => go('referral-new', { seeker: seeker.id, values: referralFrom(record) })}
        >
          この求人で紹介を記録する
        </Button>
      ) : (
        <p class="quiet">求職者の画面から開くと、この求人で紹介を記録できます。</p>
      )}
      <dl class="job-values">
        {known.map(([name, field]) => (
          <div key={name}>
            <dt>{field.label}</dt>
            <dd>{valueWords(field, facts[name], refWords(get))}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
