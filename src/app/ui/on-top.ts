/**
 * Lifts an element above open sheets: a modal <dialog> lies in the top layer, where z-index does not reach. Without it the
 * warning before the lock was dimmed behind the form that it spoke of.
 */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** Counts sheets that were opened: what was above the last one is below the next. */
export const sheetsOpened = signal(0);

/** Raised anew whenever `change` changes, because what is raised last is on top. */
export function useOnTop<T extends HTMLElement>(change: unknown) {
  const element = useRef<T>(null);
  const sheets = sheetsOpened.value;
  useEffect(() => {
    const lifted = element.current;
    // Missing in Safari before 17: the element then stays where its z-index puts it.
    if (!lifted || !('showPopover' in lifted)) return;
    lifted.removeAttribute('popover');
    if (!document.querySelector('dialog[open]')) return;
    lifted.setAttribute('popover', 'manual');
    lifted.showPopover();
  }, [change, sheets]);
  return element;
}
