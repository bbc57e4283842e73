/** What is known here of two values: who wrote the one that is kept, and when; of the current one seldom more than that it was first. */
import type { OutboxItem } from '../../../device/types.ts';
import type { Ref } from '../../../domain/record.ts';
import { isChoice } from '../../logic/chosen-here.ts';
import { enteredHere, type SideBySide } from '../../logic/conflict-view.ts';
import { useSession } from '../../state/context.ts';
import { TimeText } from '../../ui/text.tsx';

interface KnownProps {
  readonly of: Ref;
  readonly choice: SideBySide['choice'];
  readonly isMine: boolean;
  readonly whose: string;
}

/** Whoever else may have chosen it, over what somebody decided before that arrived. */
function howWritten(
  { entry }: KnownProps['choice'],
  isMine: boolean,
  outbox: readonly OutboxItem[],
): string {
  const own = outbox.find(({ id }) => id === entry);
  if (own && isChoice(own)) return `に選んだものです。${askedAgain}`;
  return `${isMine ? 'に入力したものです。' : 'に入力したか、選んだものです。'}${cameLater}`;
}

const cameLater = 'サーバーに届いたときには、先に届いた別の値が入っていました。';
const askedAgain =
  'それが届く前に、ほかの職員が別のほうに決めたか、書き換えていたため、もう一度お聞きしています。';

/** What has been sent is not readable here any more, be it one's own. */
const unknownWords = (isMine: boolean) =>
  isMine
    ? 'いまの値をだれが入力したかは、この端末では分かりません。迷うときは、ほかの職員に確かめてから選んでください。'
    : 'いまの値は、あなたの入力したものかもしれません。送りおわった内容は、だれが入力したかがこの端末に残らないためです。あなたがいちど決めた項目でも、別の選択があとから届くと、もう一度ここに出ます。迷うときは、ほかの職員に確かめてから選んでください。';

/** In the order in which they reached the server, which need not be that in which they were entered. */
export function Known({ of, choice, isMine, whose }: KnownProps) {
  const outbox = useSession().outbox.value;
  const here = enteredHere(outbox, of, choice);
  return (
    <p class="conflict-known">
      {whose}の値は、
      <TimeText at={choice.at} withDate />
      {howWritten(choice, isMine, outbox)}
      {here === undefined ? (
        unknownWords(isMine)
      ) : (
        <>
          いまの値は、あなたが
          <TimeText at={here} withDate />
          に入力したものです（まだ送っていません）。
        </>
      )}
    </p>
  );
}
