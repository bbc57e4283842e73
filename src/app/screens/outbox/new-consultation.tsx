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
import { idsOfPerson } from '../../logic/person.ts';
import { unattachedVisits, visitsToday } from '../../logic/visit-of.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DateText } from '../../ui/text.tsx';
import { ConsultationFields } from '../consultation/consultation-fields.tsx';
import { notOnBoard } from '../consultation/visit-choice.tsx';
import type { RepairProps } from './repair.tsx';
import { useDraftAbout } from './use-draft-about.ts';

interface NewConsultationProps extends RepairProps {
  readonly anew: Anew;
}

export function NewConsultation(props: NewConsultationProps) {
  const { anew, author, onClose } = props;
  const { form, write, save, choice, ids } = useAnew(props);
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
        isWalkIn={choice.chosen === notOnBoard}
      />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

function Explained({ anew, author }: Pick<NewConsultationProps, 'anew' | 'author'>) {
  const event = useSession().get('event', anew.outpost ?? '');
  return (
    <Notice tone={anew.others > 0 ? 'warning' : 'accent'} title="書いた内容を入れてあります。">
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
      {anew.others > 0 && (
        <p>
          同じ日に、この方の相談がほかに{anew.others}
          件あります。同じ内容がもう入っていないか、先に確かめてください。
        </p>
      )}
    </Notice>
  );
}

function useVisits({ seeker, date, visit }: Anew) {
  const session = useSession();
  const all = session.all('visit').value;
  const ids = idsOfPerson(seeker.id, session.all('link').value, session.all('seeker').value);
  const hers = visitsToday(all, ids, session.actor, date);
  const isListed = hers.some(({ id }) => id === visit?.id);
  return {
    hers: visit && !isListed ? [visit, ...hers] : hers,
    unattached: unattachedVisits(all, session.actor, date).filter(({ id }) => id !== visit?.id),
  };
}

function useAnew({ item, anew, onSent, onClose }: NewConsultationProps) {
  const session = useSession();
  const { now } = useTablet();
  const { hers, unattached } = useVisits(anew);
  const [ids] = useState(() => ({
    id: session.newId(),
    newVisit: session.newId(),
    openedAt: anew.startedAt ?? now(),
  }));
  const draftKey = useDraftAbout('anew', item, [anew.seeker, anew.visit, anew.record]);
  const [chosen, onChoose] = useState(anew.visit?.id ?? hers[0]?.id ?? notOnBoard);
  const form = useForm({
    fields: consultationFields,
    initial: anew.values,
    draftKey,
  });
  const write = useWrite(form);
  const visit = [...hers, ...unattached].find(({ id }) => id === chosen);
  const save = async () => {
    const held = anew.outpost === undefined ? {} : { outpost: anew.outpost };
    const target = { ...ids, ...held, seeker: anew.seeker.id, visit };
    const { verb, args } = consultationWrite(form.args(), target);
    const startedAt = anew.startedAt === undefined ? {} : { startedAt: anew.startedAt };
    const { date: businessDate, supersedes } = anew;
    const message = `新しい相談として、${savedMessage}`;
    const options = { businessDate, supersedes, message };
    if ((await write.save(verb, { ...args, ...startedAt }, options)) === undefined) return;
    onSent?.();
    onClose();
  };
  const choice = { hers, unattached, chosen, onChoose };
  return { form, write, save, choice, ids };
}
