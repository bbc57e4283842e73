/**
 * 担当の引継ぎ as a supervisor plans it: which posts there are and who holds them, whose people go where, with what note. People
 * end nowhere: a post that nobody holds is named with its count, and nobody is moved to one.
 */
import { isInService } from '../../domain/kinds/staff.ts';
import { partOf, type Actor, type Rec } from '../../domain/record.ts';
import { text, type Values } from '../../domain/value.ts';

export interface PostRow {
  readonly post: string;
  /** Names of who holds it today; those who are still to come have their first day behind the name. */
  readonly holders: readonly string[];
  /** undefined: not known without a connection. */
  readonly people: number | undefined;
  /** People without anybody. */
  readonly isOrphaned: boolean;
  /** Held by somebody of this counter. */
  readonly isHere: boolean;
}

export interface PostCount {
  readonly post: string;
  readonly people: number;
}

export function postRows(
  staff: readonly Rec[],
  counts: readonly PostCount[] | undefined,
  { org, site }: Pick<Actor, 'org' | 'site'>,
  today: string,
): readonly PostRow[] {
  const held = holdersByPost(staff, org, today);
  const atSite = staff.filter((one) => partOf(one, 'facts')['site'] === site);
  const here = holdersByPost(atSite, org, today);
  const names = [...new Set([...held.keys(), ...(counts ?? []).map(({ post }) => post)])];
  const rows = names.map((post): PostRow => {
    const holders = held.get(post) ?? [];
    const people = counts && (counts.find((one) => one.post === post)?.people ?? 0);
    const isOrphaned = holders.length === 0 && people !== 0;
    return { post, holders, people, isOrphaned, isHere: here.has(post) };
  });
  return rows.toSorted(
    (a, b) => Number(b.isOrphaned) - Number(a.isOrphaned) || a.post.localeCompare(b.post, 'ja'),
  );
}

function holdersByPost(staff: readonly Rec[], org: string, today: string): Map<string, string[]> {
  const held = new Map<string, string[]>();
  for (const one of staff) {
    const facts = partOf(one, 'facts');
    const begins = text(facts['validFrom']) ?? today;
    const post = text(facts['post']);
    if (post === undefined || facts['org'] !== org) continue;
    if (!isInService(facts, begins < today ? today : begins)) continue;
    const later = begins > today ? `（${begins}から）` : '';
    held.set(post, [...(held.get(post) ?? []), `${text(facts['name']) ?? ''}${later}`]);
  }
  return held;
}

export interface TransferPlan {
  readonly fromPost: string;
  readonly toPost: string;
  /** For all of them. */
  readonly note: string;
  readonly notes: ReadonlyMap<string, string>;
}

export function noteFor(plan: Pick<TransferPlan, 'note' | 'notes'>, seeker: string): string {
  return [plan.note, plan.notes.get(seeker) ?? '']
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .join('\n');
}

export function transferArgs(plan: TransferPlan, seeker: string, id: string): Values {
  const note = noteFor(plan, seeker);
  const { fromPost, toPost } = plan;
  return { id, seeker, fromPost, toPost, ...(note === '' ? {} : { note }) };
}
