/** Asking for a push and a pull, and what is said after it: else the page looks as if nobody had pressed. */
import { useState } from 'preact/hooks';
import type { SyncState } from '../../../device/types.ts';
import { offlineWords, sentWords } from '../../logic/outbox-words.ts';
import { useTablet } from '../../state/context.ts';
import './outbox.css';

export interface Sending {
  readonly send: () => Promise<void>;
  /** Empty as long as there is nothing to say; that there is no line is gone when it is back. */
  readonly said: string;
}

export function useSending(): Sending {
  const tablet = useTablet();
  const [tried, setTried] = useState<Tried>();
  const state = tablet.sync.value;
  const send = async () => {
    // Said anew, or nobody who listens hears it a second time.
    setTried(undefined);
    await tablet.syncNow();
    setTried(tablet.sync.peek().online === false ? 'offline' : 'online');
  };
  return { send, said: saidOf(tried, state) };
}

type Tried = 'offline' | 'online' | undefined;

/** True as long as it stands there: what is entered or met later takes it away. */
function saidOf(tried: Tried, state: SyncState): string {
  if (state.online === false) return tried ? offlineWords(state) : '';
  return tried === 'online' && state.pending === 0 && !state.problem ? sentWords : '';
}

export function Said({ words }: { readonly words: string }) {
  return (
    <p class="send-said" role="status" aria-label="送信の結果">
      {words}
    </p>
  );
}
