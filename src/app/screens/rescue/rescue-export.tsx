/**
 * 未送信の記録を書き出す, on the lock screen and wherever saving fails: no key and no name is needed, and nothing on the
 * tablet changes. What is written out stays to be sent; the same entry twice is one at the server.
 */
import { useState } from 'preact/hooks';
import type { RescueFile, Tablet } from '../../../device/types.ts';
import type { Problem } from '../../../domain/problem.ts';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { saveFile } from '../counts/save-file.ts';
import '../handover/handover.css';

interface RescueProps {
  readonly rescue: Tablet['rescue'];
}

export function RescueExport() {
  return <Panel rescue={useTablet().rescue} />;
}

function Panel({ rescue }: RescueProps) {
  const [file, setFile] = useState<RescueFile>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const write = async () => {
    setBusy(true);
    const made = await rescue().finally(() => setBusy(false));
    setProblem(made.ok ? undefined : made.problem);
    setFile(made.ok ? made.value : undefined);
    if (made.ok && made.value.entries > 0)
      saveFile(made.value.name, made.value.text, 'application/octet-stream');
  };
  return (
    <div class="rescue">
      <p>
        この端末がつながらない、または壊れそうなときに、未送信の記録を一つのファイルにします。責任者が「管理」でそのファイルを取り込むと、サーバーに届きます。
      </p>
      <ul class="handover-points">
        <li>だれの分も、まとめて入ります。暗証番号はいりません。</li>
        <li>中身はサーバーでしか開けません。</li>
        <li>この端末の記録はそのまま残ります。あとで送られても、二重にはなりません。</li>
      </ul>
      <p class="rescue-action">
        <Button kind="primary" size="large" busy={busy} onPress={write}>
          ファイルに書き出す
        </Button>
      </p>
      <div role="status">{file && <Written file={file} />}</div>
      {problem && <Failed problem={problem} />}
    </div>
  );
}

/** Folded: most days the network comes back. */
export function RescueFold({ rescue }: RescueProps) {
  return (
    <details class="rescue-fold">
      <summary>未送信の記録をファイルに書き出す（つながらないとき・こわれそうなとき）</summary>
      <Panel rescue={rescue} />
    </details>
  );
}

/** Nothing was to be saved here: the words for a failing store speak of a form. */
function Failed({ problem }: { readonly problem: Problem }) {
  if (!problem.code.startsWith('storage')) return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="danger" title="いまは書き出せません。端末の保存場所がひらきません。">
      <p>記録が消えたとは限りません。端末の電源を入れなおしてから、もう一度押してください。</p>
      <p>
        それでもだめなときは、端末も、ブラウザーのデータも消さずに、端末ごと責任者に渡してください。
      </p>
    </Notice>
  );
}

function Written({ file }: { readonly file: RescueFile }) {
  if (file.entries === 0)
    return <Notice title="書き出す記録はありません。すべてサーバーに届いています。" />;
  return (
    <Notice tone="good" title={`未送信の記録${file.entries}件を書き出しました。`}>
      <p class="handover-file">
        「{file.name}
        」が、端末の「ダウンロード」に入りました。USBメモリーや近くの端末への共有で、責任者に渡してください。
      </p>
      {file.unreadable > 0 && (
        <p>読めなかった利用者の分が{file.unreadable}人分あります。端末は消さずに残してください。</p>
      )}
    </Notice>
  );
}
