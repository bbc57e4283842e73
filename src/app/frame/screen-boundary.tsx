/**
 * Where an error in drawing stops: the screen says so and waits, everything around it goes on. Nothing is drawn again by
 * itself (a screen that opens a file logs the view each time); leaving the screen makes a new one.
 */
import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { go } from '../state/nav.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** Give it the key of the screen: a boundary that has met an error stays shut. */
export function ScreenBoundary({ children }: { readonly children: ComponentChildren }) {
  const [error] = useErrorBoundary((thrown) => console.error(thrown));
  return error === undefined ? <>{children}</> : <Failed />;
}

function Failed() {
  return (
    <section class="screen">
      <Notice tone="danger" title="この画面でエラーが起きました。">
        <p>保存した記録は安全です。</p>
        <p>「今日へもどる」を押してください。</p>
        <Button kind="primary" onPress={() => go('today')}>
          今日へもどる
        </Button>
      </Notice>
    </section>
  );
}
