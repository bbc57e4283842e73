/** The lists that leave the desk: people who agreed, without names; hires owed for Hello Work's list, by posting number. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let supervisor: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  supervisor = await area.staff('shiroishi-citysv');
});
afterAll(() => area.close());

const ok = { code: 'applied' };

async function csv(path: string, by: FakeStore) {
  await by.signIn();
  const response = await area.ask(path, { headers: { authorization: `Bearer ${by.token}` } });
  const answer = (await response.json()) as { csv?: string };
  return { status: response.status, lines: (answer.csv ?? '').split('\r\n').filter(Boolean) };
}

async function registered(name: string, more: object): Promise<string> {
  const args = { ...seekerArgs(name), ...more };
  expect(await city.act('seeker.register', args)).toEqual(ok);
  expect(await city.act('visit.log', { ...visitArgs(area), seeker: args.id })).toEqual(ok);
  return args.id;
}

describe('nameless provision', () => {
  test('tells each recipient of those who agreed to it, and no name', async () => {
    const wishes = { occupations: ['06'], place: '秘密町', wage: '秘密円' };
    await registered('秘密甲', { disclosureScope: 'both', wishes });
    await registered('秘密乙', { disclosureScope: 'municipality' });
    await registered('秘密丙', { disclosureScope: 'none' });
    await registered('秘密丁', {});
    const told = await csv('/api/provision?to=municipality', supervisor);
    expect(told.lines).toEqual([
      '\uFEFF年代,学歴,職種,雇用形態,時間',
      '30代,,,,',
      '30代,,事務的職業,,',
    ]);
    expect(told.lines.join()).not.toContain('秘密');
    expect((await csv('/api/provision?to=private', supervisor)).lines).toHaveLength(2);
  });

  test('is for supervisors, of their own organisation’s people, to a recipient that exists', async () => {
    expect((await csv('/api/provision?to=private', city)).status).toBe(403);
    expect((await csv('/api/provision?to=anybody', supervisor)).status).toBe(400);
    const hw = await area.staff('shiroishi-hwsv');
    expect((await csv('/api/provision?to=private', hw)).lines).toHaveLength(1);
  });
});

describe('the hires report', () => {
  test('lists hires by the city’s own referral to a numbered posting, without a name', async () => {
    const seeker = await registered('秘密戊', {});
    const hired = async (numbers: object) => {
      const id = newId();
      const referral = {
        id,
        seeker,
        issuer: 'city',
        employerName: '秘密商事',
        employmentType: '1',
        occupation: '06',
        jobMode: 'general',
        referralType: 'general',
        method: 'counter',
        issuedAt: area.clock.now,
        ...numbers,
      };
      expect(await city.act('referral.record', referral)).toEqual(ok);
      const hire = {
        id,
        newPlacement: newId(),
        resultSource: 'employer',
        startDate: '2026-12-01',
        term: 'regular',
        hiredAs: '1',
      };
      return city.act('referral.hire', hire);
    };
    expect(await hired({ hwJobNo: '01040-77' })).toEqual(ok);
    expect(await hired({ localJobId: '独-1' })).toEqual(ok);
    const { lines } = await csv('/api/hires?from=2026-11-01&to=2026-11-30', supervisor);
    expect(lines).toEqual([
      '\uFEFF期間,2026-11-01,2026-11-30',
      '採用件数,1',
      '求人番号,確認した日,職業分類,雇用形態',
      `01040-77,${area.today()},事務的職業,正社員`,
    ]);
    expect((await csv('/api/hires?from=2026-12-01&to=2026-12-31', supervisor)).lines[1]).toBe(
      '採用件数,0',
    );
    expect((await csv('/api/hires?from=2026-11-01&to=2026-11-30', city)).status).toBe(403);
  });
});
