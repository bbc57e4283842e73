/** What verbs ask of a link by consent: which of its two people is whose, whether it is live, and what it lets across which way. */
import { partOf, type Rec, type Ref, type View } from '../record.ts';
import { text, texts } from '../value.ts';

export const linkAt = (view: View, id: string | undefined): Rec | undefined =>
  id === undefined ? undefined : view.get('link', id);

/** The link itself and, once it is found, both people: to say whose is whose. */
export function readsLink(view: View, id: string | undefined): readonly Ref[] {
  if (id === undefined) return [];
  const people = endsOf(linkAt(view, id)).map((seeker) => ({ kind: 'seeker', id: seeker }));
  return [{ kind: 'link', id }, ...people];
}

export function endsOf(link: Rec | undefined): readonly string[] {
  const { fromSeeker, toSeeker } = partOf(link, 'ties');
  return [text(fromSeeker), text(toSeeker)].flatMap((end) => end ?? []);
}

/** The one of the two whose file is this organisation's. */
export function endOf(link: Rec | undefined, org: string, view: View): string | undefined {
  return endsOf(link).find((id) => partOf(view.get('seeker', id), 'facts')['org'] === org);
}

export const isLiveLink = (link: Rec | undefined): boolean =>
  partOf(link, 'facts')['state'] === 'live';

/** Whether what is written about this end may be told to the other: 'Back' is appended towards the sender. */
export function lets(link: Rec | undefined, item: string, teller: string): boolean {
  const { fromSeeker, toSeeker, linkItems } = partOf(link, 'ties');
  const named = teller === fromSeeker ? item : teller === toSeeker ? `${item}Back` : undefined;
  return isLiveLink(link) && named !== undefined && texts(linkItems).includes(named);
}

/** The desk at the other end. */
export function deskBeyond(link: Rec | undefined, teller: string) {
  const { org, site, toOrg, toSite } = partOf(link, 'facts');
  return teller === partOf(link, 'ties')['fromSeeker']
    ? { org: toOrg, site: toSite }
    : { org, site };
}
