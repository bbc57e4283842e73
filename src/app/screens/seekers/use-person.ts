/**
 * One person behind a screen: opens the file (the view is logged durably before anything is shown), then reads what this
 * tablet holds about her from memory. A failure keeps the screen closed and says why.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { idsOfPerson, lastVisits, recordsAbout } from '../../logic/person.ts';
import { told } from '../../logic/timeline.ts';
import { useSession } from '../../state/context.ts';

export type Opening =
  | { readonly state: 'opening' }
  | { readonly state: 'open' }
  | { readonly state: 'failed'; readonly problem: Problem; readonly retry: () => void };

/** Opened again when a link makes her other file known: that is a wider view, and logged as one. */
export function useOpenPerson(seeker: string | undefined, purpose: string): Opening {
  const session = useSession();
  const links = session.all('link').value;
  const seekers = session.all('seeker').value;
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<{ seeker: string; problem: Problem | undefined }>();
  const files = seeker === undefined ? [] : idsOfPerson(seeker, links, seekers);
  useEffect(() => {
    if (seeker === undefined) return;
    void session.openPerson(seeker, purpose).then((opened) => {
      setAnswer({ seeker, problem: opened.ok ? undefined : opened.problem });
    });
  }, [files.join(' '), tries]);
  if (seeker === undefined) return { state: 'open' };
  if (answer?.seeker !== seeker) return { state: 'opening' };
  return answer.problem
    ? { state: 'failed', problem: answer.problem, retry: () => setTries(tries + 1) }
    : { state: 'open' };
}

/** Every record in memory about a person, of both her files while a link lives. */
export function usePersonRecords(seeker: string | undefined): readonly Rec[] {
  const session = useSession();
  const records = told.flatMap((kind) => session.all(kind).value);
  const links = session.all('link').value;
  return seeker === undefined
    ? []
    : recordsAbout(records, seeker, links, session.all('seeker').value);
}

/** A merged registration leads to the one where the person is found now. */
export function useSeeker(id: string | undefined): Rec | undefined {
  const session = useSession();
  // Read as a signal, so that a merge elsewhere draws the page anew.
  return session.all('seeker').value.length > 0 && id !== undefined
    ? session.get('seeker', id)
    : undefined;
}

/** Day of the last visit by person, whichever of her registrations it names. */
export function useLastVisits(): ReadonlyMap<string, string> {
  const session = useSession();
  return lastVisits(session.all('visit').value, (id) => session.get('seeker', id)?.id ?? id);
}
