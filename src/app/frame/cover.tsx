/** 画面を隠す: covers everything, open sheets too, until it is touched. It does not lock; 離席 does. */
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../ui/icon.tsx';

export function Cover({ onShow }: { readonly onShow: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="cover" aria-label="画面を隠しています" onCancel={onShow}>
      <button type="button" onClick={onShow}>
        <Icon name="cover" />
        <span>画面を隠しています。</span>
        <span>触れるともどります。</span>
      </button>
    </dialog>
  );
}
