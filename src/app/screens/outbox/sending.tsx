/** Asking for a push and a pull, and what is said where there is no line: else the page looks as if nobody had pressed. */
import { useState } from 'preact/hooks';
import { offlineWords } from '../../logic/outbox-words.ts';
import { useTablet } from '../../state/context.ts';
import './outbox.css';

export interface Sending {
  readonly send: () => Promise<void>;
  /** Empty as long as there is nothing to say; gone when the line is back. */
  readonly said: string;
}

export function useSending(): Sending {
  const tablet = useTablet();
  const [isTried, setTried] = useState(false);
  const state = tablet.sync.value;
  const send = async () => {
    // Said anew, or nobody who listens hears it a second time.
    setTried(false);
    await tablet.syncNow();
    setTried(true);
  };
  return { send, said: isTried && state.online === false ? offlineWords(state) : '' };
}

export function Said({ words }: { readonly words: string }) {
  return (
    <p class="send-said" role="status" aria-label="送信の結果">
      {words}
    </p>
  );
}
