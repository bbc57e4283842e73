/**
 * The sheet for a field that was not saved with the rest (a マイナンバー in free text): only this field, with its words as
 * typed. It opens once the form that it came from is closed, and leaves when the field is saved or given up.
 */
import { useEffect } from 'preact/hooks';
import { verbNamed } from '../../domain/kinds/index.ts';
import { pick } from '../../domain/field.ts';
import { FormFields } from '../form/form-fields.tsx';
import { useForm } from '../form/use-form.ts';
import { useWrite } from '../form/use-write.ts';
import type { Withheld } from '../logic/withheld.ts';
import { useSession } from '../state/context.ts';
import { bringBack, isSetAside, letGo, withheld } from '../state/withheld.ts';
import { Button } from '../ui/button.tsx';
import { Notice, ProblemNotice } from '../ui/notice.tsx';
import { Sheet } from '../ui/sheet.tsx';

export function HeldBack() {
  const session = useSession();
  useEffect(() => bringBack(session), [session]);
  const [first] = withheld.value;
  return first && !isSetAside.value ? (
    <HeldBackSheet key={`${first.verb} ${first.id}`} item={first} />
  ) : null;
}

function HeldBackSheet({ item }: { readonly item: Withheld }) {
  const session = useSession();
  const fields = pick(verbNamed(item.verb)?.args ?? {}, Object.keys(item.values));
  const form = useForm({ fields, initial: item.values, seen: item.seen });
  const write = useWrite(form);
  const close = () => letGo(session, item);
  const save = async () => {
    const args = form.args();
    if (Object.keys(args).length === 0) return close();
    if (await write.save(item.verb, { ...args, id: item.id })) close();
  };
  return (
    <Sheet
      title="まだ保存していない欄"
      size="narrow"
      onClose={() => (isSetAside.value = true)}
      actions={
        <>
          <Button onPress={close}>この欄は書かない</Button>
          <Button kind="primary" busy={write.busy} onPress={save}>
            この欄を保存
          </Button>
        </>
      }
    >
      <Notice tone="warning" title="この欄だけ、保存していません">
        <p>マイナンバーと思われる12桁の数字があります。ほかの欄は保存しました。</p>
        <p>数字を消してから、「この欄を保存」を押してください。</p>
      </Notice>
      <FormFields form={form} />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}
