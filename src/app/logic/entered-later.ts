/** 後日入力: a record of a day before the one on which it was made, as its own id tells; paper that was entered afterwards. */
import { businessDateJst } from '../../domain/date.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { uuidTime } from './uuid-time.ts';

export function isEnteredLater(record: Rec): boolean {
  const date = text(partOf(record, 'facts')['date']);
  const made = uuidTime(record.id);
  return date !== undefined && made !== undefined && date < businessDateJst(made);
}
