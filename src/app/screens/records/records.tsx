/**
 * 記録: the shelves, and of each kind its list with one record beside it. Every screen of it is drawn from the kind's
 * declaration; there is none for any single kind.
 */
import { useState } from 'preact/hooks';
import type { Kind, Shelf, Verb } from '../../../domain/kind.ts';
import { kindNamed } from '../../../domain/kinds/index.ts';
import { creations, groupOf, shelfLabels, shownOn } from '../../logic/record-kinds.ts';
import { useSession } from '../../state/context.ts';
import { go, screen } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { SplitView } from '../../ui/list.tsx';
import { RecordDetail } from './record-detail.tsx';
import { RecordForm } from './record-form.tsx';
import { RecordList, type ListChoice } from './record-list.tsx';
import { Shelves } from './shelves.tsx';
import './records.css';

export function Records() {
  const { params } = screen.value;
  const kind = kindNamed(params.kind ?? '');
  return kind?.shelf ? <OneShelf first={kind} id={params.id} /> : <Shelves />;
}

const start: ListChoice = { group: 'open', state: undefined, words: '' };

interface OneShelfProps {
  readonly first: Kind;
  readonly id: string | undefined;
}

/** What is open stays in sight: when a step moves it among the ended ones, the list follows. */
function useChosen({ first, id }: OneShelfProps) {
  const session = useSession();
  const [kind, setKind] = useState(first);
  const [choice, setChoice] = useState(start);
  const [chosen, setChosen] = useState(id);
  const record = session.all(kind.name).value.find((one) => one.id === chosen);
  const shown = record ? { ...choice, group: groupOf(kind, record), state: undefined } : choice;
  return {
    kind,
    record,
    shown,
    open: setChosen,
    close: () => {
      setChoice(shown);
      setChosen(undefined);
    },
    change: (next: ListChoice) => {
      if (next.group !== shown.group) setChosen(undefined);
      setChoice(next);
    },
    turnTo: (name: string) => {
      setKind(kindNamed(name) ?? kind);
      setChosen(undefined);
      setChoice(start);
    },
  };
}

function OneShelf(props: OneShelfProps) {
  const { actor } = useSession();
  const { kind, record, shown, open, close, change, turnTo } = useChosen(props);
  const verbs = creations(kind, actor);
  const shelf = kind.shelf ?? 'plans';
  return (
    <section class="screen records" aria-label={`${shelfLabels[shelf]}：${kind.label}`}>
      <ShelfHead shelf={shelf} kind={kind} verbs={verbs} onMade={open} onTurn={turnTo} />
      <SplitView
        list={
          <RecordList
            key={kind.name}
            kind={kind}
            choice={shown}
            onChoice={change}
            chosen={record?.id}
            onOpen={(one) => open(one.id)}
            toBegin={verbs[0]?.title}
          />
        }
        hint="一覧から選ぶと、内容と操作がここに出ます。"
        detail={
          record && <RecordDetail key={record.id} kind={kind} record={record} onClose={close} />
        }
      />
    </section>
  );
}

interface ShelfHeadProps extends NewRecordProps {
  readonly shelf: Shelf;
  readonly kind: Kind;
  readonly onTurn: (kind: string) => void;
}

function ShelfHead({ shelf, kind, verbs, onMade, onTurn }: ShelfHeadProps) {
  const { actor, all } = useSession();
  const shown = shownOn(shelf, actor, (name) => all(name).value.length > 0);
  return (
    <>
      <p>
        <Button kind="plain" size="small" onPress={() => go('records')}>
          記録の一覧へもどる
        </Button>
      </p>
      <header class="screen-head">
        <h1>{shelfLabels[shelf]}</h1>
        <NewRecord key={kind.name} verbs={verbs} onMade={onMade} />
      </header>
      <KindSwitch kinds={shown} kind={kind} onTurn={onTurn} />
    </>
  );
}

/** So many stand side by side; of more one is picked. */
const mostChips = 6;

interface KindSwitchProps {
  readonly kinds: readonly Kind[];
  readonly kind: Kind;
  readonly onTurn: (kind: string) => void;
}

function KindSwitch({ kinds, kind, onTurn }: KindSwitchProps) {
  const options = kinds.map(({ name, label }) => ({ code: name, label }));
  if (options.length < 2) return null;
  if (options.length <= mostChips)
    return (
      <Chips
        label="記録の種類"
        isLabelHidden
        options={options}
        value={kind.name}
        onChange={onTurn}
      />
    );
  return (
    <label class="record-kinds">
      <span class="label">記録の種類</span>
      <select
        class="input"
        value={kind.name}
        onChange={(event) => onTurn(event.currentTarget.value)}
      >
        {options.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

interface NewRecordProps {
  readonly verbs: readonly Verb[];
  readonly onMade: (id: string) => void;
}

function NewRecord({ verbs, onMade }: NewRecordProps) {
  const [open, setOpen] = useState<Verb>();
  return (
    <div class="buttons">
      {verbs.map((verb, index) => (
        <Button
          key={verb.name}
          kind={index === 0 ? 'primary' : 'secondary'}
          onPress={() => setOpen(verb)}
        >
          {verb.title}
        </Button>
      ))}
      {open && <RecordForm verb={open} onClose={() => setOpen(undefined)} onSaved={onMade} />}
    </div>
  );
}
