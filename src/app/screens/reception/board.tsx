/** Today's visits (of the day that paper is being entered for), newest first. Voided and ended ones stay, fainter; a filter leaves those who are still here. */
import { useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { seekerName } from '../../../domain/kinds/seeker.ts';
import { codeLabel } from '../../../domain/codes.ts';
import { personOfVisit } from '../../logic/visit-of.ts';
import { useSession } from '../../state/context.ts';
import { Chips } from '../../ui/chips.tsx';
import { Empty, List, Row } from '../../ui/list.tsx';
import { LaterTag } from '../../ui/later-tag.tsx';
import { Tag, type Tone } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { useDayWord } from './day-word.ts';
import { boardRow, isAfterClosing, type BoardRow } from './visits-today.ts';

interface BoardProps {
  readonly visits: readonly Rec[];
  readonly now: number;
  readonly onOpen: (id: string) => void;
}

const filters = [
  { code: 'all', label: 'すべて' },
  { code: 'here', label: 'いまいる人' },
];

export function Board({ visits, now, onOpen }: BoardProps) {
  const [filter, setFilter] = useState('all');
  const title = `${useDayWord()}の来所`;
  const rows = visits
    .map((visit) => boardRow(visit, now))
    .filter((row) => filter === 'all' || row.isHere);
  return (
    <div class="board">
      <header class="board-head">
        <h2>{title}</h2>
        <Chips label="表示" isLabelHidden options={filters} value={filter} onChange={setFilter} />
      </header>
      <List label={`${title}（新しい順）`}>
        {rows.map((row) => (
          <VisitRow key={row.id} row={row} onOpen={onOpen} />
        ))}
      </List>
      {rows.length === 0 && (
        <Empty>
          {filter === 'all'
            ? 'まだ来所の記録がありません。'
            : 'いま待っている人、相談中の人はいません。'}
        </Empty>
      )}
    </div>
  );
}

function VisitRow({
  row,
  onOpen,
}: {
  readonly row: BoardRow;
  readonly onOpen: (id: string) => void;
}) {
  const session = useSession();
  const name = useVisitorName(row.record);
  const extras = [
    row.kindLabel,
    row.channel === 'inPerson' ? '' : codeLabel('channel', row.channel),
    row.heads > 1 ? `${row.heads}人` : '',
  ];
  return (
    <Row
      lead={
        <span class="visit-lead">
          <TimeText at={row.at} />
          <span class="visit-ticket">{row.ticket || '―'}</span>
        </span>
      }
      title={row.purposes}
      sub={[name, ...extras].filter(Boolean).join('　')}
      tags={
        <>
          <LaterTag record={row.record} />
          {isAfterClosing(row.record, session) && <Tag tone="warning">閉所日のあと</Tag>}
          <Tag tone={toneOf(row.state)}>{row.stateLabel}</Tag>
        </>
      }
      aside={row.minutes === undefined ? '' : `${row.minutes}分`}
      tone={row.isHere ? 'plain' : 'faded'}
      onPress={() => onOpen(row.id)}
    />
  );
}

export function useVisitorName(visit: Rec): string {
  const session = useSession();
  const id = personOfVisit(visit, session.actor);
  if (id === undefined) return '氏名未記入';
  return seekerName(session.get('seeker', id)) || '登録ずみ';
}

export function toneOf(state: string): Tone {
  if (state === 'waiting') return 'warning';
  if (state === 'called') return 'accent';
  return state.startsWith('with') ? 'good' : 'plain';
}
