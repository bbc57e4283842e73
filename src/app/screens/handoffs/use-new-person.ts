/**
 * The form of a person who is registered with an acceptance. It stands as long as its sheet, whichever way is looked at; when
 * the handoff ends under it, what was told goes from it, and what was typed is a draft of its own.
 */
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import type { Values } from '../../../domain/value.ts';
import { draftsLeft, useForm, type Form } from '../../form/use-form.ts';
import { acceptOver, ownWords } from '../../logic/accept-over.ts';
import { isReceiver } from '../../logic/handoff-boxes.ts';
import { seekerFields } from '../../logic/registration-parts.ts';
import { useSession } from '../../state/context.ts';

const draftKeyOf = ({ id }: Rec) => `handoff.acceptNew ${id}`;

export interface NewPersonForm {
  readonly form: Form;
  /** What it was begun with: the offer may go while she types. */
  readonly filled: Values;
}

export function useNewPerson(record: Rec, offered: Values, isOver: boolean): NewPersonForm {
  const [filled] = useState(isOver ? {} : offered);
  const form = useForm({ fields: seekerFields, initial: filled, draftKey: draftKeyOf(record) });
  // Before anything of it is drawn.
  useLayoutEffect(() => {
    if (!isOver || Object.keys(filled).length === 0) return;
    const own = ownWords(filled, form.args());
    form.reset({});
    form.setAll(own);
  }, [isOver]);
  return { form, filled };
}

/** Whether words of hers lie here for a handoff that this desk can accept no more. */
export function useLeftOver(record: Rec): boolean {
  const session = useSession();
  const [hasDraft, setDraft] = useState(false);
  const isOver = isReceiver(record, session.actor) && acceptOver(session, record) !== undefined;
  const left = draftsLeft.value;
  useEffect(() => {
    if (!isOver) return setDraft(false);
    void session.readDraft(draftKeyOf(record)).then((draft) => setDraft(draft !== undefined));
  }, [session, record.id, isOver, left]);
  return hasDraft;
}
