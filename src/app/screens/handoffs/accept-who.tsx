/** Beside every name of the own file that may be chosen: whom the sender means, and that the chosen one is called otherwise. */
import { partOf, type Rec } from '../../../domain/record.ts';
import { text, type Values } from '../../../domain/value.ts';
import { isBornOtherwise, isCalledOtherwise } from '../../logic/look-alikes.ts';
import { isGone } from '../../logic/handoff-boxes.ts';
import { offerPreview } from '../../logic/offer-preview.ts';
import { personCard } from '../../logic/person.ts';
import { useTablet } from '../../state/context.ts';
import { Notice } from '../../ui/notice.tsx';
import { NameWithKana } from '../../ui/text.tsx';

export function Who({ record }: { readonly record: Rec }) {
  const told = partOf(record, 'offer');
  const { name, kana } = offerPreview(told);
  const { age, birth } = personCard({ ...record, parts: { card: told } }, useTablet().today());
  return (
    <div class="accept-who">
      <span class="label">引き継がれる方</span>
      {name && <NameWithKana name={name} kana={kana ?? ''} />}
      {!name && noName(record)}
      {birth && <span>{`${age}　${birth}生`}</span>}
    </div>
  );
}

function noName(record: Rec): string {
  if (isGone(record)) return 'この引継ぎで伝えられた内容は、もうこの窓口に残っていません。';
  const slip = text(partOf(record, 'facts')['slip']);
  return slip ? `引継ぎ票 ${slip}（名前は伝えられていません）` : '名前は伝えられていません';
}

export function Otherwise({ offered, chosen }: { offered: Values; chosen: Rec | undefined }) {
  const card = partOf(chosen, 'card');
  const isCalled = chosen !== undefined && isCalledOtherwise(offered, card);
  const isBorn = isBornOtherwise(offered, card);
  if (!isCalled && !isBorn) return null;
  const what = [isCalled && '氏名', isBorn && '生年月日'].filter(Boolean).join('と');
  return (
    <Notice tone="warning" title={`引き継がれる方と、選んだ方の${what}が違います。`} isAlert>
      <p>同じ方か、ご本人に確かめてから受け入れてください。</p>
    </Notice>
  );
}
