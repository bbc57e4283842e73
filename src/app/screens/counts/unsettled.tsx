/**
 * Before a day is closed: what has arrived of it and is not settled. The server tells of the colleagues of one's own
 * organisation, the tablet of one's own; a count says whose it is, and where the server could not be asked, that too is said.
 */
import { ofDay, type DayAt } from '../../logic/closing.ts';
import { outboxLists } from '../../logic/outbox-view.ts';
import { repairsFrom } from '../../logic/supervision.ts';
import { useSession } from '../../state/context.ts';
import { Notice } from '../../ui/notice.tsx';
import { tallyArrived, tallyOf, tallySum, tallyWords, unsettledWords } from '../../words/tally.ts';
import { useAsked } from '../ready/use-asked.ts';

export function Unsettled(at: DayAt) {
  const session = useSession();
  const { answer, problem } = useAsked(
    async () => repairsFrom(await session.ask('/api/repair')),
    `${at.site} ${at.date}`,
  );
  const others = (answer?.repairs ?? []).filter((line) => ofDay(line, at));
  const own = ownOf(session, at);
  const tally = tallySum(own, tallyArrived(others.map(({ code }) => code)));
  const words = tallyWords(tally);
  return (
    <>
      {words !== '' && (
        <Notice tone="warning" title={`この窓口のこの日の記録に、${words}があります。`}>
          <p>
            {unsettledWords(tally)}
            締めたあとに入ったものは、この日の数字を変えず、「締め後の追加」などに並びます。
          </p>
          <p>
            {others.length > 0 &&
              `所属の職員と受付の${others.length}件は、「管理」の「職員の要確認」で確かめられます。`}
            {tallyWords(own) !== '' &&
              `あなたの${tallyWords(own)}は、「未送信・要確認」で確かめられます。`}
          </p>
        </Notice>
      )}
      {answer?.limited && <p>要確認の記録が多いため、古いほうから500件だけを見て数えています。</p>}
      {problem && (
        <Notice tone="warning" title="ほかの職員の要確認は、いま確かめられません。">
          <p>サーバーにつながってから、この画面をひらきなおすと、件数が出ます。</p>
        </Notice>
      )}
    </>
  );
}

/** The server's list leaves these out. */
function ownOf({ outbox, actor }: ReturnType<typeof useSession>, at: DayAt) {
  const { refused, waiting } = outboxLists(
    outbox.value.filter(({ site = actor.site, businessDate }) => ofDay({ site, businessDate }, at)),
  );
  return tallyOf({ refused, waiting, pending: [] });
}
