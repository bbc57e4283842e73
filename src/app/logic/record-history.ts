/**
 * What this tablet knows of a record's past: when it was made and by whom, and the own entries about it that the server
 * does not have yet. Former values are not here: they stay with the server.
 */
import type { OutboxItem } from '../../device/types.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import type { NameOf } from './names-of.ts';
import { isRefused } from './outbox-view.ts';
import { uuidTime } from './uuid-time.ts';

export interface Happened {
  readonly key: string;
  readonly at: number | undefined;
  readonly what: string;
  readonly who: string;
  readonly state: string | undefined;
  readonly isRefused: boolean;
}

type Sent = Pick<OutboxItem, 'id' | 'title' | 'occurredAt' | 'state' | 'records' | 'args'>;

export function happened(
  record: Rec,
  outbox: readonly Sent[],
  nameOf: NameOf,
): readonly Happened[] {
  const { org, site, staff } = partOf(record, 'facts');
  const place = org === undefined ? '' : `${nameOf('organisation', org)}・${nameOf('site', site)}`;
  const made: Happened = {
    key: 'made',
    at: uuidTime(record.id),
    what: '記録した',
    who: [nameOf('staff', staff), place].filter(Boolean).join('　'),
    state: undefined,
    isRefused: false,
  };
  return [made, ...outbox.filter((item) => concerns(item, record)).map(unsent)];
}

const concerns = ({ records, args }: Sent, record: Rec) =>
  args?.['id'] === record.id ||
  records.some(({ kind, id }) => kind === record.kind && id === record.id);

const unsent = ({ id, title, occurredAt, state }: Sent): Happened => ({
  key: id,
  at: occurredAt,
  what: title,
  who: 'あなた',
  state: isRefused(state) ? '要確認' : '未送信',
  isRefused: isRefused(state),
});
