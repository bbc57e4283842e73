/**
 * Short messages at the top that go by themselves, and when somebody goes to search there; one that can be undone stays ten
 * seconds. Only the newest is shown: at the foot, in a rush, they lay over the buttons that the next arrival needs.
 */
import { signal } from '@preact/signals';
import { Icon } from './icon.tsx';
import { useOnTop } from './on-top.ts';

interface Toast {
  readonly id: number;
  readonly message: string;
  readonly undo: (() => unknown) | undefined;
}

interface ToastOptions {
  readonly undo?: (() => unknown) | undefined;
  readonly seconds?: number | undefined;
}

const shown = signal<readonly Toast[]>([]);
let last = 0;

export function toast(message: string, options: ToastOptions = {}): void {
  const { undo, seconds = undo ? 10 : 5 } = options;
  last += 1;
  const id = last;
  shown.value = [{ id, message, undo }];
  setTimeout(() => drop(id), seconds * 1000);
}

export function dropToasts(): void {
  shown.value = [];
}

function drop(id: number): void {
  shown.value = shown.value.filter((item) => item.id !== id);
}

export function Toasts() {
  const place = useOnTop<HTMLDivElement>(shown.value);
  return (
    <div ref={place} class="toasts" role="status" aria-live="polite">
      {shown.value.map((item) => (
        <div key={item.id} class="toast">
          <Icon name="check" />
          <span>{item.message}</span>
          {item.undo && (
            <button
              type="button"
              class="toast-undo"
              onClick={() => {
                drop(item.id);
                void item.undo?.();
              }}
            >
              取り消す
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
