/**
 * 求職者: one field finds by name, kana, birth date in any form or the phone's end. It says what was searched and when,
 * and offers the server. Nothing is opened here: rows show cards only, which are in memory since unlock.
 */
import { useState } from 'preact/hooks';
import type { ServerHit } from '../../../device/types.ts';
import type { Rec } from '../../../domain/record.ts';
import { stateOf } from '../../../domain/kind.ts';
import { useWrite } from '../../form/use-write.ts';
import { useSession } from '../../state/context.ts';
import { screen } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List } from '../../ui/list.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { attachAndOpen } from './attach.ts';
import { Register } from './register.tsx';
import { SearchLine, ServerHits } from './search-line.tsx';
import { formerlyWords, SeekerRow } from './seeker-row.tsx';
import { useLastVisits } from './use-person.ts';
import './seekers.css';

const recentRows = 30;

export function Seekers() {
  const { params } = screen.value;
  const session = useSession();
  const [typed, setTyped] = useState(params.text ?? '');
  const [isRegistering, setRegistering] = useState(params.values !== undefined);
  const visited = useLastVisits();
  const found = useFound(typed, visited);
  const write = useWrite();
  const choose = (id: string) => void attachAndOpen(session, write, id, params.visit);
  return (
    <section class="screen seekers" aria-label="求職者">
      <header class="screen-head">
        <h1>求職者</h1>
        <Button kind="primary" onPress={() => setRegistering(true)}>
          新規登録
        </Button>
      </header>
      {params.visit && <p class="seekers-task">来所した方を選ぶか、新しく登録してください。</p>}
      <SearchField typed={typed} onType={setTyped} />
      <ProblemNotice problem={write.problem} />
      <SearchLine typed={typed} count={found.length} />
      <List label="見つかった求職者">
        {found.map(({ record, formerly }) => (
          <SeekerRow
            key={record.id}
            record={record}
            why={formerly && formerlyWords(formerly)}
            visited={visited}
            onPress={() => choose(record.id)}
          />
        ))}
      </List>
      {found.length === 0 && (
        <Empty>
          {typed.trim() === ''
            ? 'この端末には、まだ求職者がいません。'
            : 'この端末では見つかりません。'}
        </Empty>
      )}
      <ServerHits typed={typed} known={found.map(({ record }) => record)} onChoose={choose} />
      {isRegistering && (
        <Register
          typed={typed}
          initial={params.values}
          visit={params.visit}
          onClose={() => setRegistering(false)}
        />
      )}
    </section>
  );
}

/** Without a text, those seen last; with one, what the search over folded keys finds. */
function useFound(typed: string, visited: ReadonlyMap<string, string>): readonly ServerHit[] {
  const session = useSession();
  const all = session.all('seeker').value;
  const own = all.filter((record) => stateOf(record) === 'active');
  if (typed.trim() !== '') return session.search(typed);
  const day = (record: Rec) => visited.get(record.id) ?? '';
  return own
    .toSorted((a, b) => (day(a) === day(b) ? (a.id < b.id ? 1 : -1) : day(a) < day(b) ? 1 : -1))
    .slice(0, recentRows)
    .map((record) => ({ record }));
}

interface SearchFieldProps {
  readonly typed: string;
  readonly onType: (text: string) => void;
}

function SearchField({ typed, onType }: SearchFieldProps) {
  return (
    <label class="seekers-field">
      <span class="label">名前・フリガナ・生年月日・電話の下4けた</span>
      <input
        type="search"
        class="input"
        value={typed}
        autocomplete="off"
        spellcheck={false}
        placeholder="例：ヤマダ　昭和38年4月2日　1234"
        ref={focusOnce}
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </label>
  );
}

function focusOnce(field: HTMLInputElement | null): void {
  if (field && field.dataset['met'] === undefined) {
    field.dataset['met'] = '';
    field.focus();
  }
}
