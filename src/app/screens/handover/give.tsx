/**
 * つながらないときの受け渡し, the giver's side: make the file, hand it over, tell the passphrase. The passphrase is shown as
 * long as this sheet is open and never again; a new one costs one tap.
 */
import { useState } from 'preact/hooks';
import type { HandoverFile } from '../../../device/types.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { shownPassphrase } from '../../../sync/passphrase.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { saveFile } from '../counts/save-file.ts';
import { QrShow } from './qr-show.tsx';
import './handover.css';

interface GiveProps {
  readonly record: Rec;
  /** She says that the other desk has it. */
  readonly onGiven: () => void;
  readonly onClose: () => void;
}

export function Give({ record, onGiven, onClose }: GiveProps) {
  const session = useSession();
  const [file, setFile] = useState<HandoverFile>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    const made = await session.giveHandoff(record.id).finally(() => setBusy(false));
    setProblem(made.ok ? undefined : made.problem);
    if (made.ok) setFile(made.value);
  };
  const given = () => {
    onGiven();
    onClose();
  };
  return (
    <Sheet
      title="つながらないときの受け渡し"
      size="narrow"
      onClose={onClose}
      header={file && <Passphrase passphrase={file.passphrase} />}
      actions={
        file ? (
          <Button kind="primary" size="large" onPress={given}>
            渡しました
          </Button>
        ) : (
          <Button kind="primary" size="large" busy={busy} onPress={make}>
            受け渡しを始める
          </Button>
        )
      }
    >
      {file ? <Steps file={file} /> : <Lead />}
      <ProblemNotice problem={problem} />
    </Sheet>
  );
}

/** Pinned: in sight while the pictures run. */
function Passphrase({ passphrase }: { readonly passphrase: string }) {
  return (
    <p class="passphrase" aria-label={`合言葉 ${passphrase.split('').join(' ')}`}>
      <span class="passphrase-label">合言葉</span>
      {shownPassphrase(passphrase)}
    </p>
  );
}

function Lead() {
  return (
    <>
      <p>
        サーバーにつながらなくても、となりの窓口の端末に、この引継ぎを直接わたせます。相手はすぐに受け入れて、相談を始められます。
      </p>
      <ul class="handover-points">
        <li>相手に見えるのは、引継ぎで伝える内容だけです。</li>
        <li>ファイルは、合言葉がないと開けません。</li>
        <li>あとで両方の端末がつながっても、二重にはなりません。</li>
      </ul>
    </>
  );
}

function Steps({ file }: { readonly file: HandoverFile }) {
  const [way, setWay] = useState<'file' | 'qr'>();
  return (
    <ol class="handover-steps">
      <li>
        <h3>相手の端末に渡す</h3>
        <p>相手は「引継ぎ」の画面で「つながらないときに受け取る」を押します。</p>
        <div class="handover-ways">
          <Button isPressed={way === 'qr'} onPress={() => setWay('qr')}>
            画面のQRを読んでもらう
          </Button>
          <Button
            isPressed={way === 'file'}
            onPress={() => {
              setWay('file');
              saveFile(file.name, file.text, 'application/octet-stream');
            }}
          >
            ファイルを保存して渡す
          </Button>
        </div>
        {way === 'qr' && <QrShow text={file.text} />}
        {way === 'file' && (
          <p class="handover-file" role="status">
            「{file.name}
            」が、端末の「ダウンロード」に入りました。USBメモリーや近くの端末への共有で渡してください。
          </p>
        )}
      </li>
      <li>
        <h3>上の合言葉を、声か紙で伝える</h3>
        <Notice>
          <p>
            この画面を閉じると、合言葉はもう出ません（なくしたときは、もう一度作れます）。ファイルといっしょに書き残さないでください。
          </p>
        </Notice>
      </li>
    </ol>
  );
}
