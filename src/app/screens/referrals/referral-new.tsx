/**
 * 紹介を記録: what was issued on Hello Work's own terminal, or by a city that may. The common case is a pasted number, an
 * employer and one tap; the rest is folded with its defaults.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { text, type Values } from '../../../domain/value.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import { useForm, type Form } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import {
  fieldsFor,
  firstNames,
  givenNames,
  issuerOf,
  jobNumberIn,
  laterNames,
} from '../../logic/referral-form.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { back, go, screen } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { useSeeker } from '../seekers/use-person.ts';
import './referrals.css';

export function ReferralNew() {
  const seeker = useSeeker(screen.value.params.seeker);
  if (!seeker)
    return (
      <section class="screen">
        <Empty>紹介する方を、求職者の画面で選んでください。</Empty>
        <Button onPress={() => go('seekers')}>求職者へ</Button>
      </section>
    );
  return <Recording key={seeker.id} seeker={seeker} />;
}

function Recording({ seeker }: { readonly seeker: Rec }) {
  const session = useSession();
  const { now } = useTablet();
  const { actor } = session;
  const [id] = useState(() => session.newId());
  const [posting] = useState(screen.value.params.values);
  const form = useForm({
    fields: fieldsFor(actor),
    omit: givenNames,
    initial: posting,
    // A form begun from a posting is another one than what was typed before.
    draftKey: ['referral.record', seeker.id, ...jobOf(posting)].join(' '),
  });
  const write = useWrite(form);
  usePastedNumber(form);
  const save = async () => {
    const given = { id, seeker: seeker.id, issuer: issuerOf(actor), issuedAt: now() };
    const saved = await write.save('referral.record', { ...form.args(), ...given });
    if (saved !== undefined) go('referrals', { id });
  };
  return (
    <Sheet
      title="紹介を記録"
      header={<PersonHeader seeker={seeker} />}
      onClose={() => back('seekers')}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          紹介を記録する
        </Button>
      }
    >
      <DraftNotice form={form} />
      <Lead isHW={actor.orgType === 'hw'} />
      <Button onPress={() => go('jobs', { seeker: seeker.id })}>求人をさがして入れる</Button>
      <FormFields form={form} names={firstNames(actor)} />
      <details class="referral-more">
        <summary>
          くわしく（仕事の名前・職業分類・求人の募集・紹介の種類・方法・連絡メモ）
          <span class="quiet">　開かなければ：一般の求人・一般の紹介・窓口</span>
        </summary>
        <FormFields form={form} names={laterNames(actor)} />
      </details>
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

const jobOf = (posting: Values | undefined) =>
  [posting?.['hwJobNo'], posting?.['localJobId']].flatMap((value) => text(value) ?? []);

function Lead({ isHW }: { readonly isHW: boolean }) {
  return isHW ? (
    <p class="quiet">紹介状はハローワークの端末で出します。ここには、出した紹介を記録します。</p>
  ) : (
    <Notice>
      市の紹介（地方版・独自求人）として記録します。紹介状は、記録のあとに印刷できます。
    </Notice>
  );
}

/** Words around a scanned number are taken away; anything else stays as typed and is refused in words. */
function usePastedNumber(form: Form): void {
  const typed = text(form.values['hwJobNo']) ?? '';
  useEffect(() => {
    const found = jobNumberIn(typed);
    const isPaste = typed.length > 14;
    if (isPaste && found !== undefined && found !== typed) form.set('hwJobNo', found);
  }, [typed]);
}
