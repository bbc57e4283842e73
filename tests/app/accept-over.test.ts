/** Why nobody can accept it any more, and what of an open form is then her own. */
import { describe, expect, test } from 'vitest';
import { acceptOver, ownWords } from '../../src/app/logic/accept-over.ts';
import type { Rec } from '../../src/domain/record.ts';

const told = {
  familyName: '写',
  phone: '090-1111-2222',
  considerations: '夜勤は不可',
  wishes: { jobText: '事務。家の事情があります' },
};

describe('what is her own', () => {
  test('of a form left as it was filled: nothing', () => {
    expect(ownWords(told, { ...told })).toEqual({});
  });

  test('a name or a number put right, and what was not told at all', () => {
    const typed = { ...told, phone: '090-7777-8888', givenName: '試', wishes: { hours: '短時間' } };
    const own = { phone: '090-7777-8888', givenName: '試', wishes: { hours: '短時間' } };
    expect(ownWords(told, typed)).toEqual(own);
  });

  test('no text that was told, though a word of it was changed', () => {
    const typed = {
      considerations: `${told.considerations}。`,
      wishes: { jobText: `${told.wishes.jobText}。`, hours: '短時間' },
    };
    expect(ownWords(told, typed)).toEqual({ wishes: { hours: '短時間' } });
  });
});

const desk = { org: 'hw', site: 's', alsoSites: [] };
const over = (state: string) => {
  const facts = { state, named: true, org: 'city', toOrg: 'hw', toSite: 's' };
  const record: Rec = { kind: 'handoff', id: 'h', parts: { facts } };
  return acceptOver({ get: () => undefined, actor: desk } as never, record);
};

test.each([
  ['sent', undefined],
  ['received', undefined],
  ['inProgress', 'すでに受け入れられています'],
  ['cancelled', '取りやめました'],
  ['returned', '差し戻されています'],
  ['draft', '送った側が直しています'],
  ['ready', '送った側が直しています'],
  ['refused', '同意が得られませんでした'],
])('a handoff that is %s says: %s', (state, words) => {
  if (words === undefined) expect(over(state)).toBeUndefined();
  else expect(over(state)).toContain(words);
});
