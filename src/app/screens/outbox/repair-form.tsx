/**
 * The refused form again, with what was entered: put right and sent as a new entry that supersedes the old one, on the day
 * the old one counted for. A correction lies on the record as it is now, and writes over nothing unseen. References and ids
 * go along as they were. Any verb of the registry can be repaired; none has a form of its own; a step has nothing to be put
 * right, it is taken again or withdrawn. The field that the problem names is where the cursor stands.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Fields } from '../../../domain/field.ts';
import { verbNamed } from '../../../domain/kinds/index.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { Rec, View } from '../../../domain/record.ts';
import { text, type Values } from '../../../domain/value.ts';
import { DraftNotice } from '../../form/form-fields.tsx';
import { isShown } from '../../form/form-values.ts';
import { KindFields } from '../../form/kind-fields.tsx';
import { useForm, type Form } from '../../form/use-form.ts';
import { savedMessage, showAtFields, useWrite, type Write } from '../../form/use-write.ts';
import { within, without } from '../../logic/entered.ts';
import { joined, laidOver, namesIn, sentOver, type LaidOver } from '../../logic/laid-over.ts';
import { fieldsNamed, remedyWords, repairFields } from '../../logic/outbox-view.ts';
import { isDeadEnd } from '../../logic/dead-end.ts';
import { draftAbout } from '../../logic/draft-about.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { showProblem } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { LaidOverNotice } from './laid-over-notice.tsx';
import { Refusal, type Tried } from './refusal.tsx';
import { About } from './repair-about.tsx';
import type { Repairable, RepairProps } from './repair.tsx';

interface RepairFormProps extends RepairProps {
  /** What it corrects. */
  readonly record: Rec | undefined;
  /** The press met what no other text helps against; with what would have been sent. */
  readonly onStuck: (tried: Tried, args: Values) => void;
}

export function RepairForm(props: RepairFormProps) {
  const { item, author, record, onClose, onDiscard } = props;
  const { over, form, busy, tried, save, isStep, args } = useRepair(props);
  return (
    <Sheet
      title={`「${item.title}」を${isStep ? remedyWords.again : remedyWords.repair}`}
      size={isStep ? 'narrow' : 'wide'}
      header={<About item={item} author={author} kept={over.kept} />}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" size="large" onPress={onDiscard}>
            理由を書いて取り下げる
          </Button>
          <Button kind="primary" size="large" busy={busy} onPress={save}>
            {isStep ? remedyWords.again : '送りなおす'}
          </Button>
        </>
      }
    >
      <Refusal problem={tried ? tried.problem : item.problem} tried={tried} author={author} />
      <DraftNotice form={form} />
      {record && (
        <LaidOverNotice verb={item.verb} record={record} args={args()} seen={form.seen ?? {}} />
      )}
      <KindFields form={form} kind={item.verb.split('.')[0] ?? ''} />
    </Sheet>
  );
}

function useRepair(props: RepairFormProps) {
  const { item, record, onClose, onSent } = props;
  const session = useSession();
  const [over] = useState(() => begun(item, record, session));
  const form = useRepairForm(item, over, record);
  const write = useWrite(form);
  const args = () => argsOf(over, record, form);
  const { tried, refused } = useTried(props, write, args);
  const isStep = Object.keys(over.fields).length === 0;
  const save = async () => {
    if (record && namesIn(args()).length === 0) return refused(nothing);
    const { businessDate, id: supersedes } = item;
    const message = isStep ? savedMessage : `直して、${savedMessage}`;
    const options = { businessDate, supersedes, message };
    if ((await write.save(item.verb, args(), options)) === undefined) return refused();
    onSent?.();
    return onClose();
  };
  return { over, form, busy: write.busy, tried, save, isStep, args };
}

const nothing: Problem = {
  code: 'refused',
  reason: '入力の前の内容と同じため、送るものがありません。',
};

/** Each refused press is said once, with what it met. */
function useTried({ item, onStuck }: RepairFormProps, write: Write, args: () => Values) {
  const { now } = useTablet();
  const [presses, setPresses] = useState(0);
  const [tried, setTried] = useState<Tried>();
  useEffect(() => {
    if (presses === 0) return;
    const met = { at: now(), times: presses, problem: write.problem };
    setTried(met);
    // At a field its reason is in sight with it.
    if (met.problem) showProblem();
    if (isDeadEnd(met.problem, item.verb)) onStuck(met, args());
  }, [presses]);
  const refused = (problem?: Problem) => {
    if (problem) write.setProblem(problem);
    setPresses((n) => n + 1);
  };
  return { tried, refused };
}

function useRepairForm(item: Repairable, over: LaidOver, record: Rec | undefined) {
  const { fields, start } = over;
  const initial = record ? start : within(start, fields);
  const seen = record && over.seen;
  const session = useSession();
  const about = record ?? session.get(item.verb.split('.')[0] ?? '', text(item.args?.['id']) ?? '');
  const form = useForm({ fields, initial, seen, ...draftAbout('repair', item, [about]) });
  useEffect(() => {
    const { beside } = verbNamed(item.verb) ?? {};
    const met = seen && beside?.refuses(item.args ?? {}, seen, session);
    const named = [...fieldsNamed(item.problem), ...fieldsNamed(met)];
    if (named.length > 0) showAtFields(form, { code: 'invalidFields', fields: named });
  }, []);
  return form;
}

function begun(item: Repairable, record: Rec | undefined, view: View): LaidOver {
  const args = item.args ?? {};
  if (record) return laidOver(item.verb, record, args, view, item.seen);
  const fields = shownAtFirst(repairFields(item.verb), args);
  const kept = without(args, fields);
  return { fields, start: args, seen: {}, kept, over: undefined };
}

const argsOf = (over: LaidOver, record: Rec | undefined, form: Form): Values =>
  record
    ? sentOver({ ...over, seen: form.seen ?? {} }, form.args())
    : joined(over.kept, form.args());

/** What was entered where the form does not show it (its condition hangs on the record) goes along as it was. */
const shownAtFirst = (fields: Fields, args: Values): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, field]) => !(name in args) || isShown(field, args)),
  );
