/**
 * What is pressed once in a while, under one button: it lies over what stands below, and goes with a choice, a press beside
 * it or Escape. The focus returns to the button, so that a sheet opened from here gives it back there.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface MoreProps {
  readonly label: string;
  /** Buttons. */
  readonly children: ComponentChildren;
}

export function More({ label, children }: MoreProps) {
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const refocus = () => button.current?.focus();
  useEffect(() => (isOpen ? whenLeft(place.current, close, refocus) : undefined), [isOpen]);
  return (
    <div ref={place} class="more">
      <button
        ref={button}
        type="button"
        class="button button-plain"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </button>
      {isOpen && (
        // Refocused before the choice is heard: a sheet that it opens remembers where the focus was.
        <div
          class="more-list"
          role="group"
          aria-label={label}
          onClickCapture={refocus}
          onClick={close}
        >
          {children}
        </div>
      )}
    </div>
  );
}

function whenLeft(place: Element | null, close: () => void, refocus: () => void): () => void {
  const beside = ({ target }: Event) => {
    if (target instanceof Node && !place?.contains(target)) close();
  };
  const escape = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return;
    refocus();
    close();
  };
  document.addEventListener('pointerdown', beside);
  document.addEventListener('focusin', beside);
  document.addEventListener('keydown', escape);
  return () => {
    document.removeEventListener('pointerdown', beside);
    document.removeEventListener('focusin', beside);
    document.removeEventListener('keydown', escape);
  };
}
