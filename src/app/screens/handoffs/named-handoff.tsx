/** The form of a handoff with a name: desk, tick list, preview, consent. What is not ticked is not sent. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { partOf, type Rec } from '../../../domain/record.ts';
import { amended, flatten } from '../../../domain/verbs.ts';
import type { Values } from '../../../domain/value.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import { useForm, type Form } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import {
  consentExpiry,
  consentNames,
  firstItems,
  headNames,
  namedArgs,
  offerFields,
  offerOf,
  redoArgs,
} from '../../logic/handoff-form.ts';
import { isUnchanged } from '../../logic/amend-args.ts';
import { namesOf } from '../../logic/names-of.ts';
import { proposedOffer } from '../../logic/offer.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DeskChoice, useDesks } from './desk-choice.tsx';
import { ItemList } from './item-list.tsx';
import { OfferView } from './offer-view.tsx';

interface NamedHandoffProps {
  readonly seeker: Rec;
  readonly about: readonly Rec[];
  /** One that came back, to be corrected and sent again. */
  readonly handoff: Rec | undefined;
  readonly choice: ComponentChildren;
  readonly onClose: () => void;
}

function useFirstValues(seeker: Rec, about: readonly Rec[], handoff: Rec | undefined): Values {
  const session = useSession();
  const [desk] = useDesks();
  const own = about.filter(
    (record) =>
      record.kind === 'consultation' && partOf(record, 'facts')['org'] === session.actor.org,
  );
  return {
    items: firstItems,
    expiresOn: consentExpiry(useTablet().today()),
    witness: session.name,
    ...(desk ? { toOrg: desk.org, toSite: desk.site } : {}),
    ...proposedOffer(seeker, own),
    ...(handoff ? flatten(handoff) : {}),
  };
}

function useSending(seeker: Rec, about: readonly Rec[], handoff: Rec | undefined) {
  const session = useSession();
  const first = useFirstValues(seeker, about, handoff);
  const [before, setBefore] = useState(() => flatten(handoff));
  const [ids] = useState(() => ({
    id: handoff?.id ?? session.newId(),
    newConsent: session.newId(),
    newLink: session.newId(),
  }));
  const form = useForm({
    fields: offerFields,
    initial: known(first),
    seen: handoff && before,
    draftKey: `handoff ${handoff?.id ?? seeker.id}`,
  });
  const write = useWrite(form);
  const offer = () =>
    write.save('handoff.offer', { ...namedArgs(form.args()), ...ids, fromSeeker: seeker.id });
  const { id } = ids;
  const step = { message: '', isStep: true };
  /** Pressed again after what follows was refused, it is not sent again over what stands by then. */
  const correct = async (amend: Values) => {
    if (isUnchanged(amend)) return true;
    if (!(await write.save('handoff.amend', { id, ...amend }, step))) return false;
    const now = amended(before, amend);
    setBefore(now);
    form.overlay(now);
    return true;
  };
  const redo = async () => {
    const { amend, consent } = redoArgs(before, form.args());
    if (!(await correct(amend))) return undefined;
    const agreed = await write.save('handoff.recordConsent', { ...ids, ...consent }, step);
    return agreed && write.save('handoff.send', { id });
  };
  const send = async () => {
    const saved = await (handoff ? redo() : offer());
    if (saved !== undefined) go('handoffs', { id: ids.id });
  };
  return { form, write, send };
}

/** Only what the form has fields for: a record's own state and dates are not its business. */
function known(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => name !== 'id' && Object.hasOwn(offerFields, name)),
  );
}

export function NamedHandoff({ seeker, about, handoff, choice, onClose }: NamedHandoffProps) {
  const { form, write, send } = useSending(seeker, about, handoff);
  return (
    <Sheet
      title={handoff ? '直して、もう一度引き継ぐ' : '引き継ぐ'}
      header={<PersonHeader seeker={seeker} />}
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={send}>
          同意を記録して引き継ぐ
        </Button>
      }
    >
      {choice}
      <DraftNotice form={form} />
      <div class="handoff-columns">
        <section class="handoff-to" aria-label="引き継ぐ先">
          <h3>だれに</h3>
          <DeskChoice form={form} isFixed={handoff !== undefined} />
          <FormFields form={form} names={headNames} />
        </section>
        <section class="handoff-items" aria-label="伝える項目">
          <h3>なにを伝えるか</h3>
          <FormFields form={form} names={['message']} />
          <ItemList form={form} />
        </section>
        <Preview form={form} />
      </div>
      <section class="handoff-consent" aria-label="ご本人の同意">
        <h3>ご本人の同意</h3>
        <p>「相手にはこう見えます」の内容を、ご本人に見てもらってから記録してください。</p>
        <FormFields form={form} names={consentNames} />
        <FormFields form={form} names={['senderNote']} />
      </section>
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

function Preview({ form }: { readonly form: Form }) {
  const { actor, get } = useSession();
  const nameOf = namesOf(get);
  return (
    <section class="handoff-preview" aria-label="相手に見える内容">
      <h3>相手にはこう見えます</h3>
      <OfferView
        facts={form.values}
        offer={offerOf(form.args())}
        from={`${nameOf('organisation', actor.org)}・${nameOf('site', actor.site)}`}
      />
    </section>
  );
}
