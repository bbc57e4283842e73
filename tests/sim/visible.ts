/**
 * Who may have which part, by brute force over all records: the rule of design.md §4 and §6.1 written a second time, without
 * scopes, windows or indexes. What a device holds at rest must be exactly this.
 */
import { kindNamed } from '../../src/domain/kinds/index.ts';
import type { Actor, Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { word } from './word.ts';

export type Records = ReadonlyMap<string, Rec>;
const namesIn = once((path: string) => path.split('.'));
const facts = (record: Rec | undefined): Values => record?.parts['facts'] ?? {};
const at = (record: Rec, path: string): unknown => {
  if (path === 'id') return record.id;
  const [part = '', field = ''] = namesIn(path);
  return record.parts[part]?.[field];
};
const openHandoff = ['sent', 'received', 'accepted', 'inProgress', 'reported'];
const dayMs = 86_400_000;

const half = (date: unknown) => {
  const text = String(date);
  return Number(text.slice(0, 4)) * 2 + (text.slice(5, 7) > '06' ? 1 : 0);
};

/** The records do not change while somebody looks at them: what follows from them is found once. */
function once<K, V>(find: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = find(key);
    known.set(key, found);
    return found;
  };
}

export function createEyes(records: Records, today: string) {
  const all = [...records.values()];
  const seekers = all.filter(({ kind }) => kind === 'seeker');
  const links = all.filter(
    (one) => one.kind === 'link' && facts(one)['state'] === 'live' && facts(one)['date'],
  );
  const tomorrow = new Date(Date.parse(today) + dayMs).toISOString().slice(0, 10);
  const seeker = (id: unknown) => records.get(`seeker/${String(id)}`);
  const orgOf = (id: unknown) => facts(seeker(id))['org'];

  /** Everyone whom merges make one with her. */
  const oneWith = once((id: string): string[] => {
    const found = [id];
    for (const one of found)
      for (const other of seekers) {
        const into = facts(other)['mergedInto'];
        if (into === one && !found.includes(other.id)) found.push(other.id);
        if (other.id === one && typeof into === 'string' && !found.includes(into)) found.push(into);
      }
    return found;
  });
  /** Whom a record names. */
  const namedIn = once((record: Rec): string[] => {
    const kind = kindNamed(record.kind);
    const paths = [
      ...Object.values(kind?.parts ?? {}).map(({ person }) => person),
      ...(kind?.persons ?? []),
    ];
    return paths.flatMap((path) => (path === undefined ? [] : word(at(record, path))));
  });
  const daysOf = once((id: string) => {
    const joined = oneWith(id);
    return all
      .filter((one) => namedIn(one).some((named) => joined.includes(named)))
      .filter((one) => one.kind === 'seeker' || facts(one)['state'] !== 'voided')
      .flatMap((one) => {
        const named = kindNamed(one.kind)?.days;
        if (!named) return [];
        const { site, calledUpAt, calledUpOn } = facts(one);
        const next = (one.parts['shared']?.['next'] as Values | undefined)?.['date'];
        const days = [...named.map((field) => facts(one)[field]), next].map((day) => ({
          site,
          day,
        }));
        return [...days, { site: calledUpAt, day: calledUpOn }].filter(
          (each) => each.site && each.day,
        );
      });
  });
  const isOpenAt = (id: string, site: string) =>
    all.some((one) => {
      const kept = kindNamed(one.kind)?.atHand;
      if (!kept?.states.includes(word(facts(one)['state']))) return false;
      return Object.entries(kept.sites).some(
        ([path, field]) =>
          facts(one)[field] === site &&
          at(one, kept.until?.[path] ?? '') === undefined &&
          oneWith(id).includes(word(at(one, path))),
      );
    });
  const seesFile = once((actor: Actor) =>
    once(
      (id: string): boolean =>
        orgOf(id) === actor.org &&
        (daysOf(id).some(
          ({ site, day }) => site === actor.site && (day === today || day === tomorrow),
        ) ||
          isOpenAt(id, actor.site) ||
          oneWith(id).some(
            (one) =>
              actor.post !== undefined && seeker(one)?.parts['file']?.['post'] === actor.post,
          )),
    ),
  );
  const seesCard = (actor: Actor, id: string): boolean =>
    seesFile(actor)(id) ||
    (orgOf(id) === actor.org &&
      daysOf(id).some(({ site, day }) => {
        const age = half(today) - half(day);
        return site === actor.site && age >= 0 && age < 5;
      }));
  const seesThroughLink = (actor: Actor, record: Rec, id: string, item: string | undefined) =>
    facts(record)['state'] !== 'voided' &&
    links.some((link) => {
      const { fromSeeker, toSeeker, linkItems } = link.parts['ties'] ?? {};
      if (fromSeeker !== id && toSeeker !== id) return false;
      const isSender = fromSeeker === id;
      const other = isSender ? toSeeker : fromSeeker;
      if (typeof other !== 'string' || !orgOf(other)) return false;
      const name = item && (isSender ? item : `${item}Back`);
      const isAgreed =
        name === undefined
          ? record.id === link.id || facts(record)['link'] === link.id
          : (linkItems as string[]).includes(name) &&
            word(facts(record)['date']) >= word(facts(link)['date']);
      return isAgreed && seesFile(actor)(other);
    });
  const seesFirm = (actor: Actor, record: Rec) => {
    const { org, toOrg, consentedOn, date, state } = facts(record);
    const age = half(today) - half(date);
    const isTold = consentedOn !== undefined && state !== 'voided' && toOrg === actor.org;
    return (org === actor.org || isTold) && age >= 0 && age < 5;
  };
  const isOwnDesk = (actor: Actor, record: Rec) => {
    const { org, site, date, state } = facts(record);
    const isHere = org === actor.org && site === actor.site && date !== undefined;
    const isOpen = kindNamed(record.kind)?.atHand?.states.includes(word(state)) ?? false;
    return isHere && (date === today || date === tomorrow || isOpen);
  };

  return (actor: Actor, record: Rec, part: string): boolean => {
    const kind = kindNamed(record.kind);
    const declared = kind?.parts[part];
    if (!kind || !declared || record.parts[part] === undefined) return false;
    if (kind.retired?.includes(word(facts(record)['state']))) return false;
    const known = declared.person === undefined ? undefined : at(record, declared.person);
    const person = typeof known === 'string' && orgOf(known) ? known : undefined;
    const file = () => (person === undefined ? isOwnDesk(actor, record) : seesFile(actor)(person));
    switch (declared.audience) {
      case 'area':
        return true;
      case 'sites':
        return (
          (person !== undefined && file()) ||
          (person !== undefined &&
            Object.values(kind.parts).some(
              (one) =>
                one.audience === 'shared' &&
                one.person === declared.person &&
                seesThroughLink(actor, record, person, one.item),
            )) ||
          kind.siteFields.some((field) => {
            const age = half(today) - half(facts(record)['date']);
            return facts(record)[field] === actor.site && (age === 0 || age === 1);
          }) ||
          (Object.values(kind.parts).every((one) => !one.person || !at(record, one.person)) &&
            Object.entries(kind.parts).some(
              ([name, { audience }]) => audience === 'org' && record.parts[name] !== undefined,
            ) &&
            seesFirm(actor, record))
        );
      case 'card':
        return person !== undefined && seesCard(actor, person);
      case 'file':
        return file();
      case 'shared':
        return (
          file() || (person !== undefined && seesThroughLink(actor, record, person, declared.item))
        );
      case 'org':
        return seesFirm(actor, record);
      case 'lead': {
        const { org, takenBy } = facts(record);
        return org === actor.org && (actor.role === 'supervisor' || takenBy === actor.user);
      }
      case 'inbox': {
        const { toOrg, toSite, state } = facts(record);
        const isOffered =
          openHandoff.includes(word(state)) && toOrg === actor.org && toSite === actor.site;
        return file() || isOffered;
      }
    }
  };
}
