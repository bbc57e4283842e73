/**
 * Both values of what two people set, and the choice between them. Said is what is known: who wrote the kept value, and that
 * it came after another; of the current one only what still waits here to be sent.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { kindNamed } from '../../../domain/kinds/index.ts';
import type { Ref } from '../../../domain/record.ts';
import { settleArgs, type Keep } from '../../../domain/settle.ts';
import { useWrite } from '../../form/use-write.ts';
import type { SideBySide } from '../../logic/conflict-view.ts';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { Known } from './known.tsx';

interface ChoiceProps {
  readonly of: Ref;
  readonly shown: SideBySide;
  readonly isOpen: boolean;
}

export function Choice({ of, shown, isOpen }: ChoiceProps) {
  const { choice, rows, warnings } = shown;
  const write = useWrite();
  const [kept, setKept] = useState<Keep>();
  const whose = useWhose(shown);
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
    <section class="conflict" aria-label={`${shown.about || kindLabel(of.kind)}：${what}`}>
      {shown.about !== '' && <p class="conflict-of">{shown.about}</p>}
      <h3>{what}</h3>
      <Known of={of} choice={choice} isMine={shown.isMine} whose={whose} />
      <div class="conflict-sides">
        <Side
          title="いま記録にある値"
          values={rows.map(({ current }) => current)}
          labels={rows}
          warning={warnings.current}
        >
          {act('current', 'いまの値のままにする')}
        </Side>
        <Side
          title={`${whose}の値`}
          values={rows.map(({ other }) => other)}
          labels={rows}
          warning={warnings.other}
        >
          {act('other', `${whose}の値にする`)}
        </Side>
      </div>
      <ProblemNotice problem={write.problem} />
    </section>
  );
}

function useWhose({ choice, isMine }: SideBySide): string {
  const staff = useTablet().enrolment.value?.staff ?? [];
  const author = staff.find(({ id }) => id === choice.actor)?.name;
  return isMine ? 'あなた' : author === undefined ? 'ほかの職員' : `${author}さん`;
}

interface SideProps {
  readonly title: string;
  readonly values: readonly string[];
  readonly labels: readonly { readonly label: string }[];
  readonly warning: string | undefined;
  readonly children: ComponentChildren;
}

function Side({ title, values, labels, warning, children }: SideProps) {
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
      {warning && <p class="conflict-odd">{warning}</p>}
      {children}
    </div>
  );
}
