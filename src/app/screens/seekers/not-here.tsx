/** A person's page without her file: it may go while one looks at it. Why that can be, and where one's own words about her are. */
import { back } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { OwnOpenOf } from './own-open.tsx';

export function NotHere({ id }: { readonly id: string | undefined }) {
  return (
    <section class="screen" aria-label="台帳がない方のページ">
      <Notice title="この方の台帳は、いま、この端末にはありません。" isAlert>
        <p>
          登録が受け付けられなかったときや、情報を伝える同意が終わったときなどに、台帳はこの端末から消えます。
        </p>
      </Notice>
      {id !== undefined && <OwnOpenOf ids={[id]} />}
      <div class="buttons">
        <Button onPress={() => back('seekers')}>求職者の一覧へもどる</Button>
      </div>
    </section>
  );
}
