/**
 * 準備チェック: one sentence at the top, then a line per thing that a day offline needs; what is not green says what to
 * press. The same behind the lock and on it: nothing personal is anywhere in it.
 */
import type { Result } from '../../../domain/problem.ts';
import { ok } from '../../../domain/problem.ts';
import { release } from '../../../sync/release.ts';
import {
  readyOf,
  type Readiness,
  type ReadyAct,
  type ReadyLine,
  type ReadyState,
} from '../../logic/ready.ts';
import { useTablet } from '../../state/context.ts';
import { pendingUpdate } from '../../state/update-ready.ts';
import { Button } from '../../ui/button.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { useAsked } from './use-asked.ts';
import './ready.css';

export function ReadyCheck() {
  const tablet = useTablet();
  const asked = useAsked(() => facts(tablet), 'ready');
  const staff = tablet.enrolment.value?.staff ?? [];
  const nameOf = (id: string) => staff.find((one) => one.id === id)?.name ?? '';
  const ready = asked.answer && readyOf(asked.answer, { nameOf, release });
  const act = async (what: ReadyAct) => {
    if (what === 'send') await tablet.syncNow();
    if (what === 'update') await pendingUpdate.peek()?.();
    await asked.again();
  };
  return (
    <div class="ready">
      <ProblemNotice problem={asked.problem} />
      {ready && (
        <p class={`ready-answer ready-${ready.tone}`} role="status">
          <span>きょう・明日、つながらない場所で使えますか</span>
          <strong>
            <Icon name={ready.tone === 'good' ? 'check' : 'warning'} />
            {ready.sentence}
          </strong>
        </p>
      )}
      {!ready && !asked.problem && <p role="status">しらべています。</p>}
      <ul class="list" aria-label="準備チェック">
        {ready?.lines.map((line) => (
          <Line key={line.key} line={line} busy={asked.busy} onAct={act} />
        ))}
      </ul>
      <p class="ready-again">
        {asked.answer && (
          <span class="quiet">
            <TimeText at={asked.answer.now} />
            にしらべました。
          </span>
        )}
        <Button busy={asked.busy} onPress={asked.again}>
          もう一度しらべる
        </Button>
      </p>
    </div>
  );
}

async function facts(tablet: ReturnType<typeof useTablet>): Promise<Result<Readiness>> {
  const [found, storage, isAppKept] = await Promise.all([
    tablet.readiness(),
    tablet.storage(),
    isAppInstalled(),
  ]);
  return found.ok ? ok({ ...found.value, storage, isAppKept }) : found;
}

/** A worker becomes active only when it has stored every file of the app. */
async function isAppInstalled(): Promise<boolean | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  return Boolean(registration?.active);
}

const icons: Readonly<Record<ReadyState, IconName>> = {
  good: 'check',
  care: 'warning',
  bad: 'warning',
  unknown: 'info',
};
const stateWords: Readonly<Record<ReadyState, string>> = {
  good: 'よい',
  care: '注意',
  bad: '直してください',
  unknown: '不明',
};
const actWords: Readonly<Partial<Record<ReadyAct, string>>> = {
  send: 'いま送る',
  update: '更新する',
};

interface LineProps {
  readonly line: ReadyLine;
  readonly busy: boolean;
  readonly onAct: (act: ReadyAct) => Promise<void>;
}

function Line({ line, busy, onAct }: LineProps) {
  const { state, title, found, press, act } = line;
  const words = act && actWords[act];
  const isOffered = words !== undefined && (act !== 'update' || pendingUpdate.value !== undefined);
  return (
    <li class={`row-item ready-line ready-${state}`}>
      <div class="row">
        <span class="ready-state">
          <Icon name={icons[state]} />
          {stateWords[state]}
        </span>
        <span class="row-main">
          <span class="row-title">{title}</span>
          <span class="ready-found">{found}</span>
          {press && <span class="ready-press">→ {press}</span>}
        </span>
        {act && isOffered && (
          <Button kind="primary" busy={busy} onPress={() => onAct(act)}>
            {words}
          </Button>
        )}
      </div>
    </li>
  );
}
