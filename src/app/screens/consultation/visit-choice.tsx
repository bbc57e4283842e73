/** Which visit the talk belongs to: hers today, one on the board with nobody attached here, or none yet. */
import { useState } from 'preact/hooks';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { problemText, type Problem } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { notOnBoard } from '../../logic/visit-kept.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { Chips } from '../../ui/chips.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Of the arrivals without a name, so many are offered to somebody who is not on the board; the rest on demand. */
const fewest = 3;

export interface Kept {
  readonly visit: Rec;
  readonly whose: string;
}

export interface VisitChoiceProps {
  readonly hers: readonly Rec[];
  readonly unattached: readonly Rec[];
  /** Chosen or meant from the first, and on neither list any more. */
  readonly kept: readonly Kept[];
  readonly chosen: string;
  /** Why nothing can be written down at it: said where it is chosen, as soon as it is known. */
  readonly lost: Problem | undefined;
  readonly onChoose: (id: string) => void;
}

export function VisitChoice(props: VisitChoiceProps) {
  const { hers, unattached, kept, chosen, lost, onChoose } = props;
  const [isWhole, setWhole] = useState(false);
  const near = hers.length > 0 ? 0 : fewest;
  const others = unattached.filter(
    (record, index) => isWhole || index < near || record.id === chosen,
  );
  const hidden = unattached.length - others.length;
  const options = [
    ...hers.map((record) => ({ code: record.id, label: `この方 ${visitWords(record)}` })),
    ...others.map((record) => ({ code: record.id, label: `氏名未記入 ${visitWords(record)}` })),
    ...kept.map(({ visit, whose }) => ({ code: visit.id, label: `${whose} ${visitWords(visit)}` })),
    { code: notOnBoard, label: '受付に出ていない' },
  ];
  return (
    <div class="visit-choice">
      <Chips label="どの来所ですか" options={options} value={chosen} onChange={onChoose} />
      {lost && <Notice tone="warning" title={problemText(lost, kindLabel).what} isAlert />}
      {hidden > 0 && (
        <button type="button" class="small-action" onClick={() => setWhole(true)}>
          氏名未記入の来所を、あと{hidden}件見る
        </button>
      )}
    </div>
  );
}
