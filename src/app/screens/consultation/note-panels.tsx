/**
 * The two texts that must never be confused: white and headed by who reads it, grey and headed by a lock. Templates go
 * into the shared one only.
 */
import type { Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import type { Form } from '../../form/use-form.ts';
import { linkedOrgs, readersOfItem } from '../../logic/audience.ts';
import { servicesOf } from '../../logic/consultation-form.ts';
import { namesOf } from '../../logic/names-of.ts';
import { templatesOf, withTemplate } from '../../logic/templates.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

export function SharedSummary({ form, seeker }: { readonly form: Form; readonly seeker: Rec }) {
  const summary = text(form.values['summary']) ?? '';
  const templates = templatesOf(servicesOf(form.values));
  return (
    <section class="note-shared" aria-label="共有のまとめ">
      <p class="note-head">
        <Icon name="share" />
        <strong>{useReaderWords(seeker)}</strong>
      </p>
      <FormFields form={form} names={['summary']} />
      {templates.length > 0 && (
        <div class="note-templates" role="group" aria-label="文例（押すとまとめに入ります）">
          {templates.map((template) => (
            <Button
              key={template}
              size="small"
              onPress={() => form.set('summary', withTemplate(summary, template))}
            >
              ＋ {template}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

/** A consent that leaves these summaries out is there all the same: the words above the page say so, these must not deny it. */
function useReaderWords(seeker: Rec): string {
  const session = useSession();
  const nameOf = namesOf(session.get);
  const names = (orgs: readonly string[]) =>
    orgs.map((org) => nameOf('organisation', org)).join('・');
  const links = session.all('link').value;
  const readers = readersOfItem(seeker.id, links, 'consultations');
  if (readers.length > 0) return `自分の組織と、${names(readers)}が見ます`;
  const linked = linkedOrgs(seeker.id, links);
  return linked.length > 0
    ? `自分の組織だけが見ます（${names(linked)}との同意に、相談のまとめは入っていません）`
    : 'いまは自分の組織だけが見ます（同意があれば相手にも伝わる欄）';
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
