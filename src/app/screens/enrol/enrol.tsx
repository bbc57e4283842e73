/** 端末登録: joins this tablet to a counter by a supervisor's code. Needs a connection, and says so. */
import { useEffect, useState } from 'preact/hooks';
import { jstTimeOfDay } from '../../../domain/date.ts';
import type { Spared } from '../../../device/types.ts';
import type { Problem } from '../../../domain/problem.ts';
import { digitsOnly } from '../../../domain/names.ts';
import { useNow, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { askArea, type Area } from './area.ts';
import './enrol.css';

export function Enrol() {
  const { admit, busy, problem } = useAdmit();
  const area = useArea();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [hint, setHint] = useState('');
  return (
    <main class="enrol">
      <form
        class="enrol-card"
        onSubmit={(event) => {
          event.preventDefault();
          if (code.trim() === '' || name.trim() === '')
            return setHint('端末コードと端末の名前を入れてください。');
          setHint('');
          return void admit(tidyCode(code), name.trim());
        }}
      >
        <h1>端末の登録</h1>
        <Cleared />
        <p>この端末を窓口に登録します。責任者が出した端末コードを入れてください。</p>
        <EnrolFields code={code} setCode={setCode} name={name} setName={setName} />
        {hint && <p class="field-problem">{hint}</p>}
        <ProblemNotice problem={problem} />
        {area === 'none' && (
          <Notice tone="warning" title="サーバーにつながりません。">
            <p>端末の登録には接続が必要です。登録したあとは、つながらなくても使えます。</p>
          </Notice>
        )}
        <Button type="submit" kind="primary" size="large" busy={busy}>
          登録する
        </Button>
      </form>
      {typeof area === 'object' && <Demo area={area} busy={busy} admit={admit} />}
    </main>
  );
}

/** The browser has thrown away what was here. What had not been sent lay in a second place, too, or is lost. */
function Cleared() {
  const { wasCleared, spared, sync } = useTablet();
  if (!wasCleared.value) return null;
  const { found = 0, left = 0, unreadable = 0 } = spared.value ?? {};
  const isSaved = found > 0 && left === 0 && unreadable === 0;
  return (
    <Notice tone={isSaved ? 'warning' : 'danger'} title="この端末にあった記録が見つかりません。">
      <p>
        前に窓口の端末として登録されていましたが、ブラウザーの保存場所が消えています。サーバーに届いた記録は残っています。
      </p>
      <p role="status">{spared.value && whatOfUnsent(spared.value, sync.value.online)}</p>
      <p>登録しなおす前に、責任者に知らせてください。</p>
    </Notice>
  );
}

function whatOfUnsent({ found, left, refused, unreadable }: Spared, isOnline?: boolean): string {
  const torn = unreadable > 0 ? `読めない控えが${unreadable}件あります。` : '';
  if (found === 0) return torn || 'この端末に、送っていない記録の控えはありません。';
  if (left > 0 && isOnline !== true)
    return `送っていない記録の控えが${left}件あります。つながると自動で送ります。${torn}`;
  if (left > 0)
    return `送っていない記録の控えが${left}件あります。サーバーがまだ受け取っていません。自動で送りなおします。${torn}`;
  const without = refused > 0 ? `うち${refused}件は反映されていません。責任者が確かめます。` : '';
  return `控えのあった記録${found}件は、サーバーに届きました。${without}${torn}`;
}

interface EnrolFieldsProps {
  readonly code: string;
  readonly setCode: (code: string) => void;
  readonly name: string;
  readonly setName: (name: string) => void;
}

function EnrolFields({ code, setCode, name, setName }: EnrolFieldsProps) {
  return (
    <>
      <label class="field">
        <span class="label">
          端末コード<span class="must">※必須</span>
        </span>
        <input
          class="input number"
          autocomplete="off"
          inputMode="numeric"
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span class="label">
          端末の名前<span class="must">※必須</span>
        </span>
        <input
          class="input"
          autocomplete="off"
          placeholder="例：白石 窓口1"
          maxLength={40}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
    </>
  );
}

/** Codes are written in groups of four; letters stay, so that longer forms may come. */
function tidyCode(typed: string): string {
  const plain = typed.normalize('NFKC').trim();
  return /^[\d\s-]+$/.test(plain) ? digitsOnly(plain) : plain;
}

function useArea(): Area | 'asking' | 'none' {
  const [area, setArea] = useState<Area | 'asking' | 'none'>('asking');
  const { online } = useTablet().sync.value;
  useEffect(() => {
    let isStale = typeof area === 'object';
    if (!isStale) void askArea().then((found) => isStale || setArea(found ?? 'none'));
    // Asked again when the server is there again; what was asked before it came says nothing any more.
    return () => void (isStale = true);
  }, [online]);
  return area;
}

function useAdmit() {
  const tablet = useTablet();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const admit = async (code: string, name: string) => {
    setBusy(true);
    setProblem(undefined);
    const result = await tablet.admit({ code, name }).finally(() => setBusy(false));
    if (!result.ok) setProblem(result.problem);
  };
  return { admit, busy, problem };
}

interface DemoProps {
  readonly area: Area;
  readonly busy: boolean;
  readonly admit: (code: string, name: string) => Promise<void>;
}

/** Named by the time, so that the tablets of one counter can be told apart. */
function Demo({ area, busy, admit }: DemoProps) {
  const now = useNow();
  if (!area.demoCodes || area.demoCodes.length === 0) return null;
  return (
    <section class="enrol-card demo-card" aria-label="体験用">
      <h2>
        <span class="demo-mark">体験用</span>窓口を選んで、すぐに試せます
      </h2>
      <p>架空の職員とデータだけの体験用サーバーです。実際の個人情報は入れないでください。</p>
      <div class="demo-choices">
        {area.demoCodes.map((one) => (
          <Button
            key={one.code}
            size="large"
            busy={busy}
            onPress={() => admit(one.code, `${one.name} 体験端末（${jstTimeOfDay(now)}登録）`)}
          >
            {one.name}
          </Button>
        ))}
      </div>
    </section>
  );
}
