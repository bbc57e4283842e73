/** Chooses a file: a real file input behind a button's look, so that keyboard and screen reader work. */
import { useId } from 'preact/hooks';

interface FileButtonProps {
  readonly label: string;
  readonly accept?: string | undefined;
  readonly onFile: (file: File) => void;
}

export function FileButton({ label, accept, onFile }: FileButtonProps) {
  const id = useId();
  const take = (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    // The same file may be chosen again after a refusal.
    input.value = '';
    onFile(file);
  };
  return (
    <span class="file-choice">
      <input
        id={id}
        class="visually-hidden"
        type="file"
        accept={accept}
        onChange={(event) => take(event.currentTarget)}
      />
      <label for={id} class="button button-secondary button-medium">
        {label}
      </label>
    </span>
  );
}
