/** The lines of a file that cannot be taken, by number and reason; the rest of a long list is counted. */
import type { BadLine } from '../../../domain/import/table.ts';
import { Notice } from '../../ui/notice.tsx';

const most = 100;

interface BadLinesProps {
  readonly lines: readonly BadLine[];
  /** After the import: what was not taken. */
  readonly isDone?: boolean | undefined;
}

export function BadLines({ lines, isDone = false }: BadLinesProps) {
  if (lines.length === 0) return null;
  return (
    <Notice
      tone="warning"
      title={
        isDone
          ? `読めない${lines.length}行は、取りこみませんでした。`
          : `読めない行が${lines.length}行あります。この行は取りこみません。`
      }
    >
      <ol class="bad-lines">
        {lines.slice(0, most).map(({ line, reason }) => (
          <li key={`${line} ${reason}`}>
            <span class="number">{line}行目</span>　{reason}
          </li>
        ))}
      </ol>
      {lines.length > most && <p>ほかに{lines.length - most}行あります。</p>}
    </Notice>
  );
}
