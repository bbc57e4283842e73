/**
 * One entry of a colleague, opened in 職員の要確認: looked at, put right in its place, its words recorded as something new,
 * or withdrawn.
 */
import type { OutboxState, Session } from '../../../device/types.ts';
import { verbNamed } from '../../../domain/kinds/index.ts';
import { seekerName } from '../../../domain/kinds/seeker.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { arrivedWords } from '../../logic/outbox-words.ts';
import { anewFrom, asksWhom, outlook, type Outlook } from '../../logic/outlook.ts';
import { authorWords, type OpenedRepair, type RepairLine } from '../../logic/supervision.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession } from '../../state/context.ts';
import { Discard } from '../outbox/discard.tsx';
import { AnewFor } from '../outbox/anew-for.tsx';
import { Repair, type Repairable, type RepairProps } from '../outbox/repair.tsx';
import { Look, personIn } from './inbox-look.tsx';

export interface Opened {
  readonly line: RepairLine;
  readonly opened: OpenedRepair;
  /** What this tablet may show of it, and whether it can be sent at all. */
  readonly found: Outlook;
  readonly act: 'look' | 'repair' | 'anew' | 'discard';
}

export function find(session: Session, line: RepairLine, opened: OpenedRepair): Promise<Outlook> {
  const { entry: id, verb, site, code: state } = line;
  const { args, problem } = opened;
  return outlook(session, { id, verb, site, state, args, problem });
}

export const titleOf = ({ verb }: RepairLine) => verbNamed(verb)?.title ?? verb;

interface SheetsProps {
  readonly of: Opened;
  readonly setOpened: (opened: Opened | undefined) => void;
  readonly onSent: () => void;
}

export function Sheets(props: SheetsProps) {
  const { of, setOpened } = props;
  const session = useSession();
  const item = useItem(of);
  const shared: Shared = {
    item,
    author: authorWords(of.line),
    isAnew: isAnewOffered(session, item, of.found),
    onClose: () => setOpened(undefined),
    onDiscard: () => setOpened({ ...of, act: 'discard' }),
    onSent: props.onSent,
  };
  switch (of.act) {
    case 'look':
      return <Looking {...props} shared={shared} />;
    case 'repair':
      return <Repair {...shared} />;
    case 'anew':
      return <Anew {...shared} {...of.found} />;
    case 'discard':
      return <Discarding {...props} />;
  }
}

interface Shared extends RepairProps {
  readonly isAnew: boolean;
}

function isAnewOffered(session: Session, item: Repairable, { record, deadEnd }: Found): boolean {
  if (asksWho(session, item, { record, deadEnd })) return true;
  return anewFrom(session, item, record, deadEnd) !== undefined;
}

type Found = Pick<Outlook, 'record' | 'deadEnd'>;

function asksWho(session: Session, item: Repairable, { record, deadEnd }: Found): boolean {
  return deadEnd !== undefined && asksWhom(session, item, record, deadEnd) !== undefined;
}

function Anew({ record, deadEnd, ...props }: RepairProps & Found) {
  return deadEnd ? <AnewFor {...props} record={record} deadEnd={deadEnd} /> : null;
}

function Looking({ of, setOpened, shared }: SheetsProps & { readonly shared: Shared }) {
  const session = useSession();
  const { item, isAnew, onClose, onDiscard } = shared;
  return (
    <Look
      line={of.line}
      item={item}
      person={personOf(session, of)}
      deadEnd={of.found.deadEnd}
      moved={of.opened.moved}
      record={of.found.record}
      asksWhom={asksWho(session, item, of.found)}
      onAnew={isAnew ? () => setOpened({ ...of, act: 'anew' }) : undefined}
      onRepair={() => setOpened({ ...of, act: 'repair' })}
      onDiscard={onDiscard}
      onClose={onClose}
    />
  );
}

const pointsOf = (state: OutboxState, problem: Problem | undefined) => [
  arrivedWords({ state, problem }),
  '書いた職員の画面では、要確認から消えます。入力から31日のあいだは、「取り下げた記録」に出ます。',
  '取り下げが届く前に、書いた職員が直して送っていたときは、そちらが残ります。',
  'だれがなぜ取り下げたかは、サーバーに残ります。',
];

function Discarding({ of, setOpened, onSent }: SheetsProps) {
  const session = useSession();
  const { line, opened } = of;
  return (
    <Discard
      item={useItem(of)}
      records={[of.found.record, personOf(session, of)]}
      title={`${authorWords(line)}の「${titleOf(line)}」`}
      points={pointsOf(line.code, opened.problem)}
      done="取り下げました"
      onDiscard={async (reason) => {
        const done = await session.discardOther(line.entry, reason);
        if (done.ok) onSent();
        return done;
      }}
      onClose={() => setOpened(undefined)}
    />
  );
}

/** Names are looked up on this tablet alone: of a person whom it does not hold, nothing is said. */
function personOf(session: Session, { opened, found }: Opened): Rec | undefined {
  const people = found.people.map((id) => session.get('seeker', id)).find(Boolean);
  // Whom its author meant, not whom somebody else has put there since.
  return personIn(session, opened.args) ?? people;
}

function useItem(of: Opened): Repairable {
  const session = useSession();
  const { line, opened } = of;
  const { args } = opened;
  const person = personOf(session, of);
  const visit = line.verb.startsWith('visit.')
    ? session.get('visit', text(args?.['id']) ?? '')
    : undefined;
  const typed = text(args?.['familyName']) && seekerName({ parts: { card: args ?? {} } });
  return {
    id: line.entry,
    verb: line.verb,
    title: titleOf(line),
    businessDate: line.businessDate,
    site: line.site,
    problem: opened.problem,
    args,
    seen: opened.seen,
    personName:
      typed || (person && seekerName(person)) || (visit && visitWords(visit)) || undefined,
  };
}
