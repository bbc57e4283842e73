/**
 * The refused form again, with what was entered: put right and sent as a new entry that supersedes the old one, on the day
 * the old one counted for. References and ids go along as they were. Any verb of the registry can be repaired; none has a
 * form of its own; a step has nothing to be put right, it is taken again or withdrawn. The field that the problem names is
 * where the cursor stands.
 */
import { useEffect } from 'preact/hooks';
import type { OutboxItem, Session } from '../../../device/types.ts';
import type { Field, Fields } from '../../../domain/field.ts';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { kindNamed, verbNamed } from '../../../domain/kinds/index.ts';
import type { Problem } from '../../../domain/problem.ts';
import { text, type Values } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { isShown } from '../../form/form-values.ts';
import { useForm } from '../../form/use-form.ts';
import { savedMessage, showAtFields, useWrite } from '../../form/use-write.ts';
import { fieldsNamed, remedyWords, repairFields } from '../../logic/outbox-view.ts';
import { whatWaits } from '../../logic/supervision.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DateText } from '../../ui/text.tsx';

export type Repairable = Pick<
  OutboxItem,
  'id' | 'verb' | 'title' | 'businessDate' | 'problem' | 'args' | 'personName'
>;

interface RepairProps {
  readonly item: Repairable;
  /** Whose entry it is, where it is a colleague's. */
  readonly author?: string | undefined;
  readonly onClose: () => void;
  readonly onDiscard: () => void;
  readonly onSent?: (() => void) | undefined;
}

export function Repair({ item, author, onClose, onDiscard, onSent }: RepairProps) {
  const args = item.args ?? {};
  const fields = shownAtFirst(repairFields(item.verb), args);
  const isStep = Object.keys(fields).length === 0;
  const form = useForm({ fields, initial: within(args, fields), draftKey: `repair-${item.id}` });
  const write = useWrite(form);
  useEffect(() => {
    const named = fieldsNamed(item.problem);
    if (named.length > 0) showAtFields(form, { code: 'invalidFields', fields: named });
  }, []);
  const save = async () => {
    const given = { ...without(args, fields), ...form.args() };
    const { businessDate, id: supersedes } = item;
    const message = isStep ? savedMessage : `直して、${savedMessage}`;
    const options = { businessDate, supersedes, message };
    if ((await write.save(item.verb, given, options)) === undefined) return;
    onSent?.();
    onClose();
  };
  return (
    <Sheet
      title={`「${item.title}」を${isStep ? remedyWords.again : remedyWords.repair}`}
      size={isStep ? 'narrow' : 'wide'}
      header={<About item={item} author={author} kept={without(args, fields)} />}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" size="large" onPress={onDiscard}>
            理由を書いて取り下げる
          </Button>
          <Button kind="primary" size="large" busy={write.busy} onPress={save}>
            {isStep ? remedyWords.again : '送りなおす'}
          </Button>
        </>
      }
    >
      <Why item={item} author={author} found={write.problem} />
      <FormFields form={form} />
    </Sheet>
  );
}

/** What was entered where the form does not show it (its condition hangs on the record) goes along as it was. */
const shownAtFirst = (fields: Fields, args: Values): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, field]) => !(name in args) || isShown(field, args)),
  );

const within = (args: Values, fields: Readonly<Record<string, Field>>): Values =>
  Object.fromEntries(Object.entries(args).filter(([name]) => Object.hasOwn(fields, name)));

const without = (args: Values, fields: Readonly<Record<string, Field>>): Values =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !Object.hasOwn(fields, name)));

interface WhyProps extends Pick<AboutProps, 'item' | 'author'> {
  readonly found: Problem | undefined;
}

/** What the press met now, else why the entry waits. */
function Why({ item: { problem }, author, found }: WhyProps) {
  if (found || !problem || author === undefined)
    return <ProblemNotice problem={found ?? problem} />;
  return <Notice tone="warning" title={whatWaits(problem)} />;
}

interface AboutProps {
  readonly item: Repairable;
  readonly author: string | undefined;
  readonly kept: Values;
}

function About({ item, author, kept }: AboutProps) {
  const session = useSession();
  const visit = item.verb.startsWith('visit.')
    ? session.get('visit', text(kept['id']) ?? '')
    : undefined;
  const refs = Object.entries(verbNamed(item.verb)?.args ?? {}).flatMap(([name, field]) => {
    const words = field.type === 'ref' ? refWords(session, field.kind, kept[name]) : '';
    return words === '' ? [] : [`${field.label}：${words}`];
  });
  return (
    <p>
      {[item.personName ?? (visit && visitWords(visit)), ...refs].filter(Boolean).join('　') ||
        item.title}
      <span class="quiet">
        {'　'}
        {author && `${author}さんの記録・`}
        <DateText date={item.businessDate} />
        の記録として送ります
      </span>
    </p>
  );
}

function refWords(session: Session, kind: string, value: Values[string] | undefined): string {
  const record = session.get(kind, text(value) ?? '');
  if (!record) return '';
  return kindNamed(kind)?.summary(record) || kindLabel(kind);
}
