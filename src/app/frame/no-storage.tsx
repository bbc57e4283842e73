/**
 * What is shown where the browser does not open the tablet's storage: nothing can be kept, so nothing is offered but to
 * write out what other stores of it still give.
 */
import type { Tablet } from '../../device/types.ts';
import { problemText, type Problem } from '../../domain/problem.ts';
import { Button } from '../ui/button.tsx';
import { RescueFold } from '../screens/rescue/rescue-export.tsx';
import { Notice } from '../ui/notice.tsx';

interface NoStorageProps {
  readonly problem: Problem | undefined;
  readonly rescue: Tablet['rescue'];
}

export function NoStorage({ problem, rescue }: NoStorageProps) {
  return (
    <main class="screen">
      <Notice tone="danger" title="この端末の保存場所を開けません。">
        <p>記録は消えていません。ただし、いまは見ることも入れることもできません。</p>
        <p>{problem ? reason(problem) : usual}</p>
        <Button onPress={() => location.reload()}>もう一度ひらく</Button>
      </Notice>
      <RescueFold rescue={rescue} />
    </main>
  );
}

const usual =
  '「もう一度ひらく」を押してください。続くときは、端末の空きとブラウザーの設定（シークレットモードではないか）を確かめ、責任者に知らせてください。';

/** Two accidents have a remedy of their own. */
function reason(problem: Problem): string {
  const { what } = problemText(problem, (kind) => kind);
  if (problem.code === 'storageBlocked')
    return `${what}このアプリのほかのタブを閉じてから、「もう一度ひらく」を押してください。`;
  if (problem.code === 'storageNewer')
    return 'この端末の記録は、新しい版のアプリで保存されています。つながる場所で「もう一度ひらく」を押すと、新しい版になります。';
  return usual;
}
