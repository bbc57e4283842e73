/** Paper: what stands on it, that a print is logged first, and that paper entered later is of its own day and says so. */
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { App } from '../../src/app/app.tsx';
import { isEnteredLater } from '../../src/app/logic/entered-later.ts';
import { blankPapers, papersOf, type Paper } from '../../src/app/logic/papers.ts';
import { go } from '../../src/app/state/nav.ts';
import { isPaperDay, paperDay, startPaperDay } from '../../src/app/state/paper-day.ts';
import { dropToasts } from '../../src/app/ui/toast.tsx';
import { addDays } from '../../src/domain/date.ts';
import { partOf, type Rec } from '../../src/domain/record.ts';
import type { Session } from '../../src/device/types.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  await place.enrol('shiroishi-city1');
}, 30_000);
afterAll(() => town.close());
afterEach(() => {
  cleanup();
  dropToasts();
  vi.unstubAllGlobals();
});

async function session(): Promise<Session> {
  return place.tab.tablet.session.peek() ?? (await place.unlock('shiroishi-city1'));
}
const press = async (name: string | RegExp) =>
  fireEvent.click(await screen.findByRole('button', { name }));

describe('what stands on a paper', () => {
  const record = (kind: string, facts: Rec['parts'][string], more: Rec['parts'] = {}): Rec => ({
    kind,
    id: `${kind}-1`,
    parts: { facts, ...more },
  });
  const world = (about: readonly Rec[]) => ({
    seeker: record('seeker', {}),
    person: '架空 花子',
    about,
    actor: { user: 'u', role: 'counsellor', org: 'o', orgType: 'city', site: 's' } as const,
    nameOf: (kind: string) => kind,
    today: '2026-11-21',
  });
  const made = (about: readonly Rec[]) => papersOf(world(about));

  test('the proof lists sessions, referrals and applications by date, not browsing, not what was voided', () => {
    const [proof] = made([
      record('consultation', { state: 'recorded', date: '2026-11-12', services: ['terminalOnly'] }),
      record('referral', { state: 'issued', date: '2026-11-10' }),
      record('consultation', {
        state: 'recorded',
        date: '2026-11-02',
        services: ['jobCounselling'],
      }),
      record('consultation', { state: 'voided', date: '2026-11-03', services: ['jobCounselling'] }),
      record('selfApplication', { state: 'applied', date: '2026-11-20', appliedOn: '2026-11-08' }),
    ]);
    expect(proof?.table?.rows.map(([date, what]) => [date, what])).toEqual([
      ['令和8年11月2日', '相談（職業相談）'],
      ['令和8年11月8日', '自主応募'],
      ['令和8年11月10日', '職業紹介'],
    ]);
  });

  test('each record has its paper as long as it lives', () => {
    const codes = (papers: readonly Paper[]) => papers.map((paper) => paper.code);
    const live = [
      record('visit', { state: 'waiting', date: '2026-11-21', ticket: 'A12' }),
      record('consent', { state: 'live' }),
      record('handoff', { state: 'sent' }),
      record('welfareCase', { state: 'requested' }),
      record('userCard', { state: 'active' }, { card: { cardNo: '0042' } }),
    ];
    expect(codes(made(live))).toEqual([
      'proof',
      'ticket',
      'consent',
      'handoff',
      'supportRequest',
      'userCard',
    ]);
    expect(
      made(live)
        .map((paper) => paper.big)
        .filter(Boolean),
    ).toEqual(['A12', '0042']);
    const gone = live.map((one) => ({ ...one, parts: { facts: { state: 'voided' } } }));
    expect(codes(made(gone))).toEqual(['proof']);
  });

  test('a handoff by number names nobody', () => {
    const [, sheet] = made([record('handoff', { state: 'sent', slip: '123456' })]);
    expect(JSON.stringify(sheet)).not.toContain('架空');
  });

  test('blank ones have room, name nobody, and a note of a referral is no letter', () => {
    const blank = blankPapers();
    expect(blank.map((paper) => paper.code)).toEqual([
      'visitList',
      'consultation',
      'handoff',
      'consent',
      'referralNote',
      'supportRequest',
    ]);
    for (const paper of blank) {
      expect(paper.lines.some(([, value]) => value === '' || value.startsWith('　'))).toBe(true);
      expect(paper.about).toBeUndefined();
    }
    expect(blank.find((one) => one.code === 'referralNote')?.warning).toContain(
      '紹介状ではありません',
    );
  });
});

describe('printing', () => {
  test('is logged before the printer is asked, and the paper leaves the page after it', async () => {
    const open = await session();
    const log = vi.spyOn(open, 'logAccess');
    const printed: string[] = [];
    vi.stubGlobal('print', () => {
      expect(log).toHaveBeenCalledWith('print', { kind: 'paper', sheet: 'consent' });
      printed.push(document.querySelector('.print-sheet')?.textContent ?? '');
    });
    render(<App tablet={place.tab.tablet} />);
    go('papers');
    await press('情報を伝えることへの同意書を印刷');
    await waitFor(() => expect(printed).toHaveLength(1));
    expect(printed[0]).toContain('同意は、いつでも窓口で撤回できます');
    await waitFor(() => expect(document.querySelector('.print-sheet')).toBeNull());
  });
});

describe('paper entered later', () => {
  test('is of the day on the paper, on that day’s board, and marked; the lock ends it', async () => {
    const open = await session();
    const today = place.tab.tablet.today();
    const day = addDays(today, -1);
    render(<App tablet={place.tab.tablet} />);
    go('papers');
    await press('この日の記録を入れる');
    expect(await screen.findByText(/紙から入力中/)).toBeTruthy();
    const before = open.all('visit').peek().length;
    fireEvent.click(await screen.findByRole('radio', { name: '雇用保険' }));
    await press('新規');
    await waitFor(() => expect(open.all('visit').peek()).toHaveLength(before + 1));
    const visit = open.all('visit').peek().find(isEnteredLater);
    expect(partOf(visit, 'facts')).toMatchObject({ date: day, state: 'waiting' });
    expect(await screen.findByText('後日入力')).toBeTruthy();
    await press('入力を終わる');
    await waitFor(() => expect(screen.queryByText('後日入力')).toBeNull());
    startPaperDay(day);
    place.tab.tablet.lock();
    await waitFor(() => expect(paperDay.peek()).toBeUndefined());
  });

  test('takes yesterday to a month ago, no other day', () => {
    const today = '2026-11-21';
    expect(['2026-11-20', '2026-10-21'].map((day) => isPaperDay(day, today))).toEqual([true, true]);
    expect(
      [today, '2026-11-22', '2026-10-20', '2026-02-30', ''].map((day) => isPaperDay(day, today)),
    ).toEqual([false, false, false, false, false]);
  });
});
