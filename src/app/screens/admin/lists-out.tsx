/**
 * 氏名の入らない一覧: what a supervisor hands on without naming anybody. People who agreed to be told of, for each recipient, and
 * the hires owed for Hello Work's list of postings. The server makes them; each export is on record there and here.
 */
import { useState } from 'preact/hooks';
import { fiscalYearOf, fiscalYearRange } from '../../../domain/date.ts';
import type { Problem } from '../../../domain/problem.ts';
import { csvFrom } from '../../logic/official-counts.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/list.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { saveFile } from '../counts/save-file.ts';

interface Outgoing {
  readonly name: string;
  readonly label: string;
  readonly path: string;
}

function outgoing(today: string): readonly Outgoing[] {
  const { from, to } = fiscalYearRange(fiscalYearOf(today));
  return [
    {
      name: 'provision-municipality',
      label: '求職情報（自治体あて）',
      path: '/api/provision?to=municipality',
    },
    {
      name: 'provision-private',
      label: '求職情報（民間あて）',
      path: '/api/provision?to=private',
    },
    {
      name: `hires-${from}-${to}`,
      label: '採用の報告（今年度）',
      path: `/api/hires?from=${from}&to=${to}`,
    },
  ];
}

export function ListsOut() {
  const { ask, logAccess } = useSession();
  const today = useTablet().today();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState<string>();
  const take = async ({ name, path }: Outgoing) => {
    setBusy(name);
    const answer = await ask(path);
    setBusy(undefined);
    const csv = answer.ok ? csvFrom(answer.value) : undefined;
    if (csv === undefined)
      return setProblem(answer.ok ? { code: 'malformed', reason: 'list' } : answer.problem);
    return logAccess('export', { kind: 'list', name }).then(
      () => {
        setProblem(undefined);
        saveFile(`${name}.csv`, csv, 'text/csv;charset=utf-8');
      },
      () => setProblem({ code: 'storageBroken' }),
    );
  };
  return (
    <Section title="氏名の入らない一覧を書き出す">
      <p>
        提供に同意した方の希望（職種・雇用形態・時間・学歴・年代）だけを書き出します。氏名・連絡先・自由に書いた文は出ません。採用の報告は、求人番号ごとの件数です。
      </p>
      <div class="buttons">
        {outgoing(today).map((one) => (
          <Button key={one.name} busy={busy === one.name} onPress={() => take(one)}>
            {one.label}
          </Button>
        ))}
      </div>
      <ProblemNotice problem={problem} />
    </Section>
  );
}
