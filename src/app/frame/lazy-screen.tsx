/**
 * Screens that load when they are first opened. They are precached, so that this works offline too; where a file is
 * nevertheless missing the screen says so and offers to try again, and the rest of the app stays.
 */
import type { ComponentType, FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

type Load = () => Promise<ComponentType>;

export type LazyScreen = FunctionComponent & {
  /** Loads ahead, so that the screen is there when it is wanted. */
  readonly prepare: () => Promise<void>;
};

export function lazy(load: Load): LazyScreen {
  let loaded: ComponentType | undefined;
  const prepare = async () => {
    loaded ??= await load();
  };
  const LazyScreen = function LazyScreen() {
    const [Screen, setScreen] = useState<ComponentType | undefined>(() => loaded);
    const [hasFailed, setFailed] = useState(false);
    const start = () => {
      setFailed(false);
      prepare().then(
        () => setScreen(() => loaded),
        () => setFailed(true),
      );
    };
    useEffect(() => {
      if (!loaded) start();
    }, []);
    if (hasFailed) return <LoadProblem retry={start} />;
    return Screen ? <Screen /> : <p class="visually-hidden">読み込んでいます</p>;
  };
  return Object.assign(LazyScreen, { prepare });
}

function LoadProblem({ retry }: { readonly retry: () => void }) {
  return (
    <section class="screen">
      <Notice tone="danger" title="この画面を読み込めませんでした。">
        <p>記録は安全です。</p>
        <Button onPress={retry}>もう一度読み込む</Button>
      </Notice>
    </section>
  );
}
