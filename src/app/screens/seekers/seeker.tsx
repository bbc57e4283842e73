/**
 * 求職者のページ: who this is, what changed since I was last with her, what comes next, and the story of both organisations
 * within consent. The file is opened with a logged view before anything of it is drawn.
 */
import { useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { namesOf } from '../../logic/names-of.ts';
import { sinceLast } from '../../logic/since-last.ts';
import { timeline, type TimelineItem } from '../../logic/timeline.ts';
import { useSession } from '../../state/context.ts';
import { back, screen } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { VisitPanel } from '../reception/visit-panel.tsx';
import { BegunTalk } from './begun-talk.tsx';
import { Correction } from './correction.tsx';
import { MergedFiles, PossibleDuplicates } from './duplicates.tsx';
import { NotHere } from './not-here.tsx';
import { OwnOpen } from './own-open.tsx';
import { NextSteps } from './next-steps.tsx';
import { SeekerActions } from './seeker-actions.tsx';
import { SinceCard } from './since-card.tsx';
import { Timeline } from './timeline-view.tsx';
import { useOpenPerson, usePersonRecords, useSeeker } from './use-person.ts';
import './seekers.css';

export function SeekerPage() {
  const { seeker: id, visit } = screen.value.params;
  const opening = useOpenPerson(id, '相談・支援');
  const seeker = useSeeker(id);
  if (opening.state === 'failed' && opening.problem.code === 'notFound')
    return <NotHere id={id} retry={opening.retry} />;
  if (opening.state === 'failed')
    return (
      <section class="screen">
        <ProblemNotice problem={opening.problem} />
        <Button onPress={opening.retry}>もう一度開く</Button>
        <Button kind="plain" onPress={() => back('seekers')}>
          求職者の一覧へもどる
        </Button>
      </section>
    );
  if (opening.state === 'opening') return <p class="seekers-opening">台帳を開いています。</p>;
  if (!seeker) return <NotHere id={id} />;
  return <OpenSeeker key={seeker.id} seeker={seeker} visit={visit} />;
}

function OpenSeeker({ seeker, visit }: { seeker: Rec; visit: string | undefined }) {
  const session = useSession();
  const about = usePersonRecords(seeker.id);
  const [correcting, setCorrecting] = useState<TimelineItem>();
  const items = timeline(about, session.actor.org, namesOf(session.get));
  return (
    <section class="screen seeker" aria-label="求職者のページ">
      <div class="seeker-head">
        <PersonHeader seeker={seeker} />
      </div>
      <SeekerActions seeker={seeker} about={about} visit={visit} />
      {/* They come with a sync: what is pressed stands above, and does not move. */}
      <ConflictNotice records={[seeker, ...about]} />
      <OwnOpen seeker={seeker} />
      <BegunTalk seeker={seeker} />
      <PossibleDuplicates seeker={seeker} />
      <div class="seeker-columns">
        <div class="seeker-side">
          <SinceCard since={sinceLast(items, session.actor.user)} isNew={items.length === 0} />
          <NextSteps seeker={seeker} about={about} />
          <MergedFiles seeker={seeker} />
        </div>
        <Timeline items={items} onCorrect={setCorrecting} />
      </div>
      {correcting && (
        <Correcting
          key={correcting.record.id}
          item={correcting}
          seeker={seeker}
          onClose={() => setCorrecting(undefined)}
        />
      )}
    </section>
  );
}

interface CorrectingProps {
  readonly item: TimelineItem;
  readonly seeker: Rec;
  readonly onClose: () => void;
}

/** A visit is put right as on the board, and as it stands now. */
function Correcting(props: CorrectingProps) {
  const { get } = useSession();
  const { record } = props.item;
  if (record.kind !== 'visit') return <Correction {...props} />;
  return <VisitPanel visit={get('visit', record.id) ?? record} onClose={props.onClose} />;
}
