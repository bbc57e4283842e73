/**
 * 新規登録: what was typed is carried along, look-alikes stand first, the card and contacts are asked, the rest is folded.
 * DV: choosing it is taken back and explained; nobody restricted can be registered here yet.
 */
import { useEffect, useState } from 'preact/hooks';
import { text, type Values } from '../../../domain/value.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import { useForm, type Form } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { lookAlikes } from '../../logic/look-alikes.ts';
import {
  folds,
  seekerFields,
  withoutRestricted,
  withPhoneTail,
} from '../../logic/registration-parts.ts';
import { typedPerson } from '../../logic/typed-person.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { visitWords } from '../../logic/visit-words.ts';
import { attachAndOpen } from './attach.ts';
import { LookAlikes } from './look-alike-list.tsx';
import { ServerHits } from './search-line.tsx';

interface RegisterProps {
  readonly typed: string;
  readonly initial: Values | undefined;
  readonly visit: string | undefined;
  readonly onClose: () => void;
}

export function Register({ typed, initial, visit, onClose }: RegisterProps) {
  const session = useSession();
  const form = useForm({
    fields: seekerFields,
    initial: { ...typedPerson(typed), ...initial },
    draftKey: `seeker.register ${visit ?? ''}`,
  });
  const write = useWrite(form);
  const arrived = visit === undefined ? undefined : session.get('visit', visit);
  const [id] = useState(() => session.newId());
  const isRestricted = useRestrictedTakenBack(form);
  const alike = lookAlikes(session.all('seeker').value, session.actor.org, form.values);
  const save = async () => {
    const saved = await write.save('seeker.register', { id, ...withPhoneTail(form.args()) });
    if (saved !== undefined) await attachAndOpen(session, write, id, visit);
  };
  return (
    <Sheet
      title="求職者を新しく登録"
      header={arrived && <p>来所 {visitWords(arrived)} の方として登録します。</p>}
      onClose={onClose}
      actions={
        <>
          {alike.length > 0 && (
            <Button kind="plain" onPress={toLookAlikes}>
              似ている方が{alike.length}人います
            </Button>
          )}
          <Button kind="primary" size="large" busy={write.busy} onPress={save}>
            登録する
          </Button>
        </>
      }
    >
      <DraftNotice form={form} />
      <LookAlikes found={alike} onChoose={(found) => attachAndOpen(session, write, found, visit)} />
      <ServerHits
        typed={nameTyped(form.values)}
        known={session.all('seeker').value}
        onChoose={(found) => void attachAndOpen(session, write, found, visit)}
      />
      <PersonFields form={form} isRestricted={isRestricted} />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

/** Someone registered at another counter today is on no card here: the server knows her by her kana, else her name. */
function nameTyped(values: Values): string {
  const joined = (...names: string[]) => names.map((name) => text(values[name]) ?? '').join('');
  return joined('familyKana', 'givenKana') || joined('familyName', 'givenName');
}

/** Card and contacts open, the rest in folds; the same for a registration and for a correction. */
export function PersonFields({ form, isRestricted }: { form: Form; isRestricted: boolean }) {
  return (
    <>
      {folds.slice(0, 2).map((fold) => (
        <section key={fold.key} class="seekers-part" aria-label={fold.label}>
          <h3>{fold.label}</h3>
          <FormFields form={form} names={fold.names} />
        </section>
      ))}
      <p class="seekers-dv">
        配慮が必要な方（DV等）は、まだ登録できません。紙の手順で責任者に引き継いでください。
      </p>
      {isRestricted && <ProblemNotice problem={{ code: 'restrictedPerson' }} />}
      {folds.slice(2).map((fold) => (
        <details key={fold.key} class="seekers-fold">
          <summary>{fold.label}</summary>
          <FormFields form={form} names={fold.names} />
        </details>
      ))}
    </>
  );
}

/** True once DV was chosen: the choice itself is gone again, the explanation stays. */
export function useRestrictedTakenBack(form: Form): boolean {
  const [was, setWas] = useState(false);
  const chosen = form.values['clientCategories'];
  useEffect(() => {
    const { values, wasRestricted } = withoutRestricted(form.values);
    if (!wasRestricted) return;
    form.set('clientCategories', values['clientCategories']);
    setWas(true);
  }, [chosen]);
  return was;
}

/** Who types further down sees below that somebody is like her; a tap leads up to them. */
function toLookAlikes(): void {
  document.querySelector('.seekers-alike')?.scrollIntoView({ block: 'start' });
}
