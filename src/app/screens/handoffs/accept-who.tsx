/** Beside every name of the own file that may be chosen: whom the sender means, and that the chosen one is called otherwise. */
import { partOf, type Rec } from '../../../domain/record.ts';
import { text, type Values } from '../../../domain/value.ts';
import { isCalledOtherwise } from '../../logic/look-alikes.ts';
import { offerPreview } from '../../logic/offer-preview.ts';
import { personCard } from '../../logic/person.ts';
import { useTablet } from '../../state/context.ts';
import { Notice } from '../../ui/notice.tsx';
import { NameWithKana } from '../../ui/text.tsx';

export function Who({ record }: { readonly record: Rec }) {
  const told = partOf(record, 'offer');
  const { name, kana } = offerPreview(told);
  const slip = text(partOf(record, 'facts')['slip']);
  const { age, birth } = personCard({ ...record, parts: { card: told } }, useTablet().today());
  return (
    <div class="accept-who">
      <span class="label">引き継がれる方</span>
      {name && <NameWithKana name={name} kana={kana ?? ''} />}
      {!name &&
        (slip ? `引継ぎ票 ${slip}（名前は伝えられていません）` : '名前は伝えられていません')}
      {birth && <span>{`${age}　${birth}生`}</span>}
    </div>
  );
}

export function OtherName({ offered, chosen }: { offered: Values; chosen: Rec | undefined }) {
  if (!chosen || !isCalledOtherwise(offered, partOf(chosen, 'card'))) return null;
  return (
    <Notice tone="warning" title="引き継がれる方と、選んだ方の氏名が違います。" isAlert>
      <p>同じ方か、ご本人に確かめてから受け入れてください。</p>
    </Notice>
  );
}
