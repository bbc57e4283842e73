/**
 * An entry that cannot be sent any more: why, who was there first, what was written in it, to be read and copied, and what can
 * become of it. Nothing here repeats what cannot succeed.
 */
import { kindLabel } from '../../../domain/kind-labels.ts';
import { seekerName } from '../../../domain/kinds/seeker.ts';
import { problemText } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { hasWords } from '../../logic/entered.ts';
import { discardWords, type DeadEnd } from '../../logic/outbox-view.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Refusal, type Tried } from './refusal.tsx';
import { About } from './repair-about.tsx';
import type { RepairProps } from './repair.tsx';
import { Typed } from './typed.tsx';
import { WhoMoved } from './who-moved.tsx';

interface StuckProps extends RepairProps {
  readonly deadEnd: DeadEnd;
  readonly tried: Tried | undefined;
  /** What it was to correct. */
  readonly record?: Rec | undefined;
  /** To the form, where a press met this: what was entered there may be put right. */
  readonly onBack: (() => void) | undefined;
  /** Records what was written as something new; undefined where that makes no sense. */
  readonly onAnew: (() => void) | undefined;
  /** For whom is asked first. */
  readonly asksWhom?: boolean;
}

export const anewWords = '新しい相談として記録する';
export const anewLabel = (asksWhom: boolean) => (asksWhom ? `人を選んで${anewWords}` : anewWords);

export function Stuck(props: StuckProps) {
  const { item, author, deadEnd, tried, record, onAnew, onClose, asksWhom = false } = props;
  return (
    <Sheet
      title={`「${item.title}」の内容を確かめる`}
      header={<About item={item} author={author} kept={item.args ?? {}} isOver />}
      size="narrow"
      onClose={onClose}
      actions={<Ways {...props} />}
    >
      <Refusal
        problem={deadEnd.problem}
        tried={tried}
        author={author}
        what={deadEnd.what}
        safe={deadEnd.safe}
        press={stuckPress(item, onAnew !== undefined, deadEnd, asksWhom)}
      >
        <WhoMoved item={item} problem={deadEnd.problem} record={record} />
      </Refusal>
      <Typed item={item} />
    </Sheet>
  );
}

function Ways({ item, deadEnd, onBack, onAnew, onDiscard, asksWhom = false }: StuckProps) {
  const { page } = deadEnd;
  const { get } = useSession();
  return (
    <>
      <Button kind="danger" size="large" onPress={onDiscard}>
        {discardWords}
      </Button>
      {onBack && (
        <Button size="large" onPress={onBack}>
          入力にもどる
        </Button>
      )}
      {page && (
        <Button size="large" onPress={() => go('seeker', { seeker: page })}>
          {pageWords(seekerName(get('seeker', page)))}
        </Button>
      )}
      {isVisitGone(item, deadEnd) && (
        <Button size="large" onPress={() => go('reception')}>
          受付をひらく
        </Button>
      )}
      {onAnew && (
        <Button kind="primary" size="large" onPress={onAnew}>
          {anewLabel(asksWhom)}
        </Button>
      )}
    </>
  );
}

const pageWords = (name: string) => `${name === '' ? 'その方' : `${name}さん`}のページへ`;

export function stuckPress(
  item: StuckProps['item'],
  isAnew: boolean,
  deadEnd?: DeadEnd,
  asksWhom = false,
): string {
  const neverComes = deadEnd?.neverComes === true;
  if (item.problem?.code === 'waitsFor' && !neverComes)
    return problemText(item.problem, kindLabel).press;
  if (item.problem?.code === 'superseded') return supersededPress;
  if (deadEnd && isVisitGone(item, deadEnd)) return visitPress;
  if (deadEnd?.press && !(neverComes && isAnew)) return deadEnd.press;
  const why = neverComes ? '' : 'このままでは、送りなおしても入りません。';
  if (isAnew)
    return `${why}書いた内容が要るときは「${anewLabel(asksWhom)}」、要らなければ「${discardWords}」を押してください。`;
  const copy = hasWords(item) ? '書いた文は下に出ています。要るところを写してから、' : '';
  return `${why}${copy}「${discardWords}」を押してください。`;
}

const supersededPress = `もとの記録は、先に直されたか、取り下げられています。二重に数えないよう、これは送れません。いまの記録を確かめ、足りないところがあれば、下の内容を写して新しく入れてください。済んだら「${discardWords}」を押してください。`;

const visitPress = `このままでは、送りなおしても入りません。取り消しが正しければ「${discardWords}」を押してください。実際に来ていた方なら、「受付」で来所をもう一度数えてから（書いた内容は下に出ています）、この記録を取り下げてください。`;

/** It was about a visit that is cancelled: whoever was there all the same has to be counted anew. */
function isVisitGone({ verb }: StuckProps['item'], { problem }: DeadEnd): boolean {
  const isGone = problem.code === 'illegalState' && problem.kind === 'visit';
  return isGone && problem.found === '取消ずみ' && verb.startsWith('visit.');
}
