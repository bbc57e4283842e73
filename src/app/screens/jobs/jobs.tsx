/**
 * 求人をさがす: what this tablet holds of Hello Work's list and the desk's own postings, without a line as well. Chosen for
 * somebody, a posting fills the referral form; a supervisor brings in a new list here.
 */
import { useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { findJobs, newestOf, searchFields } from '../../logic/job-search.ts';
import { isAllowed } from '../../../domain/permission.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go, screen } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List, SplitView } from '../../ui/list.tsx';
import { Counted, DateText } from '../../ui/text.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { useSeeker } from '../seekers/use-person.ts';
import { JobDetail } from './job-detail.tsx';
import { JobImport } from './job-import.tsx';
import { JobRow } from './job-row.tsx';
import './jobs.css';

const page = 50;

export function Jobs() {
  const { actor } = useSession();
  const seeker = useSeeker(screen.value.params.seeker);
  const [isImporting, setImporting] = useState(false);
  const mayImport = isAllowed('jobs.import', actor, 'none');
  const mayWrite = isAllowed('jobs.write', actor, 'none');
  return (
    <section class="screen jobs" aria-label="求人">
      <header class="screen-head">
        <h1>求人をさがす</h1>
        <div class="buttons">
          {mayWrite && (
            <Button onPress={() => go('records', { kind: 'jobPosting' })}>独自求人の名簿</Button>
          )}
          {mayImport && <Button onPress={() => setImporting(true)}>一覧を取りこむ</Button>}
        </div>
      </header>
      {seeker && <PersonHeader seeker={seeker} />}
      <Search seeker={seeker} />
      {isImporting && <JobImport onClose={() => setImporting(false)} />}
    </section>
  );
}

function Search({ seeker }: { readonly seeker: Rec | undefined }) {
  const { all } = useSession();
  const today = useTablet().today();
  const form = useForm({ fields: searchFields });
  const [chosen, setChosen] = useState<string>();
  const [most, setMost] = useState(page);
  const postings = all('jobPosting').value;
  const found = findJobs(postings, form.args(), today);
  const record = found.find((one) => one.id === chosen);
  return (
    <>
      <Filters form={form} />
      <Found n={found.length} postings={postings} />
      <SplitView
        list={
          <>
            <List label="見つかった求人">
              {found.slice(0, most).map((one) => (
                <JobRow
                  key={one.id}
                  record={one}
                  isSelected={one.id === chosen}
                  onPress={() => setChosen(one.id)}
                />
              ))}
            </List>
            {found.length > most && (
              <Button onPress={() => setMost(most + page)}>つづきを{page}件見る</Button>
            )}
          </>
        }
        hint={found.length > 0 ? '左の一覧から選ぶと、求人の内容がここに出ます。' : undefined}
        detail={
          record && (
            <JobDetail
              key={record.id}
              record={record}
              seeker={seeker}
              onClose={() => setChosen(undefined)}
            />
          )
        }
      />
    </>
  );
}

/** How many, out of what: a list that nobody has brought up to date says so by its newest day. */
function Found({ n, postings }: { readonly n: number; readonly postings: readonly Rec[] }) {
  if (postings.length === 0)
    return (
      <Empty>この端末には、まだ求人がありません。責任者が一覧を取りこむと、ここに出ます。</Empty>
    );
  return (
    <>
      <p role="status" class="jobs-count">
        <Counted n={n} unit="件" />
        <span class="quiet">
          （この端末にある求人から。いちばん新しい受付日は
          <DateText date={newestOf(postings)} />）
        </span>
      </p>
      {n === 0 && <Empty>合う求人がありません。条件をへらしてみてください。</Empty>}
    </>
  );
}

function Filters({ form }: { readonly form: ReturnType<typeof useForm> }) {
  const more = ['employmentTypes', 'wage', 'trialToo', 'localOnly'];
  const used = more.filter((name) => form.args()[name] !== undefined).length;
  return (
    <div class="jobs-filters" role="search" aria-label="求人の条件">
      <FormFields form={form} names={['words', 'place', 'occupation']} />
      <details>
        <summary>ほかの条件{used > 0 && `（${used}つ使っています）`}</summary>
        <FormFields form={form} names={more} />
      </details>
    </div>
  );
}
