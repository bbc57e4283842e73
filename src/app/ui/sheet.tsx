/**
 * A wide sheet over the screen, for forms: the person's header stays pinned, the primary action sits bottom right. It is
 * a real <dialog>, so that focus stays inside and comes back; Escape closes it. No sheet opens on a sheet.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface SheetProps {
  readonly title: string;
  readonly header?: ComponentChildren;
  readonly onClose: () => void;
  readonly actions?: ComponentChildren;
  readonly size?: 'wide' | 'narrow' | undefined;
  readonly children: ComponentChildren;
}

export function Sheet({ title, header, onClose, actions, size = 'wide', children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`sheet sheet-${size}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header class="sheet-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" class="icon-button" onClick={onClose}>
          <Icon name="close" />
          <span>とじる</span>
        </button>
      </header>
      {header && <div class="sheet-pinned">{header}</div>}
      <div class="sheet-body">{children}</div>
      {actions && <footer class="sheet-actions">{actions}</footer>}
    </dialog>
  );
}
