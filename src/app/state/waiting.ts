/** What waits for me, by screen: the counts on the rail. Nothing is counted that somebody else has to do. */
import type { Session } from '../../device/types.ts';
import { stateOf } from '../../domain/kind.ts';
import { isAtHand, partOf } from '../../domain/record.ts';
import { boxes } from '../logic/handoff-boxes.ts';
import { daysSinceIssue, waitingStates } from '../logic/referral-steps.ts';
import type { ScreenName } from './nav.ts';

/** From the third day without a result a referral is worth a call. */
const resultDays = 3;

export function waitingCounts(
  session: Session,
  today: string,
): Readonly<Partial<Record<ScreenName, number>>> {
  const { actor } = session;
  const visitors = session.all('visit').value.filter((visit) => {
    const facts = partOf(visit, 'facts');
    return (
      stateOf(visit) === 'waiting' && isAtHand(actor, facts['site']) && facts['date'] === today
    );
  });
  return {
    reception: visitors.length,
    handoffs: boxes(session.all('handoff').value, actor, today).fresh.length,
    referrals: overdueReferrals(session, today).length,
  };
}

export function overdueReferrals(session: Session, today: string) {
  return session.all('referral').value.filter((referral) => {
    const isMine = partOf(referral, 'facts')['staff'] === session.actor.user;
    const isWaiting = waitingStates.includes(stateOf(referral) ?? '');
    return isMine && isWaiting && daysSinceIssue(referral, today) >= resultDays;
  });
}
