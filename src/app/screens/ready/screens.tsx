/** 準備チェック and きょうの照合 as screens behind the lock, and in place of the names on the lock screen. */
import { useEffect, useRef } from 'preact/hooks';
import { back } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { DayProof } from './day-proof.tsx';
import { ReadyCheck } from './ready-check.tsx';
import { RescueExport } from '../rescue/rescue-export.tsx';
import { showing } from './showing.ts';

export function Ready() {
  return (
    <section class="screen" aria-label="準備チェック">
      <header class="screen-head">
        <h1>準備チェック</h1>
        <Back />
      </header>
      <ReadyCheck />
    </section>
  );
}

/** To where the button was pressed. */
function Back() {
  return (
    <div class="buttons">
      <Button onPress={() => back()}>もどる</Button>
    </div>
  );
}

export function Proof() {
  return (
    <section class="screen" aria-label="きょうの照合">
      <header class="screen-head">
        <h1>きょうの照合</h1>
        <Back />
      </header>
      <DayProof />
    </section>
  );
}

const checks = {
  ready: ['準備チェック', ReadyCheck],
  proof: ['きょうの照合', DayProof],
  rescue: ['未送信の記録を書き出す', RescueExport],
} as const;

export function LockChecks() {
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.focus(), []);
  const shown = showing.value;
  const [title, Check] = checks[shown === undefined || shown === 'survey' ? 'ready' : shown];
  return (
    <section class="lock-pane lock-check" aria-label={title} tabIndex={-1} ref={place}>
      <header class="section-head">
        <h2>{title}</h2>
        <Button onPress={() => (showing.value = undefined)}>名前の画面にもどる</Button>
      </header>
      <Check />
    </section>
  );
}
