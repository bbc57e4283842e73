/** What comes next, the overdue first: a word and a shape say how pressing it is, not the colour alone. */
import type { Rec } from '../../../domain/record.ts';
import { stateWords } from '../../logic/handoff-boxes.ts';
import { nextSteps, type NextStep, type Tone } from '../../logic/next-steps.ts';
import { planVerb, unfollowed } from '../../logic/record-unfollowed.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { useLeaving } from '../../state/leaving.ts';
import { go } from '../../state/nav.ts';
import { List, Row, Section } from '../../ui/list.tsx';
import { Tag } from '../../ui/notice.tsx';
import { PlanChecks } from './plan-checks.tsx';

const words: Readonly<Record<Tone, string>> = {
  overdue: '期限すぎ・要確認',
  soon: 'まもなく',
  calm: '',
};

interface NextStepsProps {
  readonly seeker: Rec;
  readonly about: readonly Rec[];
}

export function NextSteps({ seeker, about }: NextStepsProps) {
  const today = useTablet().today();
  const { actor } = useSession();
  const leavingOf = useLeaving();
  const steps = nextSteps(seeker, about, today, (record) =>
    stateWords(record, actor, leavingOf(record)),
  );
  const verb = planVerb(actor);
  const hired = verb ? unfollowed(about, actor, today) : [];
  return (
    <Section title="これから">
      {steps.length + hired.length === 0 ? (
        <p class="quiet">予定や待ちはありません。</p>
      ) : (
        <List label="これから">
          {steps.map((step) => (
            <Step key={step.key} step={step} />
          ))}
          {verb &&
            hired.map((placement) => (
              <PlanChecks key={placement.id} placement={placement} seeker={seeker} verb={verb} />
            ))}
        </List>
      )}
    </Section>
  );
}

function Step({ step }: { readonly step: NextStep }) {
  const { screen: target, key, id = key, kind } = step;
  return (
    <Row
      title={step.label}
      sub={step.text}
      tags={
        step.tone !== 'calm' && (
          <Tag tone={step.tone === 'overdue' ? 'danger' : 'warning'}>{words[step.tone]}</Tag>
        )
      }
      onPress={target && (() => go(target, { id, kind }))}
    />
  );
}
