/**
 * 窓口を閉じる: the supervisor says the last day and where the counter moves; the server moves staff and tablets of both
 * organisations the day after. Until then it is taken back here. What becomes of open work is said before anything is
 * pressed. Needs a connection.
 */
import { useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import { partOf } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { formatDateJa } from '../../../domain/wareki.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { movesHere, successors } from '../../logic/close-site.ts';
import { namesOf } from '../../logic/names-of.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Section } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toast.tsx';

export function CloseSite() {
  const { actor, all, get } = useSession();
  const [isOpen, setOpen] = useState(false);
  const own = partOf(get('site', actor.site), 'facts');
  const nameOf = namesOf(get);
  const taken = text(own['tookOver']);
  const movedTo = text(own['movedTo']);
  const isAwaited = movesHere(all('site').value, actor.site);
  const mayClose = movedTo === undefined && taken === undefined && !isAwaited;
  return (
    <Section title="窓口を閉じて移す">
      {taken && (
        <p>
          「{nameOf('site', taken)}
          」を引き継いでいます。引き継いだ窓口は、二つまでは持てないため、ここでは閉じられません。
        </p>
      )}
      {isAwaited && <p>ほかの窓口が、この窓口に移ることになっています。</p>}
      {movedTo && <Planned lastDay={text(own['closedOn']) ?? ''} name={nameOf('site', movedTo)} />}
      {mayClose && (
        <>
          <p>
            この窓口を閉じて、仕事をほかの窓口に移します。これまでの件数は、この窓口のまま残ります。
          </p>
          <div class="buttons">
            <Button onPress={() => setOpen(true)}>窓口を閉じる…</Button>
          </div>
        </>
      )}
      {isOpen && <CloseSheet onClose={() => setOpen(false)} />}
    </Section>
  );
}

function useAsk() {
  const session = useSession();
  const tablet = useTablet();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const ask = async (path: string, body: object, said: string): Promise<boolean> => {
    setBusy(true);
    const answer = await session.ask(path, { body });
    if (answer.ok) await tablet.syncNow();
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) toast(said);
    return answer.ok;
  };
  return { ask, busy, problem };
}

function Planned({ lastDay, name }: { readonly lastDay: string; readonly name: string }) {
  const { ask, busy, problem } = useAsk();
  const keep = () => ask('/api/counter/stay', {}, '窓口を閉じるのをやめました');
  return (
    <>
      <Notice tone="warning" title={`${formatDateJa(lastDay)}が最後の日です`}>
        <p>次の日に、両方の組織の職員と端末が「{name}」に移ります。</p>
      </Notice>
      <div class="buttons">
        <Button busy={busy} onPress={keep}>
          閉じるのをやめる
        </Button>
      </div>
      <ProblemNotice problem={problem} />
    </>
  );
}

const lacking: Problem = { code: 'refused', reason: '移る先の窓口と、最後の日を選んでください。' };
const fields = { closedOn: { type: 'date', label: '最後の日', required: true } } as const;

function CloseSheet({ onClose }: { readonly onClose: () => void }) {
  const { actor, all, get } = useSession();
  const nameOf = namesOf(get);
  const form = useForm({ fields, initial: { closedOn: useTablet().today() } });
  const [movedTo, setMovedTo] = useState<string>();
  const [isLacking, setLacking] = useState(false);
  const { ask, busy, problem } = useAsk();
  const { closedOn } = form.values;
  const options = successors(all('site').value, actor.site).map(({ id }) => ({
    code: id,
    label: nameOf('site', id),
  }));
  const save = async () => {
    if (movedTo === undefined || closedOn === undefined) return setLacking(true);
    setLacking(false);
    const said = `「${nameOf('site', movedTo)}」に移ることにしました`;
    if (await ask('/api/counter/close', { movedTo, ...form.args() }, said)) {
      form.saved();
      onClose();
    }
  };
  return (
    <Sheet
      title={`${nameOf('site', actor.site)}を閉じる`}
      size="narrow"
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={busy} onPress={save}>
          閉じることにする
        </Button>
      }
    >
      <Chips label="移る先の窓口" options={options} value={movedTo} onChange={setMovedTo} />
      <FormFields form={form} />
      <ul class="close-site-says">
        <li>最後の日の次の日に、両方の組織の職員と端末が移ります。暗証番号はそのまま使えます。</li>
        <li>受けた引継ぎ・予約・支援中の方は、移った先で続けられます。</li>
        <li>これまでの件数は、この窓口のまま変わりません。</li>
        <li>まだ送っていない端末の記録も、あとから届き、この窓口の件数に入ります。</li>
        <li>最後の日が過ぎているときは、すぐに移ります。</li>
        <li>移る日までは、ここで取りやめられます。移ったあとは、もどせません。</li>
      </ul>
      <ProblemNotice problem={isLacking ? lacking : problem} />
    </Sheet>
  );
}
