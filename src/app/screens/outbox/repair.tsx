/**
 * The refused form again, with what was entered: put right and sent as a new entry that supersedes the old one, on the day
 * the old one counted for. References and ids go along as they were. Any verb of the registry can be repaired; none has a
 * form of its own. The field that the problem names is where the cursor stands.
 */
import { useEffect } from 'preact/hooks';
import type { OutboxItem, Session } from '../../../device/types.ts';
import type { Field } from '../../../domain/field.ts';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { kindNamed, verbNamed } from '../../../domain/kinds/index.ts';
import { text, type Values } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { drawn } from '../../form/form-values.ts';
import { useForm } from '../../form/use-form.ts';
import { showAtFields, useWrite } from '../../form/use-write.ts';
import { fieldsNamed } from '../../logic/outbox-view.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
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
  readonly onSent?: (() => void) | undefined;
}

/** Names of fields to be emptied are no field of the form: they go along. */
const notDrawn = ['clear'];

export function Repair({ item, author, onClose, onSent }: RepairProps) {
  const verb = verbNamed(item.verb);
  const args = item.args ?? {};
  const fields = Object.fromEntries(
    Object.entries(drawn(verb?.args ?? {})).filter(([name]) => !notDrawn.includes(name)),
  );
  const form = useForm({ fields, initial: within(args, fields), draftKey: `repair-${item.id}` });
  const write = useWrite(form);
  useEffect(() => {
    const named = fieldsNamed(item.problem);
    if (named.length > 0) showAtFields(form, { code: 'invalidFields', fields: named });
  }, []);
  const save = async () => {
    const given = { ...without(args, fields), ...form.args() };
    const { businessDate, id: supersedes } = item;
    const options = { businessDate, supersedes, message: '直して、この端末に保存しました' };
    if ((await write.save(verb?.name ?? '', given, options)) === undefined) return;
    onSent?.();
    onClose();
  };
  return (
    <Sheet
      title={`「${item.title}」を直して送りなおす`}
      header={<About item={item} author={author} kept={without(args, fields)} />}
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          送りなおす
        </Button>
      }
    >
      <ProblemNotice problem={write.problem ?? item.problem} />
      <FormFields form={form} />
      {Object.keys(fields).length === 0 && <Nothing />}
    </Sheet>
  );
}

/** A step has nothing to be put right: it is taken again, or withdrawn. */
function Nothing() {
  return (
    <p>
      直す項目はありません。いまの様子を確かめて、まだ要るときだけ「送りなおす」を押してください。要らなければ「とじる」を押し、「理由を書いて取り下げる」を選んでください。
    </p>
  );
}

const within = (args: Values, fields: Readonly<Record<string, Field>>): Values =>
  Object.fromEntries(Object.entries(args).filter(([name]) => Object.hasOwn(fields, name)));

const without = (args: Values, fields: Readonly<Record<string, Field>>): Values =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !Object.hasOwn(fields, name)));

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
