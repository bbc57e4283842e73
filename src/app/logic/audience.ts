/**
 * Who reads a shared summary: the organisations at the other end of the person's live links whose consent names the
 * item. Towards the sender of a handoff the item's name ends in 'Back' (src/domain/kind.ts).
 */
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text, texts } from '../../domain/value.ts';

/** Ids of the organisations that can read what is shared under this item. */
export function readersOfItem(
  seeker: string,
  links: readonly Rec[],
  item: string,
): readonly string[] {
  const orgs = links
    .filter((link) => stateOf(link) === 'live')
    .flatMap((link) => {
      const { org, toOrg } = partOf(link, 'facts');
      const { fromSeeker, toSeeker, linkItems } = partOf(link, 'ties');
      const items = texts(linkItems);
      if (fromSeeker === seeker && items.includes(item)) return [text(toOrg) ?? ''];
      return toSeeker === seeker && items.includes(`${item}Back`) ? [text(org) ?? ''] : [];
    });
  return [...new Set(orgs.filter(Boolean))];
}

/** Organisations at the other end of her live links, whatever their consents name. */
export function linkedOrgs(seeker: string, links: readonly Rec[]): readonly string[] {
  const orgs = links
    .filter((link) => stateOf(link) === 'live')
    .flatMap((link) => {
      const { org, toOrg } = partOf(link, 'facts');
      const { fromSeeker, toSeeker } = partOf(link, 'ties');
      if (fromSeeker === seeker) return [text(toOrg) ?? ''];
      return toSeeker === seeker ? [text(org) ?? ''] : [];
    });
  return [...new Set(orgs.filter(Boolean))];
}

/** Live consents of a person whose date has not passed. */
export function liveConsents(about: readonly Rec[], today: string): readonly Rec[] {
  return about.filter(
    (record) =>
      record.kind === 'consent' &&
      stateOf(record) === 'live' &&
      (text(partOf(record, 'facts')['expiresOn']) ?? '') >= today,
  );
}
