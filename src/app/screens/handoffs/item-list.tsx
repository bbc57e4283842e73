/** The tick list: each item with the text that would be copied, editable once ticked; nothing unticked is ever sent. */
import { codeLabel } from '../../../domain/codes.ts';
import { isIsoDate } from '../../../domain/date.ts';
import { offerFieldsByItem } from '../../../domain/kinds/handoff.ts';
import { text, texts } from '../../../domain/value.ts';
import { formatWareki } from '../../../domain/wareki.ts';
import { FormFields } from '../../form/form-fields.tsx';
import type { Form } from '../../form/use-form.ts';
import { isFromNowOn, offerItems } from '../../logic/offer.ts';

export function ItemList({ form }: { readonly form: Form }) {
  const ticked = texts(form.values['items']);
  const toggle = (item: string) => {
    const others = ticked.filter((one) => one !== item);
    form.set('items', others.length < ticked.length ? others : [...ticked, item]);
  };
  return (
    <fieldset class="items">
      <legend class="label">伝える項目（同意をもらったものだけに印をつけます）</legend>
      {offerItems(form.values).map(({ item, hasText }) => (
        <Item
          key={item}
          form={form}
          item={item}
          hasText={hasText}
          isTicked={ticked.includes(item)}
          onToggle={() => toggle(item)}
        />
      ))}
    </fieldset>
  );
}

interface ItemProps {
  readonly form: Form;
  readonly item: string;
  readonly hasText: boolean;
  readonly isTicked: boolean;
  readonly onToggle: () => void;
}

function Item({ form, item, hasText, isTicked, onToggle }: ItemProps) {
  return (
    <div class={`item${isTicked ? ' is-ticked' : ''}`}>
      <label class="item-tick">
        <input type="checkbox" checked={isTicked} onChange={onToggle} />
        <span>
          <strong>{codeLabel('sharedItem', item)}</strong>
          <span class="item-note">
            {isFromNowOn(item)
              ? '受け入れた日からの記録を、書かれるたびに見られます'
              : hasText
                ? itemText(form, item)
                : '台帳に記載がありません'}
          </span>
        </span>
      </label>
      {isTicked && !isFromNowOn(item) && <ItemText form={form} item={item} hasText={hasText} />}
    </div>
  );
}

/** One text stands open for editing; an item of several short fields opens on demand, unless there is nothing to tell. */
function ItemText({ form, item, hasText }: Pick<ItemProps, 'form' | 'item' | 'hasText'>) {
  const names = offerFieldsByItem[item] ?? [];
  if (names.length === 1 || !hasText) return <FormFields form={form} names={names} />;
  return (
    <details class="item-edit">
      <summary>伝える文を直す</summary>
      <FormFields form={form} names={names} />
    </details>
  );
}

/** Dates are stored in one form and read in another. */
const shown = (value: string | undefined): readonly string[] =>
  value === undefined ? [] : [isIsoDate(value) ? formatWareki(value) : value];

const longest = 60;

function itemText(form: Form, item: string): string {
  const words = (offerFieldsByItem[item] ?? [])
    .flatMap((name) => shown(text(form.values[name])))
    .join(' ');
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}
