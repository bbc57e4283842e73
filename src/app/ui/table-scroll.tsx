/** A table wider than a narrow screen: it scrolls by itself, by keyboard too, and the page does not. */
import type { ComponentChildren } from 'preact';

interface TableScrollProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

export function TableScroll({ label, children }: TableScrollProps) {
  return (
    <div class="table-scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
