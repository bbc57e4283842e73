/**
 * Who a sheet or page is about, always on top: name with ふりがな, age, how to reach her safely, categories, and the state
 * of consent in words. What is not opened yet is left out, never guessed.
 */
import type { Session } from '../../device/types.ts';
import { registrationsOf } from '../../domain/aliases.ts';
import { codeLabel } from '../../domain/codes.ts';
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { isObject, text, texts } from '../../domain/value.ts';
import { liveConsents } from '../logic/audience.ts';
import { hasWithdrawn } from '../logic/consent-ended.ts';
import { personCard } from '../logic/person.ts';
import { namesOf } from '../logic/names-of.ts';
import { useSession, useTablet } from '../state/context.ts';
import { Tag } from './notice.tsx';
import { NameWithKana } from './text.tsx';

export function PersonHeader({ seeker }: { readonly seeker: Rec }) {
  const card = personCard(seeker, useTablet().today());
  const categories = texts(partOf(seeker, 'file')['clientCategories']);
  const contact = safeContact(seeker);
  const consent = useConsentWords(seeker.id);
  return (
    <div class="person-header">
      <NameWithKana name={card.name} kana={card.kana} />
      {card.age && (
        <span>
          <span class="number">{card.age}</span>
          <span class="quiet">（{card.birth}生）</span>
        </span>
      )}
      {card.alias && <span class="quiet">通称 {card.alias}</span>}
      {contact && <span>{contact}</span>}
      {categories.map((code) => (
        <Tag key={code}>{codeLabel('clientCategory', code)}</Tag>
      ))}
      <Tag tone={consent.tone}>{consent.words}</Tag>
    </div>
  );
}

function safeContact(seeker: Rec): string | undefined {
  const contact = partOf(seeker, 'file')['safeContact'];
  if (!isObject(contact)) return undefined;
  const means =
    typeof contact['means'] === 'string' ? codeLabel('contactMeans', contact['means']) : '';
  const hours = typeof contact['hours'] === 'string' ? contact['hours'] : '';
  const mayName = contact['mayNameUs'] === true ? '窓口名を名乗ってよい' : '窓口名は名乗らない';
  return means ? `連絡：${[means, hours, mayName].filter(Boolean).join('・')}` : undefined;
}

/** Terms are a detail, there once her file is open; the handoff that goes with the consent is listed. */
function personOf(session: Session, consent: Rec): string | undefined {
  const handoff = session.get('handoff', text(partOf(consent, 'facts')['handoff']) ?? '');
  return text(partOf(consent, 'terms')['seeker'] ?? partOf(handoff, 'sender')['fromSeeker']);
}

function useConsentWords(seeker: string): { words: string; tone: 'good' | 'plain' } {
  const session = useSession();
  const today = useTablet().today();
  const nameOf = namesOf(session.get);
  const linked = (ids: readonly string[]) => {
    const orgs = session.all('link').value.flatMap((link) => {
      const { fromSeeker, toSeeker } = partOf(link, 'ties');
      const isHers = [fromSeeker, toSeeker].some((id) => ids.includes(text(id) ?? ''));
      if (stateOf(link) !== 'live' || !isHers) return [];
      const { org, toOrg } = partOf(link, 'facts');
      return [nameOf('organisation', text(org) === session.actor.org ? toOrg : org)];
    });
    return [...new Set(orgs)].join('・');
  };
  const own = linked([seeker]);
  if (own) return { words: `同意あり：${own}と共有`, tone: 'good' };
  // Given for a registration that was merged: it goes no further than that one's records.
  const merged = linked(registrationsOf(seeker, session.all('seeker').value));
  if (merged) return { words: `統合した登録の記録だけ同意あり：${merged}と共有`, tone: 'plain' };
  const asked = liveConsents(session.all('consent').value, today)
    .filter((consent) => personOf(session, consent) === seeker)
    .map((consent) => nameOf('organisation', partOf(consent, 'facts')['toOrg']));
  const isOver = hasWithdrawn(session.get, session.all('handoff').value, seeker);
  const without = isOver ? '同意は撤回されました' : '同意なし';
  return asked.length > 0
    ? { words: `同意あり：${[...new Set(asked)].join('・')}の受け入れ待ち`, tone: 'good' }
    : { words: `${without}：この組織だけ`, tone: 'plain' };
}
