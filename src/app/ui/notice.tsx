/** What must be noticed: a tag beside a row, a notice in the page. State is said by shape, word and colour together. */
import type { ComponentChildren } from 'preact';
import { kindLabel } from '../../domain/kind-labels.ts';
import { problemText, type Problem } from '../../domain/problem.ts';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'plain' | 'accent' | 'good' | 'warning' | 'danger';

export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  return <span class={`tag tag-${tone}`}>{children}</span>;
}

interface NoticeProps {
  readonly tone?: Tone | undefined;
  readonly title?: string | undefined;
  /** Read out at once; what is dangerous always is. */
  readonly isAlert?: boolean;
  readonly children?: ComponentChildren;
}

const icons: Readonly<Record<Tone, IconName>> = {
  plain: 'info',
  accent: 'info',
  good: 'check',
  warning: 'warning',
  danger: 'warning',
};

export function Notice({ tone = 'plain', title, isAlert = false, children }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'danger' || isAlert ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <div class="notice-body">
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** After a press that failed: what stands below the edge is not read, so the notice is brought into sight. */
export function showProblem(): void {
  setTimeout(() => {
    const top = document.querySelector('dialog[open] [role=alert]');
    (top ?? document.querySelector('[role=alert]'))?.scrollIntoView({ block: 'nearest' });
  }, 0);
}

/** These pass by themselves: nothing is wrong with what was entered, and red would say so. */
const passing: readonly Problem['code'][] = [
  'offline',
  'restoring',
  'serverOlder',
  'storageSlow',
  'tooLarge',
  'waitsFor',
];

/** What happened, what is safe, what to press. */
export function ProblemNotice({ problem }: { readonly problem: Problem | undefined }) {
  if (!problem) return null;
  const { what, safe, press } = problemText(problem, kindLabel);
  return (
    <Notice tone={passing.includes(problem.code) ? 'warning' : 'danger'} title={what} isAlert>
      <p>{safe}</p>
      <p>{press}</p>
    </Notice>
  );
}
