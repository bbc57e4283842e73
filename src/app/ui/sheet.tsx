/**
 * A wide sheet over the screen, for forms: the person's header stays pinned, the primary action sits bottom right. It is
 * a real <dialog>, so that focus stays inside and comes back; Escape closes it. No sheet opens on a sheet.
 */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { isCovered } from '../state/cover.ts';
import { Icon } from './icon.tsx';
import { ToastPlace } from './toast.tsx';
import { useModal } from './use-modal.ts';

interface SheetProps {
  readonly title: string;
  readonly header?: ComponentChildren;
  readonly onClose: () => void;
  readonly actions?: ComponentChildren;
  readonly size?: 'wide' | 'narrow' | undefined;
  readonly children: ComponentChildren;
}

export function Sheet({ title, header, onClose, actions, size = 'wide', children }: SheetProps) {
  const dialog = useModal();
  const titleId = useId();
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
        <ToastPlace />
        <div class="sheet-head-end">
          <button type="button" class="icon-button" onClick={() => (isCovered.value = true)}>
            <Icon name="cover" />
            <span>画面を隠す</span>
          </button>
          <button type="button" class="icon-button" onClick={onClose}>
            <Icon name="close" />
            <span>とじる</span>
          </button>
        </div>
      </header>
      {header && <div class="sheet-pinned">{header}</div>}
      <div class="sheet-body">{children}</div>
      {actions && <footer class="sheet-actions">{actions}</footer>}
    </dialog>
  );
}
