/**
 * 相談を記録: services, a summary that may be shared and a note that never is, kept apart by place, ground and words. The
 * text is a sealed draft all the time. It belongs to the person's visit today, a chosen one, or a visit logged with it.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { DraftNotice } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import {
  consultationFields,
  consultationWrite,
  firstValues,
} from '../../logic/consultation-form.ts';
import { knownVisitKind } from '../../logic/known-visit-kind.ts';
import { visitsAbout, withoutVisit } from '../../logic/visit-kept.ts';
import { noteBegun, talkDraft } from '../../state/begun-talks.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { back, go, screen } from '../../state/nav.ts';
import { useOutpost } from '../../state/outpost.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/list.tsx';
import { ProblemNotice, showProblem } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useSeeker } from '../seekers/use-person.ts';
import { AfterSaving } from './after-saving.tsx';
import { ConsultationFields } from './consultation-fields.tsx';
import { useVisitChoice } from './use-visit-choice.ts';
import { WalkInLine } from './walk-in-line.tsx';

export function Consultation() {
  const { seeker: id, visit } = screen.value.params;
  const seeker = useSeeker(id);
  if (!seeker)
    return (
      <section class="screen">
        <Empty>相談を記録する方を、求職者の画面で選んでください。</Empty>
        <Button onPress={() => go('seekers', { visit })}>求職者へ</Button>
      </section>
    );
  return <Recording key={seeker.id} seeker={seeker} given={visit} />;
}

function useVisitKind(seeker: Rec) {
  const session = useSession();
  const [visits, links] = [session.all('visit').value, session.all('link').value];
  const known = { visits, links, seekers: session.all('seeker').value };
  return knownVisitKind(seeker, known, session.actor, useTablet().today());
}

function useRecording(seeker: Rec, given: string | undefined) {
  const session = useSession();
  const { now, today } = useTablet();
  const kind = useVisitKind(seeker);
  const outpost = useOutpost();
  const [ids] = useState(() => ({
    id: session.newId(),
    newVisit: session.newId(),
    openedAt: now(),
  }));
  const [savedVisit, setSavedVisit] = useState<string>();
  const form = useForm({
    fields: consultationFields,
    initial: firstValues(session.actor, kind),
    draftKey: talkDraft(seeker.id),
    about: visitsAbout,
  });
  useEffect(() => {
    if (form.isDirty) void noteBegun(session, seeker.id);
  }, [form.isDirty]);
  const opened = { seeker, date: today(), given };
  const { choice, visit, isWalkIn, lost } = useVisitChoice(form, opened);
  const write = useWrite(form);
  const save = async () => {
    if (lost) return showProblem();
    const target = { ...ids, seeker: seeker.id, visit, ...(await outpost.asArgs()) };
    const { verb, args } = consultationWrite(withoutVisit(form.args()), target);
    const saved = await write.save(verb, args);
    if (saved !== undefined) setSavedVisit(visit?.id ?? ids.newVisit);
  };
  return { form, write, save, choice, isWalkIn, savedVisit, ids };
}

function Recording({ seeker, given }: { seeker: Rec; given: string | undefined }) {
  const recording = useRecording(seeker, given);
  const { form, write, save, choice, isWalkIn, savedVisit } = recording;
  const close = () => back('seekers');
  if (savedVisit !== undefined) return <AfterSaving seeker={seeker} visit={savedVisit} />;
  return (
    <Sheet
      title="相談を記録"
      header={<PersonHeader seeker={seeker} />}
      onClose={close}
      actions={
        <>
          {isWalkIn ? (
            <WalkInLine form={form} />
          ) : (
            <span class="quiet">書きかけは、この端末に自動で残ります。</span>
          )}
          <Button kind="primary" size="large" busy={write.busy} onPress={save}>
            相談を記録する
          </Button>
        </>
      }
    >
      <DraftNotice form={form} />
      <ConsultationFields
        form={form}
        seeker={seeker}
        from={recording.ids.openedAt}
        choice={choice}
        isWalkIn={isWalkIn}
      />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}
