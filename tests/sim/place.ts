/** Where a history plays: the area, its people, who sits at which tablet. The bench's own town, unless another is brought. */
export interface Person {
  readonly id: string;
  readonly org: string;
  readonly role: 'counsellor' | 'supervisor';
  readonly site: string;
  readonly post: string;
}

export interface Place {
  readonly tenant: string;
  readonly master: Uint8Array;
  readonly people: readonly Person[];
  readonly tablets: readonly {
    readonly name: string;
    readonly site: string;
    readonly staff: readonly string[];
  }[];
  /** Whose counts are compared. */
  readonly sites: readonly string[];
  /** Who hands over to whom. */
  readonly orgs: readonly [string, string];
}

export const opening = Date.parse('2026-11-16T10:00:00+09:00');
export const pin = '135790';
export const password = 'a-long-password-for-the-town';

export const ownTown: Place = {
  tenant: 'town',
  master: new Uint8Array(32).fill(7),
  people: [
    { id: 'city-1', org: 'city', role: 'counsellor', site: 'east', post: 'post-1' },
    { id: 'city-2', org: 'city', role: 'counsellor', site: 'east', post: 'post-2' },
    { id: 'city-head', org: 'city', role: 'supervisor', site: 'east', post: 'post-3' },
    { id: 'hw-1', org: 'hw', role: 'counsellor', site: 'east', post: 'post-4' },
    { id: 'hw-head', org: 'hw', role: 'supervisor', site: 'east', post: 'post-5' },
    { id: 'west-1', org: 'city', role: 'supervisor', site: 'west', post: 'post-6' },
  ],
  // One person works on two tablets, and every tablet has two people.
  tablets: [
    { name: 'cityA', site: 'east', staff: ['city-1', 'city-head'] },
    { name: 'cityB', site: 'east', staff: ['city-2', 'city-1'] },
    { name: 'hw', site: 'east', staff: ['hw-1', 'hw-head'] },
  ],
  sites: ['east', 'west'],
  orgs: ['city', 'hw'],
};
