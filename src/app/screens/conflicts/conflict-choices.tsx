/**
 * Both values of a field that two people set, and the choice between them. Nothing is chosen silently: the server's stays
 * until somebody presses, and the choice is an entry like any other.
 */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { kindNamed } from '../../../domain/kinds/index.ts';
import type { Ref } from '../../../domain/record.ts';
import { settleArgs, type Keep } from '../../../domain/settle.ts';
import { useWrite } from '../../form/use-write.ts';
import { sideBySide, type SideBySide } from '../../logic/conflict-view.ts';
import { refWords } from '../../logic/value-words.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import './conflicts.css';

interface ConflictChoicesProps {
  readonly of: Ref;
  /** Choices that this entry left; without it, every open one. */
  readonly entry?: string | undefined;
}

function useSideBySide({ of, entry }: ConflictChoicesProps): readonly SideBySide[] {
  const session = useSession();
  // Read as a signal, so that a settled choice leaves at once.
  const records = session.all(of.kind).value;
  const record = records.find(({ id }) => id === of.id) ?? session.get(of.kind, of.id);
  return sideBySide(record, session.actor.user, refWords(session.get), entry);
}

export function ConflictChoices(props: ConflictChoicesProps) {
  const shown = useStaying(useSideBySide(props));
  return (
    <div class="conflicts">
      {shown.map(({ key, one, isOpen }) => (
        <Choice key={key} of={props.of} shown={one} isOpen={isOpen} />
      ))}
    </div>
  );
}

interface Staying {
  readonly key: string;
  readonly one: SideBySide;
  readonly isOpen: boolean;
}

/** What is settled keeps its place until the last one is: the next choice must not slide under the finger. */
function useStaying(open: readonly SideBySide[]): readonly Staying[] {
  const seen = useRef(new Map<string, SideBySide>()).current;
  const keyOf = ({ choice }: SideBySide) => `${choice.entry}/${choice.field}`;
  for (const one of open) seen.set(keyOf(one), one);
  const left = new Set(open.map(keyOf));
  return [...seen].map(([key, one]) => ({ key, one, isOpen: left.has(key) }));
}

interface ChoiceProps {
  readonly of: Ref;
  readonly shown: SideBySide;
  readonly isOpen: boolean;
}

function Choice({ of, shown, isOpen }: ChoiceProps) {
  const { choice, isMine, rows } = shown;
  const write = useWrite();
  const [kept, setKept] = useState<Keep>();
  const staff = useTablet().enrolment.value?.staff ?? [];
  const author = staff.find(({ id }) => id === choice.actor)?.name;
  const whose = isMine ? 'あなた' : author === undefined ? 'ほかの職員' : `${author}さん`;
  const choose = (keep: Keep) => {
    const kind = kindNamed(of.kind);
    if (!kind) return undefined;
    setKept(keep);
    return write.save(`${of.kind}.settle`, settleArgs(kind, of.id, choice, keep));
  };
  const act = (keep: Keep, words: string) =>
    isOpen ? (
      <Button busy={write.busy} onPress={() => choose(keep)}>
        {words}
      </Button>
    ) : (
      <p class="conflict-settled">{kept === keep && <Tag tone="good">こちらに決めました</Tag>}</p>
    );
  const what = rows.map(({ label }) => label).join('・');
  return (
    <section class="conflict" aria-label={`${kindLabel(of.kind)}：${what}`}>
      <h3>
        {what}
        <span class="quiet">
          （{whose}が <TimeText at={choice.at} withDate />{' '}
          に入力したときには、すでに変わっていました）
        </span>
      </h3>
      <div class="conflict-sides">
        <Side title="いま記録にある値" values={rows.map(({ current }) => current)} labels={rows}>
          {act('current', 'いまの値のままにする')}
        </Side>
        <Side title={`${whose}の値`} values={rows.map(({ other }) => other)} labels={rows}>
          {act('other', `${whose}の値にする`)}
        </Side>
      </div>
      <ProblemNotice problem={write.problem} />
    </section>
  );
}

interface SideProps {
  readonly title: string;
  readonly values: readonly string[];
  readonly labels: readonly { readonly label: string }[];
  readonly children: ComponentChildren;
}

function Side({ title, values, labels, children }: SideProps) {
  return (
    <div class="conflict-side">
      <p class="conflict-whose">{title}</p>
      <dl>
        {values.map((value, index) => (
          <div key={labels[index]?.label}>
            {values.length > 1 && <dt>{labels[index]?.label}</dt>}
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </div>
  );
}
