/**
 * Opens a <dialog> as long as its component stands, and gives the focus back to where it was. The browser's own return
 * fails here: Preact takes the dialog out of the page before the clean-up that would close it.
 */
import { useEffect, useRef } from 'preact/hooks';
import { sheetsOpened } from './on-top.ts';

export function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    sheetsOpened.value += 1;
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return dialog;
}
