/**
 * A handoff as its receiver reads it. The sender's live preview and the receiver's inbox draw this one component, so that
 * the client can be shown exactly what will be told.
 */
import type { Values } from '../../../domain/value.ts';
import { handoffHead, offerPreview, type PreviewSection } from '../../logic/offer-preview.ts';
import { Tag } from '../../ui/notice.tsx';
import { NameWithKana } from '../../ui/text.tsx';

interface OfferViewProps {
  readonly facts: Values;
  readonly offer: Values;
  /** 「札幌市・あいワーク白石」 */
  readonly from: string;
  /** Told once, and no longer held here. */
  readonly isGone?: boolean | undefined;
}

export function OfferView({ facts, offer, from, isGone }: OfferViewProps) {
  const head = handoffHead(facts);
  const preview = offerPreview(offer);
  return (
    <article class="offer">
      <p class="offer-from">{from}からの引継ぎ</p>
      <p class="offer-name">
        {preview.name ? (
          <NameWithKana name={preview.name} kana={preview.kana ?? ''} />
        ) : (
          <span>
            {isGone
              ? '（伝えられた内容は、この窓口に残っていません）'
              : '（名前は伝えられていません）'}
          </span>
        )}
      </p>
      <p class="offer-tags">
        <Tag tone="accent">{head.reason || '理由を選んでください'}</Tag>
        {head.isUrgent && <Tag tone="danger">急ぎ：{head.urgency}</Tag>}
        {head.accompany && <Tag>窓口まで付き添い</Tag>}
        {head.dueOn && <Tag tone="warning">{head.dueOn}までに返事</Tag>}
      </p>
      {preview.message && (
        <div class="offer-message">
          <h4>伝えたいこと</h4>
          <p class="pre">{preview.message}</p>
        </div>
      )}
      {preview.sections.map((section) => (
        <Section key={section.item} section={section} />
      ))}
    </article>
  );
}

function Section({ section }: { readonly section: PreviewSection }) {
  return (
    <section class="offer-section">
      <h4>{section.label}</h4>
      {section.isFromNowOn && (
        <p class="quiet">受け入れた日からの記録を、書かれるたびに見られます。</p>
      )}
      {!section.isFromNowOn && section.rows.length === 0 && <p class="quiet">（記載なし）</p>}
      <dl class="offer-rows">
        {section.rows.map((row) => (
          <div key={row.label}>
            <dt>{row.label}</dt>
            <dd class="pre">{row.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
