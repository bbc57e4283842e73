/** One kind as a list: open ones first, by state, found by words; as many rows as asked for, fifty at a time. */
import { useMemo, useState } from 'preact/hooks';
import type { Kind } from '../../../domain/kind.ts';
import type { Rec } from '../../../domain/record.ts';
import { byGroup, listed, statesIn, type ByGroup } from '../../logic/record-list.ts';
import type { Group } from '../../logic/record-kinds.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Empty, List } from '../../ui/list.tsx';
import { RecordRow } from './record-row.tsx';

const page = 50;

export interface ListChoice {
  readonly group: Group;
  readonly state: string | undefined;
  readonly words: string;
}

interface RecordListProps {
  readonly kind: Kind;
  readonly choice: ListChoice;
  readonly onChoice: (choice: ListChoice) => void;
  readonly chosen: string | undefined;
  readonly onOpen: (record: Rec) => void;
  /** What to press where nothing is recorded yet; undefined where this person cannot. */
  readonly toBegin: string | undefined;
}

const groupLabels: Readonly<Record<Group, string>> = {
  open: '進行中',
  ended: '終わったもの',
  voided: '取消',
};

export function RecordList({ kind, choice, onChoice, chosen, onOpen, toBegin }: RecordListProps) {
  const session = useSession();
  const records = session.all(kind.name).value;
  const groups = useMemo(() => byGroup(kind, records), [kind, records]);
  const [limit, setLimit] = useState(page);
  const rows = listed(kind, groups, choice, session, session.actor.site);
  const shown = rows.slice(0, limit);
  const pick = (next: Partial<ListChoice>) => {
    setLimit(page);
    onChoice({ ...choice, ...next });
  };
  return (
    <div class="record-list">
      <Filters kind={kind} groups={groups} choice={choice} onPick={pick} />
      {rows.length === 0 && (
        <Empty>{emptyWords(kind, choice, groups[choice.group].length, toBegin)}</Empty>
      )}
      <List label={`${kind.label}の一覧`}>
        {shown.map((record) => (
          <RecordRow
            key={record.id}
            kind={kind}
            record={record}
            isSelected={record.id === chosen}
            onPress={() => onOpen(record)}
          />
        ))}
      </List>
      {rows.length > limit && (
        <p class="record-more">
          <span class="quiet">
            {rows.length}件のうち{limit}件
          </span>
          <Button onPress={() => setLimit(limit + page)}>つぎの{page}件を出す</Button>
        </p>
      )}
    </div>
  );
}

interface FiltersProps {
  readonly kind: Kind;
  readonly groups: ByGroup;
  readonly choice: ListChoice;
  readonly onPick: (next: Partial<ListChoice>) => void;
}

function Filters({ kind, groups, choice, onPick }: FiltersProps) {
  const states = statesIn(kind, groups[choice.group]);
  return (
    <>
      {groups.ended.length + groups.voided.length > 0 && (
        <Chips
          label="状態"
          isLabelHidden
          options={(Object.keys(groupLabels) as Group[]) // the keys of a literal are its type
            .filter((group) => group === 'open' || groups[group].length > 0)
            .map((group) => ({
              code: group,
              label: `${groupLabels[group]} ${groups[group].length}`,
            }))}
          value={choice.group}
          onChange={(group) => onPick({ group: group as Group, state: undefined })} // one of the above
        />
      )}
      <div class="record-filters">
        <label class="record-search">
          <span class="label">ことばでさがす</span>
          <input
            type="search"
            class="input"
            autocomplete="off"
            value={choice.words}
            onInput={(event) => onPick({ words: event.currentTarget.value })}
          />
        </label>
        {states.length > 1 && (
          <label>
            <span class="label">状態</span>
            <select
              class="input"
              value={choice.state ?? ''}
              onChange={(event) => onPick({ state: event.currentTarget.value || undefined })}
            >
              <option value="">すべて</option>
              {states.map(({ code, label }) => (
                <option key={code} value={code}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
    </>
  );
}

function emptyWords(kind: Kind, choice: ListChoice, inGroup: number, toBegin: string | undefined) {
  if (inGroup > 0)
    return choice.words
      ? 'このことばでは見つかりません。ことばを短くするか、状態を「すべて」にしてください。'
      : 'この状態の記録はありません。';
  if (choice.group !== 'open') return `「${groupLabels[choice.group]}」の記録はありません。`;
  return toBegin
    ? `${kind.label}の記録は、まだありません。「${toBegin}」を押すと、はじめられます。`
    : `${kind.label}の記録は、まだありません。`;
}
