/**
 * 職員の登録: once per member of staff and tablet, online, by password; she sets the PIN that opens the tablet from then
 * on. The same form renews a store whose PIN is blocked or whose lease has run out.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { pinDigits, weakness } from '../lock/pin.ts';
import { askArea } from './area.ts';
import { signingIn, type SigningIn } from './signing-in.ts';
import './enrol.css';

export function SignIn() {
  const who = signingIn.value;
  return who ? <SignInForm key={who.staff.id} who={who} /> : null;
}

function SignInForm({ who }: { readonly who: SigningIn }) {
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [own, setOwn] = useState('');
  const [hint, setHint] = useState('');
  const { enrol, busy, problem } = useEnrolStaff(who.staff.id);
  const isDemo = useDemoPassword(who.staff.id, setPassword);
  const submit = () => {
    const found =
      password === '' ? 'パスワードを入れてください。' : (weakness(pin) ?? differs(pin, again));
    setHint(found ?? '');
    if (found === undefined) void enrol(password, pin, isStart ? own : undefined);
  };
  const isStart = useStart(problem);
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p class="pin-who">
        <strong>{who.staff.name}</strong>
        <Button kind="plain" onPress={() => (signingIn.value = undefined)}>
          もどる
        </Button>
      </p>
      <p>
        {who.isRenewal
          ? 'パスワードで入りなおし、新しい暗証番号を決めます。'
          : 'はじめての端末では、パスワードで入り、この端末の暗証番号を決めます。次からは暗証番号だけでひらけます。'}
        通信できる場所で行ってください。
      </p>
      {who.staff.isStopped && <Stopped />}
      <Secret label="パスワード" value={password} onInput={setPassword} />
      {isDemo && <p class="demo-note">体験用のパスワードを入れてあります。</p>}
      {isStart && (
        <Secret label="ご自分の新しいパスワード（15文字以上）" value={own} onInput={setOwn} />
      )}
      <Secret label="暗証番号（6〜8けたの数字）" digits value={pin} onInput={setPin} />
      <Secret label="暗証番号（もう一度）" digits value={again} onInput={setAgain} />
      {hint && (
        <p class="field-problem" role="alert">
          {hint}
        </p>
      )}
      <ProblemNotice problem={problem} />
      <Button type="submit" kind="primary" size="large" busy={busy}>
        {busy ? '確かめています…' : '登録してひらく'}
      </Button>
    </form>
  );
}

function Stopped() {
  return (
    <Notice tone="warning" title="この端末でのあなたの利用は、止められています。">
      <p>
        書いた記録は消えていません。届いた分はサーバーにあり、止めたあとに届いた分は預かっています。退任や異動の登録でも止まります。わけは責任者に確かめてください。
      </p>
    </Notice>
  );
}

/** Asked from the server's first word on until the form is gone. */
function useStart(problem: Problem | undefined): boolean {
  const [isStart, setStart] = useState(false);
  useEffect(() => {
    if (problem?.code === 'startPassword') setStart(true);
  }, [problem]);
  return isStart;
}

const differs = (pin: string, again: string) =>
  pin === again ? undefined : '二つの暗証番号が同じではありません。';

interface SecretProps {
  readonly label: string;
  readonly value: string;
  readonly digits?: true;
  readonly onInput: (value: string) => void;
}

function Secret({ label, value, digits, onInput }: SecretProps) {
  return (
    <label class="field">
      <span class="label">{label}</span>
      <input
        class="input"
        type="password"
        autocomplete="off"
        inputMode={digits ? 'numeric' : undefined}
        value={value}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          onInput(digits ? pinDigits(typed) : typed);
        }}
      />
    </label>
  );
}

function useEnrolStaff(staff: string) {
  const tablet = useTablet();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const enrol = async (password: string, pin: string, newPassword?: string) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    const input = { staff, password, pin, ...(newPassword === undefined ? {} : { newPassword }) };
    const result = await tablet.enrolStaff(input).finally(() => setBusy(false));
    if (result.ok) signingIn.value = undefined;
    else setProblem(result.problem);
  };
  return { enrol, busy, problem };
}

/** In demo mode the server tells the passwords of its fictional staff. */
function useDemoPassword(staff: string, fill: (password: string) => void): boolean {
  const [isDemo, setDemo] = useState(false);
  useEffect(() => {
    void askArea().then((area) => {
      const found = area?.demoStaff?.find(({ id }) => id === staff);
      if (!found) return;
      fill(found.password);
      setDemo(true);
    });
  }, [staff]);
  return isDemo;
}
