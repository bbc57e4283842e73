/** On a person's page: that a consultation with her has been begun and not saved. */
import type { Rec } from '../../../domain/record.ts';
import { useBegunTalks } from '../../state/begun-talks.ts';
import { Notice } from '../../ui/notice.tsx';

export function BegunTalk({ seeker }: { readonly seeker: Rec }) {
  if (!useBegunTalks().includes(seeker.id)) return null;
  return (
    <Notice tone="accent" title="この方の相談の記録が、書きかけのままです。">
      <p>まだ保存していません。「相談を記録」を押すと、続きを書けます。</p>
    </Notice>
  );
}
