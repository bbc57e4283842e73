/** A person's page without her file: it may go while one looks at it. Why that can be, and where one's own words about her are. */
import { back } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { OwnOpenOf } from './own-open.tsx';

interface NotHereProps {
  readonly id: string | undefined;
  /** Looks again where she came to a file that was not there: it may have come with a sync since. */
  readonly retry?: () => void;
}

export function NotHere({ id, retry }: NotHereProps) {
  return (
    <section class="screen" aria-label="台帳がない方のページ">
      <Notice title="この方の台帳は、いま、この端末にはありません。" isAlert>
        <p>
          登録が受け付けられなかったときや、情報を伝える同意が終わったときなどに、台帳はこの端末から消えます。
        </p>
        {retry && (
          <p>
            まだ届いていないだけのこともあります。届いたあとで「もう一度開く」を押すと開きます。
          </p>
        )}
      </Notice>
      {id !== undefined && <OwnOpenOf ids={[id]} />}
      <div class="buttons">
        {retry && <Button onPress={retry}>もう一度開く</Button>}
        <Button kind={retry && 'plain'} onPress={() => back('seekers')}>
          求職者の一覧へもどる
        </Button>
      </div>
    </section>
  );
}
