/** One referral: its details (opened with a logged view), the steps its state allows, and its paper. */
import { useEffect, useState } from 'preact/hooks';
import { stateOf } from '../../../domain/kind.ts';
import { referral } from '../../../domain/kinds/referral.ts';
import type { Problem } from '../../../domain/problem.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { useWrite } from '../../form/use-write.ts';
import { dayWords } from '../../logic/days.ts';
import {
  askedInOrder,
  daysSinceIssue,
  isVoidable,
  outcomeSteps,
  plainSteps,
  progressSteps,
  stepNotes,
  stepTitles,
  trialEndFor,
} from '../../logic/referral-steps.ts';
import { issuedRows, placementRows, resultRows } from '../../logic/referral-rows.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { DateText } from '../../ui/text.tsx';
import { StepForm } from '../handoffs/step-form.tsx';
import { ReferralPaper } from './referral-paper.tsx';
import { FactRows } from './referral-facts.tsx';
import { usePersonOf } from './referral-row.tsx';

interface ReferralDetailProps {
  readonly record: Rec;
  readonly onClose: () => void;
}

function useOpened(record: Rec): Problem | undefined {
  const session = useSession();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    void session
      .open('referral', record.id, '紹介の確認')
      .then((opened) => setProblem(opened.ok ? undefined : opened.problem));
  }, [record.id]);
  return problem;
}

export function ReferralDetail({ record, onClose }: ReferralDetailProps) {
  const problem = useOpened(record);
  const facts = partOf(record, 'facts');
  const seeker = text(partOf(record, 'shared')['seeker']);
  return (
    <div class="referral-detail">
      <div class="referral-bar">
        <Tag tone="accent">{referral.states?.[stateOf(record) ?? '']}</Tag>
        <span class="quiet">
          紹介日 <DateText date={text(facts['date'])} />（
          {dayWords(daysSinceIssue(record, useTablet().today()))}）
        </span>
        <Button kind="plain" size="small" onPress={onClose}>
          一覧へ
        </Button>
      </div>
      <h2>{usePersonOf(record)}</h2>
      <ProblemNotice problem={problem} />
      <ConflictNotice records={[record]} />
      <Steps record={record} />
      <FactRows
        rows={[
          ...issuedRows(record),
          ...resultRows(record),
          ...placementRows(usePlacement(record)),
        ]}
      />
      <div class="referral-steps">
        {seeker && <Button onPress={() => go('seeker', { seeker })}>この方のページへ</Button>}
        <ReferralPaper record={record} />
      </div>
    </div>
  );
}

function Steps({ record }: { readonly record: Rec }) {
  const state = stateOf(record);
  const write = useWrite();
  const [open, setOpen] = useState<string>();
  const given = useGiven(record, open);
  const press = (step: string) =>
    plainSteps.includes(step) ? write.save(`referral.${step}`, { id: record.id }) : setOpen(step);
  return (
    <>
      <div class="referral-next" role="group" aria-label="つぎの状態">
        <StepRow title="経過" steps={progressSteps(state)} busy={write.busy} onPress={press} />
        <StepRow title="結果" steps={outcomeSteps(state)} busy={write.busy} onPress={press} />
      </div>
      <ProblemNotice problem={write.problem} />
      {open !== undefined && (
        <StepForm
          record={record}
          step={open}
          title={open === 'void' ? '紹介を取り消す' : (stepTitles[open] ?? '')}
          note={stepNotes[open]}
          order={(fields) => askedInOrder(open, fields)}
          follow={open === 'hire' ? trialEndFor : undefined}
          given={given.args}
          initial={given.initial}
          onClose={() => setOpen(undefined)}
        />
      )}
      {isVoidable(state) && (
        <p class="referral-void">
          <Button kind="plain" size="small" onPress={() => setOpen('void')}>
            まちがえて記録した紹介を取り消す
          </Button>
        </p>
      )}
    </>
  );
}

interface StepRowProps {
  readonly title: string;
  readonly steps: readonly string[];
  readonly busy: boolean;
  readonly onPress: (step: string) => unknown;
}

function StepRow({ title, steps, busy, onPress }: StepRowProps) {
  if (steps.length === 0) return null;
  return (
    <div class="referral-row">
      <span class="label">{title}</span>
      <div class="referral-steps">
        {steps.map((step) => (
          <Button
            key={step}
            kind={step === 'hire' ? 'primary' : 'secondary'}
            busy={busy}
            onPress={() => onPress(step)}
          >
            {stepTitles[step]}
          </Button>
        ))}
      </div>
    </div>
  );
}

function usePlacement(record: Rec): Rec | undefined {
  return useSession()
    .all('placement')
    .value.find(
      (one) => partOf(one, 'facts')['referral'] === record.id && stateOf(one) === 'confirmed',
    );
}

/** What the step needs besides words: the id of the new placement, or of the one that falls away. */
function useGiven(record: Rec, step: string | undefined) {
  const session = useSession();
  const [newPlacement] = useState(() => session.newId());
  const placement = usePlacement(record);
  const { employmentType: type, referralType } = partOf(record, 'facts');
  const isTrial = referralType === 'trial';
  if (step === 'hire')
    return {
      args: { newPlacement },
      initial: {
        resultSource: 'seeker',
        ...(type === undefined ? {} : { hiredAs: type }),
        ...(isTrial ? { trialUsed: true } : {}),
      },
    };
  if (step === 'cancelOffer') return { args: { placement: placement?.id ?? '' }, initial: {} };
  return { args: {}, initial: {} };
}
