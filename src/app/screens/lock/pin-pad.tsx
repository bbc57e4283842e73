/** PIN of six to eight digits, by pad or keys. A wrong one waits, counted down; the count is kept by the tablet. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { StaffOption } from '../../../device/types.ts';
import type { Problem } from '../../../domain/problem.ts';
import { sayWhenSlow } from '../../form/slow.ts';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { appendDigit, isPin, mostDigits, needsPassword, pinDigits } from './pin.ts';

interface PinPadProps {
  readonly staff: StaffOption;
  readonly onBack: () => void;
  readonly onPassword: () => void;
}

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

export function PinPad({ staff, onBack, onPassword }: PinPadProps) {
  const [pin, setPin] = useState('');
  const { unlock, wait, busy, isSlow, problem } = useUnlock(staff.id, () => setPin(''));
  const field = useRef<HTMLInputElement>(null);
  // Before the next key arrives.
  useLayoutEffect(() => field.current?.focus(), []);
  const press = (digit: string) => {
    setPin(appendDigit(pin, digit));
    field.current?.focus();
  };
  return (
    <form
      class="pin"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock(pin);
      }}
    >
      <p class="pin-who">
        <strong>{staff.name}</strong>
        <Button kind="plain" onPress={onBack}>
          ほかの人
        </Button>
      </p>
      <label class="label" for="pin">
        暗証番号（6〜8けた）
      </label>
      <input
        id="pin"
        ref={field}
        class="input pin-input"
        type="password"
        inputMode="none"
        autocomplete="off"
        maxLength={mostDigits}
        value={pin}
        onInput={(event) => setPin(pinDigits(event.currentTarget.value))}
      />
      <Keys press={press} drop={() => setPin(pin.slice(0, -1))} busy={busy} />
      <p class="pin-words" role="status">
        {isSlow
          ? 'まだひらけません。このままお待ちください。続くときは、アプリを開きなおしてください。'
          : pinWords(pin, wait, busy)}
      </p>
      <ProblemNotice problem={problem} />
      {problem && needsPassword(problem) && (
        <Button kind="primary" size="large" onPress={onPassword}>
          パスワードで入りなおす
        </Button>
      )}
    </form>
  );
}

interface KeysProps {
  readonly press: (digit: string) => void;
  readonly drop: () => void;
  readonly busy: boolean;
}

function Keys({ press, drop, busy }: KeysProps) {
  return (
    <div class="pin-keys">
      {keys.map((digit) => (
        <button key={digit} type="button" class="pin-key" onClick={() => press(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" class="pin-key" aria-label="1けた消す" onClick={drop}>
        消す
      </button>
      <button type="button" class="pin-key" onClick={() => press('0')}>
        0
      </button>
      <button type="submit" class="pin-key pin-open" aria-busy={busy || undefined}>
        ひらく
      </button>
    </div>
  );
}

function pinWords(pin: string, wait: number, busy: boolean): string {
  if (busy) return 'ひらいています…';
  if (wait > 0) return `あと${wait}秒待ってください。`;
  return pin.length > 0 && !isPin(pin) ? `いま${pin.length}けた（6けたから）` : '';
}

function useUnlock(staff: string, onWrong: () => void) {
  const tablet = useTablet();
  const [busy, setBusy] = useState(false);
  const [isSlow, setSlow] = useState(false);
  const [wait, setWait] = useState(0);
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    void tablet.pinWait(staff).then(setWait);
  }, [staff]);
  useEffect(() => {
    if (wait <= 0) return undefined;
    const timer = setTimeout(() => setWait(wait - 1), 1_000);
    return () => clearTimeout(timer);
  }, [wait]);
  const unlock = async (pin: string) => {
    if (busy || wait > 0 || !isPin(pin)) return;
    setBusy(true);
    setProblem(undefined);
    const unlocking = tablet.unlock(staff, pin).finally(() => {
      setBusy(false);
      setSlow(false);
    });
    const result = await sayWhenSlow(unlocking, () => setSlow(true));
    if (result.ok) return;
    onWrong();
    setProblem(result.problem);
    setWait(await tablet.pinWait(staff));
  };
  return { unlock, wait, busy, isSlow, problem };
}
