/**
 * A refused entry opened again. First it is asked whether it can be sent at all: where what it is about is gone or past that
 * step, what was written is shown with what can become of it; else its form, with what was entered.
 */
import { useEffect, useState } from 'preact/hooks';
import type { OutboxItem } from '../../../device/types.ts';
import type { Values } from '../../../domain/value.ts';
import { anewOf, type Anew } from '../../logic/anew.ts';
import { repairFields } from '../../logic/outbox-view.ts';
import { wayOut, type WayOut } from '../../logic/way-out.ts';
import { useSession } from '../../state/context.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { NewConsultation } from './new-consultation.tsx';
import { About } from './repair-about.tsx';
import { RepairForm } from './repair-form.tsx';
import { Stuck } from './stuck.tsx';
import { Unread } from './unread.tsx';
import type { Tried } from './refusal.tsx';

export type Repairable = Pick<
  OutboxItem,
  'id' | 'verb' | 'title' | 'businessDate' | 'problem' | 'args' | 'personName' | 'seen'
> & {
  /** Of a colleague's entry: the counter at which it was written. */
  readonly site?: string | undefined;
};

export interface RepairProps {
  readonly item: Repairable;
  /** Whose entry it is, where it is a colleague's. */
  readonly author?: string | undefined;
  readonly onClose: () => void;
  readonly onDiscard: () => void;
  readonly onSent?: (() => void) | undefined;
}

function useWayOut(item: Repairable) {
  const session = useSession();
  const [way, setWay] = useState<WayOut>();
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let isOver = false;
    setWay(undefined);
    void wayOut(session, item).then((found) => {
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
  const { way, again } = useWayOut(item);
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
  readonly way: WayOut;
}

interface Met {
  readonly tried: Tried;
  readonly args: Values;
}

function Known({ way, ...props }: KnownProps) {
  const session = useSession();
  const [met, setMet] = useState<Met>();
  const [anew, setAnew] = useState<Anew>();
  const deadEnd = met?.tried.problem ?? way.deadEnd;
  if (anew) return <NewConsultation {...props} anew={anew} />;
  if (!deadEnd)
    return (
      <RepairForm
        {...props}
        record={way.record}
        onStuck={(tried, args) => setMet({ tried, args })}
      />
    );
  const item = met ? { ...props.item, args: { ...ids(props.item), ...met.args } } : props.item;
  const waits = item.problem?.code === 'waitsFor' ? item.problem : undefined;
  const offered = waits ? undefined : anewOf(session, item, way.record, deadEnd);
  return (
    <Stuck
      {...props}
      item={item}
      problem={waits ?? deadEnd}
      tried={met?.tried}
      onAnew={offered && (() => setAnew(offered))}
    />
  );
}

/** What the form does not ask. */
function ids({ verb, args = {} }: Repairable): Values {
  const asked = repairFields(verb);
  return Object.fromEntries(
    Object.entries(args).filter(([name]) => name !== 'clear' && !Object.hasOwn(asked, name)),
  );
}
