/** A colleague's entry that waits, opened: what it is about, why it waits, what was entered, and what may be done with it. */
import type { Session } from '../../../device/types.ts';
import type { Rec } from '../../../domain/record.ts';
import type { Values } from '../../../domain/value.ts';
import { writtenRows } from '../../logic/entered.ts';
import {
  discardWords,
  isTwoValues,
  remedyOf,
  type DeadEnd,
  type Remedy,
} from '../../logic/outbox-view.ts';
import { stepAgainst, voidReasonOf } from '../../logic/step-against.ts';
import { namesOf } from '../../logic/names-of.ts';
import {
  authorWords,
  pressOf,
  movedWords,
  whatWaits,
  type OpenedRepair,
  type RepairLine,
} from '../../logic/supervision.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, Tag } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DateText, TimeText } from '../../ui/text.tsx';
import { FactRows } from '../referrals/referral-facts.tsx';
import { stateWords } from '../outbox/lines.tsx';
import type { Repairable } from '../outbox/repair.tsx';
import { anewLabel, stuckPress } from '../outbox/stuck.tsx';

interface LookProps {
  readonly line: RepairLine;
  readonly item: Repairable;
  /** What it was to correct. */
  readonly record: Rec | undefined;
  /** Whom it is about, where she is held here. */
  readonly person: Rec | undefined;
  /** Why it cannot be sent any more. */
  readonly deadEnd: DeadEnd | undefined;
  /** The step that it came too late for. */
  readonly moved: OpenedRepair['moved'];
  /** Records what was written as something new. */
  readonly onAnew: (() => void) | undefined;
  /** For whom is asked first. */
  readonly asksWhom: boolean;
  readonly onRepair: () => void;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
}

export function Look(props: LookProps) {
  const { line, item, record, person, deadEnd, moved, onAnew, asksWhom } = props;
  const { onRepair, onDiscard, onClose } = props;
  const session = useSession();
  const { problem, args } = item;
  const said = { ...item, state: line.code, records: [] };
  const remedy = deadEnd ? undefined : remedyOf(said, { deadEnd });
  const over = deadEnd?.problem;
  const isPast = over?.code === 'illegalState' || problem?.code === 'baseChanged';
  const isWaiting = problem?.code === 'waitsFor';
  const isTwo = isTwoValues(said);
  const against = stepAgainst(item, over, record);
  const reason = voidReasonOf(against && session.get(against.kind, against.id));
  return (
    <Sheet
      title={`${authorWords(line)}の「${item.title}」`}
      header={<About line={line} item={item} />}
      size="narrow"
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" size="large" onPress={onDiscard}>
            {discardWords}
          </Button>
          {isTwo && person && <PageButton seeker={person.id} />}
          {onAnew ? (
            <Button kind="primary" size="large" onPress={onAnew}>
              {anewLabel(asksWhom)}
            </Button>
          ) : (
            <TakeOver remedy={remedy} onPress={onRepair} />
          )}
        </>
      }
    >
      <p>
        <Tag tone="danger">{stateWords[line.code]}</Tag>
      </p>
      {problem && (
        <Notice title={whatWaits(problem)}>
          {isPast && moved && <p>{movedWords(moved)}</p>}
          {over && whatWaits(over) !== whatWaits(problem) && !isWaiting && <p>{whatWaits(over)}</p>}
          {reason && <p>取り消した理由：{reason}</p>}
          <p>{isTwo ? whereDecided(person) : pressNow(props, remedy)}</p>
        </Notice>
      )}
      <FactRows rows={writtenRows(item, session.get)} />
      {args === undefined && (
        <p>
          中身は、書いた職員だけが開けます。本人に直してもらうか、要らなければ取り下げてください。
        </p>
      )}
    </Sheet>
  );
}

function pressNow({ item, deadEnd, onAnew, asksWhom }: LookProps, remedy: Remedy): string {
  if (deadEnd) return stuckPress(item, onAnew !== undefined, deadEnd, asksWhom);
  return item.problem ? pressOf(item.problem, remedy) : '';
}

/** On this tablet alone: of a person whom it does not hold, nothing is said. */
export function personIn(session: Session, args: Values | undefined): Rec | undefined {
  const ids = Object.values(args ?? {}).filter((value) => typeof value === 'string');
  return ids.map((id) => session.get('seeker', id)).find(Boolean);
}

/** Where both values are shown: on the page of the person, where she is held here. */
function whereDecided(person: Rec | undefined): string {
  return person
    ? '二つの値が残っています。その方のページで、どちらかに決められます。'
    : '二つの値が残っています。書いた職員が「未送信・要確認」で、どちらかに決められます。';
}

function About({ line, item }: Pick<LookProps, 'line' | 'item'>) {
  const site = namesOf(useSession().get)('site', line.site);
  return (
    <p>
      {item.personName && `${item.personName}　`}「{site}」の窓口・
      <TimeText at={line.occurredAt} withDate /> に入力・
      <DateText date={line.businessDate} />
      の記録
    </p>
  );
}

function PageButton({ seeker }: { readonly seeker: string }) {
  return (
    <Button kind="primary" size="large" onPress={() => go('seeker', { seeker })}>
      その方のページへ
    </Button>
  );
}

interface TakeOverProps {
  readonly remedy: Remedy;
  readonly onPress: () => void;
}

/** Nothing urges to repeat a step that somebody overtook. */
function TakeOver({ remedy, onPress }: TakeOverProps) {
  if (remedy === 'repair')
    return (
      <Button kind="primary" size="large" onPress={onPress}>
        引き取って直す
      </Button>
    );
  if (remedy !== 'again') return null;
  return (
    <Button size="large" onPress={onPress}>
      引き取ってもう一度送る
    </Button>
  );
}
