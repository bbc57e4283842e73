/**
 * Opens a <dialog> as long as its component stands, and gives the focus back to where it was: in the same commit in which
 * the dialog leaves, so that no key pressed right after closing goes nowhere. Where that place has left the page meanwhile
 * (its row was done with), the screen takes the focus, not the page's very top.
 */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { sheetsOpened } from './on-top.ts';

export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  // Layout, not passive: Preact puts off a passive clean-up until after the next picture.
  useLayoutEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    sheetsOpened.value += 1;
    return () => {
      shown?.close();
      focusAgain(before);
    };
  }, []);
  return dialog;
}

function focusAgain(before: Element | null): void {
  const place = before?.isConnected ? before : document.querySelector('main');
  if (place instanceof HTMLElement) place.focus();
}
