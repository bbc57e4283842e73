/** What a press met: when it was tried, that it was refused again, and why. Each refusal is a new alert, so that it is read out. */
import type { ComponentChildren } from 'preact';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { problemText, type Problem } from '../../../domain/problem.ts';
import { whatWaits } from '../../logic/supervision.ts';
import { Notice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';

export interface Tried {
  readonly at: number;
  readonly times: number;
  /** undefined: it is said at the fields. */
  readonly problem: Problem | undefined;
}

interface RefusalProps {
  readonly problem: Problem | undefined;
  readonly tried: Tried | undefined;
  /** Whose entry it is, where it is a colleague's: hers does not lie on this tablet. */
  readonly author: string | undefined;
  /** What to press, where it is not what the problem says. */
  readonly press?: string | undefined;
  /** The same of what happened and what is safe. */
  readonly what?: string | undefined;
  readonly safe?: string | undefined;
  /** Who was there first, and why. */
  readonly children?: ComponentChildren;
}

export function Refusal({ problem, tried, author, press, what, safe, children }: RefusalProps) {
  if (!problem && !tried) return null;
  const words = problem && problemText(problem, kindLabel);
  const isHers = author !== undefined;
  return (
    <Notice
      key={tried?.times ?? 0}
      tone={isHers && !tried ? 'warning' : 'danger'}
      title={problem && (what ?? (isHers ? whatWaits(problem) : words?.what))}
      isAlert
    >
      {tried && <TriedWords {...tried} />}
      {children}
      {isHers ? tried && <p>{onServer}</p> : words && <p>{safe ?? words.safe}</p>}
      {(press ?? (isHers && !tried ? '' : words?.press)) && <p>{press ?? words?.press}</p>}
    </Notice>
  );
}

const onServer = '書いた職員の入力は、サーバーに残っています。';

function TriedWords({ at, times, problem }: Tried) {
  return (
    <>
      <p>
        <strong>
          いま（
          <TimeText at={at} />
          ）もう一度試しましたが、受け付けられませんでした。{times > 1 && `（${times}回目）`}
        </strong>
      </p>
      {!problem && <p>印のついた項目を直して、もう一度押してください。</p>}
    </>
  );
}
