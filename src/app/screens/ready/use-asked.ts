/** A question to the tablet that is asked when the screen opens, and again on demand; the last answer stays meanwhile. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Problem, Result } from '../../../domain/problem.ts';

export interface Asked<T> {
  readonly answer: T | undefined;
  readonly problem: Problem | undefined;
  readonly busy: boolean;
  readonly again: () => Promise<void>;
}

/** `about` names the question: another one drops the answer. */
export function useAsked<T>(question: () => Promise<Result<T>>, about: string): Asked<T> {
  const [held, setHeld] = useState<{ readonly about: string; readonly result: Result<T> }>();
  const [busy, setBusy] = useState(true);
  const latest = useRef(0);
  const again = useCallback(async () => {
    const turn = ++latest.current;
    setBusy(true);
    const result = await question();
    // An answer that comes after a newer question is no answer to it.
    if (turn !== latest.current) return;
    setHeld({ about, result });
    setBusy(false);
  }, [about]);
  useEffect(() => {
    void again();
    return () => {
      latest.current += 1;
    };
  }, [again]);
  const result = held?.about === about ? held.result : undefined;
  return {
    answer: result?.ok ? result.value : undefined,
    problem: result && !result.ok ? result.problem : undefined,
    busy,
    again,
  };
}
