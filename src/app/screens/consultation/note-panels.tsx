/**
 * The two texts that must never be confused: white and headed by who reads it, grey and headed by a lock. Templates go
 * into the shared one only.
 */
import type { Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import type { Form } from '../../form/use-form.ts';
import { readersOfItem } from '../../logic/audience.ts';
import { servicesOf } from '../../logic/consultation-form.ts';
import { namesOf } from '../../logic/names-of.ts';
import { templatesOf, withTemplate } from '../../logic/templates.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

export function SharedSummary({ form, seeker }: { readonly form: Form; readonly seeker: Rec }) {
  const session = useSession();
  const nameOf = namesOf(session.get);
  const readers = readersOfItem(seeker.id, session.all('link').value, 'consultations').map((org) =>
    nameOf('organisation', org),
  );
  const summary = text(form.values['summary']) ?? '';
  return (
    <section class="note-shared" aria-label="共有のまとめ">
      <p class="note-head">
        <Icon name="share" />
        {readers.length > 0 ? (
          <strong>自分の組織と、{readers.join('・')}が見ます</strong>
        ) : (
          <strong>いまは自分の組織だけが見ます（同意があれば相手にも伝わる欄）</strong>
        )}
      </p>
      <FormFields form={form} names={['summary']} />
      <div class="note-templates" role="group" aria-label="文例（押すとまとめに入ります）">
        {templatesOf(servicesOf(form.values)).map((template) => (
          <Button
            key={template}
            size="small"
            onPress={() => form.set('summary', withTemplate(summary, template))}
          >
            ＋ {template}
          </Button>
        ))}
      </div>
    </section>
  );
}

export function PrivateNote({ form }: { readonly form: Form }) {
  return (
    <section class="note-private" aria-label="自分の組織だけのメモ">
      <p class="note-head">
        <Icon name="lock" />
        <strong>自分の組織だけのメモ</strong>
        <span class="quiet">相手の組織には、どんな同意があっても伝わりません</span>
      </p>
      <FormFields form={form} names={['notes']} />
    </section>
  );
}
