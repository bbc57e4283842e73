/**
 * Where an error in drawing stops: what stands inside says so and waits, everything around it goes on. Nothing is drawn again
 * by itself (a screen that opens a file logs the view each time); leaving the screen makes a new one.
 */
import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { go } from '../state/nav.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

interface BoundaryProps {
  /** Drawn in the place of what failed. */
  readonly instead: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A boundary that has met an error stays shut: a key makes a new one. */
export function Boundary({ instead, children }: BoundaryProps) {
  const [error] = useErrorBoundary((thrown) => console.error(thrown));
  return <>{error === undefined ? children : instead}</>;
}

/** Give it the key of the screen. */
export function ScreenBoundary({ children }: Pick<BoundaryProps, 'children'>) {
  return <Boundary instead={<Failed />}>{children}</Boundary>;
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
