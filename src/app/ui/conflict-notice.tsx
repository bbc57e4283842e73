/**
 * On the page of a record: a calm word that two values are open, and the choice itself. Nothing of it is loaded, or drawn,
 * where there is nothing to choose.
 */
import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { conflictsField } from '../../domain/conflict.ts';
import type { Rec, Ref } from '../../domain/record.ts';

type Choices = FunctionComponent<{ readonly of: Ref }>;

export function isOpen({ parts }: Rec): boolean {
  return Object.values(parts).some((part) => conflictsField in part);
}

export function ConflictNotice({ records }: { readonly records: readonly Rec[] }) {
  const open = records.filter(isOpen);
  const [Choices, setChoices] = useState<Choices>();
  const isNeeded = open.length > 0;
  useEffect(() => {
    if (!isNeeded) return;
    const load = () => import('../screens/conflicts/conflict-choices.tsx');
    // Missing on this tablet, it is still in 未送信・要確認 and on the next opening.
    load().then(
      (loaded) => setChoices(() => loaded.ConflictChoices),
      () => undefined,
    );
  }, [isNeeded]);
  if (!isNeeded || !Choices) return null;
  return (
    <section class="section" aria-label="どちらかに決める">
      <p>
        <strong>同じ項目に、二つの値があります。</strong>
        どちらも残してあります。正しいほうを選んでください。
      </p>
      {open.map(({ kind, id }) => (
        <Choices key={`${kind}/${id}`} of={{ kind, id }} />
      ))}
    </section>
  );
}
