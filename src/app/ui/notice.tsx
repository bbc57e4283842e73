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
  readonly children?: ComponentChildren;
}

const icons: Readonly<Record<Tone, IconName>> = {
  plain: 'info',
  accent: 'info',
  good: 'check',
  warning: 'warning',
  danger: 'warning',
};

export function Notice({ tone = 'plain', title, children }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'danger' ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <div class="notice-body">
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}

/** What happened, what is safe, what to press. */
export function ProblemNotice({ problem }: { readonly problem: Problem | undefined }) {
  if (!problem) return null;
  const { what, safe, press } = problemText(problem, kindLabel);
  return (
    <Notice tone="danger" title={what}>
      <p>{safe}</p>
      <p>{press}</p>
    </Notice>
  );
}
