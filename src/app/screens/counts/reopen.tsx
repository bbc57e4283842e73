/** 締めを解く, of a day or of a month: the reason is asked, and what it does is said; it is sent at once. */
import { pick } from '../../../domain/field.ts';
import { verbNamed } from '../../../domain/kinds/index.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';

interface ReopenProps {
  readonly verb: 'dayClosing.reopen' | 'monthClosing.reopen';
  readonly id: string;
  /** 「11月20日(金)」, 「令和8年10月」 */
  readonly what: string;
  readonly words: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function Reopen({ verb, id, what, words, onClose, onDone }: ReopenProps) {
  const tablet = useTablet();
  const fields = pick(verbNamed(verb)?.args ?? {}, ['reopenReason']);
  const form = useForm({ fields, draftKey: `${verb} ${id}` });
  const write = useWrite(form);
  const save = async () => {
    const saved = await write.save(verb, { id, ...form.args() }, { message: '締めを解きました' });
    if (saved === undefined) return;
    await tablet.syncNow();
    onDone();
  };
  return (
    <Sheet
      title={`${what}の締めを解く`}
      size="narrow"
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          締めを解く
        </Button>
      }
    >
      <p>{words}</p>
      <FormFields form={form} />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}
