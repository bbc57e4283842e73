/**
 * Search keys of every organisation's people, in memory alone: no index or view on personal values exists in the database
 * (design.md §7). Built at start, kept up to date after each commit; 50,000 people take some 10 MB.
 */
import { kindNamed } from '../domain/kinds/index.ts';
import { searchKey } from '../domain/names.ts';
import { partOf, type Rec } from '../domain/record.ts';
import { text } from '../domain/value.ts';

export interface SearchIndex {
  readonly put: (seeker: Rec) => void;
  /** Ids of an organisation's people, in the order they were entered, at most `limit`. */
  readonly find: (org: string, text: string, limit: number) => readonly string[];
}

export function createSearchIndex(): SearchIndex {
  const keysByOrg = new Map<string, Map<string, readonly string[]>>();
  return {
    put: (seeker) => {
      const facts = partOf(seeker, 'facts');
      const org = text(facts['org']) ?? '';
      const own = keysByOrg.get(org) ?? new Map<string, readonly string[]>();
      keysByOrg.set(org, own);
      if (facts['state'] === 'voided') own.delete(seeker.id);
      else own.set(seeker.id, kindNamed('seeker')?.searchKeys?.(seeker) ?? []);
    },
    find: (org, wanted, limit) => {
      const key = searchKey(wanted);
      if (key === '') return [];
      const found: string[] = [];
      for (const [id, keys] of keysByOrg.get(org) ?? []) {
        if (keys.some((one) => one.includes(key))) found.push(id);
        if (found.length === limit) break;
      }
      return found;
    },
  };
}
