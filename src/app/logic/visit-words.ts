/** A visit of today in one line, for choosing or naming it: 12:37 L6番 仕事の相談（待っている）. */
import { codeLabel } from '../../domain/codes.ts';
import { jstTimeOfDay } from '../../domain/date.ts';
import { stateOf } from '../../domain/kind.ts';
import { visit as visitKind } from '../../domain/kinds/visit.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { integer, text, texts } from '../../domain/value.ts';

export function visitWords(record: Rec): string {
  const facts = partOf(record, 'facts');
  const at = integer(facts['arrivedAt']);
  const ticket = text(facts['ticket']);
  const purposes = texts(facts['purposes']).map((code) => codeLabel('purpose', code));
  return [
    at === undefined ? '' : jstTimeOfDay(at),
    ticket ? `${ticket}番` : '',
    `${purposes.join('・')}（${visitKind.states?.[stateOf(record) ?? ''] ?? ''}）`,
  ]
    .filter(Boolean)
    .join(' ');
}
