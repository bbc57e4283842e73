/**
 * Short messages that go by themselves, and when somebody goes to search; one that can be undone stays ten seconds. Only the
 * newest is shown, in a place kept for it beside what is needed: in the top bar, in the head of an open sheet (what is
 * behind a sheet cannot be pressed). At the foot, in a rush, they lay over the buttons that the next arrival needs; at the
 * top over the name of the counter.
 */
import { signal } from '@preact/signals';
import { useId, useLayoutEffect } from 'preact/hooks';
import { Icon } from './icon.tsx';

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
/** Places on the page, the one on top last. */
const places = signal<readonly string[]>([]);
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

/** Where there is no such place: the lock screen, a new tablet. */
export function Toasts() {
  return <Region isShown={places.value.length === 0} place="toasts-loose" />;
}

export function ToastPlace() {
  const id = useId();
  useLayoutEffect(() => {
    places.value = [...places.peek(), id];
    return () => {
      places.value = places.peek().filter((one) => one !== id);
    };
  }, [id]);
  return <Region isShown={places.value.at(-1) === id} place="toasts-in-place" />;
}

/** There before its first message: else a screen reader says nothing. */
function Region({ isShown, place }: { readonly isShown: boolean; readonly place: string }) {
  return (
    <div class={`toasts ${place}`} role="status" aria-live="polite">
      {isShown && shown.value.map((item) => <One key={item.id} item={item} />)}
    </div>
  );
}

function One({ item }: { readonly item: Toast }) {
  const undo = () => {
    drop(item.id);
    void item.undo?.();
  };
  return (
    <div class="toast">
      <Icon name="check" />
      <span>{item.message}</span>
      {item.undo && (
        <button type="button" class="toast-undo" onClick={undo}>
          取り消す
        </button>
      )}
    </div>
  );
}
