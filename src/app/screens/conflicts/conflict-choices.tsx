/**
 * Both values of a field that two people set, and the choice between them. Nothing is chosen silently: the server's stays
 * until somebody presses, and the choice is an entry like any other.
 */
import type { ComponentChildren } from 'preact';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { kindNamed } from '../../../domain/kinds/index.ts';
import type { Ref } from '../../../domain/record.ts';
import { settleArgs, type Keep } from '../../../domain/settle.ts';
import { useWrite } from '../../form/use-write.ts';
import { sideBySide, type SideBySide } from '../../logic/conflict-view.ts';
import { refWords } from '../../logic/value-words.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
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
  const shown = useSideBySide(props);
  return (
    <div class="conflicts">
      {shown.map((one) => (
        <Choice key={`${one.choice.entry}/${one.choice.field}`} of={props.of} shown={one} />
      ))}
    </div>
  );
}

function Choice({ of, shown }: { readonly of: Ref; readonly shown: SideBySide }) {
  const { choice, isMine, rows } = shown;
  const write = useWrite();
  const staff = useTablet().enrolment.value?.staff ?? [];
  const author = staff.find(({ id }) => id === choice.actor)?.name;
  const whose = isMine ? 'あなた' : author === undefined ? 'ほかの職員' : `${author}さん`;
  const choose = (keep: Keep) => {
    const kind = kindNamed(of.kind);
    if (!kind) return undefined;
    return write.save(`${of.kind}.settle`, settleArgs(kind, of.id, choice, keep));
  };
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
        <Side
          title="いまの値（サーバー）"
          values={rows.map(({ current }) => current)}
          labels={rows}
        >
          <Button busy={write.busy} onPress={() => choose('current')}>
            いまの値のままにする
          </Button>
        </Side>
        <Side title={`${whose}の値`} values={rows.map(({ other }) => other)} labels={rows}>
          <Button busy={write.busy} onPress={() => choose('other')}>
            {whose}の値にする
          </Button>
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
