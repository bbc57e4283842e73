/**
 * The refused form again, with what was entered: put right and sent as a new entry; the old one is cleared with that as its
 * reason. References and ids go along as they were. Any verb of the registry can be repaired; none has a form of its own.
 */
import type { OutboxItem, Session } from '../../../device/types.ts';
import type { Field } from '../../../domain/field.ts';
import { kindLabel, verbNamed } from '../../../domain/kinds/index.ts';
import { kindNamed } from '../../../domain/kinds/index.ts';
import { text, type Values } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { drawn } from '../../form/form-values.ts';
import { useForm } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toast.tsx';

interface RepairProps {
  readonly item: OutboxItem;
  readonly onClose: () => void;
}

/** Stream entries name their verb with its version: visit.log@1. */
export function verbOf(item: OutboxItem) {
  return verbNamed(item.verb.split('@')[0] ?? '');
}

export function isRepairable(item: OutboxItem): boolean {
  return (
    item.args !== undefined &&
    verbOf(item) !== undefined &&
    item.problem?.code !== 'restrictedPerson'
  );
}

/** Names of fields to be emptied are no field of the form: they go along. */
const notDrawn = ['clear'];

export function Repair({ item, onClose }: RepairProps) {
  const session = useSession();
  const verb = verbOf(item);
  const args = item.args ?? {};
  const fields = Object.fromEntries(
    Object.entries(drawn(verb?.args ?? {})).filter(([name]) => !notDrawn.includes(name)),
  );
  const form = useForm({ fields, initial: within(args, fields), draftKey: `repair-${item.id}` });
  const write = useWrite(form);
  const save = async () => {
    const kept = without(args, fields);
    const written = await write.save(verb?.name ?? '', { ...kept, ...form.args() });
    if (written === undefined) return;
    const cleared = await session.discard(item.id, '直して送りなおしました');
    if (!cleared.ok) toast('元の記録は一覧に残っています。もう一度取り下げてください。');
    onClose();
  };
  return (
    <Sheet
      title={`${item.title}（直して送りなおす）`}
      header={<About item={item} kept={without(args, fields)} />}
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          送りなおす
        </Button>
      }
    >
      <ProblemNotice problem={write.problem ?? item.problem} />
      <FormFields form={form} />
      {Object.keys(fields).length === 0 && <p>入れなおす項目はありません。</p>}
    </Sheet>
  );
}

const within = (args: Values, fields: Readonly<Record<string, Field>>): Values =>
  Object.fromEntries(Object.entries(args).filter(([name]) => Object.hasOwn(fields, name)));

const without = (args: Values, fields: Readonly<Record<string, Field>>): Values =>
  Object.fromEntries(Object.entries(args).filter(([name]) => !Object.hasOwn(fields, name)));

function About({ item, kept }: { readonly item: OutboxItem; readonly kept: Values }) {
  const session = useSession();
  const refs = Object.entries(verbOf(item)?.args ?? {}).flatMap(([name, field]) => {
    const words = field.type === 'ref' ? refWords(session, field.kind, kept[name]) : '';
    return words === '' ? [] : [`${field.label}：${words}`];
  });
  return <p>{[item.personName, ...refs].filter(Boolean).join('　') || item.title}</p>;
}

function refWords(session: Session, kind: string, value: Values[string] | undefined): string {
  const record = session.get(kind, text(value) ?? '');
  if (!record) return '';
  return kindNamed(kind)?.summary(record) || kindLabel(kind);
}
