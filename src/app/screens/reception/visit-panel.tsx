/**
 * One visit, opened from the board or from her page: who it is, what is done with it next, and putting right what was wrong. Forms take the
 * place of the panel's content; no sheet opens on another.
 */
import { useState } from 'preact/hooks';
import { pick } from '../../../domain/field.ts';
import { allFields, stateOf } from '../../../domain/kind.ts';
import { visit as visitKind } from '../../../domain/kinds/visit.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { text } from '../../../domain/value.ts';
import { useForm, type Form } from '../../form/use-form.ts';
import { useWrite, type Write } from '../../form/use-write.ts';
import { amendArgs, isUnchanged } from '../../logic/amend-args.ts';
import { valuesNow } from '../../logic/record-form.ts';
import { atCounter, outpostChoices, outpostsOn } from '../../logic/outposts.ts';
import { useNow, useSession } from '../../state/context.ts';
import { Chips } from '../../ui/chips.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TimeText } from '../../ui/text.tsx';
import { AttachPerson } from './attach-person.tsx';
import { toneOf } from './board.tsx';
import { VisitSteps } from './visit-steps.tsx';
import { boardRow } from './visits-today.ts';
import './reception.css';

type Mode = 'steps' | 'attach' | 'move' | 'amend' | 'void';

interface VisitPanelProps {
  readonly visit: Rec;
  readonly onClose: () => void;
}

export function VisitPanel({ visit, onClose }: VisitPanelProps) {
  const [mode, setMode] = useState<Mode>('steps');
  const back = () => setMode('steps');
  switch (mode) {
    case 'steps':
      return <Steps visit={visit} onClose={onClose} setMode={setMode} />;
    case 'attach':
    case 'move':
      return <Attach visit={visit} verb={mode} onClose={onClose} back={back} />;
    case 'amend':
      return <Amend visit={visit} onClose={onClose} back={back} />;
    case 'void':
      return <Void visit={visit} onClose={onClose} back={back} />;
  }
}

function Header({ visit }: { readonly visit: Rec }) {
  const row = boardRow(visit, useNow());
  return (
    <p class="visit-facts">
      <TimeText at={row.at} />
      {row.ticket && <strong>{row.ticket}</strong>}
      <span>{row.purposes}</span>
      <span>
        {row.kindLabel}
        {row.heads > 1 && `・${row.heads}人`}
      </span>
      <Tag tone={toneOf(row.state)}>{row.stateLabel}</Tag>
      {row.minutes !== undefined && <span class="quiet">{row.minutes}分</span>}
    </p>
  );
}

interface StepsProps extends VisitPanelProps {
  readonly setMode: (mode: Mode) => void;
}

function Steps({ visit, onClose, setMode }: StepsProps) {
  const write = useWrite();
  const isVoided = stateOf(visit) === 'voided';
  return (
    <Sheet
      title="来所"
      size="narrow"
      header={<Header visit={visit} />}
      onClose={onClose}
      actions={
        !isVoided && (
          <>
            <Button kind="danger" onPress={() => setMode('void')}>
              取り消す
            </Button>
            <Button onPress={() => setMode('amend')}>訂正する</Button>
          </>
        )
      }
    >
      <ProblemNotice problem={write.problem} />
      <ConflictNotice records={[visit]} />
      <VisitSteps
        visit={visit}
        write={write}
        onAttach={() => setMode('attach')}
        onMove={() => setMode('move')}
        onClose={onClose}
      />
    </Sheet>
  );
}

interface FormProps extends VisitPanelProps {
  readonly back: () => void;
}

function Attach({ visit, verb, onClose, back }: FormProps & { readonly verb: 'attach' | 'move' }) {
  const write = useWrite();
  const choose = async (seeker: string) => {
    const name = verb === 'attach' ? 'visit.attach' : 'visit.moveToSeeker';
    if (await write.save(name, { id: visit.id, seeker })) back();
  };
  return (
    <Sheet
      title={verb === 'attach' ? 'だれの来所ですか' : '別の人に付けかえる'}
      size="narrow"
      header={<Header visit={visit} />}
      onClose={onClose}
      actions={<Button onPress={back}>もどる</Button>}
    >
      <ProblemNotice problem={write.problem} />
      <AttachPerson visit={visit} onChoose={choose} />
    </Sheet>
  );
}

const amended = [
  'purposes',
  'visitKind',
  'channel',
  'heads',
  'clientCategories',
  'arrivedAt',
  'ticket',
];

const fieldNames = [...amended, 'outpost'];

/** Only where there is, or was, a temporary counter that day. */
function OutpostChoice({ visit, form }: { readonly visit: Rec; readonly form: Form }) {
  const { actor, all, get } = useSession();
  const { date, outpost } = partOf(visit, 'facts');
  const held = outpostsOn(all('event').value, actor, text(date) ?? '');
  const own = get('event', text(outpost) ?? '');
  const known = own && !held.includes(own) ? [...held, own] : held;
  if (known.length === 0) return null;
  return (
    <Chips
      label="どこで受けましたか"
      options={outpostChoices(known)}
      value={text(form.values['outpost']) ?? atCounter}
      onChange={(code) => form.set('outpost', code === atCounter ? undefined : code)}
    />
  );
}

function Amend({ visit, onClose, back }: FormProps) {
  const [before] = useState(() => valuesNow(visitKind, visit));
  // As declared, not as optional arguments: what is required cannot be emptied.
  const fields = pick(allFields(visitKind), fieldNames);
  const form = useForm({ fields, initial: before, seen: before });
  const write = useWrite(form);
  const save = async () => {
    const args = amendArgs(fields, before, form.args());
    if (isUnchanged(args)) return back();
    if (await write.save('visit.amend', { id: visit.id, ...args })) back();
  };
  return (
    <FormSheet title="来所を訂正する" press="訂正する" {...{ visit, onClose, back, save, write }}>
      <FormFields form={form} names={amended} />
      <OutpostChoice visit={visit} form={form} />
    </FormSheet>
  );
}

function Void({ visit, onClose, back }: FormProps) {
  const fields = visitKind.verbs['void']?.args ?? {};
  const form = useForm({ fields: pick(fields, ['voidReason', 'voidNote']) });
  const write = useWrite(form);
  const save = async () => {
    const args = { id: visit.id, ...form.args() };
    if (await write.save('visit.void', args, { message: '取り消しました。記録は残り、数えません' }))
      onClose();
  };
  return (
    <FormSheet title="来所を取り消す" press="取り消す" {...{ visit, onClose, back, save, write }}>
      <p>取り消した来所は、理由と一緒に残ります。数には入りません。</p>
      <FormFields form={form} />
    </FormSheet>
  );
}

interface FormSheetProps extends FormProps {
  readonly title: string;
  readonly press: string;
  readonly write: Write;
  readonly save: () => Promise<void>;
  readonly children: preact.ComponentChildren;
}

function FormSheet({ title, press, visit, onClose, back, write, save, children }: FormSheetProps) {
  return (
    <Sheet
      title={title}
      size="narrow"
      header={<Header visit={visit} />}
      onClose={onClose}
      actions={
        <>
          <Button onPress={back}>もどる</Button>
          <Button kind="primary" size="large" busy={write.busy} onPress={save}>
            {press}
          </Button>
        </>
      }
    >
      <ProblemNotice problem={write.problem} />
      {children}
    </Sheet>
  );
}
