/** What is shown where the browser does not open the tablet's storage: nothing can be kept, so nothing is offered. */
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

export function NoStorage() {
  return (
    <main class="screen">
      <Notice tone="danger" title="この端末の保存場所を開けません。">
        <p>記録は消えていません。ただし、いまは見ることも入れることもできません。</p>
        <p>
          「もう一度ひらく」を押してください。続くときは、端末の空きとブラウザーの設定（シークレットモードではないか）を確かめ、責任者に知らせてください。
        </p>
        <Button onPress={() => location.reload()}>もう一度ひらく</Button>
      </Notice>
    </main>
  );
}
