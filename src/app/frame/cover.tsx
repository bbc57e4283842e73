/** 画面を隠す: covers everything, open sheets too, until it is touched. It does not lock; 離席 does. */
import { Icon } from '../ui/icon.tsx';
import { useModal } from '../ui/use-modal.ts';

export function Cover({ onShow }: { readonly onShow: () => void }) {
  const dialog = useModal();
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
