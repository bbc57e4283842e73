/** Lists and detail, side by side where there is room; one row style for the whole app. */
import type { ComponentChildren } from 'preact';

interface SplitViewProps {
  readonly list: ComponentChildren;
  readonly detail?: ComponentChildren;
  /** Stands where the detail will be, as long as nothing is chosen. */
  readonly hint?: string | undefined;
  /** The wider side. */
  readonly wide?: 'list' | 'detail' | undefined;
}

/** Where there is no room for both, the detail takes the place of the list as soon as it is given. */
export function SplitView({ list, detail, hint, wide = 'detail' }: SplitViewProps) {
  const has = detail !== undefined && detail !== null && detail !== false;
  return (
    <div class={`split wide-${wide}${has ? ' has-detail' : ''}`}>
      <div class="split-list">{list}</div>
      <div class="split-detail">{has ? detail : hint && <p class="split-hint">{hint}</p>}</div>
    </div>
  );
}

interface ListProps {
  readonly label?: string | undefined;
  readonly children: ComponentChildren;
}

export function List({ label, children }: ListProps) {
  return (
    <ul class="list" aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  readonly lead?: ComponentChildren;
  readonly title: ComponentChildren;
  readonly sub?: ComponentChildren;
  readonly tags?: ComponentChildren;
  readonly aside?: ComponentChildren;
  readonly onPress?: (() => void) | undefined;
  readonly isSelected?: boolean | undefined;
  readonly tone?: 'plain' | 'faded' | undefined;
}

export function Row(props: RowProps) {
  const { onPress, isSelected = false, tone = 'plain' } = props;
  return (
    <li class={`row-item row-${tone}${isSelected ? ' is-selected' : ''}`}>
      {onPress ? (
        <button type="button" class="row" onClick={onPress} aria-current={isSelected || undefined}>
          <RowCells {...props} />
        </button>
      ) : (
        <div class="row">
          <RowCells {...props} />
        </div>
      )}
    </li>
  );
}

function RowCells({ lead, title, sub, tags, aside }: RowProps) {
  return (
    <>
      {lead !== undefined && <span class="row-lead">{lead}</span>}
      <span class="row-main">
        <span class="row-title">{title}</span>
        {sub !== undefined && <span class="row-sub">{sub}</span>}
      </span>
      {tags !== undefined && <span class="row-tags">{tags}</span>}
      {aside !== undefined && <span class="row-aside">{aside}</span>}
    </>
  );
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

interface SectionProps {
  readonly title: ComponentChildren;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A titled block of a screen. */
export function Section({ title, aside, children }: SectionProps) {
  return (
    <section class="section">
      <header class="section-head">
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
