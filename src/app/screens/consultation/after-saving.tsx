/** After the talk is saved: what becomes of the visit. Nothing is forced; the person's page is always one tap away. */
import { stateOf } from '../../../domain/kind.ts';
import { isAllowed } from '../../../domain/permission.ts';
import type { Rec } from '../../../domain/record.ts';
import { useWrite } from '../../form/use-write.ts';
import { visitEndings } from '../../logic/visit-of.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';

interface AfterSavingProps {
  readonly seeker: Rec;
  readonly visit: string;
}

export function AfterSaving({ seeker, visit }: AfterSavingProps) {
  const session = useSession();
  const write = useWrite();
  const record = session.all('visit').value.find((one) => one.id === visit);
  const endings = visitEndings(record);
  const other = session.actor.orgType === 'hw' ? '市' : 'ハローワーク';
  const end = async (verb: 'finish' | 'wait') => {
    if ((await write.save(`visit.${verb}`, { id: visit })) !== undefined) go('reception');
  };
  return (
    <section class="screen after-saving" aria-label="相談を記録しました">
      <div class="seeker-head">
        <PersonHeader seeker={seeker} />
      </div>
      <Notice tone="good" title="相談を記録しました。この端末に保存しました。" />
      <h2>つぎはどうしますか</h2>
      <div class="after-choices">
        {endings.includes('finish') && (
          <Button kind="primary" size="large" busy={write.busy} onPress={() => end('finish')}>
            来所を終わりにする
          </Button>
        )}
        {endings.includes('wait') && (
          <Button size="large" busy={write.busy} onPress={() => end('wait')}>
            待ちにもどす（つぎは{other}へ）
          </Button>
        )}
        {isAllowed('handoff.send', session.actor, 'own') && (
          <Button size="large" onPress={() => go('handoff-new', { seeker: seeker.id })}>
            引き継ぐ
          </Button>
        )}
        <Button size="large" onPress={() => go('seeker', { seeker: seeker.id })}>
          この方のページへ
        </Button>
      </div>
      {stateOf(record) === 'done' && <p class="quiet">この来所は、もう終わりになっています。</p>}
      <ProblemNotice problem={write.problem} />
    </section>
  );
}
