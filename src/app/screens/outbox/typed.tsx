/** What was written in an entry, to be read and copied. */
import { writtenRows } from '../../logic/entered.ts';
import { useSession } from '../../state/context.ts';
import { Section } from '../../ui/list.tsx';
import { FactRows } from '../referrals/referral-facts.tsx';
import type { Repairable } from './repair.tsx';
import '../referrals/referrals.css';

export function Typed({ item }: { readonly item: Repairable }) {
  const session = useSession();
  const rows = writtenRows(item, session.get);
  if (rows.length === 0) return null;
  return (
    <Section title="書いた内容">
      <FactRows rows={rows} />
    </Section>
  );
}
