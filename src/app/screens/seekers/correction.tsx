/**
 * Correcting one own record: change what is wrong, void it with a reason, or move a consultation to the right person.
 * Nothing is overwritten unseen: the entry before stays in the stream. Afterwards it is said, online, who had read it.
 */
import { useState } from 'preact/hooks';
import { kindNamed, verbNamed } from '../../../domain/kinds/index.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import { KindFields } from '../../form/kind-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { amendArgs, isUnchanged } from '../../logic/amend-args.ts';
import { recordAndPeople } from '../../logic/draft-about.ts';
import { valuesNow } from '../../logic/record-form.ts';
import { withoutIds } from '../../logic/registration-parts.ts';
import type { TimelineItem } from '../../logic/timeline.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { PersonPicker } from './person-picker.tsx';
import { Readers } from './readers.tsx';
import { VisitStays } from './visit-stays.tsx';

type Way = 'amend' | 'void' | 'move';

interface CorrectionProps {
  readonly item: TimelineItem;
  readonly seeker: Rec;
  readonly onClose: () => void;
}

export function Correction({ item, seeker, onClose }: CorrectionProps) {
  const [way, setWay] = useState<Way>('amend');
  const [done, setDone] = useState<'void' | 'move'>();
  const options = [
    { code: 'amend', label: '内容を直す' },
    { code: 'void', label: '取り消す' },
    ...(item.kind === 'consultation' ? [{ code: 'move', label: '別の人に付けかえる' }] : []),
  ];
  const { record } = item;
  return (
    <Sheet
      title={`${item.label}の訂正`}
      header={<PersonHeader seeker={seeker} />}
      onClose={onClose}
    >
      {done ? (
        <>
          {done === 'void' && item.kind === 'consultation' && <VisitStays cancelled={record} />}
          <Readers record={record} seeker={seeker.id} />
        </>
      ) : (
        <>
          <Chips
            label="どうしますか"
            options={options}
            value={way}
            onChange={(code) => setWay(code as Way)}
          />
          {way === 'amend' && <Amend key="amend" record={record} onDone={onClose} />}
          {way === 'void' && <Void key="void" record={record} onDone={() => setDone('void')} />}
          {way === 'move' && (
            <Move key="move" record={record} onDone={() => setDone('move')} seeker={seeker} />
          )}
        </>
      )}
    </Sheet>
  );
}

interface WayProps {
  readonly record: Rec;
  readonly onDone: () => void;
}

function Amend({ record, onDone }: WayProps) {
  const fields = withoutIds(verbNamed(`${record.kind}.amend`)?.args ?? {});
  const session = useSession();
  const kind = kindNamed(record.kind);
  const [before] = useState(() => (kind ? valuesNow(kind, record, session) : {}));
  const form = useForm({
    fields,
    initial: before,
    seen: before,
    draftKey: `correction-${record.id}`,
    about: recordAndPeople(record),
  });
  const write = useWrite(form);
  const save = async () => {
    const args = amendArgs(fields, before, form.args());
    if (isUnchanged(args)) return onDone();
    const saved = await write.save(`${record.kind}.amend`, { id: record.id, ...args });
    return saved === undefined ? undefined : onDone();
  };
  return (
    <div class="correction">
      <DraftNotice form={form} />
      <KindFields form={form} kind={record.kind} />
      <ProblemNotice problem={write.problem} />
      <Button kind="primary" size="large" busy={write.busy} onPress={save}>
        訂正を保存する
      </Button>
    </div>
  );
}

function Void({ record, onDone }: WayProps) {
  const fields = withoutIds(verbNamed(`${record.kind}.void`)?.args ?? {});
  const form = useForm({ fields });
  const write = useWrite(form);
  const save = async () => {
    const args = { id: record.id, ...form.args() };
    if ((await write.save(`${record.kind}.void`, args)) !== undefined) onDone();
  };
  return (
    <div class="correction">
      <Notice>取り消した記録は消えません。理由とともに残り、集計には数えません。</Notice>
      <FormFields form={form} />
      <ProblemNotice problem={write.problem} />
      <Button kind="danger" size="large" busy={write.busy} onPress={save}>
        この記録を取り消す
      </Button>
    </div>
  );
}

function Move({ record, seeker, onDone }: WayProps & { readonly seeker: Rec }) {
  const write = useWrite();
  const [chosen, setChosen] = useState<string>();
  const move = async () => {
    const args = { id: record.id, toSeeker: chosen ?? '' };
    const saved = await write.save('consultation.moveToSeeker', args);
    if (saved !== undefined) onDone();
  };
  const isShared = partOf(record, 'shared')['summary'] !== undefined;
  return (
    <div class="correction">
      <Notice tone="warning" title="人をまちがえて記録したときに使います。">
        <p>この方の経過からこの相談がなくなり、選んだ方の経過に入ります。</p>
        {isShared && (
          <p>共有していた相手の端末からも消えます。だれが読んでいたかを、あとで表示します。</p>
        )}
      </Notice>
      <PersonPicker label="正しい求職者" chosen={chosen} without={seeker.id} onChoose={setChosen} />
      <ProblemNotice problem={write.problem} />
      {chosen && (
        <Button kind="primary" size="large" busy={write.busy} onPress={move}>
          この方に付けかえる
        </Button>
      )}
    </div>
  );
}
