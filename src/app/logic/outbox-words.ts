/** What 未送信・要確認 says besides its lists: that all is sent, that there is no line, what withdrawing does and has done. */
import type { OutboxItem, SyncState, WithdrawnItem } from '../../device/types.ts';
import { toldBy } from '../../domain/copied.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import { text } from '../../domain/value.ts';
import { hasEffect } from '../../sync/verdict.ts';
import { tallyBeside, tallyHere, tallyWords, type Tally } from '../words/tally.ts';
import type { OutboxLists } from './outbox-view.ts';

/** Nothing is unsent: what has arrived and is not in the records yet stands above, and is named here too. */
export function allSentWords({ refused, waiting }: OutboxLists): string {
  const left = [
    refused.length > 0 ? `${refused.length}件は、上の「要確認」で確かめてください` : '',
    waiting.length > 0 ? `${waiting.length}件は、上の「待っています」にあります` : '',
  ].filter(Boolean);
  if (left.length === 0)
    return 'あなたの記録は、すべてサーバーが受け取りました（1件ごとの受取証があります）。';
  return `あなたの記録は、すべて送りました（1件ごとの受取証があります）。そのうち${left.join('、')}。`;
}

/** After a press, where nothing is left to be sent. */
export const sentWords = '送りました。この端末に、送っていない記録はありません。';

/** After a press for which there was no line. */
export function offlineWords({ pending, isPortal }: SyncState): string {
  const line = isPortal ? 'Wi-Fiのログインが必要です。' : 'つながっていません。';
  return pending > 0
    ? `${line}記録はこの端末にあります。つながると自動で送ります。`
    : `${line}この端末に、送っていない記録はありません。`;
}

/** What the top bar counts and this list does not show, and what waits that the top bar does not count. */
export function elsewhereWords(
  state: Pick<SyncState, 'pending' | 'needsCare' | 'waits' | 'views'>,
  mine: Tally,
): readonly string[] {
  const { views } = state;
  const others = tallyBeside(tallyHere(state), mine);
  const n = others.care + others.waits + others.unsent;
  const opened = views === undefined ? '台帳を開いた記録や、' : '';
  // The reason of a withdrawal is sent like an entry, and is in no list.
  const reasons = others.unsent > 0 ? 'や、取り下げの理由' : '';
  return [
    n > 0
      ? `ほかに、${opened}ほかの職員・受付の記録${reasons}が${n}件あります（${tallyWords(others)}）。`
      : '',
    views
      ? `台帳を開いたことなどの記録（だれがいつ見たか）が${views}件、送信を待っています。画面の上の件数には入りません。`
      : '',
  ].filter(Boolean);
}

/** By whom and why, and what became of it. */
export function withdrawnWords(item: WithdrawnItem) {
  const { hasEffect: isPartly, wentIn, isPutRight } = item;
  if (isPutRight) return { state: '直して送られました', why: putRightWords };
  if (wentIn) return { state: '先に記録に入っていました', why: `${whyWords(item)}${afterAll}` };
  const state = isPartly ? '一部は記録に入っています' : '記録には入っていません';
  return { state, why: whyWords(item) };
}

/** Whose it is now the record itself says; the server does not tell it here. */
const putRightWords =
  '責任者などが引き取り、直して送りました（ほかの端末で、あなたが送ったときも、ここに出ます）。だれの、どの記録になったかは、所属の責任者に聞いてください。';

const afterAll =
  '（取り下げがサーバーに届く前に、入っていました。いまの記録を確かめ、要らないときは、その記録の画面で取り消してください。）';

function whyWords({ reason, withdrawnAt }: WithdrawnItem): string {
  if (reason !== undefined) return `理由：${reason}`;
  return withdrawnAt === undefined
    ? '責任者が取り下げました。理由は、責任者に聞いてください。'
    : '理由は、この画面では見られません。';
}

/** Of those withdrawn, how many are in the records all the same; said before the list is unfolded. */
export function wentInWords(items: readonly Pick<WithdrawnItem, 'wentIn'>[]): string {
  const n = items.filter(({ wentIn }) => wentIn).length;
  return n === 0 ? '' : `（うち${n}件は、先に記録に入っていました）`;
}

type Refused = Pick<OutboxItem, 'state' | 'problem'>;

/** How much of it is in the records. */
export function arrivedWords({ state, problem }: Refused): string {
  if (state === 'blocked') return blockedWords;
  const isPartly =
    problem !== undefined && state === 'conflict' && hasEffect({ code: state, problem });
  return isPartly
    ? 'この記録はサーバーに届いていて、一部は記録に入っています。取り下げても、入ったものはそのままです。'
    : 'この記録はサーバーに届いていますが、記録には入っていません。取り下げると、もう入りません。';
}

/** The server takes it without a word as soon as what it waits for is there. */
const blockedWords =
  'この記録はサーバーに届いていて、ほかの記録が届くのを待っています。つながっていないあいだに、もう入っていることもあります。取り下げが届く前に入ったものは、そのまま残ります。';

/** What withdrawing does, before it is done. */
export function discardPoints(item: Refused): readonly string[] {
  return [
    arrivedWords(item),
    ...(item.state === 'blocked'
      ? ['先に入っていたときは、「取り下げた記録」に、そう出ます。']
      : []),
    '要確認の一覧から、この画面の下の「取り下げた記録」に移ります。いつの、何の記録を、なぜ取り下げたかを、31日のあいだ見られます。この画面で理由を見られるのは、あなただけです。',
    '入力した中身は、この端末では読めなくなります。サーバーには、中身と理由が残ります。責任者の「端末ごとの照合」には、件数だけが出ます。',
  ];
}

export const unnamedWords = '（人の指定なし）';

/** Where nobody can be named: why. */
export function nobodyWords({ args, verb }: Pick<OutboxItem, 'args' | 'verb'>): string {
  if (args === undefined) return '（内容が読めないため、だれの記録かは出せません）';
  if (toldBy(verbNamed(verb), args) || verb.startsWith('handoff.'))
    return '（引継ぎで伝えられた方）';
  return text(args['seeker']) === undefined ? unnamedWords : '（台帳がこの端末にない方）';
}
