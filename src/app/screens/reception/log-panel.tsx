/**
 * Logging an arrival by two taps: the purpose, then 新規 or 再来. Companions, telephone and online are one tap away. Used on
 * the board and, for counting without a key, on the lock screen; what is done with the answer is its owner's affair. The
 * panel begins anew with the second tap: in a rush the next arrival's taps are never lost in the saving of the last.
 */
import { useRef, useState } from 'preact/hooks';
import type { CountInput } from '../../../device/types.ts';
import { codeLabel, codesOn } from '../../../domain/codes.ts';
import { createQueue } from '../../../device/queue.ts';
import { useTablet } from '../../state/context.ts';
import { Chips } from '../../ui/chips.tsx';
import './log-panel.css';

interface LogPanelProps {
  /** 新規 or 再来, whichever is likelier now. */
  readonly suggested: string;
  /** Asked one after the other. Resolves to true when the arrival is saved; else what was chosen comes back. */
  readonly onLog: (input: CountInput) => Promise<boolean>;
}

interface Choice {
  readonly purpose: string | undefined;
  readonly channel: string;
  readonly heads: number;
}

const nothing: Choice = { purpose: undefined, channel: 'inPerson', heads: 1 };

export function LogPanel({ suggested, onLog }: LogPanelProps) {
  const [choice, setChoice] = useState<Choice>(nothing);
  const [hint, setHint] = useState('');
  const [inTurn] = useState(createQueue);
  const { purpose, channel, heads } = choice;
  const log = async (visitKind: string) => {
    if (purpose === undefined) return setHint('先に用件を押してください。');
    setChoice(nothing);
    setHint('');
    const isSaved = await inTurn(() => onLog({ purposes: [purpose], visitKind, channel, heads }));
    if (!isSaved) setChoice((now) => (now === nothing ? choice : now));
  };
  return (
    <div class="log-panel">
      <Purposes
        chosen={purpose}
        onChoose={(code) => {
          setHint('');
          setChoice({ ...choice, purpose: code });
        }}
      />
      <KindButtons suggested={suggested} isReady={purpose !== undefined} onPress={log} />
      <p class="log-hint" role="status">
        {hint ||
          (purpose === undefined
            ? '用件、新規（はじめて）か再来、の順に押します。'
            : 'つぎに、新規（はじめて）か再来を押してください。')}
      </p>
      <Details
        channel={channel}
        setChannel={(code) => setChoice({ ...choice, channel: code })}
        heads={heads}
        setHeads={(number) => setChoice({ ...choice, heads: number })}
      />
    </div>
  );
}

interface PurposesProps {
  readonly chosen: string | undefined;
  readonly onChoose: (code: string) => void;
}

/** One stop of the Tab key, arrows inside, as radio buttons are; a tap is the same as ever. */
function Purposes({ chosen, onChoose }: PurposesProps) {
  const codes = codesOn('purpose', useTablet().today()).map((row) => row.code);
  const group = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = arrows[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = codes.indexOf(chosen ?? codes[0] ?? '');
    const next = codes.at((from + step) % codes.length);
    if (next === undefined) return;
    onChoose(next);
    group.current?.querySelectorAll('button')[codes.indexOf(next)]?.focus();
  };
  return (
    <div ref={group} class="purposes" role="radiogroup" aria-label="用件" onKeyDown={move}>
      {codes.map((code) => (
        <button
          key={code}
          type="button"
          role="radio"
          class="purpose"
          aria-checked={chosen === code}
          tabIndex={code === (chosen ?? codes[0]) ? 0 : -1}
          onClick={() => onChoose(code)}
        >
          {codeLabel('purpose', code)}
        </button>
      ))}
    </div>
  );
}

const arrows: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

interface KindButtonsProps {
  readonly suggested: string;
  readonly isReady: boolean;
  readonly onPress: (visitKind: string) => Promise<void>;
}

function KindButtons({ suggested, isReady, onPress }: KindButtonsProps) {
  const today = useTablet().today();
  return (
    <div class="log-kinds">
      {codesOn('visitKind', today).map((row) => (
        <button
          key={row.code}
          type="button"
          class={`log-kind${isReady ? ' is-ready' : ''}${row.code === suggested ? ' is-suggested' : ''}`}
          onClick={() => void onPress(row.code)}
        >
          {row.label}
        </button>
      ))}
    </div>
  );
}

interface DetailsProps {
  readonly channel: string;
  readonly setChannel: (code: string) => void;
  readonly heads: number;
  readonly setHeads: (heads: number) => void;
}

const mostHeads = 20;

function Details({ channel, setChannel, heads, setHeads }: DetailsProps) {
  const today = useTablet().today();
  return (
    <div class="log-details">
      <Chips
        label="方法"
        options={codesOn('channel', today)}
        value={channel}
        onChange={setChannel}
      />
      <fieldset>
        <legend class="label">人数</legend>
        <div class="stepper">
          <button
            type="button"
            class="step"
            aria-label="人数を1人へらす"
            onClick={() => setHeads(Math.max(1, heads - 1))}
          >
            −
          </button>
          <output class="log-heads" aria-label="人数">
            <span class="number">{heads}</span>
            <span class="unit">人</span>
          </output>
          <button
            type="button"
            class="step"
            aria-label="人数を1人ふやす"
            onClick={() => setHeads(Math.min(mostHeads, heads + 1))}
          >
            ＋
          </button>
        </div>
      </fieldset>
    </div>
  );
}
