/** Ties a person to the visit that a screen was opened from, in one more write; without a visit nothing is written. */
import type { Write } from '../../form/use-write.ts';
import { go } from '../../state/nav.ts';

export async function attachAndOpen(write: Write, seeker: string, visit: string | undefined) {
  if (visit !== undefined) {
    const tied = await write.save(
      'visit.attach',
      { id: visit, seeker },
      { message: '来所に結びつけました' },
    );
    if (tied === undefined) return;
  }
  go('seeker', visit === undefined ? { seeker } : { seeker, visit });
}
