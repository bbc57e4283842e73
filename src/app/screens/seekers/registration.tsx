/** 求職申込: what Hello Work (or a city that may) received. A handoff accepted for this person may be named as its cause. */
import { useState } from 'preact/hooks';
import { stateOf } from '../../../domain/kind.ts';
import { verbNamed } from '../../../domain/kinds/index.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { withoutIds } from '../../logic/registration-parts.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';

const fields = withoutIds(verbNamed('registration.record')?.args ?? {}, 'seeker', 'guidedFrom');
const tookOver = ['accepted', 'inProgress', 'reported', 'closed'];

interface RegistrationProps {
  readonly seeker: Rec;
  readonly about: readonly Rec[];
  readonly onClose: () => void;
}

export function Registration({ seeker, about, onClose }: RegistrationProps) {
  const session = useSession();
  const cause = useCause(about);
  const [guided, setGuided] = useState(cause ? 'yes' : 'no');
  const [id] = useState(() => session.newId());
  const file = partOf(seeker, 'file');
  const known = text(file['hwSeekerNo']);
  const form = useForm({
    fields,
    initial: known === undefined ? {} : { hwSeekerNo: known },
    draftKey: `registration.record ${seeker.id}`,
  });
  const write = useWrite(form);
  const save = async () => {
    const guidedFrom = guided === 'yes' && cause ? { guidedFrom: cause.id } : {};
    const args = { id, seeker: seeker.id, ...form.args(), ...guidedFrom };
    if ((await write.save('registration.record', args)) !== undefined) onClose();
  };
  return (
    <Sheet
      title="求職申込を記録"
      header={<PersonHeader seeker={seeker} />}
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          記録する
        </Button>
      }
    >
      <DraftNotice form={form} />
      <FormFields form={form} />
      {cause && (
        <Chips
          label="引継ぎがきっかけの申込ですか"
          options={[
            { code: 'yes', label: 'はい（連携として数えます）' },
            { code: 'no', label: 'いいえ' },
          ]}
          value={guided}
          onChange={setGuided}
        />
      )}
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

/** The newest handoff to this organisation that was taken over. */
function useCause(about: readonly Rec[]): Rec | undefined {
  const { actor } = useSession();
  return about
    .filter((record) => record.kind === 'handoff' && tookOver.includes(stateOf(record) ?? ''))
    .filter((record) => partOf(record, 'facts')['toOrg'] === actor.org)
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))[0];
}
