/** Chooses a file of ours and reads it: a real file input behind a button's look, so that keyboard and screen reader work. */
import { useId } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import { maxFileLength } from '../../../sync/container.ts';

export interface Chosen {
  readonly name: string;
  readonly text: string;
}

interface FileChoiceProps {
  readonly label: string;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onProblem: (problem: Problem | undefined) => void;
}

export function FileChoice({ label, onChoose, onProblem }: FileChoiceProps) {
  const id = useId();
  const read = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    // The same file may be chosen again after a refusal.
    input.value = '';
    onProblem(undefined);
    if (file.size > maxFileLength)
      return onProblem({ code: 'wrongContainer', reason: 'このファイルは大きすぎます。' });
    const text = await file.text().catch(() => undefined);
    if (text === undefined)
      return onProblem({ code: 'wrongContainer', reason: 'ファイルを読めませんでした。' });
    onChoose({ name: file.name, text });
  };
  return (
    <span class="file-choice">
      <input
        id={id}
        class="visually-hidden"
        type="file"
        onChange={(event) => void read(event.currentTarget)}
      />
      <label for={id} class="button button-secondary button-medium">
        {label}
      </label>
    </span>
  );
}
