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
import { anewFrom, outlook, type Outlook } from '../../logic/outlook.ts';
import { authorWords, type OpenedRepair, type RepairLine } from '../../logic/supervision.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession } from '../../state/context.ts';
import { Discard } from '../outbox/discard.tsx';
import { NewConsultation } from '../outbox/new-consultation.tsx';
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
    anew: anewFrom(session, item, of.found.record, of.found.deadEnd?.problem),
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
      return shared.anew ? <NewConsultation {...shared} anew={shared.anew} /> : null;
    case 'discard':
      return <Discarding {...props} />;
  }
}

interface Shared extends RepairProps {
  readonly anew: ReturnType<typeof anewFrom>;
}

function Looking({ of, setOpened, shared }: SheetsProps & { readonly shared: Shared }) {
  const { item, anew, onClose, onDiscard } = shared;
  return (
    <Look
      line={of.line}
      item={item}
      person={personOf(useSession(), of)}
      deadEnd={of.found.deadEnd}
      moved={of.opened.moved}
      onAnew={anew && (() => setOpened({ ...of, act: 'anew' }))}
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
  return people ?? personIn(session, opened.args);
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
