/** Rows of a referral, label and words. */
import type { FactRow } from '../../logic/referral-rows.ts';

export function FactRows({ rows }: { readonly rows: readonly FactRow[] }) {
  return (
    <dl class="fact-rows">
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd class="pre">{row.text}</dd>
        </div>
      ))}
    </dl>
  );
}
