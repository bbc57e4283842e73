/**
 * An entry that cannot be sent any more: why, what was written in it, to be read and copied, and what can become of it.
 * Nothing here repeats what cannot succeed.
 */
import { kindLabel } from '../../../domain/kind-labels.ts';
import { problemText } from '../../../domain/problem.ts';
import { hasWords } from '../../logic/entered.ts';
import { discardWords, type DeadEnd } from '../../logic/outbox-view.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Refusal, type Tried } from './refusal.tsx';
import { About } from './repair-about.tsx';
import type { RepairProps } from './repair.tsx';
import { Typed } from './typed.tsx';

interface StuckProps extends RepairProps {
  readonly deadEnd: DeadEnd;
  readonly tried: Tried | undefined;
  /** To the form, where a press met this: what was entered there may be put right. */
  readonly onBack: (() => void) | undefined;
  /** Records what was written as something new; undefined where that makes no sense. */
  readonly onAnew: (() => void) | undefined;
}

export const anewWords = '新しい相談として記録する';

export function Stuck(props: StuckProps) {
  const { item, author, deadEnd, tried, onBack, onAnew, onClose, onDiscard } = props;
  return (
    <Sheet
      title={`「${item.title}」の内容を確かめる`}
      header={<About item={item} author={author} kept={item.args ?? {}} isOver />}
      size="narrow"
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" size="large" onPress={onDiscard}>
            {discardWords}
          </Button>
          {onBack && (
            <Button size="large" onPress={onBack}>
              入力にもどる
            </Button>
          )}
          {onAnew && (
            <Button kind="primary" size="large" onPress={onAnew}>
              {anewWords}
            </Button>
          )}
        </>
      }
    >
      <Refusal
        problem={deadEnd.problem}
        tried={tried}
        author={author}
        press={stuckPress(item, onAnew !== undefined, deadEnd)}
      />
      <Typed item={item} />
    </Sheet>
  );
}

export function stuckPress(item: StuckProps['item'], isAnew: boolean, deadEnd?: DeadEnd): string {
  if (item.problem?.code === 'waitsFor') return problemText(item.problem, kindLabel).press;
  if (item.problem?.code === 'superseded') return supersededPress;
  if (deadEnd?.press) return deadEnd.press;
  const why = 'このままでは、送りなおしても入りません。';
  if (isAnew)
    return `${why}書いた内容が要るときは「${anewWords}」、要らなければ「${discardWords}」を押してください。`;
  const copy = hasWords(item) ? '書いた文は下に出ています。要るところを写してから、' : '';
  return `${why}${copy}「${discardWords}」を押してください。`;
}

const supersededPress = `もとの記録は、先に直されたか、取り下げられています。二重に数えないよう、これは送れません。いまの記録を確かめ、足りないところがあれば、下の内容を写して新しく入れてください。済んだら「${discardWords}」を押してください。`;
