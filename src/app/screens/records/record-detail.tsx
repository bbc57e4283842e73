/**
 * One record of a shelf: its buttons, its parts in words with who reads them, what names it, and what has happened to it.
 * Sealed parts are opened with a logged view, one record at a time.
 */
import { useEffect, useState } from 'preact/hooks';
import { peopleOf, stateOf, type Kind } from '../../../domain/kind.ts';
import type { Problem } from '../../../domain/problem.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { namesOf } from '../../logic/names-of.ts';
import { isRegister } from '../../logic/record-kinds.ts';
import { dateOf, nameOfPerson, personWords } from '../../logic/record-list.ts';
import { hasSealed, sections, type Section } from '../../logic/record-parts.ts';
import { refWords } from '../../logic/value-words.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { DateText } from '../../ui/text.tsx';
import { RecordActions } from './record-actions.tsx';
import { RecordHistory } from './record-history.tsx';
import { Related } from './related.tsx';

interface RecordDetailProps {
  readonly kind: Kind;
  readonly record: Rec;
  readonly onClose: () => void;
}

function useOpened(kind: Kind, record: Rec): Problem | undefined {
  const session = useSession();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    if (!hasSealed(kind)) return;
    void session
      .open(kind.name, record.id, `${kind.label}の確認`)
      .then((opened) => setProblem(opened.ok ? undefined : opened.problem));
  }, [record.id]);
  return problem;
}

export function RecordDetail({ kind, record, onClose }: RecordDetailProps) {
  const session = useSession();
  const problem = useOpened(kind, record);
  const nameOf = namesOf(session.get);
  const { org, site } = partOf(record, 'facts');
  const look = { view: session, links: session.all('link').value, ref: refWords(session.get) };
  const state = kind.states?.[stateOf(record) ?? ''];
  return (
    <div class="record-detail">
      <div class="record-bar">
        <Tag>{kind.label}</Tag>
        {state && <Tag tone="accent">{state}</Tag>}
        {!isRegister(kind) && (
          <span class="quiet">
            <DateText date={dateOf(kind, record)} />{' '}
            {org !== undefined && `${nameOf('organisation', org)}・${nameOf('site', site)}`}
          </span>
        )}
        <Button kind="plain" size="small" onPress={onClose}>
          一覧へ
        </Button>
      </div>
      <h2>{kind.summary(record) || kind.label}</h2>
      <People kind={kind} record={record} />
      <ProblemNotice problem={problem} />
      <ConflictNotice records={[record]} />
      <RecordActions kind={kind} record={record} />
      {sections(kind, record, look).map((section) => (
        <PartOf key={section.part} section={section} />
      ))}
      <Related record={record} />
      <RecordHistory kind={kind} record={record} />
    </div>
  );
}

function People({ kind, record }: { readonly kind: Kind; readonly record: Rec }) {
  const session = useSession();
  const people = peopleOf(kind, record).filter((id) => nameOfPerson(id, session));
  const [first] = people;
  if (first === undefined) return null;
  return (
    <p class="record-people">
      <strong>{personWords(record, session)}</strong>
      <Button size="small" onPress={() => go('seeker', { seeker: first })}>
        この方のページへ
      </Button>
    </p>
  );
}

function PartOf({ section }: { readonly section: Section }) {
  return (
    <section class={section.isPrivate ? 'record-private' : 'record-shown'}>
      <h3 class="record-part">
        {section.isPrivate && <Icon name="lock" />}
        {section.label}
        <span class="quiet">読める人：{section.readers}</span>
      </h3>
      <dl class="record-rows">
        {section.rows.map(({ label, words }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="pre">{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
