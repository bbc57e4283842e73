/** Chooses one of our own files and reads it as text. */
import type { Problem } from '../../../domain/problem.ts';
import { maxFileLength } from '../../../sync/container.ts';
import { FileButton } from '../../ui/file-button.tsx';

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
  const read = async (file: File) => {
    onProblem(undefined);
    if (file.size > maxFileLength)
      return onProblem({ code: 'wrongContainer', reason: 'このファイルは大きすぎます。' });
    const text = await file.text().catch(() => undefined);
    if (text === undefined)
      return onProblem({ code: 'wrongContainer', reason: 'ファイルを読めませんでした。' });
    onChoose({ name: file.name, text });
  };
  return <FileButton label={label} onFile={(file) => void read(file)} />;
}
