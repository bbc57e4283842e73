/**
 * The refused form again, with what was entered: put right and sent as a new entry that supersedes the old one, on the day
 * the old one counted for. A correction lies on the record as it is now, and sends only what differs from it. References
 * and ids go along as they were. Any verb of the registry can be repaired; none has a form of its own; a step has nothing
 * to be put right, it is taken again or withdrawn. The field that the problem names is where the cursor stands.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Fields } from '../../../domain/field.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { text, type Values } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { isShown } from '../../form/form-values.ts';
import { useForm, type Form } from '../../form/use-form.ts';
import { savedMessage, showAtFields, useWrite, type Write } from '../../form/use-write.ts';
import { refusedHere, standsNow } from '../../logic/laid-beside.ts';
import { difference, joined, laidOver, sentWith, type LaidOver } from '../../logic/laid-over.ts';
import { within, without } from '../../logic/entered.ts';
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
  const { over, form, busy, tried, save, isStep } = useRepair(props);
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
      {record && <LaidOverNotice over={over} seen={item.seen} author={author} />}
      <FormFields form={form} />
    </Sheet>
  );
}

function useRepair(props: RepairFormProps) {
  const { item, record, onClose, onSent } = props;
  const session = useSession();
  const [over, setOver] = useState(() => begun(item, record));
  const form = useRepairForm(item, over, record);
  const write = useWrite(form);
  const { tried, refused } = useTried(props, write, () => argsOf(over, record, form));
  const isStep = Object.keys(over.fields).length === 0;
  const save = async () => {
    const args = argsOf(over, record, form);
    const before = standsNow(over, record && session.get(record.kind, record.id), args);
    const met = record && refusedHere(over, before, args);
    setOver({ ...over, before });
    if (met) return refused(met);
    const { businessDate, id: supersedes } = item;
    const message = isStep ? savedMessage : `直して、${savedMessage}`;
    const options = { businessDate, supersedes, message };
    const sent = record ? sentWith(over, args) : joined(over.kept, args);
    if ((await write.save(item.verb, sent, options)) === undefined) return refused();
    onSent?.();
    return onClose();
  };
  return { over, form, busy: write.busy, tried, save, isStep };
}

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

function useRepairForm(item: Repairable, { fields, start }: LaidOver, record: Rec | undefined) {
  const initial = record ? start : within(start, fields);
  const session = useSession();
  const about = record ?? session.get(item.verb.split('.')[0] ?? '', text(item.args?.['id']) ?? '');
  const form = useForm({ fields, initial, ...draftAbout('repair', item, [about]) });
  useEffect(() => {
    const named = fieldsNamed(item.problem);
    if (named.length > 0) showAtFields(form, { code: 'invalidFields', fields: named });
  }, []);
  return form;
}

function begun(item: Repairable, record: Rec | undefined): LaidOver {
  const args = item.args ?? {};
  if (record) return laidOver(item.verb, record, args, item.seen);
  const fields = shownAtFirst(repairFields(item.verb), args);
  const kept = without(args, fields);
  return { fields, before: {}, start: args, kept, unseen: [], held: {}, taken: {} };
}

const argsOf = (over: LaidOver, record: Rec | undefined, form: Form): Values =>
  record ? difference(over, form.args()) : form.args();

/** What was entered where the form does not show it (its condition hangs on the record) goes along as it was. */
const shownAtFirst = (fields: Fields, args: Values): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, field]) => !(name in args) || isShown(field, args)),
  );
