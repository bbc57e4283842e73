/**
 * A refused entry opened again. First it is asked whether it can be sent at all: where what it is about is gone or past that
 * step, what was written is shown with what can become of it; else its form, with what was entered.
 */
import { useEffect, useState } from 'preact/hooks';
import type { OutboxItem } from '../../../device/types.ts';
import type { Values } from '../../../domain/value.ts';
import { without } from '../../logic/entered.ts';
import { repairFields, type DeadEnd } from '../../logic/outbox-view.ts';
import { anewFrom, asksWhom, outlook, type Outlook } from '../../logic/outlook.ts';
import { useSession } from '../../state/context.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { AnewFor } from './anew-for.tsx';
import { About } from './repair-about.tsx';
import { RepairForm } from './repair-form.tsx';
import { Stuck } from './stuck.tsx';
import { Unread } from './unread.tsx';
import type { Tried } from './refusal.tsx';

export type Repairable = Pick<
  OutboxItem,
  'id' | 'verb' | 'title' | 'businessDate' | 'problem' | 'args' | 'personName' | 'seen' | 'site'
>;

export interface RepairProps {
  readonly item: Repairable;
  /** Whose entry it is, where it is a colleague's. */
  readonly author?: string | undefined;
  readonly onClose: () => void;
  readonly onDiscard: () => void;
  readonly onSent?: (() => void) | undefined;
}

function useOutlook(item: Repairable) {
  const session = useSession();
  const [way, setWay] = useState<Outlook>();
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let isOver = false;
    setWay(undefined);
    void outlook(session, item).then((found) => {
      if (!isOver) setWay(found);
    });
    return () => {
      isOver = true;
    };
  }, [item.id, times]);
  return { way, again: () => setTimes((n) => n + 1) };
}

export function Repair(props: RepairProps) {
  const { item, author, onClose } = props;
  const { way, again } = useOutlook(item);
  if (way?.unread && !way.deadEnd) return <Unread {...props} problem={way.unread} again={again} />;
  if (way) return <Known {...props} way={way} />;
  return (
    <Sheet
      title={`「${item.title}」`}
      header={<About item={item} author={author} kept={item.args ?? {}} />}
      onClose={onClose}
    >
      <p role="status">記録を開いています。</p>
    </Sheet>
  );
}

interface KnownProps extends RepairProps {
  readonly way: Outlook;
}

interface Met {
  readonly tried: Tried;
  readonly args: Values;
}

function Known({ way, ...props }: KnownProps) {
  const session = useSession();
  const [met, setMet] = useState<Met>();
  const [isAnew, setAnew] = useState(false);
  const problem = met?.tried.problem;
  const deadEnd: DeadEnd | undefined = problem ? { problem } : way.deadEnd;
  if (!deadEnd)
    return (
      <RepairForm
        {...props}
        record={way.record}
        onStuck={(tried, args) => setMet({ tried, args })}
      />
    );
  const item = met ? { ...props.item, args: { ...unasked(props.item), ...met.args } } : props.item;
  const waits = deadEnd.neverComes || item.problem?.code !== 'waitsFor' ? undefined : item.problem;
  if (isAnew) return <AnewFor {...props} item={item} record={way.record} deadEnd={deadEnd} />;
  const asks = asksWhom(session, item, way.record, deadEnd) !== undefined;
  const isOffered = asks || anewFrom(session, item, way.record, deadEnd) !== undefined;
  return (
    <Stuck
      {...props}
      item={item}
      deadEnd={waits ? { problem: waits } : deadEnd}
      tried={met?.tried}
      onBack={met && (() => setMet(undefined))}
      record={way.record}
      asksWhom={asks}
      onAnew={isOffered ? () => setAnew(true) : undefined}
    />
  );
}

const unasked = ({ verb, args = {} }: Repairable): Values =>
  without(args, { ...repairFields(verb), clear: [] });
