/** The receiver's side: the file or the QR sequence first, then the passphrase. What is wrong is said, and nothing is changed. */
import { useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import { sayWhenSlow } from '../../form/slow.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toast.tsx';
import { FileChoice, type Chosen } from './file-choice.tsx';
import { QrRead } from './qr-read.tsx';
import './handover.css';

interface TakeProps {
  readonly onTaken: (handoff: string) => void;
  readonly onClose: () => void;
}

export function Take({ onTaken, onClose }: TakeProps) {
  const session = useSession();
  const [chosen, setChosen] = useState<Chosen>();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const take = async () => {
    if (!chosen || busy) return;
    setBusy(true);
    setProblem(undefined);
    const taking = session.takeHandoff(chosen.text, typed).finally(() => setBusy(false));
    const taken = await sayWhenSlow(taking, () => setProblem({ code: 'storageSlow' }));
    if (!taken.ok) return setProblem(taken.problem);
    toast('引継ぎを受け取り、この端末に保存しました');
    onTaken(taken.value.handoff);
  };
  const choose = (next: Chosen | undefined) => {
    setProblem(undefined);
    setChosen(next);
  };
  return (
    <Sheet
      title="つながらないときに受け取る"
      size="narrow"
      onClose={onClose}
      actions={
        chosen && (
          <Button kind="primary" size="large" busy={busy} onPress={take}>
            受け取る
          </Button>
        )
      }
    >
      <p>
        渡す人の端末で、引継ぎをひらいて「つながらないときの受け渡し」を押してもらいます。そこに出るQRかファイルと、合言葉を使います。
      </p>
      <ol class="handover-steps">
        <li>
          <h3>渡されたものを読みこむ</h3>
          <Source chosen={chosen} onChoose={choose} onProblem={setProblem} />
        </li>
        {chosen && (
          <li>
            <h3>合言葉を入れる</h3>
            <Passphrase typed={typed} onType={setTyped} onEnter={take} />
          </li>
        )}
      </ol>
      <ProblemNotice problem={problem} />
    </Sheet>
  );
}

interface SourceProps {
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen | undefined) => void;
  readonly onProblem: (problem: Problem | undefined) => void;
}

function Source({ chosen, onChoose, onProblem }: SourceProps) {
  const [isReading, setReading] = useState(false);
  if (chosen)
    return (
      <Notice tone="good" title={`${chosen.name} を読みました。`}>
        <Button kind="plain" size="small" onPress={() => onChoose(undefined)}>
          選びなおす
        </Button>
      </Notice>
    );
  if (isReading)
    return (
      <>
        <QrRead
          onRead={(text) => {
            setReading(false);
            onChoose({ name: 'QR', text });
          }}
        />
        <Button kind="plain" onPress={() => setReading(false)}>
          やめる
        </Button>
      </>
    );
  return (
    <div class="handover-ways">
      <Button onPress={() => setReading(true)}>相手の画面のQRを読む</Button>
      <FileChoice label="ファイルを選ぶ" onChoose={onChoose} onProblem={onProblem} />
    </div>
  );
}

interface PassphraseProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly onEnter: () => unknown;
}

function Passphrase({ typed, onType, onEnter }: PassphraseProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void onEnter();
      }}
    >
      <label>
        <span class="label">相手の画面に出ている8文字</span>
        <input
          class="input passphrase-input"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={20}
          value={typed}
          onInput={(event) => onType(event.currentTarget.value)}
        />
      </label>
      <p class="quiet">小文字でも、ハイフンがなくてもかまいません。</p>
    </form>
  );
}
