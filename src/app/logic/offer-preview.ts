/**
 * A handoff as the receiver reads it. The sender's live preview and the receiver's inbox are drawn from the same
 * sections, so that what was consented to on one side is what is seen on the other.
 */
import { codeLabel } from '../../domain/codes.ts';
import { isIsoDate } from '../../domain/date.ts';
import { allFields } from '../../domain/kind.ts';
import { handoff, offerFieldsByItem } from '../../domain/kinds/handoff.ts';
import { text, texts, type Value, type Values } from '../../domain/value.ts';
import { formatDateJa, formatWareki } from '../../domain/wareki.ts';

export interface PreviewRow {
  readonly label: string;
  readonly text: string;
}

export interface PreviewSection {
  readonly item: string;
  readonly label: string;
  readonly rows: readonly PreviewRow[];
  /** The item opens what is written from now on; nothing is copied. */
  readonly isFromNowOn: boolean;
}

export interface OfferPreview {
  readonly name: string | undefined;
  readonly kana: string | undefined;
  readonly message: string | undefined;
  readonly sections: readonly PreviewSection[];
}

const labels = allFields(handoff);

export function offerPreview(offer: Values): OfferPreview {
  const items = texts(offer['items']);
  const join = (...names: string[]) =>
    names
      .map((name) => text(offer[name]))
      .filter(Boolean)
      .join(' ') || undefined;
  const isNamed = items.includes('name');
  return {
    name: isNamed ? join('familyName', 'givenName') : undefined,
    kana: isNamed ? join('familyKana', 'givenKana') : undefined,
    message: text(offer['message']),
    sections: items.map((item) => sectionOf(item, offer)),
  };
}

function sectionOf(item: string, offer: Values): PreviewSection {
  const names = offerFieldsByItem[item];
  return {
    item,
    label: codeLabel('sharedItem', item),
    isFromNowOn: names === undefined,
    rows: item === 'name' ? nameRows(offer) : (names ?? []).flatMap((name) => rowOf(name, offer)),
  };
}

function nameRows(offer: Values): PreviewRow[] {
  const join = (...names: string[]) => names.map((name) => text(offer[name])).filter(Boolean);
  const rows = [
    { label: '氏名', text: join('familyName', 'givenName').join(' ') },
    { label: 'フリガナ', text: join('familyKana', 'givenKana').join(' ') },
    ...rowOf('birthDate', offer),
  ];
  return rows.filter((row) => row.text !== '');
}

function rowOf(name: string, offer: Values): PreviewRow[] {
  const value = valueText(offer[name]);
  return value ? [{ label: labels[name]?.label ?? name, text: value }] : [];
}

function valueText(value: Value | undefined): string {
  const plain = text(value) ?? '';
  return isIsoDate(plain) ? formatWareki(plain) : plain;
}

export interface HandoffHead {
  readonly reason: string;
  readonly urgency: string;
  readonly isUrgent: boolean;
  readonly accompany: boolean;
  readonly dueOn: string | undefined;
}

export function handoffHead(facts: Values): HandoffHead {
  const [reason, urgency, due] = [facts['reason'], facts['urgency'], facts['dueOn']].map(text);
  return {
    reason: reason ? codeLabel('handoffReason', reason) : '',
    urgency: urgency ? codeLabel('urgency', urgency) : '',
    isUrgent: urgency !== undefined && urgency !== 'normal',
    accompany: facts['accompany'] === true,
    dueOn: due && formatDateJa(due),
  };
}
