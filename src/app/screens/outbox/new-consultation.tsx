/**
 * The consultation form with what a refused entry had in it. Saved, it takes the entry's place: on the old one's day, at
 * the visit that still stands, and counted once.
 */
import { useState } from 'preact/hooks';
import { partOf } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { DraftNotice } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { savedMessage, useWrite } from '../../form/use-write.ts';
import type { Anew } from '../../logic/anew.ts';
import { consultationFields, consultationWrite } from '../../logic/consultation-form.ts';
import { draftAbout } from '../../logic/draft-about.ts';
import { visitsAbout, withoutVisit } from '../../logic/visit-kept.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice, showProblem } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DateText } from '../../ui/text.tsx';
import { OthersThere } from './others-there.tsx';
import { ConsultationFields } from '../consultation/consultation-fields.tsx';
import { useVisitChoice } from '../consultation/use-visit-choice.ts';
import type { RepairProps } from './repair.tsx';

interface NewConsultationProps extends RepairProps {
  readonly anew: Anew;
}

export function NewConsultation(props: NewConsultationProps) {
  const { anew, author, onClose } = props;
  const { form, write, save, choice, isWalkIn, ids } = useAnew(props);
  return (
    <Sheet
      title="新しい相談として記録"
      header={<PersonHeader seeker={anew.seeker} />}
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          相談を記録する
        </Button>
      }
    >
      <DraftNotice form={form} />
      <Explained anew={anew} author={author} />
      <ConsultationFields
        form={form}
        seeker={anew.seeker}
        from={ids.openedAt}
        choice={choice}
        isWalkIn={isWalkIn}
      />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

function Explained({ anew, author }: Pick<NewConsultationProps, 'anew' | 'author'>) {
  const event = useSession().get('event', anew.outpost ?? '');
  return (
    <Notice
      tone={anew.others.length > 0 || anew.isOutpostLost ? 'warning' : 'accent'}
      title="書いた内容を入れてあります。"
    >
      <p>
        <DateText date={anew.date} />の{author === undefined ? '' : 'あなたの'}
        相談として、1件だけ数えます。保存すると、入らなかった記録は要確認から消えます。
      </p>
      {event && (
        <p>
          受付に出ていないときは、臨時窓口「{text(partOf(event, 'facts')['eventName'])}
          」の来所として数えます。
        </p>
      )}
      {anew.isOutpostLost && (
        <p>
          もとの来所は、臨時窓口のものでした。あなたの窓口が開いた臨時窓口ではないため、受付に出ていないときは、あなたの窓口の来所として数えます。臨時窓口の来所として数えるものは、ここで保存せず、その臨時窓口を開いた窓口で入れてください。
        </p>
      )}
      {anew.record && (
        <p>
          直していない項目には、もとの相談に書かれていた内容（内部メモも）が入っています。この方のことか、保存する前に確かめてください。
        </p>
      )}
      {anew.others.length > 0 && <OthersThere anew={anew} isMine={author === undefined} />}
    </Notice>
  );
}

function useAnew({ item, anew, onSent, onClose }: NewConsultationProps) {
  const session = useSession();
  const { now } = useTablet();
  const [ids] = useState(() => ({
    id: session.newId(),
    newVisit: session.newId(),
    openedAt: anew.startedAt ?? now(),
  }));
  const { draftKey, about } = draftAbout('anew', item, [anew.seeker, anew.visit, anew.record]);
  const form = useForm({
    fields: consultationFields,
    initial: anew.values,
    draftKey,
    about: (values) => [...about, ...visitsAbout(values)],
  });
  const opened = { seeker: anew.seeker, date: anew.date, given: anew.visit?.id };
  const { choice, visit, isWalkIn, lost } = useVisitChoice(form, opened);
  const write = useWrite(form);
  const save = async () => {
    if (lost) return showProblem();
    const held = anew.outpost === undefined ? {} : { outpost: anew.outpost };
    const target = { ...ids, ...held, seeker: anew.seeker.id, visit };
    const { verb, args } = consultationWrite(withoutVisit(form.args()), target);
    const startedAt = anew.startedAt === undefined ? {} : { startedAt: anew.startedAt };
    const { date: businessDate, supersedes } = anew;
    const message = `新しい相談として、${savedMessage}`;
    const options = { businessDate, supersedes, message };
    if ((await write.save(verb, { ...args, ...startedAt }, options)) === undefined) return;
    onSent?.();
    onClose();
  };
  return { form, write, save, choice, isWalkIn, ids };
}
