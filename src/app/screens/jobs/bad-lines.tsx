/** The lines of a file that cannot be taken, by number and reason; the rest of a long list is counted. */
import type { BadLine } from '../../../domain/import/table.ts';
import { Notice } from '../../ui/notice.tsx';

const most = 100;

export function BadLines({ lines }: { readonly lines: readonly BadLine[] }) {
  if (lines.length === 0) return null;
  return (
    <Notice
      tone="warning"
      title={`読めない行が${lines.length}行あります。この行は取りこみません。`}
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
