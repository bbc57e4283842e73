/**
 * What can be done for a person from her page. What a talk leads to is in sight, the rest under その他; an action that this
 * role or organisation may not do is not drawn (permission.ts is asked, not copied).
 */
import { useState } from 'preact/hooks';
import { isAllowed } from '../../../domain/permission.ts';
import type { Rec } from '../../../domain/record.ts';
import { liveConsents } from '../../logic/audience.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { More } from '../../ui/more.tsx';
import { addableFor } from '../../logic/record-kinds.ts';
import { PersonPapers } from '../papers/person-papers.tsx';
import { AddRecord } from '../records/add-record.tsx';
import { ChooseDuplicate } from './duplicates.tsx';
import { AmendFile, AmendWelfare } from './amend-file.tsx';
import { Registration } from './registration.tsx';
import { Withdraw } from './withdraw.tsx';

interface SeekerActionsProps {
  readonly seeker: Rec;
  readonly about: readonly Rec[];
  readonly visit: string | undefined;
}

type Open = 'record' | 'papers' | 'registration' | 'file' | 'welfare' | 'withdraw' | 'duplicate';

export function SeekerActions({ seeker, about, visit }: SeekerActionsProps) {
  const { actor } = useSession();
  const [open, setOpen] = useState<Open>();
  const consents = liveConsents(about, useTablet().today()).filter(
    (consent) => consent.parts['facts']?.['org'] === actor.org,
  );
  const mayRefer = isAllowed('referral.write', actor, 'own');
  const close = () => setOpen(undefined);
  const params = { seeker: seeker.id, ...(visit === undefined ? {} : { visit }) };
  return (
    <div class="seeker-actions" role="group" aria-label="この方への操作">
      <Button kind="primary" onPress={() => go('consultation', params)}>
        相談を記録
      </Button>
      <Button onPress={() => go('handoff-new', { seeker: seeker.id })}>引き継ぐ</Button>
      {mayRefer && (
        <Button onPress={() => go('referral-new', { seeker: seeker.id })}>紹介する</Button>
      )}
      {mayRefer && <Button onPress={() => setOpen('registration')}>求職申込</Button>}
      {addableFor(actor, () => true).usual.length > 0 && (
        <Button onPress={() => setOpen('record')}>記録を足す</Button>
      )}
      <Button onPress={() => setOpen('papers')}>書類</Button>
      <Others hasConsents={consents.length > 0} onChoose={setOpen} />
      {open === 'record' && <AddRecord seeker={seeker} onClose={close} />}
      {open === 'papers' && <PersonPapers seeker={seeker} about={about} onClose={close} />}
      {open === 'duplicate' && <ChooseDuplicate seeker={seeker} onClose={close} />}
      {open === 'registration' && <Registration seeker={seeker} about={about} onClose={close} />}
      {open === 'file' && <AmendFile seeker={seeker} onClose={close} />}
      {open === 'welfare' && <AmendWelfare seeker={seeker} onClose={close} />}
      {open === 'withdraw' && <Withdraw seeker={seeker} consents={consents} onClose={close} />}
    </div>
  );
}

interface OthersProps {
  readonly hasConsents: boolean;
  readonly onChoose: (open: Open) => void;
}

/** What is done once in a while. */
function Others({ hasConsents, onChoose }: OthersProps) {
  const { actor } = useSession();
  const choices: readonly (readonly [Open, string, boolean])[] = [
    ['file', '台帳を訂正', true],
    ['welfare', '福祉の欄', isAllowed('welfare.write', actor, 'own')],
    ['withdraw', '同意を撤回', hasConsents],
    ['duplicate', '同じ人の登録', isAllowed('file.merge', actor, 'own')],
  ];
  return (
    <More label="その他">
      {choices
        .filter(([, , isOffered]) => isOffered)
        .map(([open, label]) => (
          <Button key={open} kind="plain" onPress={() => onChoose(open)}>
            {label}
          </Button>
        ))}
    </More>
  );
}
