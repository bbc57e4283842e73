/**
 * Hires of the own organisation that nobody has planned to ask after: neither the four checks nor a single one, and the last
 * of them would still lie ahead (domain.md §3). What is planned elsewhere is the other organisation's.
 */
import { stateOf, type Verb } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { dueOf } from '../../domain/kinds/retention-check.ts';
import { partOf, type Actor, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { creations } from './record-kinds.ts';

/** Undefined where this member's role plans none. */
export function planVerb(actor: Actor): Verb | undefined {
  const kind = kindNamed('retentionCheck');
  return kind && creations(kind, actor).find(({ name }) => name === 'retentionCheck.plan');
}

export function unfollowed(about: readonly Rec[], actor: Actor, today: string): readonly Rec[] {
  const checks = about.filter(
    (record) => record.kind === 'retentionCheck' && stateOf(record) !== 'voided',
  );
  return about.filter((record) => {
    const { org, startDate, retentionPlan } = partOf(record, 'facts');
    const start = text(startDate);
    const isOwn = record.kind === 'placement' && org === actor.org;
    const isOpen = stateOf(record) === 'confirmed' && retentionPlan === undefined;
    const isChecked = checks.some((check) => partOf(check, 'facts')['placement'] === record.id);
    return isOwn && isOpen && !isChecked && start !== undefined && dueOf(start, '6m') >= today;
  });
}
