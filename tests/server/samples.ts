/** Arguments of everyday writes, complete and valid. */
import { newId } from '../support/fake-tablet.ts';
import type { TestArea } from './area.ts';

type Now = Pick<TestArea, 'clock' | 'today'>;

export const visitArgs = (area: Now) => ({
  id: newId(),
  arrivedAt: area.clock.now,
  channel: 'inPerson',
  visitKind: 'new',
  purposes: ['careerCounselling'],
  heads: 1,
});

export const seekerArgs = (name: string) => ({
  id: newId(),
  familyName: name,
  givenName: '試し',
  familyKana: 'タメシ',
  givenKana: 'タメシ',
  birthDate: '1990-04-01',
  phoneTail: '1234',
  phone: '011-000-1234',
  address: `${name}町1丁目`,
});

export const consultationArgs = (visit: string, seeker?: string) => ({
  id: newId(),
  visit,
  services: ['careerCounselling'],
  ...(seeker ? { seeker } : {}),
  summary: '共有のまとめ',
  notes: '内部メモ',
});

export const consentTerms = (until: string) => ({
  purpose: 'employment',
  medium: 'app',
  method: 'paper',
  expiresOn: until,
});
