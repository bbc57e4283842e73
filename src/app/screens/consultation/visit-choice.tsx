/** Which visit the talk belongs to: hers today, one on the board with nobody attached here, or none yet. */
import { codeLabel } from '../../../domain/codes.ts';
import { jstTimeOfDay } from '../../../domain/date.ts';
import { stateOf } from '../../../domain/kind.ts';
import { visit as visitKind } from '../../../domain/kinds/visit.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { integer, text, texts } from '../../../domain/value.ts';
import { Chips } from '../../ui/chips.tsx';

export const notOnBoard = 'none';

interface VisitChoiceProps {
  readonly hers: readonly Rec[];
  readonly unattached: readonly Rec[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

export function VisitChoice({ hers, unattached, chosen, onChoose }: VisitChoiceProps) {
  const options = [
    ...hers.map((record) => ({ code: record.id, label: `この方 ${visitWords(record)}` })),
    ...unattached.map((record) => ({ code: record.id, label: `未登録 ${visitWords(record)}` })),
    { code: notOnBoard, label: '受付に出ていない' },
  ];
  return <Chips label="どの来所ですか" options={options} value={chosen} onChange={onChoose} />;
}

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
