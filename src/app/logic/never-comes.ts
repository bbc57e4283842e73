/**
 * What waits for a record that will not come: the own entry that was to make it was refused for good, or given up. Then it is
 * no waiting any more. Whatever was written stays its author's; a consultation can be recorded for a person who is there.
 */
import type { OutboxItem, Session } from '../../device/types.ts';
import type { Ref } from '../../domain/record.ts';
import { discardWords, isRefused, type DeadEnd } from './outbox-view.ts';

type Waiting = Pick<OutboxItem, 'id' | 'problem' | 'args'>;
type Judge = (session: Session, item: OutboxItem) => Promise<DeadEnd | undefined>;

export async function neverComes(
  session: Session,
  item: Waiting,
  judge: Judge,
): Promise<DeadEnd | undefined> {
  const { problem, args = {} } = item;
  if (problem?.code !== 'waitsFor') return undefined;
  const ids = Object.values(args);
  const isIt = ({ kind, id }: Ref) => kind === problem.kind && ids.includes(id);
  const makers = session.outbox
    .peek()
    .filter((one) => one.id !== item.id && one.records.some(isIt));
  const made = makers.find(({ records }) => records.some(isIt));
  if (!made) return (await isGivenUp(session, isIt)) ? ended(problem.kind) : undefined;
  // Put right, it still comes.
  const isOver = isRefused(made.state) && (await judge(session, made)) !== undefined;
  return isOver ? ended(problem.kind) : undefined;
}

async function isGivenUp({ withdrawn }: Session, isIt: (ref: Ref) => boolean): Promise<boolean> {
  const found = await withdrawn();
  const items = found.ok ? found.value : [];
  return items.some(({ records, hasEffect }) => !hasEffect && records.some(isIt));
}

const ended = (kind: string): DeadEnd => ({
  problem: { code: 'waitsFor', kind },
  neverComes: true,
  what: `この記録のもとになる${whatOf(kind)}が受け付けられなかったため、待っていても入りません。`,
  safe: 'あなたが書いた内容は、この端末に残っています。',
  press: `要らなければ「${discardWords}」を押してください。`,
});

const whatOf = (kind: string) => (kind === 'seeker' ? '方の登録' : '記録');
