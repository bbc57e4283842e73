/** One figure of Hello Work for one month, entered, put right or taken back. Ours is given, never typed. */
import { useState } from 'preact/hooks';
import { pick } from '../../../domain/field.ts';
import { formatCount } from '../../../domain/figures.ts';
import { verbNamed } from '../../../domain/kinds/index.ts';
import { partOf } from '../../../domain/record.ts';
import { integer, text, type Values } from '../../../domain/value.ts';
import { formatMonthJa } from '../../../domain/wareki.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import type { ComparedFigure } from '../../logic/count-month.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { RecordForm } from '../records/record-form.tsx';

interface CompareFormProps {
  readonly figure: ComparedFigure;
  readonly month: string;
  readonly onClose: () => void;
}

const asks = pick(verbNamed('reconciliation.record')?.args ?? {}, ['official', 'reasons']);
const voiding = verbNamed('reconciliation.void');

/** By what stands there already. */
const verbs: Readonly<Record<string, string>> = {
  recorded: 'reconciliation.amend',
  voided: 'reconciliation.enterAgain',
};

function useCompare({ figure, month, onClose }: CompareFormProps) {
  const { own, metric, id, record } = figure;
  const facts = partOf(record, 'facts');
  const isThere = facts['state'] === 'recorded';
  const { official, reasons } = facts;
  const before = Object.fromEntries(
    Object.entries({ official, reasons }).filter(([, value]) => value !== undefined),
  ) as Values; // what was undefined is left out
  const form = useForm({
    fields: asks,
    initial: isThere ? before : {},
    seen: facts,
    draftKey: `reconciliation ${id}`,
  });
  const write = useWrite(form);
  const verb = verbs[text(facts['state']) ?? ''] ?? 'reconciliation.record';
  const save = async () => {
    const given = verb === 'reconciliation.record' ? { month, metric } : {};
    const entered = form.args();
    const isSame = entered['official'] === own;
    const why = isSame ? (isThere && reasons ? { reasons: [] } : {}) : pickReasons(entered);
    const args = { id, ...given, own, ...withOfficial(entered), ...why };
    if ((await write.save(verb, args)) !== undefined) onClose();
  };
  return { form, write, save, isThere };
}

const withOfficial = ({ official }: Values): Values => (official === undefined ? {} : { official });
const pickReasons = ({ reasons }: Values): Values => (reasons === undefined ? {} : { reasons });

export function CompareForm(props: CompareFormProps) {
  const { figure, month, onClose } = props;
  const { form, write, save, isThere } = useCompare(props);
  const [isVoiding, setVoiding] = useState(false);
  const isOwn = partOf(figure.record, 'facts')['org'] === useSession().actor.org;
  if (isVoiding && voiding)
    return <RecordForm verb={voiding} record={figure.record} onClose={onClose} />;
  const official = integer(form.values['official']);
  const differs = official !== undefined && official !== figure.own;
  return (
    <Sheet
      title={`${figure.label}　${formatMonthJa(`${month}-01`)}`}
      size="narrow"
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          突き合わせを記録する
        </Button>
      }
    >
      <DraftNotice form={form} />
      <p>
        このアプリの数　<strong>{formatCount(figure.own)}</strong>
        {figure.unit}
      </p>
      <FormFields form={form} names={differs ? ['official', 'reasons'] : ['official']} />
      {differs && (
        <p class="quiet">数はどちらも、そのまま残ります。ちがいの理由だけを書きとめます。</p>
      )}
      <ProblemNotice problem={write.problem} />
      {isThere && isOwn && (
        <Button kind="plain" size="small" onPress={() => setVoiding(true)}>
          入れまちがえたので取り消す
        </Button>
      )}
    </Sheet>
  );
}
