/** Marks what was entered from paper on a later day. */
import type { Rec } from '../../domain/record.ts';
import { isEnteredLater } from '../logic/entered-later.ts';
import { Tag } from './notice.tsx';

export function LaterTag({ record }: { readonly record: Rec }) {
  return isEnteredLater(record) ? <Tag>後日入力</Tag> : null;
}
